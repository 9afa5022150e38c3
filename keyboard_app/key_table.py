"""Which keys do what: the usual ones, with the user's changes laid over them. No Qt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from keyboard_app.command_table import ENTRIES, IN_THE_TEXT, TABLE, Command

KeyChanges = tuple[tuple[str, tuple[str, ...]], ...]
"""Pairs of a command's name and its keys, only for commands whose keys are not the usual ones."""

TAB = "Tab"


class KeyTable:
    """Never changes; a change makes another table."""

    def __init__(self, changes: KeyChanges = ()) -> None:
        chosen = dict(changes)
        self._keys = {command: chosen.get(command.value, entry.keys) for command, entry in ENTRIES.items()}
        self._commands: dict[str, list[Command]] = defaultdict(list)
        # A key that the user chose wins over a usual one, which may have come with a later version.
        for command in sorted((entry.command for entry in TABLE), key=lambda command: command.value not in chosen):
            for key in dict.fromkeys(self._keys[command]):
                self._commands[key].append(command)

    @property
    def changes(self) -> KeyChanges:
        """Return what differs from the usual keys, for the settings."""
        return tuple((command.value, keys) for command, keys in self._keys.items() if keys != ENTRIES[command].keys)

    def chosen_keys(self, command: Command) -> tuple[str, ...]:
        """Return the keys that were chosen for ``command``, whether or not it gets them."""
        return self._keys[command]

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """Return the keys that work.

        One that two commands were given belongs to the one that the user gave it to, else to the first in the table.
        """
        return tuple(key for key in self._keys[command] if self._commands[key][0] is command)

    def command_in_text(self, key: str) -> Command | None:
        """Return the command that the editor itself carries out for ``key``."""
        commands = self._commands.get(key)
        return commands[0] if commands and commands[0] in IN_THE_TEXT else None

    def is_menu_key(self, key: str) -> bool:
        """Tell whether ``key`` belongs to a command of the menus."""
        return key in self._commands and self._commands[key][0] not in IN_THE_TEXT

    def rivals(self, command: Command) -> tuple[tuple[str, Command], ...]:
        """Return each key of ``command`` that another command was given too, with that other one."""
        return tuple(
            (key, other) for key in self._keys[command] for other in self._commands[key] if other is not command
        )

    def with_keys(self, command: Command, keys: Iterable[str]) -> KeyTable:
        """Return a table where ``command`` has other keys."""
        return self._with(command, tuple(dict.fromkeys(key for key in keys if key)))

    def with_usual_keys(self, command: Command) -> KeyTable:
        """Return a table where ``command`` has its usual keys again."""
        return self._with(command, ENTRIES[command].keys)

    @property
    def tab_takes(self) -> bool:
        """Tell whether Tab takes the ghost text; else it indents."""
        return TAB in self._keys[Command.TAKE_GHOST]

    def with_tab(self, *, takes: bool) -> KeyTable:
        """Return a table where Tab takes the ghost text, or is given back to indentation."""
        others = tuple(key for key in self._keys[Command.TAKE_GHOST] if key != TAB)
        return self._with(Command.TAKE_GHOST, (TAB, *others) if takes else others)

    def _with(self, command: Command, keys: tuple[str, ...]) -> KeyTable:
        return KeyTable((*(pair for pair in self.changes if pair[0] != command.value), (command.value, keys)))
