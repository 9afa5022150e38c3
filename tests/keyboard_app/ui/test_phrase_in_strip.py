"""A phrase in a slot of the strip, in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from engine import CommitSource, Context
from tests.keyboard_app.fake_engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def engine():
    return FakeEngine(["thank", "thanks", "thank you", "your"])


@pytest.fixture
def editor(application):
    return application.window.editor


def see_phrase(qtbot, application, typed="Oh, th"):
    qtbot.keyClicks(application.window.editor, typed)
    bar = application.window.suggestion_bar
    qtbot.waitUntil(lambda: bar.words == ("thank", "thanks", "thank you") and not application.desk.is_waiting)


def test_its_key_takes_all_of_it_as_one_undo_step(qtbot, application, editor):
    see_phrase(qtbot, application)
    qtbot.keyClick(editor, Key.Key_3, Modifier.AltModifier)
    assert editor.raw_text() == "Oh, thank you "
    editor.undo_step()
    assert editor.raw_text() == "Oh, th"


def test_each_of_its_words_is_learned_as_taken(qtbot, application, engine, editor):
    see_phrase(qtbot, application)
    qtbot.keyClick(editor, Key.Key_3, Modifier.AltModifier)
    application.desk.release()
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 3)
    taken = engine.learner.commits[1:]
    assert [(commit.text, commit.source) for commit in taken] == [
        ("thank", CommitSource.ACCEPTED),
        ("you", CommitSource.ACCEPTED),
    ]
    assert taken[1].context.left == "Oh, thank "


def test_its_menu_asks_why_each_word_and_blocks_each(qtbot, application, engine):
    see_phrase(qtbot, application)
    menu = application.wishes.menu_for("thank you")
    named = {action.text(): action for action in menu.actions()}
    assert {"Why “thank”?", "Why “you”?", "&Never suggest “thank”", "&Never suggest “you”"} <= set(named)
    named["Why “thank”?"].trigger()
    named["Why “you”?"].trigger()
    qtbot.waitUntil(lambda: len(engine.explainer.asked) == 2)
    assert engine.explainer.asked == [(Context("Oh, ", "th"), "thank"), (Context("Oh, thank "), "you")]
    named["&Never suggest “you”"].trigger()
    qtbot.waitUntil(lambda: engine.wishes.blocked == ["you"])


def test_it_can_be_switched_off(qtbot, application, engine, editor):
    qtbot.keyClicks(editor, "Oh, t")
    qtbot.waitUntil(lambda: not application.desk.is_waiting)
    assert engine.predictor.asked[-1].phrases
    application.preferences.change(show_phrases=False)
    qtbot.keyClicks(editor, "h")
    qtbot.waitUntil(lambda: not application.desk.is_waiting)
    assert not engine.predictor.asked[-1].phrases
