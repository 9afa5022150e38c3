"""What to do when Foretype is started again while its window is open: come forward, with the files that were named."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from keyboard_app.instance.message import Visit
from keyboard_app.timers import put_off
from keyboard_app.ui.document_desk import DocumentDesk

ACTIVATION_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  no password, the name of a variable
_ASK_AGAIN_MS = 300


class VisitDesk(QObject):
    """Opens the files in tabs; a question that is being answered comes first."""

    def __init__(self, window: QWidget, documents: DocumentDesk) -> None:
        super().__init__(window)
        self._window = window
        self._documents = documents
        self._waiting: list[Path] = []
        self._later = put_off(self, _ASK_AGAIN_MS, self._open_waiting)

    @Slot(object)
    def receive(self, visit: Visit) -> None:
        """Open the files and bring the window to the front."""
        self._waiting += visit.files
        if visit.token:
            os.environ[ACTIVATION_TOKEN] = visit.token  # from there Qt takes it when a window wants to come forward
        self._come_forward()
        self._open_waiting()

    @Slot()
    def _open_waiting(self) -> None:
        if QApplication.activeModalWidget() is not None:
            self._later.start()
            return
        files, self._waiting = self._waiting, []
        for file in files:
            self._documents.begin(file)

    def _come_forward(self) -> None:
        window = self._window
        window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        window.show()
        window.raise_()
        window.activateWindow()
