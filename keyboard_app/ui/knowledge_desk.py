"""The user in charge of what is learned: private documents, what is known, and taking back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from keyboard_app.timers import put_off
from keyboard_app.typist.orders import (
    ExportProfile,
    ForgetWords,
    KnowledgeShown,
    OrderDone,
    ReadingProgress,
    Rehearsed,
    SetForm,
    ShowKnowledge,
    TakeBack,
)
from keyboard_app.ui.announcer import announce
from keyboard_app.ui.dialogs import Dialogs
from keyboard_app.ui.document_desk import DocumentDesk
from keyboard_app.ui.knowledge_dialog import KnowledgeDialog
from keyboard_app.ui.menus import Menus
from keyboard_app.ui.private_mark import PrivateMark
from keyboard_app.ui.typing_desk import TypingDesk

_REFRESH_MS = 700
"""While words are learned, what is shown of them follows so late: a list that jumps cannot be read."""


class KnowledgeDesk(QObject):
    """Asks the model thread through ``ordered``; what comes back goes to ``take_answer``."""

    ordered = Signal(object)
    told = Signal(str)
    """A sentence for the status line."""
    problem = Signal(str)
    private_changed = Signal(bool)
    """Whether the document on screen is private."""
    text_hidden = Signal(bool)
    """Whether it is or was, so that no word may be learned with the text before it."""
    changed = Signal()
    """Other words may be on offer now."""
    made = Signal(object)
    """The window of what is known, when it is made."""

    def __init__(
        self,
        window: QWidget,
        menus: Menus,
        documents: DocumentDesk,
        mark: PrivateMark,
        desk: TypingDesk,
        dialogs: Dialogs,
    ) -> None:
        super().__init__(window)
        self._window, self._menus, self._documents = window, menus, documents
        self._mark, self._desk, self.dialogs = mark, desk, dialogs
        self.knowledge: KnowledgeDialog | None = None
        self._focus: QWidget | None = None
        self._refresh = put_off(self, _REFRESH_MS, self._ask)
        menus.private.toggled.connect(self._set_private)
        menus.take_back.triggered.connect(lambda: self._take_back(0))
        menus.knowledge.triggered.connect(self.open)
        menus.export_profile.triggered.connect(self.export)
        mark.left.connect(lambda: self._set_private(False))
        documents.replaced.connect(self._follow_document)

    @Slot()
    def open(self) -> None:
        """Show what is known."""
        if self.knowledge is None:
            self.knowledge = dialog = KnowledgeDialog(self._window)
            dialog.forget_asked.connect(self._forget)
            dialog.form_asked.connect(lambda word, form: self.ordered.emit(SetForm(word, form)))
            dialog.take_back_asked.connect(self._take_back)
            dialog.export_asked.connect(self.export)
            self.made.emit(dialog)
        self.knowledge.enter()
        self._desk.release()
        self._ask()

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Tell what came of what was asked for: in the status line, in the panel that covers it, and aloud."""
        self.told.emit(sentence)
        announce(self._show_in_panel(sentence) or self._window, sentence)

    @Slot(str)
    def complain(self, sentence: str) -> None:
        """Tell what could not be done: in the panel where it is in front, else as a notice, which says itself."""
        panel = self._show_in_panel(sentence)
        if panel is not None:
            announce(panel, sentence)
        else:
            self.problem.emit(sentence)

    def _show_in_panel(self, sentence: str) -> KnowledgeDialog | None:
        """Show a sentence in the panel, if that is before the user; return it then."""
        panel = self.knowledge
        if panel is None or not panel.isVisible() or QApplication.activeWindow() is self._window:
            return None
        panel.tell(sentence)
        return panel

    @Slot(object)
    def take_answer(self, answer: object) -> None:
        """Show what the model thread says."""
        if isinstance(answer, KnowledgeShown) and self.knowledge is not None:
            self.knowledge.show_knowledge(answer)
        elif isinstance(answer, OrderDone):
            self.tell(answer.sentence)
            self._follow_change()
        elif isinstance(answer, ReadingProgress) and answer.has_ended:
            self._follow_change()
        elif isinstance(answer, Rehearsed | ReadingProgress):
            self.follow_learning()

    @Slot()
    def follow_learning(self) -> None:
        """Follow, where it is on screen, that something was learned."""
        if self.knowledge is not None and self.knowledge.isVisible() and not self._refresh.isActive():
            self._refresh.start()

    @Slot(bool)
    def set_waiting(self, waits: bool) -> None:
        """Let nothing be changed while it is not known in which profile that would be."""
        panel = self.knowledge
        if panel is None:
            return
        if waits:
            self._focus = panel.focusWidget()
        panel.setEnabled(not waits)
        if not waits and self._focus is not None:
            self._focus.setFocus()  # what is shut loses the keys, and they do not come back by themselves

    @Slot()
    def follow_move(self) -> None:
        """Show what another profile knows."""
        self._follow_change()

    def _follow_change(self) -> None:
        self.changed.emit()
        if self.knowledge is not None and self.knowledge.isVisible():
            self._ask()

    @Slot()
    def _ask(self) -> None:
        self.ordered.emit(ShowKnowledge())

    @Slot(object)
    def _forget(self, words: tuple[str, ...]) -> None:
        if words and self.dialogs.ask_forget(words):
            self._desk.release()  # or a word that is still held back would bring it back
            self.ordered.emit(ForgetWords(words))

    @Slot(int)
    def _take_back(self, event: int) -> None:
        """Take the last event back, if it is the one that the user saw; 0 where they saw none."""
        self._desk.release()  # a word that is still held back is later than any that is named
        self.ordered.emit(TakeBack(event))

    @Slot()
    def export(self) -> None:
        """Ask for a file, and write all that was learned to it."""
        path = self.dialogs.ask_profile_file(str(Path.home() / "foretype-profile.zip"))
        if path is not None:
            self.ordered.emit(ExportProfile(path))

    @Slot(bool)
    def _set_private(self, private: bool) -> None:
        self._documents.active.is_private = private
        self._follow_document()

    @Slot()
    def _follow_document(self) -> None:
        """Show whether the document on screen is private, and learn accordingly."""
        document = self._documents.active
        private = document.is_private
        self._desk.set_private(private, hides_text=document.has_private_text)
        self.text_hidden.emit(document.has_private_text)
        self._mark.setVisible(private)
        self.private_changed.emit(private)
        blocker = QSignalBlocker(self._menus.private)
        self._menus.private.setChecked(private)
        blocker.unblock()
