"""A click on a slot takes the word that was pressed, or none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot, application):
    """The strip with words that fit what is typed."""
    bar = application.window.suggestion_bar
    qtbot.keyClicks(application.window.editor, "tu")
    qtbot.waitUntil(lambda: bar.words == ("turn", "turned", "turning") and not application.desk.is_waiting)
    return bar


def answer_anew(qtbot, application, engine, *words):
    """Let other words be on offer for the same place."""
    engine.predictor.words = list(words)
    application.desk.ask_anew()
    qtbot.waitUntil(lambda: application.window.suggestion_bar.words == words)


def test_another_word_that_came_into_the_slot_while_it_was_pressed_is_not_taken(qtbot, application, engine, bar):
    slot, editor = bar.slot_buttons[1], application.window.editor
    qtbot.mousePress(slot, LEFT)
    answer_anew(qtbot, application, engine, "turned", "turn", "turning")
    qtbot.mouseRelease(slot, LEFT)
    assert editor.raw_text() == "tu"
    qtbot.mouseClick(slot, LEFT)
    assert editor.raw_text() == "turn "


def test_the_pressed_word_is_taken_where_other_slots_changed_or_it_came_back(qtbot, application, engine, bar):
    slot = bar.slot_buttons[1]
    qtbot.mousePress(slot, LEFT)
    answer_anew(qtbot, application, engine, "turned", "turn", "tub")
    answer_anew(qtbot, application, engine, "tub", "turned", "turn")
    qtbot.mouseRelease(slot, LEFT)
    assert application.window.editor.raw_text() == "turned "


def test_a_slot_that_is_operated_without_a_mouse_takes_its_word(application, bar):
    bar.slot_buttons[2].click()
    assert application.window.editor.raw_text() == "turning "
