"""Notices without a mouse: heard, put away and answered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from keyboard_app.ui.notice_bar import Choice, NoticeBar

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def said(monkeypatch):
    """What a screen reader is told of notices."""
    sentences = []
    monkeypatch.setattr("keyboard_app.ui.notice_bar.announce", lambda _source, sentence: sentences.append(sentence))
    return sentences


@pytest.fixture
def window(qtbot, application):
    """A window with nothing on offer."""
    qtbot.waitUntil(lambda: bool(application.desk.shown) and not application.desk.is_waiting)
    application.desk.hide()
    return application.window


def press(qtbot, window, key, modifier=Modifier.NoModifier):
    qtbot.keyClick(window.focusWidget(), key, modifier)


def test_esc_in_the_text_puts_a_notice_away_and_the_one_before_comes_back(qtbot, window):
    window.notice_bar.tell("First.")
    window.notice_bar.tell("Second.")
    press(qtbot, window, Key.Key_Escape)
    assert window.notice_bar.sentence == "First."
    press(qtbot, window, Key.Key_Escape)
    assert window.notice_bar.sentence == ""
    press(qtbot, window, Key.Key_Escape)
    assert window.focusWidget() is window.editor


def test_esc_hides_suggestions_before_it_puts_a_notice_away(qtbot, application, window):
    bar = window.suggestion_bar
    qtbot.keyClicks(window.editor, "so tu")
    qtbot.waitUntil(lambda: bar.words == ("turn", "turned", "turning") and not application.desk.is_waiting)
    window.notice_bar.tell("It could not be saved.")
    press(qtbot, window, Key.Key_Escape)
    assert bar.words == ("", "", "")
    assert window.notice_bar.sentence == "It could not be saved."
    press(qtbot, window, Key.Key_Escape)
    assert window.notice_bar.sentence == ""


def test_esc_in_the_text_leaves_a_question_where_it_is(qtbot, window):
    window.notice_bar.ask("What now?", Choice("Reload", lambda: None))
    press(qtbot, window, Key.Key_Escape)
    assert window.notice_bar.sentence == "What now?"


def test_esc_still_closes_the_find_bar(qtbot, window):
    window.menus.find.trigger()
    window.editor.setFocus()
    press(qtbot, window, Key.Key_Escape)
    assert window.find_bar.isHidden()


def test_f6_goes_to_a_question_tab_through_it_and_esc_back_to_the_text(qtbot, window):
    window.notice_bar.ask("What now?", Choice("Reload", lambda: None), Choice("Keep", lambda: None))
    names = []
    for key in (Key.Key_F6, Key.Key_Tab, Key.Key_Tab):
        press(qtbot, window, key)
        names.append(window.focusWidget().accessibleName())
    assert names == ["Reload", "Keep", "Put this notice away"]
    press(qtbot, window, Key.Key_F6)
    assert window.focusWidget() is window.editor
    press(qtbot, window, Key.Key_F6)
    press(qtbot, window, Key.Key_Escape)
    assert window.notice_bar.sentence == ""
    assert window.focusWidget() is window.editor


def test_an_answer_by_key_goes_back_to_the_text(qtbot, window):
    chosen = []
    window.notice_bar.ask("What now?", Choice("Reload", lambda: chosen.append("reload")))
    press(qtbot, window, Key.Key_F6)
    press(qtbot, window, Key.Key_Space)
    assert chosen == ["reload"]
    assert window.focusWidget() is window.editor
    qtbot.keyClicks(window.focusWidget(), "on")
    assert window.editor.raw_text() == "on"


def test_a_notice_that_comes_or_goes_takes_the_focus_from_nobody_else(window):
    window.menus.find.trigger()
    window.notice_bar.ask("What now?", Choice("Reload", lambda: None))
    window.notice_bar.tell("Saved elsewhere.")
    window.notice_bar.put_away()
    window.notice_bar.withdraw("What now?")
    assert window.focusWidget() is window.find_bar.field


def test_a_notice_is_said_when_it_is_shown_and_again_when_it_comes_back(window, said):
    window.notice_bar.tell("It could not be saved.")
    window.notice_bar.tell("Nor could the settings.")
    assert said == ["It could not be saved.", "Nor could the settings."]
    window.notice_bar.put_away()
    assert said[2:] == ["It could not be saved."]
    window.notice_bar.put_away()
    assert len(said) == 3


def test_a_question_is_said_with_its_answers_and_their_keys(window, said):
    window.notice_bar.ask("What now?", Choice("Reload", lambda: None), Choice("Keep this text", lambda: None))
    assert said == ["What now? Reload: Alt+R. Keep this text: Alt+K."]


def test_a_notice_that_comes_before_its_window_is_said_once_when_that_is_shown(qtbot, said):
    window = QLabel()
    qtbot.addWidget(window)
    bar = NoticeBar(window)
    bar.tell("The settings file could not be read.")
    assert said == []
    window.show()
    assert said == ["The settings file could not be read."]
