"""Joins what is typed to the figures, and the figures to their window and their file."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from keyboard_app.figures.day import local_today
from keyboard_app.figures.tally import FiguresByDay, Tally
from keyboard_app.settings import Settings
from keyboard_app.timers import put_off
from keyboard_app.typist.commits import OwnWord
from keyboard_app.typist.messages import LearnOutcome
from keyboard_app.ui.assistant import EditKind
from keyboard_app.ui.dialogs import Dialogs
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.statistics_dialog import StatisticsDialog
from keyboard_app.ui.theme import Theme
from keyboard_app.worker.figures_keeper import FiguresKeeper

WRITE_MS = 5_000
"""What was counted is written so long after the first of it; a kill loses no more."""


class StatisticsDesk(QObject):
    """Counts while the setting says so."""

    def __init__(
        self,
        window: QWidget,
        preferences: Preferences,
        keeper: FiguresKeeper,
        dialogs: Dialogs,
        today: Callable[[], date] = local_today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self.keeper = keeper
        self._window, self._preferences, self._dialogs = window, preferences, dialogs
        self._today = today
        self._tally = Tally(today, clock)
        self._counts = preferences.settings.statistics
        self._is_away = False
        self._theme: Theme | None = None
        self.dialog: StatisticsDialog | None = None
        self._write_soon = put_off(self, WRITE_MS, self.write)
        preferences.changed.connect(self._follow_settings)
        keeper.read_out.connect(self._show_figures, Qt.ConnectionType.QueuedConnection)

    # What is counted

    @Slot(EditKind, str)
    def follow_edit(self, kind: EditKind, inserted: str) -> None:
        """Count a key that changed the text."""
        if self._counts and kind is not EditKind.OTHER:
            self._tally.pressed(len(inserted))
            self._remember()

    @Slot(int)
    def follow_take(self, n_characters: int) -> None:
        """Count the key that took a suggestion."""
        if self._counts:
            self._tally.pressed(n_characters)
            self._remember()

    @Slot()
    def follow_space(self) -> None:
        """Count the space that came with a suggestion as none."""
        if self._counts:
            self._tally.gave_space_up()
            self._remember()

    @Slot(object)
    def follow_words(self, words: Sequence[OwnWord]) -> None:
        """Count words that are final."""
        if self._counts:
            self._tally.finished(words)
            self._remember()

    @Slot(object)
    def follow_learning(self, outcome: LearnOutcome) -> None:
        """Count what a word taught."""
        if self._counts:
            self._tally.learnt(outcome)
            self._remember()

    # What is shown and kept

    @Slot()
    def open(self) -> None:
        """Show the figures."""
        if self.dialog is None and self._theme is not None:
            self.dialog = StatisticsDialog(self._theme, self._today(), self._window)
            self.dialog.show_counting(self._counts)
            self.dialog.counting_chosen.connect(self._preferences.count_figures)
            self.dialog.erase_asked.connect(self._erase)
        if self.dialog is not None:
            self.write()
            self._read()
            self.dialog.show()
            self.dialog.raise_()
            self.dialog.activateWindow()

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of ``theme``."""
        self._theme = theme
        if self.dialog is not None:
            self.dialog.set_theme(theme)

    @Slot()
    def write(self) -> None:
        """Write what was counted, and show it where somebody looks."""
        self._write_soon.stop()
        if self._is_away:
            return
        if not self._tally.is_empty:
            self.keeper.add(self._tally.drain())
        if self.dialog is not None and self.dialog.isVisible():
            self._read()

    def leave(self) -> None:
        """Write what was counted into the profile that is left; what is counted from now on is for the next one."""
        self.write()
        self._is_away = True
        self.keeper.leave()

    def move_to(self, folder: Path | None) -> None:
        """Count for the profile in ``folder``."""
        self._is_away = False
        self.keeper.move_to(folder)
        self.write()

    def end(self) -> None:
        """Write what was counted, and wait for that."""
        self.write()
        self.keeper.stop()

    # Steps

    def _read(self) -> None:
        if not self._is_away:
            self.keeper.read()

    def _remember(self) -> None:
        if not self._write_soon.isActive():
            self._write_soon.start()

    @Slot(object)
    def _show_figures(self, history: FiguresByDay) -> None:
        if self.dialog is not None:
            self.dialog.show_figures(history, self._today())

    @Slot(object)
    def _follow_settings(self, settings: Settings) -> None:
        if settings.statistics is not self._counts:
            self._counts = settings.statistics
            if self.dialog is not None:
                self.dialog.show_counting(self._counts)

    @Slot()
    def _erase(self) -> None:
        if self._dialogs.ask_erase_figures() and not self._is_away:
            self._tally.drain()
            self.keeper.erase()
            self._read()
