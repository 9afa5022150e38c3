"""Never suggest this word; this word is right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from engine.errors import ProfileError
from keyboard_app.command_table import Command
from keyboard_app.key_table import KeyTable

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def type_tu(qtbot, application):
    bar = application.window.suggestion_bar
    qtbot.keyClicks(application.window.editor, "tu")
    qtbot.waitUntil(lambda: bar.words == ("turn", "turned", "turning"))


def settle(qtbot, application, *words):
    bar = application.window.suggestion_bar
    qtbot.waitUntil(lambda: bar.words == words and not application.desk.is_waiting)


def test_by_key_the_first_suggestion_is_never_made_again(qtbot, application, engine):
    type_tu(qtbot, application)
    qtbot.keyClick(application.window.editor, Key.Key_Delete, Modifier.AltModifier)
    settle(qtbot, application, "turned", "turning", "")
    assert engine.wishes.blocked == ["turn"]
    assert application.window.notice_bar.sentence == "“turn” will not be suggested."
    assert application.window.editor.raw_text() == "tu"
    assert application.window.focusWidget() is application.window.editor


def test_undo_brings_the_word_back(qtbot, application, engine):
    type_tu(qtbot, application)
    application.window.menus.never_suggest.trigger()
    notices = application.window.notice_bar
    qtbot.waitUntil(lambda: bool(notices.buttons))
    qtbot.mouseClick(notices.buttons[0], Qt.MouseButton.LeftButton)
    settle(qtbot, application, "turn", "turned", "turning")
    assert engine.wishes.blocked == []
    assert notices.sentence == ""
    assert application.window.focusWidget() is application.window.editor


def test_the_notice_goes_by_itself_and_gives_way_to_the_next(qtbot, application):
    type_tu(qtbot, application)
    application.window.menus.never_suggest.trigger()
    settle(qtbot, application, "turned", "turning", "")
    application.window.menus.never_suggest.trigger()
    settle(qtbot, application, "turning", "", "")
    notices = application.window.notice_bar
    assert notices.sentence == "“turned” will not be suggested."
    application.wishes._expiry.timeout.emit()
    assert notices.sentence == ""


def ask_for_menu(slot):
    place = slot.rect().center()
    QApplication.sendEvent(slot, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, slot.mapToGlobal(place)))


def menu_at(qtbot, application, number):
    """Open the menu of a slot by the mouse, and return it."""
    slot = application.window.suggestion_bar.slot_buttons[number]
    ask_for_menu(slot)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    return QApplication.activePopupWidget()


def test_the_menu_of_a_slot_is_about_its_word_and_the_word_in_the_text(qtbot, application, engine):
    type_tu(qtbot, application)
    menu = menu_at(qtbot, application, 2)
    assert [action.text() for action in menu.actions()] == [
        "&Why this word?",
        "&Never suggest “turning”",
        "“tu” in the text is &right",
    ]
    menu.actions()[1].trigger()
    menu.close()
    settle(qtbot, application, "turn", "turned", "")
    assert engine.wishes.blocked == ["turning"]


def test_an_empty_slot_has_no_menu(qtbot, application):
    qtbot.keyClicks(application.window.editor, "turni")
    settle(qtbot, application, "turning", "", "")
    slot = application.window.suggestion_bar.slot_buttons[2]
    with qtbot.assertNotEmitted(application.window.suggestion_bar.menu_asked):
        ask_for_menu(slot)


def test_with_nothing_on_offer_the_key_says_so(qtbot, application, engine):
    qtbot.keyClicks(application.window.editor, "xy")
    settle(qtbot, application, "", "", "")
    qtbot.keyClick(application.window.editor, Key.Key_Delete, Modifier.AltModifier)
    assert application.window.status_line.message == "Nothing is suggested now"
    assert engine.wishes.blocked == []


def test_a_wish_that_cannot_be_kept_is_told_and_the_word_stays(qtbot, application, engine):
    engine.wishes.errors = [ProfileError("The list cannot be written (No space left on device).")]
    type_tu(qtbot, application)
    application.window.menus.never_suggest.trigger()
    qtbot.waitUntil(lambda: "cannot be written" in application.window.status_line.message)
    settle(qtbot, application, "turn", "turned", "turning")
    assert application.window.notice_bar.sentence == ""


def test_the_word_at_the_caret_is_taught_by_key(qtbot, application, engine):
    qtbot.keyClicks(application.window.editor, "We met Quillonia ")
    qtbot.keyClick(application.window.editor, Key.Key_R, Modifier.ControlModifier | Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: any(commit.text == "Quillonia" for commit in engine.learner.commits))
    assert engine.wishes.right == ["Quillonia"]
    taught = next(commit for commit in engine.learner.commits if commit.text == "Quillonia")
    assert (taught.text, taught.context.left, taught.shown) == ("Quillonia", "We met ", ())
    qtbot.waitUntil(lambda: len(engine.learner.commits) >= 3 and application.model._mailbox.is_empty)
    qtbot.waitUntil(lambda: "it is right as it is" in application.window.status_line.message)


def test_without_a_word_there_is_nothing_to_teach(qtbot, application, engine):
    application.window.menus.word_is_right.trigger()
    assert application.window.status_line.message == "There is no word at the caret"
    assert engine.wishes.right == []


def test_while_learning_is_paused_nothing_is_taught(qtbot, application, engine):
    application.preferences.set_learning(False)
    qtbot.keyClicks(application.window.editor, "Quillonia")
    application.window.menus.word_is_right.trigger()
    assert application.window.status_line.message == "Learning is paused; Ctrl+Shift+L goes on with it"
    assert engine.wishes.right == []


def test_both_have_keys_that_no_other_command_has():
    keys = KeyTable()
    assert keys.keys_of(Command.NEVER_SUGGEST) == ("Alt+Del",)
    assert keys.keys_of(Command.WORD_IS_RIGHT) == ("Ctrl+Shift+R",)
