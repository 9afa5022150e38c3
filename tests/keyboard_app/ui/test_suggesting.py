"""Suggestions are where the user wants them, and nowhere else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from keyboard_app.settings import StripSpot, load_settings
from keyboard_app.typist.orders import ShowKnowledge
from tests.keyboard_app.fake_engine import FakeEngine

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def settle(qtbot, application, *words):
    bar = application.window.suggestion_bar
    qtbot.waitUntil(lambda: bar.words == words and not application.desk.is_waiting)


def type_tu(qtbot, application):
    qtbot.keyClicks(application.window.editor, "tu")
    settle(qtbot, application, "turn", "turned", "turning")


def in_page(application):
    """Return where the strip and the caret's line are, in the editor's own measure."""
    window = application.window
    caret = window.editor.cursorRect()
    corner = window.editor.viewport().mapTo(window.editor, caret.topLeft())
    return window.suggestion_bar.geometry(), QRect(corner, caret.size())


def test_without_the_strip_the_ghost_alone_offers_and_only_what_it_shows(qtbot, application, tmp_path):
    window = application.window
    window.menus.strip.trigger()
    assert window.suggestion_bar.isHidden()
    application.preferences.keep()
    assert not load_settings(tmp_path / "settings.json")[0].show_strip
    qtbot.keyClicks(window.editor, "tu")
    qtbot.waitUntil(lambda: window.editor.ghost == "rn")
    qtbot.keyClick(window.editor, Key.Key_2, Modifier.AltModifier)
    assert window.editor.raw_text() == "tu"
    qtbot.keyClick(window.editor, Key.Key_Tab)
    assert window.editor.raw_text() == "turn "


def test_without_the_ghost_the_strip_still_offers(qtbot, application):
    window = application.window
    window.menus.ghost.trigger()
    type_tu(qtbot, application)
    assert window.editor.ghost == ""
    qtbot.keyClick(window.editor, Key.Key_Tab)
    assert window.editor.raw_text() == "turn "


def test_where_nothing_is_shown_nothing_is_asked_and_tab_types_a_tab(qtbot, compose):
    engine = FakeEngine()
    application = compose(engine)
    window = application.window
    window.menus.ghost.trigger()
    window.menus.strip.trigger()
    let_model_catch_up(qtbot, application)
    asked = len(engine.predictor.asked)
    qtbot.keyClicks(window.editor, "tu")
    qtbot.keyClick(window.editor, Key.Key_Tab)
    assert window.editor.raw_text() == "tu\t"
    let_model_catch_up(qtbot, application)
    assert len(engine.predictor.asked) == asked


def let_model_catch_up(qtbot, application):
    """Wait for an order, which comes behind every question."""
    with qtbot.waitSignal(application.model.answered):
        application.model.order(ShowKnowledge())


@pytest.mark.parametrize(("percent", "ghost"), [(36, "rn"), (37, "")])  # the fake engine is sure by exp(-1) = 36.8 %
def test_the_ghost_appears_only_where_the_word_is_likely_enough(qtbot, application, percent, ghost):
    application.preferences.change(ghost_from_percent=percent)
    type_tu(qtbot, application)
    assert application.window.editor.ghost == ghost


def test_one_three_or_five_words_are_offered_and_alt_5_takes_the_fifth(qtbot, application):
    window = application.window
    window.menus._counts[5].trigger()
    settle(qtbot, application, "turn", "turned", "turning", "the", "there")
    qtbot.keyClick(window.editor, Key.Key_5, Modifier.AltModifier)
    assert window.editor.raw_text() == "there "
    window.menus._counts[1].trigger()
    settle(qtbot, application, "turn")
    assert [slot.isVisible() for slot in window.suggestion_bar._slots] == [True, False, False, False, False]
    qtbot.keyClick(window.editor, Key.Key_2, Modifier.AltModifier)
    assert window.editor.raw_text() == "there "


def test_slots_stay_where_they_are_while_a_word_is_typed(qtbot, application):
    bar = application.window.suggestion_bar
    places = set()
    for letter in "turn":
        qtbot.keyClicks(application.window.editor, letter)
        qtbot.waitUntil(lambda: not application.desk.is_waiting)
        places.add(tuple(slot.geometry().getRect() for slot in bar.slot_buttons))
    assert len(places) == 1


def test_the_words_of_the_strip_grow_with_the_text(application):
    window = application.window
    slot = window.suggestion_bar.slot_buttons[0]
    usual, height = slot.sizeHint().width(), window.suggestion_bar.height()
    application.preferences.change(font_pt=28)
    assert slot.sizeHint().width() > 1.5 * usual
    assert window.suggestion_bar.height() > height


def test_at_the_caret_the_strip_hides_no_line_being_typed_and_takes_no_focus(qtbot, application):
    window = application.window
    application.preferences.change(strip_spot=StripSpot.CARET)
    type_tu(qtbot, application)
    strip, line = in_page(application)
    assert window.suggestion_bar.isVisible()
    assert window.focusWidget() is window.editor
    assert strip.top() > line.bottom()
    qtbot.mouseClick(window.suggestion_bar.slot_buttons[1], Qt.MouseButton.LeftButton)
    assert window.editor.raw_text() == "turned "
    assert window.focusWidget() is window.editor


def test_at_the_bottom_of_the_page_the_strip_stands_above_the_line(qtbot, application):
    window = application.window
    application.preferences.change(strip_spot=StripSpot.CARET)
    window.editor.setPlainText("\n" * 200)
    caret = window.editor.textCursor()
    caret.setPosition(100)
    window.editor.setTextCursor(caret)
    type_tu(qtbot, application)
    scroll = window.editor.verticalScrollBar()
    scroll.setValue(scroll.value() - 2)
    strip, line = in_page(application)
    assert window.suggestion_bar.isVisible()
    assert strip.bottom() < line.top()


def test_at_the_caret_the_strip_stands_still_while_a_word_is_typed(qtbot, application):
    application.preferences.change(strip_spot=StripSpot.CARET)
    type_tu(qtbot, application)
    place, _ = in_page(application)
    qtbot.keyClicks(application.window.editor, "r")
    settle(qtbot, application, "turn", "turned", "turning")
    assert in_page(application)[0] == place


def test_a_strip_at_the_caret_with_nothing_to_offer_is_out_of_sight_and_comes_back_below(qtbot, application):
    window = application.window
    application.preferences.change(strip_spot=StripSpot.CARET)
    type_tu(qtbot, application)
    qtbot.keyClick(window.editor, Key.Key_Escape)
    assert window.suggestion_bar.isHidden()
    window.menus.at_caret.trigger()
    assert window.suggestion_bar.isVisible()
    below = window.suggestion_bar.mapTo(window, QPoint()).y()
    assert below >= window.editor.mapTo(window, QPoint()).y() + window.editor.height()


def test_in_a_line_from_right_to_left_there_is_no_ghost_on_its_letters(qtbot, application):
    editor = application.window.editor
    editor.insertPlainText("שלום ")
    type_tu(qtbot, application)
    assert editor.ghost == ""
    qtbot.keyClick(editor, Key.Key_Tab)
    assert editor.raw_text() == "שלום turn "


@pytest.mark.parametrize("before", ["👩‍👩‍👧 ", "e\u0301a\u0308 ", "\U0001f1e9\U0001f1ea\u00a0", "“"])
def test_taking_after_emoji_and_combining_marks_replaces_the_right_letters(qtbot, application, before):
    editor = application.window.editor
    editor.insertPlainText(before)
    type_tu(qtbot, application)
    qtbot.keyClick(editor, Key.Key_Tab)
    assert editor.raw_text() == f"{before}turn "


def test_a_selection_ends_the_offer_and_its_end_brings_it_back(qtbot, application):
    editor = application.window.editor
    type_tu(qtbot, application)
    editor.selectAll()
    settle(qtbot, application, "", "", "")
    qtbot.keyClick(editor, Key.Key_End)
    settle(qtbot, application, "turn", "turned", "turning")


def test_a_key_in_a_text_of_2_mb_does_not_read_the_whole_text(qtbot, application, monkeypatch):
    editor = application.window.editor
    editor.setPlainText(("The quick brown fox jumps over the lazy dog. " * 9 + "\n") * 5_000)
    read = []
    monkeypatch.setattr(type(editor), "raw_text", lambda _editor: read.append("editor"))
    monkeypatch.setattr("keyboard_app.ui.open_document.raw_text", lambda _page: read.append("document"))
    for place in (QTextCursor.MoveOperation.Start, QTextCursor.MoveOperation.End):
        editor.moveCursor(place)
        for letter in "tu ":
            qtbot.keyClicks(editor, letter)
            assert len(editor.caret_text().before) < 2_100
    assert read == []
    monkeypatch.undo()


def test_no_ghost_and_no_strip_at_the_caret_while_a_dead_key_waits(qtbot, application):
    window = application.window
    application.preferences.change(strip_spot=StripSpot.CARET)
    type_tu(qtbot, application)
    QApplication.sendEvent(window.editor, QInputMethodEvent("´", []))
    assert window.editor.ghost == ""
    assert window.suggestion_bar.isHidden()
    QApplication.sendEvent(window.editor, QInputMethodEvent("", []))
    qtbot.waitUntil(lambda: window.editor.ghost == "rn")
