"""Questions about files, answered in Qt's own window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from keyboard_app.ui.dialogs import Dialogs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do


@pytest.fixture
def window(qtbot):
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_a_question_belongs_to_the_window_that_was_in_front_even_while_none_is(window, qtbot, monkeypatch):
    panel, stranger = QDialog(window), QWidget()
    qtbot.addWidget(stranger)
    dialogs, front = Dialogs(window), []
    monkeypatch.setattr(QApplication, "activeWindow", lambda: front[0])
    panel.show()
    asked = []
    for active in (None, panel, None, stranger, window):  # none: between one question and the next
        front[:] = [active]
        asked.append(dialogs._parent)
    assert asked == [window, panel, panel, window, window]


@pytest.fixture
def type_names(monkeypatch):
    """Type these names into the file dialogs, one after the other, as if each was accepted."""

    def answer(*names):
        left = iter(names)

        def run(dialog):
            name = next(left)
            if name is None:
                return 0
            dialog.selectFile(str(name))
            return 1

        monkeypatch.setattr(QFileDialog, "exec", run)

    return answer


@pytest.mark.parametrize(
    ("ask", "typed", "written"),
    [
        ("ask_profile_file", ["me"], "me.zip"),
        ("ask_profile_file", ["me.zip"], "me.zip"),
        ("ask_profile_file", ["me.ZIP"], "me.ZIP"),
        ("ask_profile_file", ["my.words", "my.words.zip"], "my.words.zip"),
        ("ask_pdf", ["letter"], "letter.pdf"),
    ],
)
def test_what_is_exported_gets_the_end_of_name_by_which_it_is_found_again(
    window, type_names, tmp_path, ask, typed, written
):
    type_names(*(tmp_path / name for name in typed))
    assert getattr(Dialogs(window), ask)(str(tmp_path / "suggested")) == tmp_path / written


def test_who_types_another_end_is_shown_the_right_one_first(window, type_names, tmp_path):
    type_names(tmp_path / "my.words", None)
    assert Dialogs(window).ask_profile_file(str(tmp_path / "suggested.zip")) is None


def test_the_file_that_would_be_replaced_is_looked_for_under_its_whole_name(window, type_names, tmp_path, monkeypatch):
    suffixes = []
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: suffixes.append(dialog.defaultSuffix()))
    Dialogs(window).ask_profile_file(str(tmp_path / "a.zip"))
    assert suffixes == ["zip"]
