"""Learning from files that the user hands over: asked for, watched, put aside, stopped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from keyboard_app.command_table import Command
from keyboard_app.timers import put_off
from keyboard_app.typist.orders import FileRefused, LearnFiles, ReadingProgress, StopReading
from keyboard_app.ui.dialogs import Dialogs
from keyboard_app.ui.keys import all_spelled
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.reading_dialog import ReadingDialog, how_far
from keyboard_app.ui.status_line import StatusLine
from keyboard_app.ui.wording import paused

_ASIDE_MS = 1_000
"""How often the status line says how far it came, while the window with the bar is put aside."""


class ReadingDesk(QObject):
    """Asks the model thread through ``ordered``; what comes back goes to ``take_answer``."""

    ordered = Signal(object)
    told = Signal(str)
    """What came of it."""
    problem = Signal(str)

    def __init__(self, window: QWidget, status: StatusLine, preferences: Preferences, dialogs: Dialogs) -> None:
        super().__init__(window)
        self._window, self._status, self._preferences, self.dialogs = window, status, preferences, dialogs
        self.dialog: ReadingDialog | None = None
        self._is_reading = False
        self._far = self._said = ""
        self._aside = put_off(self, _ASIDE_MS, self._tell_aside)

    @Slot()
    def learn_files(self) -> None:
        """Ask for files, and learn from them; where some are being read, show how far that is."""
        if self._is_reading and self.dialog is not None:
            self.dialog.come_back()
        else:
            self.learn_more()

    @Slot()
    def learn_more(self) -> None:
        """Ask for files, and learn from them, behind those that are being read."""
        if self._may_learn():
            self.learn_from(self.dialogs.ask_files("Learn from files that you wrote", str(Path.home())))

    def learn_from(self, paths: tuple[Path, ...]) -> None:
        """Learn from files; what cannot be read is told when its turn comes, the others are read."""
        if not paths or not self._may_learn():
            return
        if self.dialog is None:
            self.dialog = ReadingDialog(self._window)
            self.dialog.stop_asked.connect(self._stop)
            self.dialog.more_asked.connect(self.learn_more)
            self.dialog.put_aside.connect(self._tell_aside)
        if not self._is_reading:
            self._is_reading, self._far = True, ""
        self.dialog.begin()
        self.ordered.emit(LearnFiles(paths))

    def set_learning(self, learning: bool) -> None:
        """Stop where learning is paused: nothing may be learned then, from whatever it comes."""
        if not learning and self._is_reading:
            self._stop()

    @Slot(object)
    def take_answer(self, answer: object) -> None:
        """Show what the model thread says."""
        if isinstance(answer, FileRefused):
            self.problem.emit(answer.sentence)
        elif isinstance(answer, ReadingProgress) and self.dialog is not None:
            self.dialog.show_progress(answer)
            self._far = how_far(answer)
            if answer.has_ended:
                self._is_reading = False
                self.told.emit(answer.sentence)
            elif not self._aside.isActive():
                self._aside.start()

    @Slot()
    def follow_move(self) -> None:
        """Say no more of what was learned into another profile."""
        if self.dialog is not None and not self._is_reading:
            self.dialog.hide()

    def _may_learn(self) -> bool:
        """Tell whether anything may be learned, or the user why not."""
        learns = self._preferences.settings.learning
        if not learns:
            self.told.emit(paused(all_spelled(self._preferences.keys.keys_of(Command.LEARNING))))
        return learns

    @Slot()
    def _stop(self) -> None:
        self.ordered.emit(StopReading())

    @Slot()
    def _tell_aside(self) -> None:
        """Say how far it came, where no window shows it and nothing else stands in the status line."""
        is_aside = self._is_reading and self.dialog is not None and self.dialog.isHidden()
        if is_aside and self._far and self._status.message in ("", self._said):
            self._said = f"Learning from {self._far}"
            self._status.tell(self._said)
