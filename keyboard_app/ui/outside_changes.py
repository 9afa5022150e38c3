"""Notices what other programs do to the files of open documents, and asks what to do about it; never acts unasked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from keyboard_app.document.errors import DocumentError
from keyboard_app.document.file_state import FileChange, FileStamp, stamp_of
from keyboard_app.timers import put_off
from keyboard_app.ui.document_desk import DocumentDesk
from keyboard_app.ui.notice_bar import Choice, NoticeBar
from keyboard_app.ui.open_document import OpenDocument

_SETTLES_MS = 200
"""Many programs save by deleting a file and putting another in its place: between the two it is not gone."""


class OutsideChanges(QObject):
    """Watches the files, and looks again when the user comes back to the window: some disks tell nobody."""

    problem = Signal(str)

    def __init__(self, documents: DocumentDesk, notices: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._notices = notices
        self._told: dict[OpenDocument, tuple[FileStamp | None, str]] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look_soon)
        self._later = put_off(self, _SETTLES_MS, self.look)
        for signal in (documents.added, documents.written, documents.saved):
            signal.connect(self._look_soon)
        documents.closed.connect(self._forget)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._follow_application)

    @Slot()
    def look(self) -> None:
        """Compare every open document with its file."""
        self._watch()
        for document in self._documents.all:
            self._compare(document)

    # Steps

    @Slot()
    def _look_soon(self) -> None:
        self._later.start()

    @Slot(Qt.ApplicationState)
    def _follow_application(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._look_soon()

    def _watch(self) -> None:
        """Watch the files that are there; a file that was replaced must be watched anew."""
        paths = (document.path for document in self._documents.all)
        wanted = {str(path) for path in paths if path is not None and stamp_of(path) is not None}
        present = set(self._watcher.files())
        if present - wanted:
            self._watcher.removePaths(sorted(present - wanted))
        if wanted - present:
            self._watcher.addPaths(sorted(wanted - present))

    def _compare(self, document: OpenDocument) -> None:
        change = document.outside_change()
        if change is FileChange.NONE or document.path is None or document.accept_same_text():
            self._forget(document)
            return
        now = stamp_of(document.path)
        if document in self._told and self._told[document][0] == now:
            return
        self._forget(document)
        if change is FileChange.GONE:
            sentence = f"“{document.name}” was deleted or moved by another program. Its text is still here, not saved."
            document.page.setModified(True)
            self._notices.tell(sentence)
        else:
            unsaved = ", and the text here has changes that are not saved" if document.is_modified else ""
            sentence = f"“{document.name}” was changed by another program{unsaved}."
            self._notices.ask(
                sentence,
                Choice("Reload", partial(self._reload, document)),
                Choice("Keep this text", partial(document.page.setModified, True)),
            )
        self._told[document] = (now, sentence)

    def _reload(self, document: OpenDocument) -> None:
        """Take the file's text in, as a step that can be undone."""
        if document not in self._documents.all:
            return
        try:
            notice = self._documents.reload(document)
        except DocumentError as error:
            self.problem.emit(str(error))
            return
        if notice:
            self.problem.emit(f"“{document.name}”: {notice}")

    @Slot(object)
    def _forget(self, document: OpenDocument) -> None:
        """Take back what was said of a document, where it no longer holds."""
        _, sentence = self._told.pop(document, (None, ""))
        if sentence:
            self._notices.withdraw(sentence)
