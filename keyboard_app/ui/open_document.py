"""A document that is open in a tab: its page, the file behind it, and where its caret was when it was left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from keyboard_app.document.draft import Draft, new_draft_name
from keyboard_app.document.errors import DocumentError, HalfWrittenError
from keyboard_app.document.file_state import FileChange, FileStamp, change_since, stamp_of
from keyboard_app.document.reading import read_text_file
from keyboard_app.document.text_file import TextFile
from keyboard_app.document.writing import KeepCopy, write_text_file
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.page import caret_place, new_page, raw_text

UNTITLED = "Untitled"


class OpenDocument(QObject):
    """Keeps a page and its file together; the editor shows one page at a time."""

    title_changed = Signal()
    privacy_changed = Signal()

    def __init__(self, file: TextFile, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = new_page(file.text, self)
        self.path = path
        self.number = 1
        """Tells documents without a name apart."""
        self.draft_name = new_draft_name()
        self._file = replace(file, text="", notice="")
        self._stamp: FileStamp | None = stamp_of(path) if path else None
        self._is_private = False
        self.has_private_text = False
        """Whether it was private at any time since it was opened: some of its text may not be learned then."""
        self._caret = (0, 0)
        self._scroll = 0
        self.page.modificationChanged.connect(self.title_changed)

    @classmethod
    def from_draft(cls, draft: Draft, parent: QObject) -> OpenDocument:
        """Return the document of which ``draft`` was kept, with its changes still unsaved."""
        document = cls(draft.file, draft.path, parent)
        document.draft_name, document._stamp, document._is_private = draft.name, draft.stamp, draft.is_private
        document.has_private_text = draft.is_private
        document.page.setModified(True)
        return document

    @property
    def name(self) -> str:
        """Return the name of the document."""
        if self.path is not None:
            return self.path.name
        return UNTITLED if self.number == 1 else f"{UNTITLED} {self.number}"

    @property
    def is_private(self) -> bool:
        """Tell whether nothing in it is learned."""
        return self._is_private

    @is_private.setter
    def is_private(self, private: bool) -> None:
        if private is not self._is_private:
            self._is_private = private
            self.has_private_text = True
            self.privacy_changed.emit()

    @property
    def is_modified(self) -> bool:
        """Tell whether there are changes that are not saved."""
        return self.page.isModified()

    @property
    def is_untouched(self) -> bool:
        """Tell whether nobody would miss this document: no file, no text, nothing to undo."""
        return self.path is None and self.page.isEmpty() and not self.is_modified and not self.page.isUndoAvailable()

    @property
    def text_file(self) -> TextFile:
        """Return the whole text, and how it is spelled on disk."""
        return replace(self._file, text=raw_text(self.page))

    def draft(self) -> Draft:
        """Return what brings this document back after a crash."""
        return Draft(self.draft_name, self.name, self.text_file, self.path, self._stamp, self.is_private)

    def outside_change(self) -> FileChange:
        """Return what another program did to the file since it was read or written here."""
        return change_since(self.path, self._stamp) if self.path else FileChange.NONE

    def write(self, path: Path, keep_copy: KeepCopy) -> str:
        """Save as ``path`` and return what the user should know; raise DocumentError if that fails."""
        try:
            written = write_text_file(path, self.text_file, keep_copy)
        except HalfWrittenError:
            self._follow_damage(path)
            raise
        self._file, self.path, self._stamp = replace(written, text="", notice=""), path, stamp_of(path)
        self.page.setModified(False)
        self.title_changed.emit()
        return written.notice

    def _follow_damage(self, path: Path) -> None:
        """Take the text for unsaved: its file has a part of it at most, and that is no other program's work."""
        if path == self.path:
            self._stamp = stamp_of(path)
        self.page.setModified(True)

    def accept_same_text(self) -> bool:
        """Tell whether the file still has this very text, and take its new date for the one it had."""
        if self.path is None or self.is_modified:
            return False
        try:
            stamp, file = stamp_of(self.path), read_text_file(self.path)
        except DocumentError:
            return False
        if replace(file, notice="") != self.text_file:
            return False
        self._stamp = stamp
        return True

    def reload(self) -> str:
        """Take in what the file has now, as one undo step, for a caret at the place where it was left.

        Return what the user should know. Raise DocumentError if the file cannot be read, and keep the text.
        """
        assert self.path is not None
        stamp, file = stamp_of(self.path), read_text_file(self.path)
        cursor = QTextCursor(self.page)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(file.text)
        anchor, position = self._caret
        self._caret = caret_place(self.page, anchor), caret_place(self.page, position)
        self._file, self._stamp = replace(file, text="", notice=""), stamp
        self.page.setModified(False)
        return file.notice

    def show_in(self, editor: Editor) -> None:
        """Put the page before the user, with the caret where it was."""
        editor.show_page(self.page, self._caret, self._scroll)

    def put_view_back(self, editor: Editor) -> None:
        """Put the caret of the page that is before the user to where it was left."""
        editor.put_view(self._caret, self._scroll)

    def leave(self, editor: Editor) -> None:
        """Remember where the caret is: another page takes this one's place, or another text its text."""
        self._caret, self._scroll = editor.view()
