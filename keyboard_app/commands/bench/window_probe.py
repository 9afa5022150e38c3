"""The application itself, on a profile of its own, that tells how far it is: one JSON object a line.

    python -m keyboard_app.commands.bench.window_probe FOLDER [--idle SECONDS] [--keys N]

It is put together as ``keyboard_app.launch.run`` does it, without the lock and without listening for other starts.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from engine.evaluation.bench.memory import peak_resident_mb, resident_mb
from engine.evaluation.bench.passage import PASSAGE
from keyboard_app.app import Application
from keyboard_app.launch import make_qt_application
from keyboard_app.settings import Settings, save_settings
from keyboard_app.worker.opening import opener_for

_SETTLE_MS = 4_000
"""Longer than anything that the window does by itself after a key."""
_KEY_MS = 40


class Probe(QObject):
    """Watches an application start, rest and be typed into, and ends it."""

    def __init__(self, qt: QApplication, application: Application, idle_s: float, n_keys: int) -> None:
        super().__init__()
        self._qt, self._application = qt, application
        self._idle_s, self._keys = idle_s, list(PASSAGE.replace("\n", " ")[:n_keys])
        self._began = (0.0, 0.0)
        self._is_shown = self._is_answered = False
        self._typing = QTimer(self)
        self._typing.timeout.connect(self._type)
        application.window.editor.viewport().installEventFilter(self)
        application.model.suggestions_ready.connect(self._take_answer)
        application.model.failed.connect(self._fail)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Tell when the text is first painted."""
        if event.type() == QEvent.Type.Paint and not self._is_shown:
            self._is_shown = True
            QTimer.singleShot(0, self._tell_shown)
        return super().eventFilter(watched, event)

    @Slot()
    def _tell_shown(self) -> None:
        _tell("shown")

    @Slot(object)
    def _take_answer(self, _answer: object) -> None:
        if self._is_answered:
            return
        self._is_answered = True
        _tell("suggested", peak_mb=peak_resident_mb())
        if self._idle_s or self._keys:
            QTimer.singleShot(_SETTLE_MS, self._rest)
        else:
            self._qt.exit(0)  # unlike quit() it does not ask what becomes of the text

    @Slot()
    def _rest(self) -> None:
        self._application.window.activateWindow()
        self._application.window.editor.setFocus()
        self._began = time.process_time(), time.monotonic()
        QTimer.singleShot(round(1_000 * self._idle_s), self._end_rest)

    @Slot()
    def _end_rest(self) -> None:
        cpu, wall = self._began
        _tell("rested", cpu_s=time.process_time() - cpu, wall_s=time.monotonic() - wall)
        if self._keys:
            self._typing.start(_KEY_MS)
        else:
            self._qt.exit(0)

    @Slot()
    def _type(self) -> None:
        if not self._keys:
            self._typing.stop()
            QTimer.singleShot(_SETTLE_MS, self._tell_typed)
            return
        letter = self._keys.pop(0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            # Qt names the key of an ASCII character by its capital letter.
            event = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self._application.window.editor, event)

    @Slot()
    def _tell_typed(self) -> None:
        n_characters = len(self._application.window.editor.toPlainText())
        _tell("typed", resident_mb=resident_mb(), peak_mb=peak_resident_mb(), characters=n_characters)
        self._qt.exit(0)

    @Slot(object)
    def _fail(self, failure: object) -> None:
        sys.stderr.write(f"{failure}\n")
        self._qt.exit(1)


def _tell(event: str, **figures: object) -> None:
    print(json.dumps({"event": event, **figures}), flush=True)


def main() -> int:
    """Run the application in a folder until everything was told."""
    parser = argparse.ArgumentParser(description="Run the application and tell how far it is.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--idle", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--keys", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    save_settings(Settings(welcomed=True), folder / "settings.json")
    qt = make_qt_application()
    profile = folder / "profile"
    application = Application(qt, opener_for(profile), folder / "settings.json", folder / "recovery", profile)
    probe = Probe(qt, application, arguments.idle, arguments.keys)
    application.start()
    code = qt.exec()
    stopped = application.stop()
    del probe
    return code if stopped else 1


if __name__ == "__main__":
    sys.exit(main())
