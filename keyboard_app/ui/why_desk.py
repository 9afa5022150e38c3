"""Joins the question why a word is offered to the model thread, and its answer to a window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from engine.values import Context
from keyboard_app.typist.orders import ExplainWord, WordExplained
from keyboard_app.ui.suggestion_bar import SuggestionBar
from keyboard_app.ui.theme import Theme
from keyboard_app.ui.typing_desk import TypingDesk
from keyboard_app.ui.why_dialog import WhyDialog
from keyboard_app.ui.wording import shortened


class WhyDesk(QObject):
    """Asks through ``ordered``; what comes back goes to ``take_answer``."""

    ordered = Signal(object)
    told = Signal(str)
    """A sentence for the status line."""

    def __init__(self, window: QWidget, bar: SuggestionBar, desk: TypingDesk, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._bar, self._desk, self._theme = window, bar, desk, theme
        self.dialog: WhyDialog | None = None

    @Slot()
    def ask_first(self) -> None:
        """Ask why the first suggestion that is on screen is offered; without a strip, the word in grey."""
        word = next((word for word in (*self._bar.words, *self._desk.shown) if word), "")
        if word:
            self.ask(word)
        else:
            self.told.emit("Nothing is suggested now")

    @Slot(str)
    def ask(self, text: str) -> None:
        """Ask why a word is offered where the caret stands; of several, why the last one is behind the others."""
        *before, word = text.split(" ")
        place = self._desk.place
        if before:
            place = Context.before_caret(f"{place.left}{' '.join(before)} ")
        self.ordered.emit(ExplainWord(place, word))

    @Slot(object)
    def take_answer(self, answer: object) -> None:
        """Show the reasons."""
        if not isinstance(answer, WordExplained):
            return
        if answer.explanation is None:
            self.told.emit(f"“{shortened(answer.word)}” is not suggested here any more")
            return
        if self.dialog is None:
            self.dialog = WhyDialog(self._theme, self._window)
        self.dialog.explain(answer.explanation)

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of ``theme``."""
        self._theme = theme
        if self.dialog is not None:
            self.dialog.set_theme(theme)
