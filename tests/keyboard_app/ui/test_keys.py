"""Keys as the user chose them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from keyboard_app.command_table import Command

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def offered(qtbot, application):
    bar = application.window.suggestion_bar
    qtbot.keyClicks(application.window.editor, "tu")
    qtbot.waitUntil(lambda: bar.words == ("turn", "turned", "turning") and not application.desk.is_waiting)
    return bar


def choose(application, command, *keys):
    application.preferences.set_keys(application.preferences.keys.with_keys(command, keys))


def mnemonics(actions):
    return [QKeySequence.mnemonic(action.text()).toString() for action in actions]


def test_in_no_menu_does_a_letter_stand_for_two_things(application):
    window = application.window
    menus = {menu.title(): menu.actions() for menu in window.menuBar().findChildren(QMenu)}
    menus["the bar"] = window.menuBar().actions()
    assert {"&Typing", "Line &width", "Pr&ofile"} <= set(menus)
    for title, actions in menus.items():
        letters = [letter for letter in mnemonics(actions) if letter]
        assert len(letters) == len(set(letters)), (title, sorted(letters))
    unnamed = [action.text() for action in menus["&Typing"] if action.text() and not any(mnemonics([action]))]
    assert unnamed == []


def test_slots_and_menus_show_the_keys_that_were_chosen(application):
    choose(application, Command.TAKE_FIRST, "Ctrl+Space")
    choose(application, Command.TAKE_GHOST, "F8")
    choose(application, Command.SAVE, "F2", "Ctrl+S")
    first = application.window.suggestion_bar.slot_buttons[0]
    assert first.accessibleName().endswith(", F8 or Ctrl+Space")
    assert [key.toString() for key in application.window.menus.save.shortcuts()] == ["F2", "Ctrl+S"]


def test_tab_given_back_indents_and_alt_1_takes(qtbot, application):
    editor = application.window.editor
    application.preferences.set_keys(application.preferences.keys.with_tab(takes=False))
    bar = offered(qtbot, application)
    assert "Alt+1" in bar.slot_buttons[0].toolTip()
    assert "Tab" not in bar.slot_buttons[0].toolTip()
    qtbot.keyClick(editor, Key.Key_Tab)
    assert editor.raw_text() == "tu\t"
    qtbot.keyClick(editor, Key.Key_Backspace)
    qtbot.waitUntil(lambda: editor.ghost == "rn")
    qtbot.keyClick(editor, Key.Key_1, Modifier.AltModifier)
    assert editor.raw_text() == "turn "


def test_a_chosen_key_takes_and_the_old_one_does_not(qtbot, application):
    editor = application.window.editor
    choose(application, Command.TAKE_SECOND, "Ctrl+Return")
    offered(qtbot, application)
    qtbot.keyClick(editor, Key.Key_2, Modifier.AltModifier)
    assert editor.raw_text() == "tu"
    qtbot.keyClick(editor, Key.Key_Return, Modifier.ControlModifier)
    assert editor.raw_text() == "turned "


def test_a_key_that_qt_keeps_for_itself_goes_to_the_command_that_it_was_given_to(qtbot, application):
    editor = application.window.editor
    choose(application, Command.SELECT_ALL, "Ctrl+K")  # to Qt: delete to the end of the line
    editor.setPlainText("one two")
    qtbot.keyClick(editor, Key.Key_K, Modifier.ControlModifier)
    assert editor.raw_text() == "one two"
    assert editor.textCursor().selectedText() == "one two"


def test_the_usual_editing_keys_still_work(qtbot, application):
    editor = application.window.editor
    qtbot.keyClicks(editor, "one")
    qtbot.keyClick(editor, Key.Key_Z, Modifier.ControlModifier)
    assert editor.raw_text() == ""
    qtbot.keyClick(editor, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert editor.raw_text() == "one"
    for letter in (Key.Key_A, Key.Key_X, Key.Key_V, Key.Key_V):
        qtbot.keyClick(editor, letter, Modifier.ControlModifier)
    assert editor.raw_text() == "oneone"
