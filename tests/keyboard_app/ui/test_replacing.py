"""Find and replace, and the length of the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextCursor

from keyboard_app.document.counting import length_wording
from keyboard_app.ui.notice_bar import Choice


@pytest.fixture
def window(compose):
    return compose().window


def replace(qtbot, window, wanted, text):
    window.menus.replace.trigger()
    qtbot.keyClicks(window.find_bar.field, wanted)
    qtbot.keyClicks(window.find_bar.replacing.field, text)
    return window.find_bar


def test_replace_all_counts_and_is_one_undo_step(qtbot, window):
    text = "😀 one two One\nthree one"
    window.editor.insertPlainText(text)
    bar = replace(qtbot, window, "one", "a lot")
    bar.replacing._all.click()
    assert window.editor.raw_text() == "😀 a lot two a lot\nthree a lot"
    assert window.status_line.message == "Replaced 3 matches"
    window.editor.undo_step()
    assert window.editor.raw_text() == text


def test_replace_all_reaches_beyond_what_is_counted_and_ends_where_it_makes_new_matches(qtbot, window):
    window.editor.setPlainText("a " * 6_000)
    bar = replace(qtbot, window, "a", "aa")
    bar.replacing._all.click()
    assert window.editor.raw_text() == "aa " * 6_000
    assert window.status_line.message == "Replaced 6,000 matches"


def test_replace_takes_one_match_and_goes_to_the_next(qtbot, window):
    window.editor.setPlainText("one two one")
    bar = replace(qtbot, window, "one", "1")
    qtbot.keyClick(bar.replacing.field, Qt.Key.Key_Return)
    assert window.editor.raw_text() == "1 two one"
    assert window.editor.textCursor().selectedText() == "one"
    assert bar.count_text == "1 of 1"
    qtbot.keyClick(bar.replacing.field, Qt.Key.Key_Return)
    assert window.editor.raw_text() == "1 two 1"
    assert bar.count_text == "No match"
    assert not bar.replacing._one.isEnabled()


def test_replaced_words_are_not_learned(qtbot, compose):
    application = compose()
    commits = []
    application.desk.finished.connect(commits.append)
    application.window.editor.setPlainText("one one one")
    replace(qtbot, application.window, "one", "secret").replacing._all.click()
    application.desk.release()
    assert commits == []


def test_ctrl_f_shows_no_row_for_replacing_and_ctrl_h_does(qtbot, window):
    qtbot.keyClick(window.editor, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert not window.find_bar.replacing.isHidden()
    qtbot.keyClick(window.find_bar.replacing.field, Qt.Key.Key_Escape)
    assert window.find_bar.isHidden()
    qtbot.keyClick(window.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.find_bar.replacing.isHidden()


@pytest.mark.parametrize(
    ("n_words", "n_selected", "wording"),
    [
        (0, 0, "0 words"),
        (1, 0, "1 word"),
        (114, 0, "114 words"),
        (120, 0, "120 words, 1 min"),
        (90_000, 0, "90,000 words, 391 min"),
        (120, 7, "7 of 120 words"),
    ],
)
def test_the_length_is_worded_with_the_time_to_read_it(n_words, n_selected, wording):
    assert length_wording(n_words, n_selected) == wording


def test_the_words_of_a_selection_are_counted(qtbot, window):
    window.editor.setPlainText("one two\nthree four")
    cursor = window.editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    cursor.movePosition(QTextCursor.MoveOperation.PreviousWord, QTextCursor.MoveMode.KeepAnchor)
    window.editor.setTextCursor(cursor)
    qtbot.waitUntil(lambda: window.status_line._words.text() == "3 of 4 words")


def test_alt_and_a_letter_means_one_thing_while_a_notice_and_the_row_for_replacing_are_on_screen(window):
    window.menus.replace.trigger()
    for choices in (("Reload", "Keep this text"), ("Recover", "Discard")):
        window.notice_bar.ask("What now?", *(Choice(name, lambda: None) for name in choices))
        buttons = [*window.notice_bar.buttons, window.find_bar.replacing._one, window.find_bar.replacing._all]
        menus = [action.text() for action in window.menuBar().actions()]
        letters = [QKeySequence.mnemonic(text).toString() for text in [button.text() for button in buttons] + menus]
        assert all(letters)
        assert len(letters) == len(set(letters)), letters
