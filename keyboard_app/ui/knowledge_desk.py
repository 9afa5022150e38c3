"""The user in charge of what is learned: private documents, what is known, taking back, and learning from files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QWidget

from keyboard_app.document.errors import DocumentError
from keyboard_app.document.reading import read_text_file
from keyboard_app.timers import put_off
from keyboard_app.typist.orders import (
    ExportProfile,
    ForgetWords,
    KnowledgeShown,
    LearnTexts,
    OrderDone,
    ReadingProgress,
    Rehearsed,
    SetForm,
    ShowKnowledge,
    StopReading,
    TakeBack,
)
from keyboard_app.ui.dialogs import Dialogs
from keyboard_app.ui.document_desk import DocumentDesk
from keyboard_app.ui.knowledge_dialog import KnowledgeDialog
from keyboard_app.ui.menus import Menus
from keyboard_app.ui.private_mark import PrivateMark
from keyboard_app.ui.reading_dialog import ReadingDialog
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
        self.reading: ReadingDialog | None = None
        self._refresh = put_off(self, _REFRESH_MS, self._ask)
        menus.private.toggled.connect(self._set_private)
        menus.take_back.triggered.connect(self._take_back)
        menus.knowledge.triggered.connect(self.open)
        menus.learn_files.triggered.connect(self.learn_files)
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
        self.knowledge.show()
        self.knowledge.raise_()
        self.knowledge.activateWindow()
        self.knowledge.search.setFocus()
        self._desk.release()
        self._ask()

    @Slot()
    def learn_files(self) -> None:
        """Ask for files, and learn from them."""
        self.learn_from(self.dialogs.ask_files("Learn from files that you wrote", str(Path.home())))

    def learn_from(self, paths: tuple[Path, ...]) -> None:
        """Learn from files; what cannot be read is told, the others are read."""
        texts = []
        for path in paths:
            try:
                texts.append((path.name, read_text_file(path).text))
            except DocumentError as error:
                self.problem.emit(str(error))
        if not texts:
            return
        if self.reading is None:
            self.reading = ReadingDialog(self._window)
            self.reading.stop_asked.connect(lambda: self.ordered.emit(StopReading()))
        self.reading.begin()
        self.ordered.emit(LearnTexts(tuple(texts)))

    @Slot(object)
    def take_answer(self, answer: object) -> None:
        """Show what the model thread says."""
        if isinstance(answer, KnowledgeShown) and self.knowledge is not None:
            self.knowledge.show_knowledge(answer)
        elif isinstance(answer, ReadingProgress) and self.reading is not None:
            self.reading.show_progress(answer)
            if answer.has_ended:
                self.told.emit(answer.sentence)
                self._follow_change()
        elif isinstance(answer, Rehearsed):
            self.follow_learning()
        elif isinstance(answer, OrderDone):
            self.told.emit(answer.sentence)
            self._follow_change()

    @Slot()
    def follow_learning(self) -> None:
        """Follow, where it is on screen, that something was learned."""
        if self.knowledge is not None and self.knowledge.isVisible() and not self._refresh.isActive():
            self._refresh.start()

    @Slot(bool)
    def set_waiting(self, waits: bool) -> None:
        """Let nothing be changed while it is not known in which profile that would be."""
        if self.knowledge is not None:
            self.knowledge.setEnabled(not waits)

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

    @Slot()
    def _take_back(self) -> None:
        self.ordered.emit(TakeBack())

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
