"""Phrases in grey behind the caret, in the real window."""

from __future__ import annotations

import time
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from tests.keyboard_app.fake_engine import FakeEngine

Key = Qt.Key


@pytest.fixture
def engine():
    engine = FakeEngine(["the", "end", "early", "of", "my", "day"])
    engine.ghosts.phrases["end"] = "of the day"
    return engine


@pytest.fixture
def editor(application):
    return application.window.editor


def see_phrase(qtbot, editor, typed="e"):
    qtbot.keyClicks(editor, typed)
    qtbot.waitUntil(lambda: editor.ghost == "nd of the day")


def test_tab_takes_the_whole_phrase_as_one_undo_step(qtbot, editor):
    see_phrase(qtbot, editor, "at e")
    qtbot.keyClick(editor, Key.Key_Tab)
    assert editor.raw_text() == "at end of the day "
    editor.undo_step()
    assert editor.raw_text() == "at e"


def test_right_takes_one_word_at_a_time_each_its_own_undo_step_and_the_rest_stays(qtbot, editor, application):
    see_phrase(qtbot, editor)
    for text, rest in (("end ", "of the day"), ("end of ", "the day"), ("end of the ", "day"), ("end of the day ", "")):
        qtbot.keyClick(editor, Key.Key_Right)
        assert (editor.raw_text(), editor.ghost) == (text, rest)
        qtbot.waitUntil(lambda: not application.desk.is_waiting)
        if rest:
            assert editor.ghost == rest
    editor.undo_step()
    assert editor.raw_text() == "end of the "


def test_alt_1_takes_the_first_word_only(qtbot, editor):
    see_phrase(qtbot, editor)
    qtbot.keyClick(editor, Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert (editor.raw_text(), editor.ghost) == ("end ", "of the day")


def test_the_first_slot_names_tab_only_where_tab_takes_its_word(qtbot, application, editor):
    first = application.window.suggestion_bar.slot_buttons[0]
    see_phrase(qtbot, editor)
    assert first.accessibleName() == "Suggestion end, Alt+1"
    qtbot.keyClicks(editor, "a")
    qtbot.waitUntil(lambda: not application.desk.is_waiting)
    qtbot.keyClick(editor, Key.Key_Backspace)
    application.preferences.change(show_phrases=False)
    qtbot.waitUntil(lambda: editor.ghost == "nd")
    assert first.accessibleName() == "Suggestion end, Tab or Alt+1"


def test_the_slots_hold_the_same_words_before_and_after_the_phrase_has_come(qtbot, application, editor):
    bar = application.window.suggestion_bar
    qtbot.keyClicks(editor, "e")
    qtbot.waitUntil(lambda: bar.words == ("end", "early", ""))
    changes = []
    bar.changed.connect(lambda: changes.append(bar.words))
    qtbot.waitUntil(lambda: editor.ghost == "nd of the day")
    assert bar.words == ("end", "early", "")
    assert changes == []


def test_the_words_are_there_before_the_phrase(qtbot, application, editor, engine):
    may_go_on = Event()
    engine.ghosts.wait_for = lambda is_stale: wait_for(lambda: is_stale() or may_go_on.is_set())
    qtbot.keyClicks(editor, "e")
    qtbot.waitUntil(lambda: editor.ghost == "nd")
    assert application.window.suggestion_bar.words == ("end", "early", "")
    may_go_on.set()
    qtbot.waitUntil(lambda: editor.ghost == "nd of the day")


def wait_for(is_so):
    """Hold the model thread, but not for ever."""
    deadline = time.monotonic() + 60.0
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.005)


def test_typing_along_shortens_the_phrase_in_the_same_instant(qtbot, editor):
    see_phrase(qtbot, editor)
    for letter, rest in (("n", "d of the day"), ("d", " of the day"), (" ", "of the day"), ("o", "f the day")):
        qtbot.keyClicks(editor, letter)
        assert editor.ghost == rest


def test_a_letter_of_another_mind_ends_it_in_the_same_instant(qtbot, editor):
    see_phrase(qtbot, editor)
    qtbot.keyClicks(editor, "a")
    assert editor.ghost == ""


def test_a_phrase_that_the_line_has_no_room_for_is_shown_and_taken_as_far_as_it_fits(qtbot, editor, application):
    editor.insertPlainText("mmmm " * 60)
    metrics = editor.fontMetrics()
    needed = metrics.horizontalAdvance("end of the day")

    def room():
        return editor.viewport().width() - editor.cursorRect().left()

    while not metrics.horizontalAdvance("end of ") < room() < needed - 8:
        editor.insertPlainText("i ")
    qtbot.keyClicks(editor, "e")
    qtbot.waitUntil(lambda: editor.ghost.startswith("nd of") and editor.ghost != "nd of the day")
    seen = editor.ghost
    before = editor.raw_text()
    qtbot.keyClick(editor, Key.Key_Tab)
    assert editor.raw_text() == f"{before}{seen} "
    assert editor.ghost == "nd of the day"[len(seen) + 1 :]


def test_there_is_no_phrase_before_other_text_in_a_selection_or_while_an_input_method_composes(qtbot, editor):
    see_phrase(qtbot, editor)
    QApplication.sendEvent(editor, QInputMethodEvent("´", []))
    assert editor.ghost == ""
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    assert editor.ghost == "nd of the day"
    editor.selectAll()
    assert editor.ghost == ""
    qtbot.keyClick(editor, Key.Key_End)
    assert editor.ghost == "nd of the day"
    editor.insertPlainText(" x")
    editor.moveCursor(QTextCursor.MoveOperation.Left)
    editor.moveCursor(QTextCursor.MoveOperation.Left)
    assert editor.ghost == ""


def test_a_phrase_taken_is_learned_word_by_word_and_rejects_nothing(qtbot, editor, engine):
    see_phrase(qtbot, editor)
    qtbot.keyClick(editor, Key.Key_Tab)
    qtbot.keyClicks(editor, "x")
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 4)
    assert [commit.text for commit in engine.learner.commits] == ["end", "of", "the", "day"]
    assert not any(commit.rejects for commit in engine.learner.commits)


def test_a_screen_reader_hears_the_whole_phrase(qtbot, application, editor, monkeypatch):
    said = []
    monkeypatch.setattr("keyboard_app.ui.main_window.announce", lambda _source, sentence: said.append(sentence))
    see_phrase(qtbot, editor)
    application.window.menus.announce.trigger()
    assert said == ["ghost text: end of the day, 1: end, 2: early"]


def test_phrases_can_be_switched_off_and_made_rarer(qtbot, application, editor, engine):
    application.preferences.change(phrase_from_percent=61)  # the fake engine is sure by 60 %
    qtbot.keyClicks(editor, "e")
    qtbot.waitUntil(lambda: bool(engine.ghosts.asked) and not application.desk.is_waiting)
    assert editor.ghost == "nd"
    application.preferences.change(phrase_from_percent=60)
    qtbot.waitUntil(lambda: editor.ghost == "nd of the day")
    asked = len(engine.ghosts.asked)
    application.preferences.change(show_phrases=False)
    qtbot.waitUntil(lambda: editor.ghost == "nd")
    assert len(engine.ghosts.asked) == asked


def picture(editor):
    return editor.viewport().grab().toImage()


def test_a_ghost_that_is_not_painted_for_lack_of_room_is_not_there_to_be_taken(qtbot, application, editor):
    application.preferences.change(font_pt=48)
    editor.set_ghost("")
    seen = []
    for _ in range(200):  # until the line is full
        qtbot.keyClicks(editor, "i")
        qtbot.waitUntil(lambda: not application.desk.is_waiting)
        editor.set_ghost("turn")
        with_ghost, ghost = picture(editor), editor.ghost
        editor.set_ghost("")
        assert bool(ghost) is (picture(editor) != with_ghost)
        seen.append(bool(ghost))
        if not ghost:
            break
    assert seen[0]
    assert not seen[-1]
