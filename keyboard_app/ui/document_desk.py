"""New, open, save: the document in the editor and the file behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from keyboard_app.document.errors import DocumentError
from keyboard_app.document.reading import read_text_file
from keyboard_app.document.text_file import TextFile
from keyboard_app.document.writing import write_text_file
from keyboard_app.ui.dialogs import Dialogs, UnsavedAnswer
from keyboard_app.ui.editor import Editor

UNTITLED = "Untitled"


class DocumentDesk(QObject):
    """Keeps the editor's document and its file together."""

    title_changed = Signal()
    replaced = Signal()
    about_to_save = Signal()
    saved = Signal(str)
    problem = Signal(str)
    used = Signal(object)
    gone = Signal(object)

    def __init__(self, editor: Editor, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._dialogs = dialogs
        self._path: Path | None = None
        self._file = TextFile("")
        self._stamp: tuple[int, int] | None = None
        editor.document().modificationChanged.connect(self.title_changed)

    @property
    def path(self) -> Path | None:
        """Return the file behind the document, if there is one."""
        return self._path

    @property
    def name(self) -> str:
        """Return the name of the document."""
        return self._path.name if self._path else UNTITLED

    @property
    def is_modified(self) -> bool:
        """Tell whether there are changes that are not saved."""
        return self._editor.document().isModified()

    @Slot()
    def new(self) -> None:
        """Begin an empty document."""
        if self.may_leave():
            self._put(TextFile(""), None)

    @Slot()
    def open(self) -> None:
        """Ask for a file and open it."""
        if not self.may_leave():
            return
        path = self._dialogs.ask_open(str(self._path.parent) if self._path else str(Path.home()))
        if path is not None:
            self._read(path)

    def open_file(self, path: Path) -> None:
        """Open ``path``, unless the user wants to keep what is there."""
        if self.may_leave():
            self._read(path)

    def begin(self, path: Path) -> None:
        """Open the file named on the command line; one that does not exist yet is made when it is saved."""
        if path.exists() or not path.parent.is_dir():
            self._read(path)
        else:
            self._put(TextFile(""), path)

    @Slot()
    def save(self) -> bool:
        """Save under the document's name; tell whether it is on disk now."""
        if self._path is None:
            return self.save_as()
        changed = self._stamp is not None and _stamp_of(self._path) not in (self._stamp, None)
        if changed and not self._dialogs.ask_overwrite_changed(self.name):
            return False
        return self._write(self._path)

    @Slot()
    def save_as(self) -> bool:
        """Ask for a name and save under it; tell whether it is on disk now."""
        suggested = self._path or Path.home() / f"{UNTITLED}.txt"
        path = self._dialogs.ask_save(str(suggested))
        return path is not None and self._write(path)

    def may_leave(self) -> bool:
        """Tell whether the document may go: nothing to save, saved now, or given up by the user."""
        if not self.is_modified:
            return True
        answer = self._dialogs.ask_unsaved(self.name)
        return self.save() if answer is UnsavedAnswer.SAVE else answer is UnsavedAnswer.DISCARD

    def _read(self, path: Path) -> None:
        path = path.absolute()
        try:
            file = read_text_file(path)
        except DocumentError as error:
            if not path.exists():
                self.gone.emit(path)
            self.problem.emit(str(error))
            return
        self._put(file, path)
        self.used.emit(path)
        if file.notice:
            self.problem.emit(f"“{path.name}”: {file.notice}")

    def _put(self, file: TextFile, path: Path | None) -> None:
        self.about_to_save.emit()
        self._file, self._path = replace(file, text=""), path
        self._stamp = _stamp_of(path) if path else None
        self._editor.setPlainText(file.text)
        self._editor.document().setModified(False)
        self.replaced.emit()
        self.title_changed.emit()

    def _write(self, path: Path) -> bool:
        self.about_to_save.emit()
        path = path.absolute()
        try:
            written = write_text_file(path, replace(self._file, text=self._editor.raw_text()))
        except DocumentError as error:
            self.problem.emit(str(error))
            return False
        self._file, self._path, self._stamp = replace(written, text="", notice=""), path, _stamp_of(path)
        self._editor.document().setModified(False)
        self.title_changed.emit()
        self.used.emit(path)
        self.saved.emit(f"Saved “{path.name}”")
        if written.notice:
            self.problem.emit(f"“{path.name}”: {written.notice}")
        return True


def _stamp_of(path: Path) -> tuple[int, int] | None:
    """Return what tells one state of a file from another, or None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
