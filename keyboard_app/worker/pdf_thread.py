"""Makes a PDF away from the interface thread: laying out a novel takes seconds."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QFont

from keyboard_app.document.errors import DocumentError
from keyboard_app.document.writing import replace_file
from keyboard_app.worker.paper import pdf_of

_LOG = logging.getLogger(__name__)


class PdfThread(QThread):
    """Writes one PDF, whole or not at all, from values that nobody changes meanwhile; then tells how that ended."""

    written = Signal(str)
    failed = Signal(str)

    def __init__(self, path: Path, text: str, title: str, font: QFont, parent: QObject) -> None:
        """Interface thread. Keep what is needed."""
        super().__init__(parent)
        self.setObjectName("pdf")
        self.path = path
        self._text, self._title, self._font = text, title, QFont(font)

    def run(self) -> None:
        """PDF thread. Lay out, and write."""
        try:
            replace_file(self.path, pdf_of(self._text, self._title, self._font))
        except DocumentError as error:
            self.failed.emit(str(error))
        except Exception:  # noqa: BLE001  told in the window, and logged
            _LOG.exception("the export failed")
            self.failed.emit(f"“{self.path.name}” could not be exported.")
        else:
            self.written.emit(f"Exported “{self.path.name}”")
