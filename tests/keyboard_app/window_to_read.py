"""A window with a fake engine that types a little, while a screen reader of the system's Python reads it.

    xvfb-run -a dbus-run-session -- python tests/keyboard_app/window_to_read.py SYSTEM_PYTHON CLIENT

Prints what the client found, as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QProcess, Qt, QTimer
from PySide6.QtTest import QTest

from keyboard_app.app import Application
from keyboard_app.launch import make_qt_application
from keyboard_app.settings import Settings, save_settings
from tests.keyboard_app.fake_engine import FakeEngine

LISTENING_S = 4
Key, Modifier = Qt.Key, Qt.KeyboardModifier


class Reading:
    """Types, lets the client read, and does what a screen reader should hear of."""

    def __init__(self, qt, application: Application, python: str, client: str) -> None:
        self.qt, self.application = qt, application
        self.editor, self.bar = application.window.editor, application.window.suggestion_bar
        self.out = ""
        self.client = QProcess()
        self.client.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self.client.readyReadStandardOutput.connect(self.hear)
        self.client.finished.connect(self.end)
        self.command = (python, [client, str(LISTENING_S)])
        self.steps = iter((self.type_on, self.say, self.find, self.back))

    def begin(self) -> None:
        """Start the client once the strip offers what fits "quick tu"."""
        if self.bar.message:
            QTimer.singleShot(50, self.begin)
            return
        self.application.window.activateWindow()
        self.editor.setFocus()
        QTest.keyClicks(self.editor, "quick tu")
        QTimer.singleShot(500, lambda: self.client.start(*self.command))

    def hear(self) -> None:
        self.out += bytes(self.client.readAllStandardOutput().data()).decode("utf-8")
        if self.out == "ready\n":
            self.go_on()

    def go_on(self) -> None:
        step = next(self.steps, None)
        if step is not None:
            step()
            QTimer.singleShot(LISTENING_S * 1_000 // 6, self.go_on)

    def type_on(self) -> None:
        QTest.keyClick(self.editor, Key.Key_R)

    def say(self) -> None:
        QTest.keyClick(self.editor, Key.Key_Space, Modifier.ControlModifier | Modifier.ShiftModifier)

    def find(self) -> None:
        QTest.keyClick(self.editor, Key.Key_F, Modifier.ControlModifier)

    def back(self) -> None:
        QTest.keyClick(self.qt.focusWidget(), Key.Key_Escape)

    def end(self) -> None:
        found = json.loads(self.out.removeprefix("ready\n") or "{}")
        print(json.dumps(found | {"document": self.editor.raw_text(), "ghost": self.editor.ghost}))
        for document in self.application.window.documents.all:
            document.page.setModified(False)
        self.qt.exit(0)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        qt = make_qt_application()
        save_settings(Settings(welcomed=True), Path(folder) / "settings.json")
        application = Application(qt, FakeEngine().open, Path(folder) / "settings.json")
        reading = Reading(qt, application, *sys.argv[1:3])
        application.start()
        reading.begin()
        qt.exec()
        application.stop()


if __name__ == "__main__":
    main()
