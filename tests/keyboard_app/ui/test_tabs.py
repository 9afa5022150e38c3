"""Several documents in one window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar

from engine.values import CommitSource
from keyboard_app.ui.dialogs import UnsavedAnswer
from tests.keyboard_app.answers import answer
from tests.keyboard_app.fake_engine import FakeEngine


@pytest.fixture
def window(compose):
    return compose().window


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text(f"This is {path.stem}.", encoding="utf-8")
    return paths


def titles(window):
    return [window.tabs.tabText(index) for index in range(window.tabs.count())]


def test_the_tabs_are_out_of_sight_while_one_document_is_open(window):
    assert window.tabs.isHidden()
    window.menus.new.trigger()
    assert not window.tabs.isHidden()
    window.menus.close.trigger()
    assert window.tabs.isHidden()


def test_a_file_takes_the_place_of_an_untouched_document_and_else_a_tab_of_its_own(qtbot, window, files):
    window.documents.open_file(files[0])
    assert titles(window) == ["one.txt"]
    window.documents.open_file(files[1])
    assert titles(window) == ["one.txt", "two.txt"]
    assert window.editor.raw_text() == "This is two."


def test_a_document_that_was_emptied_again_is_not_replaced(qtbot, window, files):
    qtbot.keyClicks(window.editor, "x")
    qtbot.keyClick(window.editor, Qt.Key.Key_Backspace)
    window.documents.open_file(files[0])
    assert len(titles(window)) == 2


def test_a_file_that_is_open_is_shown_and_not_opened_twice(window, files):
    for file in (*files, files[0]):
        window.documents.open_file(file)
    assert titles(window) == ["one.txt", "two.txt"]
    assert window.windowTitle().startswith("one.txt")


def test_every_tab_keeps_its_text_its_caret_and_its_undo(qtbot, window, files):
    for file in files:
        window.documents.open_file(file)
    qtbot.keyClicks(window.editor, "Second. ")
    qtbot.keyClick(window.editor, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.editor, Qt.Key.Key_End)
    qtbot.keyClicks(window.editor, " First.")
    assert titles(window) == ["• one.txt", "• two.txt"]
    qtbot.keyClick(window.editor, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert window.editor.raw_text() == "Second. This is two."
    assert window.editor.textCursor().position() == len("Second. ")
    window.editor.undo_step()
    assert window.editor.raw_text() == "This is two."
    window.menus.previous_tab.trigger()
    assert window.editor.raw_text() == "This is one. First."


def test_a_click_shows_a_tab_its_cross_and_the_middle_button_close_it(qtbot, window, files):
    window.documents.open_file(files[0])
    window.menus.new.trigger()
    window.menus.new.trigger()
    assert titles(window) == ["one.txt", "Untitled", "Untitled 2"]
    qtbot.mouseClick(window.tabs, Qt.MouseButton.LeftButton, pos=window.tabs.tabRect(0).center())
    assert window.editor.raw_text() == "This is one."
    cross = window.tabs.tabButton(1, QTabBar.ButtonPosition.RightSide)
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert titles(window) == ["one.txt", "Untitled 2"]
    QTest.mouseClick(
        window.tabs, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, window.tabs.tabRect(1).center()
    )
    assert titles(window) == ["one.txt"]
    assert window.focusWidget() is window.editor


def test_quitting_asks_for_each_unsaved_document_and_stops_at_the_first_that_is_kept(qtbot, window, tmp_path):
    answers = answer(window, unsaved=UnsavedAnswer.DISCARD)
    for text in ("first", "second"):
        qtbot.keyClicks(window.editor, text)
        window.menus.new.trigger()
    assert window.documents.may_quit()
    assert answers.asked == ["unsaved", "unsaved"]
    answers.asked, answers.unsaved = [], UnsavedAnswer.CANCEL
    assert not window.close()
    assert answers.asked == ["unsaved"]
    assert window.editor.raw_text() == "first"


def test_words_are_finished_before_their_tab_is_left_and_suggestions_follow_the_tab(qtbot, compose):
    engine = FakeEngine()
    window = compose(engine).window
    qtbot.keyClicks(window.editor, "quick turn ")
    window.menus.new.trigger()
    qtbot.waitUntil(lambda: [commit.text for commit in engine.learner.commits] == ["quick", "turn"])
    qtbot.keyClicks(window.editor, "tu")
    qtbot.waitUntil(lambda: window.suggestion_bar.words == ("turn", "turned", "turning"))
    window.menus.next_tab.trigger()
    qtbot.keyClicks(window.editor, "again x")
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 3)
    commit = engine.learner.commits[-1]
    assert (commit.context.left, commit.text, commit.source) == ("quick turn ", "again", CommitSource.TYPED)
    assert "tu" not in [commit.text for commit in engine.learner.commits]


def test_a_suggestion_for_the_tab_that_was_left_is_not_taken(qtbot, compose):
    engine = FakeEngine()
    engine.hold()
    window = compose(engine).window
    qtbot.keyClicks(window.editor, "tur")
    qtbot.keyClick(window.editor, Qt.Key.Key_Tab)
    window.menus.new.trigger()
    engine.let_go()
    qtbot.waitUntil(lambda: any(window.suggestion_bar.words))
    assert [page_text(document) for document in window.documents.all] == ["tur", ""]


def page_text(document):
    return document.text_file.text


def test_marks_of_the_find_bar_belong_to_the_tab_on_screen(qtbot, window, files):
    window.documents.open_file(files[0])
    window.menus.find.trigger()
    qtbot.keyClicks(window.find_bar.field, "one")
    qtbot.waitUntil(lambda: window.find_bar.count_text == "1 of 1")
    window.documents.open_file(files[1])
    assert window.find_bar.count_text == "No match"
    assert window.editor.extraSelections() == []


def test_the_size_of_the_letters_is_the_same_in_every_tab(window):
    window.menus.new.trigger()
    window.menus.larger.trigger()
    window.menus.next_tab.trigger()
    assert window.editor.document().defaultFont().pointSize() == window.editor.font().pointSize()


def test_saving_as_a_file_of_another_tab_leaves_one_tab_of_it(qtbot, window, files):
    for file in files:
        window.documents.open_file(file)
    answer(window, path=files[0])
    qtbot.keyClicks(window.editor, "New. ")
    window.menus.save_as.trigger()
    assert titles(window) == ["one.txt"]
    assert files[0].read_text(encoding="utf-8") == "New. This is two."
    assert files[1].read_text(encoding="utf-8") == "This is two."


def test_saving_as_a_file_with_unsaved_changes_in_another_tab_is_refused(qtbot, window, files):
    for file in files:
        window.documents.open_file(file)
    window.menus.previous_tab.trigger()
    qtbot.keyClicks(window.editor, "Mine. ")
    window.menus.next_tab.trigger()
    answer(window, path=files[0])
    window.menus.save_as.trigger()
    assert "open in another tab" in window.notice_bar.sentence
    assert titles(window) == ["• one.txt", "two.txt"]
    assert files[0].read_text(encoding="utf-8") == "This is one."


def test_saving_as_its_own_name_is_an_ordinary_save(qtbot, window, files):
    window.documents.open_file(files[0])
    answer(window, path=files[0])
    qtbot.keyClicks(window.editor, "x")
    window.menus.save_as.trigger()
    assert titles(window) == ["one.txt"]
    assert files[0].read_text(encoding="utf-8") == "xThis is one."
