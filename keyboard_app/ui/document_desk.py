"""New, open, show, save, close: what the user asks of documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from keyboard_app.document.errors import DocumentError
from keyboard_app.document.file_state import FileChange, is_missing
from keyboard_app.document.reading import read_text_file
from keyboard_app.document.text_file import TextFile
from keyboard_app.document.writing import no_copy
from keyboard_app.ui.dialogs import Dialogs, UnsavedAnswer
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.open_document import UNTITLED, OpenDocument


class DocumentDesk(QObject):
    """Holds the open documents, of which the editor shows one; there is always at least one."""

    title_changed = Signal()
    leaving = Signal()
    """The text on screen is about to be saved, or to give way to another."""
    replaced = Signal()
    """Another text is on screen."""
    added = Signal(object)
    closed = Signal(object)
    saved = Signal(str)
    written = Signal(object)
    problem = Signal(str)
    used = Signal(object)
    gone = Signal(object)

    def __init__(self, editor: Editor, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._dialogs = dialogs
        self._keep_copy: Callable[[OpenDocument], bool] = lambda _document: no_copy()
        self._open: list[OpenDocument] = []
        self._active = OpenDocument(TextFile(""), parent=self)
        self._add(self._active, 0)
        self._active.show_in(editor)

    def set_copier(self, keep_copy: Callable[[OpenDocument], bool]) -> None:
        """Let ``keep_copy`` bring a text to the disk before its file is written over, and tell whether it is there."""
        self._keep_copy = keep_copy

    @property
    def all(self) -> tuple[OpenDocument, ...]:
        """Return the open documents, in the order of their tabs."""
        return tuple(self._open)

    @property
    def active(self) -> OpenDocument:
        """Return the document on screen."""
        return self._active

    @property
    def active_index(self) -> int:
        """Return the place of the document on screen among the tabs."""
        return self._open.index(self._active)

    # What the user asks for

    @Slot()
    def new(self) -> None:
        """Begin an empty document in a tab of its own."""
        self.put(OpenDocument(TextFile(""), parent=self))

    @Slot()
    def open(self) -> None:
        """Ask for a file and open it."""
        path = self._active.path
        chosen = self._dialogs.ask_open(str(path.parent if path else Path.home()))
        if chosen is not None:
            self.open_file(chosen)

    def open_file(self, path: Path) -> None:
        """Show ``path``: in the tab that has it, else in a new one, else in place of an untouched document."""
        path = path.absolute()
        present = self.document_of(path)
        if present is not None:
            self.show(present)
            return
        try:
            file = read_text_file(path)
        except DocumentError as error:
            if is_missing(path):
                self.gone.emit(path)
            self.problem.emit(str(error))
            return
        self._put_in_place(OpenDocument(file, path, self))
        self.used.emit(path)
        self._tell_notice(path, file.notice)

    def begin(self, path: Path) -> None:
        """Open the file named on the command line; one that does not exist yet is made when it is saved."""
        if is_missing(path) and path.parent.is_dir():
            self._put_in_place(OpenDocument(TextFile(""), path.absolute(), self))
        else:
            self.open_file(path)

    @Slot(int)
    def show_tab(self, index: int) -> None:
        """Show the document in a tab."""
        self.show(self._open[index])

    @Slot()
    def show_next(self) -> None:
        """Show the document in the next tab, going round at the end."""
        self.show(self._open[(self.active_index + 1) % len(self._open)])

    @Slot()
    def show_previous(self) -> None:
        """Show the document in the tab before, going round at the start."""
        self.show(self._open[self.active_index - 1])

    @Slot()
    def save(self) -> bool:
        """Save under the document's name; tell whether it is on disk now."""
        _finish_composing()
        document = self._active
        if document.path is None:
            return self.save_as()
        changed = document.outside_change() is FileChange.CHANGED
        if changed and not self._dialogs.ask_overwrite_changed(document.name):
            return False
        return self._write(document.path)

    @Slot()
    def save_as(self) -> bool:
        """Ask for a name and save under it; tell whether it is on disk now."""
        _finish_composing()
        suggested = self._active.path or Path.home() / f"{UNTITLED}.txt"
        path = self._dialogs.ask_save(str(suggested))
        return path is not None and self._write_as(path.absolute())

    @Slot()
    def close_active(self) -> None:
        """Close the document on screen, unless the user wants to keep it."""
        self.close_tab(self.active_index)

    @Slot(int)
    def close_tab(self, index: int) -> None:
        """Close the document in a tab, unless the user wants to keep it."""
        document = self._open[index]
        if self._may_leave(document):
            self._remove(document)

    def may_quit(self) -> bool:
        """Tell whether all documents may go: each is saved, or saved now, or given up by the user."""
        return all(self._may_leave(document) for document in self.all)

    # Steps

    def document_of(self, path: Path) -> OpenDocument | None:
        """Return the open document whose file is ``path``."""
        return next((document for document in self._open if document.path == path), None)

    def put(self, document: OpenDocument) -> None:
        """Show ``document`` in a new tab behind the present one."""
        self._add(document, self.active_index + 1)
        self.show(document)

    def put_back(self, document: OpenDocument) -> None:
        """Show a document that was recovered, in place of its unchanged file if that is open."""
        present = self.document_of(document.path) if document.path else None
        self._put_in_place(document)
        if present is not None and not present.is_modified:
            self._remove(present)

    def reload(self, document: OpenDocument) -> str:
        """Show what the file of ``document`` has now, with the caret where it was; return what the user should know.

        Raise DocumentError if the file cannot be read, and keep the text.
        """
        is_on_screen = document is self._active
        if is_on_screen:
            document.leave(self._editor)
        notice = document.reload()
        if is_on_screen:
            document.put_view_back(self._editor)  # it went to the end with the new text
        self.show(document)
        return notice

    def show(self, document: OpenDocument) -> None:
        """Put ``document`` before the user."""
        if document is not self._active:
            self.leaving.emit()
            self._active.leave(self._editor)
            self._active = document
            document.show_in(self._editor)
            self.replaced.emit()
        self.title_changed.emit()

    def _put_in_place(self, document: OpenDocument) -> None:
        """Show ``document`` in place of an untouched one, else in a new tab."""
        before = self._active
        self.put(document)
        if before.is_untouched:
            self._remove(before)

    def _add(self, document: OpenDocument, index: int) -> None:
        taken = {other.number for other in self._open if other.path is None}
        document.number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        document.title_changed.connect(self.title_changed)
        self._open.insert(index, document)
        self.added.emit(document)

    def _remove(self, document: OpenDocument) -> None:
        index = self._open.index(document)
        if len(self._open) == 1:
            self._add(OpenDocument(TextFile(""), parent=self), 1)
        if document is self._active:
            self.show(self._open[index + 1 if index + 1 < len(self._open) else index - 1])
        self._open.remove(document)
        self.closed.emit(document)
        self.title_changed.emit()
        document.deleteLater()

    def _may_leave(self, document: OpenDocument) -> bool:
        _finish_composing()
        if not document.is_modified:
            return True
        self.show(document)
        answer = self._dialogs.ask_unsaved(document.name)
        return self.save() if answer is UnsavedAnswer.SAVE else answer is UnsavedAnswer.DISCARD

    def _write_as(self, path: Path) -> bool:
        """Save under a name that another tab may have: two tabs of one file would overwrite each other."""
        other = self.document_of(path)
        if other is None or other is self._active:
            return self._write(path)
        if other.is_modified:
            self.problem.emit(
                f"“{path.name}” is open in another tab and not saved there. Save or close that tab first."
            )
            return False
        written = self._write(path)
        if written:
            self._remove(other)
        return written

    def _write(self, path: Path) -> bool:
        self.leaving.emit()
        try:
            notice = self._active.write(path, partial(self._keep_copy, self._active))
        except DocumentError as error:
            self.problem.emit(str(error))
            return False
        self.used.emit(path)
        self.saved.emit(f"Saved “{path.name}”")
        self.written.emit(self._active)
        self._tell_notice(path, notice)
        return True

    def _tell_notice(self, path: Path, notice: str) -> None:
        if notice:
            self.problem.emit(f"“{path.name}”: {notice}")


def _finish_composing() -> None:
    """Take in what an input method still holds back: it is on screen, and so it is part of the text."""
    QGuiApplication.inputMethod().commit()
