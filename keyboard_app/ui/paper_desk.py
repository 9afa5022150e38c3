"""Print, and export to PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter

from keyboard_app.ui.dialogs import Dialogs
from keyboard_app.ui.document_desk import DocumentDesk
from keyboard_app.ui.editor import Editor
from keyboard_app.worker.paper import print_on
from keyboard_app.worker.pdf_thread import PdfThread


class PaperDesk(QObject):
    """Puts the document on screen on paper, or what looks like it."""

    problem = Signal(str)
    done = Signal(str)

    def __init__(
        self, documents: DocumentDesk, editor: Editor, dialogs: Dialogs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._editor = editor
        self._dialogs = dialogs
        self._running: list[PdfThread] = []
        self._waiting: list[PdfThread] = []

    @Slot()
    def print(self) -> None:
        """Ask for a printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._documents.active.name)
        if self._dialogs.ask_printer(printer):
            with _wait_cursor():
                print_on(printer, self._editor.raw_text(), self._editor.font())
            self.done.emit(f"Sent “{self._documents.active.name}” to the printer")

    @Slot()
    def export_pdf(self) -> None:
        """Ask for a name and write a PDF under it, whole or not at all."""
        document = self._documents.active
        folder = document.path.parent if document.path else Path.home()
        path = self._dialogs.ask_pdf(str(folder / f"{Path(document.name).stem}.pdf"))
        if path is None:
            return
        queued = Qt.ConnectionType.QueuedConnection
        thread = PdfThread(path, self._editor.raw_text(), document.name, self._editor.font(), self)
        thread.written.connect(self.done, queued)
        thread.failed.connect(self.problem, queued)
        thread.finished.connect(self._go_on, queued)
        self._waiting.append(thread)
        self._go_on()

    def wait(self) -> None:
        """Let every export that was asked for come to its end: the window is gone, and nobody waits for a key."""
        while self._running or self._waiting:
            for thread in self._running:
                thread.wait()
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Let go of the exports that are done, each with its whole text, and begin those that can begin.

        They are made side by side, but those to one file one after the other: the one that was asked for last stays.
        """
        for thread in tuple(self._running):
            if thread.isFinished():
                self._running.remove(thread)
                thread.deleteLater()
        busy = {thread.path for thread in self._running}
        for thread in tuple(self._waiting):
            if thread.path not in busy:
                self._waiting.remove(thread)
                self._running.append(thread)
                thread.start()
            busy.add(thread.path)


@contextmanager
def _wait_cursor() -> Iterator[None]:
    """Show that laying out a long text takes a moment."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
