from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.plugin import QtBot

from keyboard_app.app import Application
from keyboard_app.settings import Settings, save_settings
from tests.keyboard_app.fake_engine import FakeEngine

PATIENCE_MS = 60_000
"""A busy machine may keep any thread waiting for seconds; what does not come at all is noticed in the end."""


class PatientQtBot(QtBot):
    """Waits as long as it takes."""

    def waitUntil(self, callback, *, timeout=PATIENCE_MS):  # noqa: N802  the name of pytest-qt
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE_MS, **more):  # noqa: N802  the name of pytest-qt
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp, request):
    """Return what presses keys and waits."""
    return PatientQtBot(request)


@pytest.fixture
def compose(qtbot, qapp, tmp_path):
    """Start applications with a fake engine, and stop them at the end."""
    started = []

    def start(engine=None, *, file=None, wait=True, first_time=False, **moving):
        engine = engine or FakeEngine()
        if not first_time and not (tmp_path / "settings.json").exists():
            save_settings(Settings(welcomed=True), tmp_path / "settings.json")
        application = Application(
            qapp, engine.open, tmp_path / "settings.json", tmp_path / "recovery", tmp_path / "profile", **moving
        )
        application.profile_folder = tmp_path / "profile"
        started.append(application)
        application.start([file] if file else [])
        application.window.activateWindow()
        if not first_time:
            application.window.editor.setFocus()
        if wait:
            qtbot.waitUntil(lambda: application.window.suggestion_bar.message == "")
        return application

    yield start
    for application in started:
        for document in application.window.documents.all:
            document.page.setModified(False)
        application.window.close()
        assert application.stop()
        application.window.deleteLater()
        application.deleteLater()
    # Now, and not in the next test: there its style would reach this window, and what Qt says of that would fail it.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
