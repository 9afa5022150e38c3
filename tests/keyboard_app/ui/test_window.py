from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox, QPlainTextEdit

from keyboard_app.settings import ThemeChoice, load_settings
from keyboard_app.typist.messages import EngineReady
from keyboard_app.ui import find_bar
from keyboard_app.ui.dialogs import Dialogs, UnsavedAnswer
from keyboard_app.ui.matches import find_all
from tests.keyboard_app.answers import answer
from tests.keyboard_app.fake_engine import FakeEngine


@pytest.fixture
def window(compose):
    return compose().window


def test_a_new_window_has_nothing_to_save(window):
    assert not window.isWindowModified()
    window.menus.larger.trigger()
    assert not window.isWindowModified()


def test_saving_asks_for_a_name_once_and_then_keeps_it(qtbot, window, tmp_path):
    answers = answer(window, path=tmp_path / "note.txt")
    qtbot.keyClicks(window.editor, "Hello")
    assert window.isWindowModified()
    window.menus.save.trigger()
    qtbot.keyClicks(window.editor, "!")
    window.menus.save.trigger()
    assert (tmp_path / "note.txt").read_text(encoding="utf-8") == "Hello!"
    assert answers.asked == ["save"]
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("note.txt")
    assert "Saved" in window.status_line.message


def test_a_file_keeps_its_encoding_line_ends_and_fixed_spaces(qtbot, window, tmp_path):
    file = tmp_path / "dos.txt"
    data = "\ufeffeins\r\nzwei\u00a0drei\u2028vier\r\n".encode()
    file.write_bytes(data)
    window.documents.open_file(file)
    qtbot.keyClick(window.editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(window.editor, "e")
    window.menus.save.trigger()
    assert file.read_bytes() == data


def test_unsaved_changes_are_asked_about_before_they_go(qtbot, window, tmp_path):
    qtbot.keyClicks(window.editor, "keep me")
    answers = answer(window)
    window.menus.close.trigger()
    assert window.editor.raw_text() == "keep me"
    assert not window.close()
    answers.unsaved, answers.path = UnsavedAnswer.SAVE, tmp_path / "kept.txt"
    window.menus.close.trigger()
    assert window.editor.raw_text() == ""
    assert (tmp_path / "kept.txt").read_text(encoding="utf-8") == "keep me"


def test_a_save_that_fails_says_why_and_loses_nothing(qtbot, window, tmp_path, monkeypatch):
    file = tmp_path / "full.txt"
    file.write_text("old", encoding="utf-8")
    window.documents.open_file(file)
    qtbot.keyClicks(window.editor, "new ")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    window.menus.save.trigger()
    assert "the disk is full" in window.notice_bar.sentence
    assert file.read_text(encoding="utf-8") == "old"
    assert window.editor.raw_text() == "new old"
    assert window.isWindowModified()
    monkeypatch.undo()


@pytest.mark.parametrize("ask", [Dialogs.ask_unsaved, Dialogs.ask_overwrite_changed])
def test_a_question_names_a_file_as_it_is_called(window, monkeypatch, ask):
    asked = []

    def read(box):
        page = QTextDocument()
        page.setHtml(box.text())
        asked.append(page.toPlainText())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", read)
    ask(Dialogs(window), "<b>R&amp;D</b>.txt")
    assert "“<b>R&amp;D</b>.txt”" in asked[0]


class Composing:
    """An input method that holds the last syllable back until it is told to commit."""

    def __init__(self, editor, monkeypatch):
        self._editor, self._held = editor, ""
        monkeypatch.setattr(QGuiApplication, "inputMethod", lambda: self)

    def hold(self, syllable):
        self._held = syllable
        QApplication.sendEvent(self._editor, QInputMethodEvent(syllable, []))

    def commit(self):
        syllable, self._held = self._held, ""
        if syllable:
            event = QInputMethodEvent("", [])
            event.setCommitString(syllable)
            QApplication.sendEvent(self._editor, event)


@pytest.mark.parametrize("way", ["save", "save as", "close the tab", "close the window"])
def test_what_is_being_composed_is_saved_with_the_text(qtbot, window, tmp_path, monkeypatch, way):
    file = tmp_path / "letter.txt"
    file.write_text("", encoding="utf-8")
    window.documents.open_file(file)
    answers = answer(window, path=file, unsaved=UnsavedAnswer.SAVE)
    Composing(window.editor, monkeypatch).hold("한")
    if way == "save":
        window.menus.save.trigger()
    elif way == "save as":
        window.menus.save_as.trigger()
    elif way == "close the tab":
        window.menus.close.trigger()
    else:
        assert window.close()
    assert file.read_text(encoding="utf-8") == "한"
    assert answers.asked == {"save": [], "save as": ["save"]}.get(way, ["unsaved"])


def test_a_file_that_another_program_changed_is_not_overwritten_unasked(qtbot, window, tmp_path):
    file = tmp_path / "shared.txt"
    file.write_text("mine", encoding="utf-8")
    window.documents.open_file(file)
    file.write_text("theirs, longer", encoding="utf-8")
    answers = answer(window)
    qtbot.keyClicks(window.editor, "x")
    window.menus.save.trigger()
    assert answers.asked == ["overwrite"]
    assert file.read_text(encoding="utf-8") == "theirs, longer"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        ("missing.txt", None, "does not exist"),
        ("half.txt", b"\xff\xfea\0b", "damaged"),
    ],
)
def test_what_is_not_text_is_refused_in_one_sentence_and_the_text_stays(window, tmp_path, name, data, sentence):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    window.editor.setPlainText("still here")
    window.editor.document().setModified(False)
    window.documents.open_file(tmp_path / name)
    assert sentence in window.notice_bar.sentence
    assert window.editor.raw_text() == "still here"


def refuse_to_look_into(folder, monkeypatch):
    """Let the system say what it says of a folder that the user may not enter; nothing is closed to root itself."""
    look = os.stat

    def refuse(path, *arguments, **more):
        if not isinstance(path, int) and str(path).startswith(f"{folder}{os.sep}"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return look(path, *arguments, **more)

    monkeypatch.setattr(os, "stat", refuse)


@pytest.mark.parametrize("way", ["open", "begin"])
def test_a_file_in_a_folder_that_is_closed_to_the_user_is_refused_in_one_sentence(window, tmp_path, monkeypatch, way):
    documents = window.documents
    gone = []
    documents.gone.connect(gone.append)
    refuse_to_look_into(tmp_path / "closed", monkeypatch)
    (documents.open_file if way == "open" else documents.begin)(tmp_path / "closed" / "letter.txt")
    monkeypatch.undo()
    assert window.notice_bar.sentence == "“letter.txt” could not be opened: access is not permitted."
    assert [document.name for document in documents.all] == ["Untitled"]
    assert gone == []


@pytest.mark.parametrize("way", ["open", "begin"])
def test_a_name_that_is_too_long_is_refused_in_one_sentence(window, tmp_path, way):
    name = "x" * 300
    (window.documents.open_file if way == "open" else window.documents.begin)(tmp_path / name)
    assert window.notice_bar.sentence == f"“{name}” could not be opened: its name is too long."
    assert [document.name for document in window.documents.all] == ["Untitled"]


@pytest.mark.parametrize("way", ["open", "begin"])
def test_a_name_that_no_file_can_have_is_refused_in_one_sentence(window, tmp_path, way):
    (window.documents.open_file if way == "open" else window.documents.begin)(tmp_path / "a\0b")
    assert "could not be opened" in window.notice_bar.sentence


def test_recent_files_are_listed_newest_first(window, tmp_path):
    for name in ("one.txt", "two & three.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        window.documents.open_file(tmp_path / name)
    actions = window.menus.recent.actions()
    assert [Path(action.data()).name for action in actions] == ["two & three.txt", "one.txt"]
    actions[1].trigger()
    assert window.editor.raw_text() == "one.txt"


def test_a_recent_file_that_is_gone_leaves_the_list(window, tmp_path):
    file = tmp_path / "gone.txt"
    file.write_text("x", encoding="utf-8")
    window.documents.open_file(file)
    window.menus.close.trigger()
    file.unlink()
    window.menus.recent.actions()[0].trigger()
    assert "does not exist" in window.notice_bar.sentence
    assert window.menus.recent.actions() == []


def test_find_counts_marks_steps_and_closes(qtbot, window):
    window.editor.setPlainText("😀 one two One\nthree one")
    window.menus.find.trigger()
    bar = window.find_bar
    qtbot.keyClicks(bar.field, "one")
    qtbot.waitUntil(lambda: bar.count_text == "1 of 3")
    assert window.editor.textCursor().selectedText() == "one"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert (bar.count_text, window.editor.textCursor().selectedText()) == ("2 of 3", "One")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count_text == "3 of 3"
    assert len(window.editor.extraSelections()) == 3
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert window.editor.extraSelections() == []


def test_find_says_when_there_is_no_match(qtbot, window):
    window.editor.setPlainText("text")
    window.menus.find.trigger()
    qtbot.keyClicks(window.find_bar.field, "(zzz")
    qtbot.waitUntil(lambda: window.find_bar.count_text == "No match")


def test_letters_to_find_do_not_wait_for_the_search_and_lose_no_key(qtbot, window, monkeypatch):
    searched = []
    monkeypatch.setattr(
        find_bar, "find_all", lambda text, wanted, *most: searched.append(wanted) or find_all(text, wanted, *most)
    )
    window.editor.setPlainText("one two one three one")
    window.menus.find.trigger()
    bar, editor = window.find_bar, window.editor
    searched.clear()
    qtbot.keyClicks(bar.field, "one")
    assert searched == []
    bar._later.timeout.emit()
    assert searched == ["one"]
    assert editor.textCursor().selectionStart() == 0
    bar.field.clear()
    qtbot.keyClicks(bar.field, "one")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert editor.textCursor().selectionStart() == 8
    bar.field.clear()
    qtbot.keyClicks(bar.field, "three")
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert editor.textCursor().selectedText() == "three"
    assert not bar._later.isActive()


def test_the_search_that_was_put_off_does_not_pull_the_caret_away_later(qtbot, window):
    window.editor.setPlainText("one two")
    window.menus.find.trigger()
    qtbot.keyClicks(window.find_bar.field, "two")
    window.editor.setFocus()
    assert window.editor.textCursor().selectedText() == "two"
    window.editor.moveCursor(QTextCursor.MoveOperation.Start)
    assert not window.find_bar._later.isActive()


def test_a_search_that_was_put_off_is_not_made_in_another_tab(qtbot, window):
    window.editor.setPlainText("one two")
    window.menus.find.trigger()
    qtbot.keyClicks(window.find_bar.field, "two")
    window.documents.new()
    assert not window.find_bar._later.isActive()
    assert window.find_bar.count_text == "No match"


def test_zoom_changes_the_text_and_comes_back(window):
    usual = window.editor.font().pointSize()
    window.menus.larger.trigger()
    window.menus.larger.trigger()
    window.menus.smaller.trigger()
    assert window.editor.font().pointSize() == usual + 1
    window.menus.usual.trigger()
    assert window.editor.font().pointSize() == usual


def test_dark_colours_are_remembered(compose, tmp_path):
    application = compose()
    application.window.menus.theme_chosen.emit(ThemeChoice.DARK)
    assert application.themes.theme.name == "dark"
    application.window.close()
    settings, notices = load_settings(tmp_path / "settings.json")
    assert settings.theme is ThemeChoice.DARK
    assert settings.geometry
    assert notices == ()
    application.window.menus.theme_chosen.emit(ThemeChoice.LIGHT)


def test_notices_of_the_engine_are_shown_one_behind_the_other(qtbot, compose):
    application = compose(FakeEngine(notices=("First.", "Second.")))
    bar = application.window.notice_bar
    assert bar.sentence == "Second."
    bar.put_away()
    assert bar.sentence == "First."
    bar.put_away()
    assert bar.sentence == ""
    application._start_asking(EngineReady())


def test_everything_that_can_be_operated_has_a_name_for_screen_readers(window):
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
        for widget in window.findChildren(kind):
            if widget.objectName() != "qt_menubar_ext_button":
                assert widget.accessibleName(), widget


def test_the_words_and_the_place_of_the_caret_are_counted(qtbot, window):
    qtbot.keyClicks(window.editor, "one two")
    qtbot.keyClick(window.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.status_line._words.text() == "2 words")
    assert window.status_line._place.text() == "Line 2, column 1"
