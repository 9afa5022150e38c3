"""Why this word?"""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from engine import Context
from keyboard_app.command_table import Command
from keyboard_app.key_table import KeyTable
from keyboard_app.ui.theme import load_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def type_tu(qtbot, application):
    qtbot.keyClicks(application.window.editor, "a quick tu")
    bar, session = application.window.suggestion_bar, application.desk._session
    qtbot.waitUntil(lambda: bar.words == ("turn", "turned", "turning") and not session.offering.is_waiting)


def press_why(qtbot, application):
    qtbot.keyClick(application.window.editor, Key.Key_E, Modifier.ControlModifier | Modifier.ShiftModifier)


def shown(qtbot, application):
    qtbot.waitUntil(lambda: application.why.dialog is not None and application.why.dialog.isVisible())
    return application.why.dialog


def test_a_key_shows_why_the_first_suggestion_is_offered(qtbot, application, engine, monkeypatch):
    said = []
    monkeypatch.setattr("keyboard_app.ui.why_dialog.announce", lambda source, sentence: said.append(sentence))
    type_tu(qtbot, application)
    press_why(qtbot, application)
    dialog = shown(qtbot, application)
    assert engine.explainer.asked == [(Context("a quick ", "tu"), "turn")]
    assert dialog.title.text() == "Why “turn”?"
    assert dialog.headline.text().startswith("Its chance here is 40 in 100, among all words that begin with “tu”")
    texts = [label.text() for label in dialog.reasons.findChildren(QLabel)]
    assert texts[:2] == ["63 %", "the shipped model: what Foretype knew before you wrote a word"]
    assert [text for text in texts if text.endswith("%")] == ["63 %", "12 %", "15 %", "10 %"]
    assert said == [dialog.accessibleDescription()]
    assert "63 % the shipped model" in dialog.bar.accessibleDescription()
    assert application.window.editor.raw_text() == "a quick tu"


@pytest.mark.parametrize(
    "parts", [(0.0, 0.0, 0.0, 0.3, 0.0), (0.2, 0.1, 0.05, 0.05, 0.05), (0.4, 0.0, -0.1, 0.05, 0.0)]
)
def test_all_of_it_is_in_sight(qtbot, application, engine, parts):
    engine.explainer.parts = parts
    type_tu(qtbot, application)
    press_why(qtbot, application)
    dialog = shown(qtbot, application)
    qtbot.waitUntil(lambda: dialog.area.verticalScrollBar().maximum() == 0)
    assert dialog.area.horizontalScrollBar().maximum() == 0


def test_the_menu_of_a_slot_asks_about_its_word(qtbot, application, engine):
    type_tu(qtbot, application)
    application.wishes.menu_for("turning").actions()[0].trigger()
    assert shown(qtbot, application).title.text() == "Why “turning”?"
    assert engine.explainer.asked[0][1] == "turning"


def test_the_window_is_put_away_and_the_text_goes_on(qtbot, application):
    type_tu(qtbot, application)
    press_why(qtbot, application)
    dialog = shown(qtbot, application)
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.keyClicks(application.window.editor, "rn")
    assert application.window.editor.raw_text() == "a quick turn"


def test_with_nothing_on_offer_the_key_says_so(qtbot, application, engine):
    qtbot.keyClicks(application.window.editor, "xy")
    qtbot.waitUntil(lambda: not application.desk.is_waiting)
    press_why(qtbot, application)
    assert application.window.status_line.message == "Nothing is suggested now"
    assert engine.explainer.asked == []


def test_without_the_strip_it_is_about_the_ghost(qtbot, application, engine):
    application.preferences.show_strip(False)
    qtbot.keyClicks(application.window.editor, "tu")
    qtbot.waitUntil(lambda: application.window.editor.ghost == "rn")
    press_why(qtbot, application)
    assert shown(qtbot, application).title.text() == "Why “turn”?"


def test_a_word_that_is_gone_when_the_answer_comes_is_told_so(qtbot, application, engine):
    type_tu(qtbot, application)
    engine.predictor.words.remove("turn")
    press_why(qtbot, application)
    qtbot.waitUntil(lambda: application.window.status_line.message == "“turn” is not suggested here any more")
    assert application.why.dialog is None


def test_typing_does_not_wait_for_the_reasons(qtbot, application, engine, monkeypatch):
    """The answer takes its time; meanwhile every key goes into the text."""
    explain, may_answer, answered = engine.explainer.explain, Event(), []

    def slowly(context, word):
        may_answer.wait(5.0)
        answered.append(word)
        return explain(context, word)

    monkeypatch.setattr(engine.explainer, "explain", slowly)
    type_tu(qtbot, application)
    press_why(qtbot, application)
    qtbot.keyClicks(application.window.editor, "rning ")
    assert application.window.editor.raw_text() == "a quick turning "
    assert answered == []
    may_answer.set()
    assert shown(qtbot, application).title.text() == "Why “turn”?"


def test_it_follows_the_theme(qtbot, application):
    type_tu(qtbot, application)
    press_why(qtbot, application)
    dialog = shown(qtbot, application)
    before = dialog.grab().toImage()
    application.themes.changed.emit(load_theme("dark"))
    assert dialog.grab().toImage() != before
    assert len(dialog.reasons.findChildren(QLabel)) == 8


def test_it_has_a_key_that_no_other_command_has():
    assert KeyTable().keys_of(Command.WHY) == ("Ctrl+Shift+E",)
