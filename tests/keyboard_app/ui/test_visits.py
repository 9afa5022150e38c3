"""Foretype is started again while its window is open."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QMessageBox

from keyboard_app.instance.message import Visit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do


@pytest.fixture
def window(compose, tmp_path):
    application = compose()
    application.let_in(str(tmp_path / "run" / "socket"))
    return application.window


@pytest.fixture
def visits(window):
    from keyboard_app.ui.visit_desk import VisitDesk

    return window.findChild(VisitDesk)


def names(window):
    return [document.name for document in window.documents.all]


def test_the_files_are_opened_in_tabs_and_the_last_is_shown(window, visits, tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    visits.receive(Visit((tmp_path / "one.txt", tmp_path / "two.txt")))
    assert names(window) == ["one.txt", "two.txt"]
    assert window.documents.active.name == "two.txt"


def test_a_file_that_is_open_is_shown_and_one_that_is_not_there_yet_is_begun(window, visits, tmp_path):
    (tmp_path / "one.txt").write_text("one", encoding="utf-8")
    visits.receive(Visit((tmp_path / "one.txt",)))
    visits.receive(Visit((tmp_path / "new.txt", tmp_path / "one.txt")))
    assert sorted(names(window)) == ["new.txt", "one.txt"]
    assert window.documents.active.name == "one.txt"


def test_a_file_that_cannot_be_looked_at_keeps_none_of_the_others(window, visits, tmp_path):
    (tmp_path / "one.txt").write_text("one", encoding="utf-8")
    visits.receive(Visit((tmp_path / ("x" * 300), tmp_path / "one.txt")))
    assert names(window) == ["one.txt"]
    assert "its name is too long" in window.notice_bar.sentence


def test_a_minimised_window_comes_back_as_it_was(window, visits):
    window.showMaximized()
    window.showMinimized()
    visits.receive(Visit())
    assert not window.isMinimized()
    assert window.isMaximized()
    assert window.isVisible()


def test_while_a_question_is_open_the_files_wait(qtbot, window, visits, tmp_path):
    (tmp_path / "one.txt").write_text("one", encoding="utf-8")
    question = QMessageBox(window)
    question.setText("Save?")
    question.open()
    visits.receive(Visit((tmp_path / "one.txt",)))
    assert names(window) == ["Untitled"]
    question.done(0)
    qtbot.waitUntil(lambda: names(window) == ["one.txt"])


def test_a_closed_window_hears_nothing_any_more(window, tmp_path):
    assert (tmp_path / "run" / "socket").exists()
    window.close()
    assert not (tmp_path / "run" / "socket").exists()


def test_the_leave_to_come_forward_is_where_qt_looks_for_it(visits, monkeypatch):
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    visits.receive(Visit((), "token-1"))
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "token-1"
