"""What other programs do to the files of open documents."""

from __future__ import annotations

import os

import pytest

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


def test_closing_a_document_takes_back_what_was_said_of_its_file(qtbot, window, file):
    file.write_text("New text, by somebody else.", encoding="utf-8")
    wait_for(qtbot, window, "changed by another program")
    window.menus.close.trigger()
    assert window.notice_bar.sentence == ""
