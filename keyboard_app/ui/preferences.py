"""The settings while the window is open: one value, replaced whole, and written when changes have come to rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from keyboard_app.document.errors import DocumentError
from keyboard_app.key_table import KeyTable
from keyboard_app.settings import (
    LARGEST_FONT_PT,
    SMALLEST_FONT_PT,
    USUAL_FONT_PT,
    Settings,
    StripSpot,
    ThemeChoice,
    save_settings,
)
from keyboard_app.timers import put_off

REST_MS = 500
"""After such a rest changes are written: a wheel makes many, and each time the disk makes the window wait."""


class Preferences(QObject):
    """Holds the Settings value and says when it changed."""

    changed = Signal(object)
    problem = Signal(str)

    def __init__(self, settings: Settings, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = self._kept = settings
        self._path = path
        self._rest = put_off(self, REST_MS, self.keep)

    @property
    def settings(self) -> Settings:
        """Return the present settings."""
        return self._settings

    @property
    def keys(self) -> KeyTable:
        """Return which keys do what."""
        return KeyTable(self._settings.keys)

    def change(self, **values: Any) -> None:
        """Replace some settings; they are kept when the changes have come to rest."""
        self.put(replace(self._settings, **values))

    def put(self, settings: Settings) -> None:
        """Replace the settings; they are kept when the changes have come to rest."""
        before, self._settings = self._settings, settings
        if settings == before:
            return
        self._rest.start()
        if settings.profile != before.profile:
            self.keep()  # another start of the program reads which one it is
        self.changed.emit(settings)

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller; 0 brings the usual size back."""
        size = USUAL_FONT_PT if steps == 0 else self._settings.font_pt + steps
        size = min(max(size, SMALLEST_FONT_PT), LARGEST_FONT_PT)
        self.change(font_pt=size)

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Use other colours."""
        self.change(theme=choice)

    def set_learning(self, learning: bool) -> None:
        """Learn from what is typed, or let it pass."""
        self.change(learning=learning)

    def count_figures(self, on: bool) -> None:
        """Count what the suggestions save, or not."""
        self.change(statistics=on)

    def choose_line(self, letters: int) -> None:
        """Make the lines shorter or longer."""
        self.change(line_letters=letters)

    def choose_font(self, family: str) -> None:
        """Use another typeface for the text; the empty name brings the usual one back."""
        self.change(font_family=family)

    def set_focus_mode(self, on: bool) -> None:
        """Dim all paragraphs but the present one, or none."""
        self.change(focus_mode=on)

    def show_strip(self, on: bool) -> None:
        """Show the suggestion strip, or not."""
        self.change(show_strip=on)

    def show_ghost(self, on: bool) -> None:
        """Show the ghost text, or not."""
        self.change(show_ghost=on)

    def put_strip_at_caret(self, on: bool) -> None:
        """Let the strip float at the caret, or stand below the text."""
        self.change(strip_spot=StripSpot.CARET if on else StripSpot.BELOW)

    def choose_slots(self, count: int) -> None:
        """Offer more or fewer words at once."""
        self.change(n_slots=count)

    def set_keys(self, keys: KeyTable) -> None:
        """Let other keys do what they are asked for."""
        self.change(keys=keys.changes)

    def remember(self, path: Path) -> None:
        """Put ``path`` first among the recent files."""
        self.put(self._settings.with_recent(path))

    def forget(self, path: Path) -> None:
        """Take a file that is gone from the recent ones."""
        self.put(self._settings.without_recent(str(path)))

    @Slot()
    def keep(self) -> None:
        """Write what was changed since it was written the last time."""
        self._rest.stop()
        if self._settings == self._kept:
            return
        try:
            save_settings(self._settings, self._path)
        except DocumentError as error:
            self.problem.emit(str(error))
        else:
            self._kept = self._settings
