"""What other programs do to the files of open documents."""

from __future__ import annotations

import errno
import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from tests.keyboard_app.answers import answer


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Old text.", encoding="utf-8")
    return file


@pytest.fixture
def window(qtbot, compose, file):
    application = compose(file=file)
    qtbot.waitUntil(lambda: application.outside._watcher.files() == [str(file)])
    return application.window


def wait_for(qtbot, window, words):
    qtbot.waitUntil(lambda: words in window.notice_bar.sentence)


def press(window, name):
    next(button for button in window.notice_bar.buttons if button.accessibleName() == name).click()


def test_a_file_changed_outside_is_reloaded_when_the_user_says_so(qtbot, window, file):
    file.write_text("New text, by somebody else.", encoding="utf-8")
    wait_for(qtbot, window, "“letter.txt” was changed by another program.")
    assert window.editor.raw_text() == "Old text."
    press(window, "Reload")
    assert window.editor.raw_text() == "New text, by somebody else."
    assert not window.isWindowModified()
    window.editor.undo_step()
    assert window.editor.raw_text() == "Old text."
    assert window.isWindowModified()


def select(editor, anchor, position):
    cursor = editor.textCursor()
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def reload(qtbot, window, file, text):
    file.write_text(text, encoding="utf-8")
    wait_for(qtbot, window, "changed by another program")
    press(window, "Reload")


def test_reloading_leaves_the_selection_and_the_page_where_they_are(qtbot, window, file):
    reload(qtbot, window, file, "Nine more.\n" * 400)
    select(window.editor, 890, 900)
    window.editor.verticalScrollBar().setValue(75)
    view = window.editor.view()
    text = "Nine more!\n" * 400 + "End"
    reload(qtbot, window, file, text)
    assert window.editor.view() == view == ((890, 900), 75)
    qtbot.keyClicks(window.editor, "x")
    assert window.editor.raw_text() == text[:890] + "x" + text[900:]


@pytest.mark.parametrize(
    ("text", "caret"),
    [("Short", 5), ("", 0), ("Much 😀", 5), ("Much e\u0301", 5)],
    ids=["short", "no", "emoji", "mark"],
)
def test_in_a_text_that_became_shorter_or_other_the_caret_goes_to_the_next_place_there_is(
    qtbot, window, file, text, caret
):
    select(window.editor, 6, 6)
    reload(qtbot, window, file, text)
    assert window.editor.view()[0] == (caret, caret)


def test_a_tab_that_was_reloaded_behind_another_is_shown_with_its_caret_where_it_was(qtbot, window, file):
    select(window.editor, 2, 7)
    window.documents.new()
    reload(qtbot, window, file, "New text, by somebody else.")
    assert window.documents.active.path == file
    assert window.editor.view()[0] == (2, 7)
    select(window.editor, 20, 20)
    window.documents.show_next()
    reload(qtbot, window, file, "Shorter.")
    assert window.editor.view()[0] == (8, 8)


def test_suggestions_are_for_the_place_where_the_caret_is_after_reloading(qtbot, window, file):
    reload(qtbot, window, file, "the tur was quick")
    window.editor.put_caret(7)
    qtbot.waitUntil(lambda: window.suggestion_bar.words == ("turn", "turned", "turning"))
    reload(qtbot, window, file, "the tur was quiet")
    qtbot.waitUntil(lambda: window.suggestion_bar.words == ("turn", "turned", "turning"))
    qtbot.keyClick(window.editor, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.editor.raw_text() == "the turn was quiet")


def test_a_file_replaced_in_one_step_is_noticed_each_time(qtbot, window, file):
    for text in ("Second version.", "The third version."):
        beside = file.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
        wait_for(qtbot, window, "changed by another program")
        press(window, "Reload")
        assert window.editor.raw_text() == text


def test_with_unsaved_changes_the_notice_says_so_and_nothing_is_lost(qtbot, window, file):
    qtbot.keyClicks(window.editor, "Mine. ")
    file.write_text("Theirs, and longer.", encoding="utf-8")
    wait_for(qtbot, window, "the text here has changes that are not saved")
    press(window, "Keep this text")
    assert window.editor.raw_text() == "Mine. Old text."
    answers = answer(window)
    window.menus.save.trigger()
    assert answers.asked == ["overwrite"]
    file.write_text("Theirs, and longer still.", encoding="utf-8")
    wait_for(qtbot, window, "changed by another program")
    press(window, "Reload")
    window.editor.undo_step()
    assert window.editor.raw_text() == "Mine. Old text."


def test_a_deleted_file_is_told_and_its_text_counts_as_unsaved(qtbot, window, file):
    file.unlink()
    wait_for(qtbot, window, "“letter.txt” was deleted or moved by another program")
    assert window.isWindowModified()
    window.menus.save.trigger()
    assert file.read_text(encoding="utf-8") == "Old text."
    qtbot.waitUntil(lambda: window.notice_bar.sentence == "")


def test_a_file_with_the_same_text_and_a_new_date_is_no_change(qtbot, window, file):
    os.utime(file, ns=(1, 1))
    document = window.documents.active
    qtbot.waitUntil(lambda: document._stamp[0] == 1)
    assert window.notice_bar.sentence == ""


def test_saving_here_is_no_outside_change(qtbot, compose, file):
    application = compose(file=file)
    qtbot.keyClicks(application.window.editor, "Mine. ")
    application.window.menus.save.trigger()
    application.outside.look()
    assert application.window.notice_bar.sentence == ""


def test_the_same_change_is_told_once(qtbot, compose, file):
    application = compose(file=file)
    file.write_text("Changed and longer.", encoding="utf-8")
    application.outside.look()
    application.window.notice_bar.put_away()
    application.outside.look()
    assert application.window.notice_bar.sentence == ""


def test_a_file_that_can_no_longer_be_read_is_told_and_the_text_stays(qtbot, window, file):
    file.write_bytes(b"\0\1\2 not text")
    wait_for(qtbot, window, "changed by another program")
    press(window, "Reload")
    assert "not a text file" in window.notice_bar.sentence
    assert window.editor.raw_text() == "Old text."


def test_a_file_that_can_no_longer_be_looked_at_is_missed_and_the_others_are_watched(compose, file, monkeypatch):
    application = compose(file=file)
    other = file.with_name("other.txt")
    other.write_text("Other text.", encoding="utf-8")
    application.window.documents.open_file(other)
    look = os.stat

    def refuse(path, *arguments, **more):
        if path == file:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return look(path, *arguments, **more)

    monkeypatch.setattr(os, "stat", refuse)
    application.outside.look()
    monkeypatch.undo()
    assert application.outside._watcher.files() == [str(other)]
    assert "“letter.txt” was deleted or moved" in application.window.notice_bar.sentence


def test_closing_a_document_takes_back_what_was_said_of_its_file(qtbot, window, file):
    file.write_text("New text, by somebody else.", encoding="utf-8")
    wait_for(qtbot, window, "changed by another program")
    window.menus.close.trigger()
    assert window.notice_bar.sentence == ""
