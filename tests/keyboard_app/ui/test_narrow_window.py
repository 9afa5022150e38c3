"""What a narrow window, or one with large letters, leaves out, and in which order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from keyboard_app.settings import LARGEST_FONT_PT, USUAL_FONT_PT, StripSpot
from keyboard_app.ui.slot_button import SlotButton
from keyboard_app.ui.theme import load_theme

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def narrow(qtbot, application, width=480):
    window = application.window
    window.resize(width, 400)
    qtbot.waitUntil(lambda: window.width() == width)
    QApplication.processEvents()


def offered(qtbot, application, *words):
    bar = application.window.suggestion_bar
    qtbot.waitUntil(lambda: bar.words == words and not application.desk.is_waiting)
    return bar


def is_whole(slot):
    return slot._elided() == slot.word


@pytest.mark.parametrize("spot", StripSpot)
def test_in_a_narrow_window_with_large_letters_the_last_slots_go_before_a_word_is_cut_short(
    qtbot, application, engine, spot
):
    application.preferences.change(strip_spot=spot)
    qtbot.keyClicks(application.window.editor, "tu")
    offered(qtbot, application, "turn", "turned", "turning")
    narrow(qtbot, application)
    application.preferences.zoom(12)
    bar = offered(qtbot, application, "turn", "turned")
    QApplication.processEvents()
    assert all(is_whole(slot) for slot in bar.slot_buttons)
    assert [slot.isHidden() for slot in bar._slots] == [False, False, True, True, True]
    qtbot.keyClick(application.window.editor, Key.Key_3, Modifier.AltModifier)
    assert application.window.editor.raw_text() == "tu"
    assert application.desk.shown == ("turn", "turned")
    narrow(qtbot, application, 980)
    offered(qtbot, application, "turn", "turned", "turning")
    qtbot.keyClick(application.window.editor, Key.Key_3, Modifier.AltModifier)
    assert application.window.editor.raw_text() == "turning "


def test_one_slot_stays_however_large_the_letters_are(qtbot, application):
    narrow(qtbot, application)
    application.preferences.change(font_pt=LARGEST_FONT_PT, n_slots=5)
    qtbot.keyClicks(application.window.editor, "tu")
    offered(qtbot, application, "turn")
    qtbot.keyClick(application.window.editor, Key.Key_Tab)
    assert application.window.editor.raw_text() == "turn "


def test_the_choice_of_five_slots_outlives_a_narrow_window(qtbot, application):
    narrow(qtbot, application)
    application.preferences.change(n_slots=5, font_pt=USUAL_FONT_PT)
    assert len(application.window.suggestion_bar.slot_buttons) < 5
    narrow(qtbot, application, 980)
    offered(qtbot, application, "turn", "turned", "turning", "the", "there")
    assert application.preferences.settings.n_slots == 5


@pytest.fixture
def slot(qtbot):
    """Return a slot with a word and a key."""
    made = SlotButton(load_theme("light"), first=True)
    qtbot.addWidget(made)
    made.set_keys(("Alt+1",))
    made.set_word("international")
    made.resize(300, 40)
    return made


def test_the_key_gives_way_before_the_word_is_cut_short(slot):
    assert slot._chip() is not None
    slot.resize(QFontMetrics(slot._font(1.15)).horizontalAdvance(slot.word) + 2 * 12, 40)
    assert slot._chip() is None
    assert is_whole(slot)
    slot.set_word("in")
    assert slot._chip() is not None


def test_a_word_that_cannot_be_read_is_not_taken_by_a_click(qtbot, application):
    qtbot.keyClicks(application.window.editor, "tu")
    bar = offered(qtbot, application, "turn", "turned", "turning")
    slot = bar.slot_buttons[2]
    slot.setFixedWidth(40)
    assert not slot.can_be_read
    slot.click()
    assert application.window.editor.raw_text() == "tu"
    slot.setFixedWidth(200)
    assert slot.can_be_read
    slot.click()
    assert application.window.editor.raw_text() == "turning "


def test_the_place_of_the_caret_is_never_cut_short_the_words_go_first(qtbot, application):
    window = application.window
    line = window.status_line
    line.show_length("123,456 words, 8 hours 20 minutes to read")
    line.show_place(3_000, 85)
    line.show_correction("responsibillity", "responsibility")
    for width in (980, 700, 480):
        narrow(qtbot, application, width)
        assert line._place.width() >= line._place.sizeHint().width()
        assert line._words.isHidden() or line._words.width() >= line._words.sizeHint().width()
        assert line._switch.width() >= line._switch.sizeHint().width()
        assert line._correction.isVisible()
    assert line._words.isHidden()
    assert line._switch.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    narrow(qtbot, application, 980)
    assert line._words.isVisible()
    assert line._switch.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_a_place_that_gets_longer_takes_the_room_of_the_words(qtbot, application):
    narrow(qtbot, application)
    line = application.window.status_line
    line.show_length("3 words")
    line.show_place(1, 1)
    assert line._words.isVisible()
    line.show_length("1,234,567 words, 4,938 minutes to read")
    line.show_place(1_000_000, 1_000)
    QApplication.processEvents()
    assert line._words.isHidden()
    assert line._place.width() >= line._place.sizeHint().width()
