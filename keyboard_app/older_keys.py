"""Keys that were chosen in an earlier version, where a key has moved from one command to another since. No Qt."""

from __future__ import annotations

from keyboard_app.command_table import ENTRIES, Command
from keyboard_app.key_table import TAB, KeyChanges


def split_ghost_from_first(changes: KeyChanges) -> KeyChanges:
    """Return what the user meant by ``changes`` of a time when Tab was a key of the first suggestion.

    Who had given Tab back keeps it for indentation; who had not keeps it for the ghost.
    """
    chosen = dict(changes)
    keys = chosen.get(Command.TAKE_FIRST.value)
    if keys is None or Command.TAKE_GHOST.value in chosen:
        return changes
    others = tuple(key for key in keys if key != TAB)
    chosen[Command.TAKE_FIRST.value] = others
    if others == ENTRIES[Command.TAKE_FIRST].keys:
        del chosen[Command.TAKE_FIRST.value]
    if TAB not in keys:
        chosen[Command.TAKE_GHOST.value] = ()
    return tuple(chosen.items())
