"""Typing as people do it: in bursts, with corrections, dead keys, jumps, and in texts of every kind and size."""

from __future__ import annotations

import statistics
import time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from engine.values import CommitSource
from tests.keyboard_app.fake_engine import WORDS, FakeEngine
from tests.keyboard_app.gated_engine import GatedEngine

Key, Modifier = Qt.Key, Qt.KeyboardModifier
LONG_LINE = "some words of a line that never ends " * 5_400
TWO_MEGABYTES = "A line of usual length in a text that is very long indeed.\n" * 34_000


class Typist:
    """Someone in front of a window whose answers can be held back."""

    def __init__(self, qtbot, application, engine):
        self.qtbot, self.application, self.engine = qtbot, application, engine
        self.editor, self.bar = application.window.editor, application.window.suggestion_bar

    @property
    def text(self):
        return self.editor.raw_text()

    @property
    def caret(self):
        return self.editor.textCursor().position()

    def type(self, text):
        for character in text:
            if character == "\n":
                QTest.keyClick(self.editor, Key.Key_Return)
            else:
                press = QKeyEvent(QEvent.Type.KeyPress, 0, Modifier.NoModifier, character)
                QApplication.sendEvent(self.editor, press)
        return self

    def press(self, key, modifier=Modifier.NoModifier, times=1):
        for _ in range(times):
            QTest.keyClick(self.editor, key, modifier)
        return self

    def compose(self, preedit):
        QApplication.sendEvent(self.editor, QInputMethodEvent(preedit, []))
        return self

    def commit(self, text, start=0, length=0):
        event = QInputMethodEvent("", [])
        event.setCommitString(text, start, length)
        QApplication.sendEvent(self.editor, event)
        return self

    def see(self, *words):
        expected = (*words, *[""] * (3 - len(words)))
        self.qtbot.waitUntil(lambda: self.bar.words == expected and self.is_settled)
        return self

    def settle(self):
        self.engine.let_go()
        self.qtbot.waitUntil(lambda: self.is_settled)
        return self

    @property
    def is_settled(self):
        return not self.application.desk.is_waiting

    def put(self, text, caret=None):
        """Let a text be there, with the caret at its end or where told."""
        self.editor.setPlainText(text)
        return self.jump(self.editor.document().characterCount() - 1 if caret is None else caret)

    def jump(self, position):
        cursor = self.editor.textCursor()
        cursor.setPosition(position)
        self.editor.setTextCursor(cursor)
        return self

    def learnt(self):
        self.application.desk.release()
        self.qtbot.waitUntil(lambda: self.application.model._mailbox.is_empty)
        return [(commit.text, commit.source) for commit in self.engine.commits]


@pytest.fixture
def typist(qtbot, compose):
    engine = GatedEngine(lambda: FakeEngine([*WORDS, "good morning to you"]))
    yield Typist(qtbot, compose(engine), engine)
    engine.let_go()


# Bursts and corrections


def test_a_burst_and_slow_typing_give_the_same_text(typist):
    keys = [("tu", Key.Key_Tab), (".", None), (" th", Key.Key_Tab), ("wor", Key.Key_Tab), ("\n", None)]
    texts = []
    for is_slow in (True, False):
        typist.put("")
        typist.settle()
        for letters, key in keys:
            typist.type(letters)
            if is_slow or key is not None:
                typist.settle()
            if key is not None:
                typist.press(key)
        texts.append(typist.text)
    assert texts == ["turn. the world\n"] * 2


def test_keys_pressed_before_any_answer_came_keep_their_order(typist):
    typist.engine.hold()
    typist.type("quick tu").press(Key.Key_Tab).type("esday and ").press(Key.Key_Backspace, times=2).type("t")
    assert typist.text == "quick tuesday ant"
    typist.settle()
    assert typist.text == "quick tuesday ant"


def test_a_slip_that_is_corrected_is_learned_as_it_was_meant(typist):
    typist.type("teh").press(Key.Key_Backspace, times=2).type("he quick x")
    assert typist.text == "the quick x"
    assert typist.learnt() == [("the", CommitSource.TYPED), ("quick", CommitSource.TYPED)]


def test_a_word_deleted_by_one_key_and_typed_again(typist):
    typist.type("quick turn").press(Key.Key_Backspace, Modifier.ControlModifier).type("world again")
    assert typist.text == "quick world again"
    assert [text for text, _ in typist.learnt()] == ["quick", "world"]


def test_undo_to_the_beginning_and_redo_to_the_end_lose_nothing(typist):
    typist.type("quick tu").see("turn", "turned", "turning")
    typist.press(Key.Key_Tab).type(". ").press(Key.Key_Left, times=3).type("s").press(Key.Key_Backspace)
    final, steps = typist.text, []
    while typist.editor.document().isUndoAvailable():
        typist.press(Key.Key_Z, Modifier.ControlModifier)
        steps.append(typist.text)
    assert steps[-1] == ""
    assert "quick tu" in steps
    while typist.editor.document().isRedoAvailable():
        typist.press(Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert typist.text == final == "quick turn. "


# Input methods


def test_a_dead_key_and_its_letter_are_one_letter_and_one_undo_step(typist):
    typist.type("caf").compose("´")
    assert typist.text == "caf"
    assert not any(typist.bar.words)
    typist.commit("é").type(" x")
    assert typist.text == "café x"
    assert typist.learnt() == [("café", CommitSource.TYPED)]


def test_a_dead_key_that_is_given_up_leaves_nothing(typist):
    typist.type("tu").see("turn", "turned", "turning").compose("^").compose("")
    assert typist.text == "tu"
    typist.see("turn", "turned", "turning")
    assert typist.editor.ghost == "rn"


def test_a_word_composed_letter_by_letter_replaces_what_is_selected(typist):
    typist.type("old").press(Key.Key_Left, Modifier.ShiftModifier, times=3)
    for preedit in ("に", "にほ", "にほん"):
        typist.compose(preedit)
    typist.commit("日本")
    assert typist.text == "日本"


def test_an_input_method_that_replaces_the_letters_before_the_caret(typist):
    typist.type("helo").commit("hello", -4, 4).type(" x")
    assert typist.text == "hello x"
    assert [text for text, _ in typist.learnt()] in ([], ["hello"])


def test_an_input_method_that_passes_every_letter_on_is_undone_word_by_word_as_keys_are(typist):
    for letter in "one two":
        typist.commit(letter)
    typist.press(Key.Key_Z, Modifier.ControlModifier)
    assert typist.text == "one "
    typist.press(Key.Key_Z, Modifier.ControlModifier)
    assert typist.text == ""


def test_a_full_stop_from_an_input_method_swallows_the_automatic_space_in_one_undo_step(typist):
    typist.type("tu").see("turn", "turned", "turning").press(Key.Key_Tab).commit(".")
    assert typist.text == "turn."
    typist.press(Key.Key_Z, Modifier.ControlModifier)
    assert typist.text == "turn "


# The caret jumps while words are on screen


@pytest.mark.parametrize("jump", ["home", "click", "cursor", "find"])
def test_a_suggestion_on_screen_never_lands_where_the_caret_went(typist, jump):
    typist.put("alpha beta ")
    typist.type("tu").see("turn", "turned", "turning")
    typist.engine.hold()
    if jump == "home":
        typist.press(Key.Key_Home)
    elif jump == "click":
        QTest.mouseClick(typist.editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    elif jump == "cursor":
        typist.jump(3)
    else:
        assert typist.editor.find("beta", QTextDocument.FindFlag.FindBackward)
    where = typist.caret
    typist.press(Key.Key_2, Modifier.AltModifier).press(Key.Key_3, Modifier.AltModifier)
    QTest.mouseClick(typist.bar.slot_buttons[1], Qt.MouseButton.LeftButton)
    assert typist.text == "alpha beta tu"
    assert typist.caret == where


def test_a_key_pressed_before_the_caret_moved_does_nothing_afterwards(typist):
    typist.engine.hold()
    typist.type("one tu").press(Key.Key_Tab).press(Key.Key_Home).settle()
    assert typist.text == "one tu"
    typist.engine.hold()
    typist.press(Key.Key_End).type("r").press(Key.Key_Tab).press(Key.Key_Left).press(Key.Key_Right).settle()
    assert typist.text == "one tur"


def test_a_key_pressed_before_the_tab_was_changed_acts_in_neither_text(typist):
    typist.engine.hold()
    typist.type("one tu").press(Key.Key_Tab).press(Key.Key_N, Modifier.ControlModifier).settle()
    documents = typist.application.window.documents
    assert [document.text_file.text for document in documents.all] == ["one tu", ""]


def test_a_selection_made_while_words_are_on_screen_is_replaced_by_what_is_typed_alone(typist):
    typist.type("quick tu").see("turn", "turned", "turning")
    typist.press(Key.Key_Left, Modifier.ShiftModifier | Modifier.ControlModifier)
    QTest.mouseClick(typist.bar.slot_buttons[0], Qt.MouseButton.LeftButton)
    assert typist.text == "quick tu"
    typist.type("w")
    assert typist.text == "quick w"
    typist.press(Key.Key_Z, Modifier.ControlModifier)
    assert typist.text == "quick tu"


def test_pasting_between_the_letters_of_a_word_makes_nothing_of_it_learned(typist):
    QApplication.clipboard().setText("ŋŋ")
    typist.type("tu").press(Key.Key_V, Modifier.ControlModifier).type("rn on x")
    assert typist.text == "tuŋŋrn on x"
    assert typist.learnt() == [("on", CommitSource.TYPED)]


# Scripts: Qt counts UTF-16


@pytest.mark.parametrize(
    "before",
    ["שלום ", "مرحبا بالعالم ", "👩‍👩‍👧‍👦 ", "🇩🇪🇫🇷 ", "e\u0301e\u0301 ", "𝒜𝒷 ", "नमस्ते ", "a\u00a0b ", "😀" * 700 + " "],
    ids=["hebrew", "arabic", "family", "flags", "combining", "astral letters", "devanagari", "fixed space", "many"],
)
def test_taking_a_word_behind_any_script_changes_only_its_own_letters(typist, before):
    typist.put(before)
    typist.type("tu").see("turn", "turned", "turning")
    typist.press(Key.Key_2, Modifier.AltModifier)
    assert typist.text == before + "turned "
    typist.press(Key.Key_Z, Modifier.ControlModifier)
    assert typist.text == before + "tu"


def test_taking_a_word_between_two_scripts_leaves_both_as_they_are(typist):
    typist.put("שלום  😀", caret=5)
    typist.type("tu").see("turn", "turned", "turning")
    assert typist.editor.ghost == ""
    typist.press(Key.Key_Tab)
    assert typist.text == "שלום turn 😀"


def test_a_combining_mark_belongs_to_the_word_that_is_typed(typist):
    typist.type("cafe\u0301 x")
    assert typist.text == "cafe\u0301 x"
    assert len(typist.learnt()) == 1


# Size


def milliseconds(widget, n_keys=7):
    """Return what a key costs, drawing included: the middle one of some."""
    spent = []
    for character in "xyzxyzxyz"[:n_keys]:
        start = time.process_time()
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Modifier.NoModifier, character))
        QApplication.processEvents()
        spent.append(1_000 * (time.process_time() - start))
    return statistics.median(spent)


def bare_editor(qtbot, like, text, position):
    """Return Qt's own editor in the same shape, for comparison."""
    plain = QPlainTextEdit()
    qtbot.addWidget(plain)
    plain.setFont(like.font())
    plain.resize(like.viewport().size())
    plain.setPlainText(text)
    plain.show()
    cursor = plain.textCursor()
    cursor.setPosition(position)
    plain.setTextCursor(cursor)
    return plain


@pytest.mark.parametrize("place", [0.5, 1.0])
def test_a_line_of_200_kb_costs_little_more_than_qt_needs_for_it(qtbot, typist, place):
    position = int(len(LONG_LINE) * place)
    typist.put(LONG_LINE, position)
    plain = bare_editor(qtbot, typist.editor, LONG_LINE, position)
    qt, ours = milliseconds(plain), milliseconds(typist.editor)
    assert ours < 1.5 * qt + 20


def test_a_text_of_2_mb_is_typed_into_as_into_a_short_one(typist):
    short = milliseconds(typist.editor)
    typist.put(TWO_MEGABYTES, len(TWO_MEGABYTES) // 2)
    assert milliseconds(typist.editor) < 5 * short + 20
    typist.type(" tu").see("turn", "turned", "turning")
    typist.press(Key.Key_Tab)
    middle = len(TWO_MEGABYTES) // 2
    typed = "xyzxyzx turn "
    after = TWO_MEGABYTES[middle:]
    expected = typed.rstrip() if after[:1].isspace() else typed
    assert typist.text == TWO_MEGABYTES[:middle] + expected + after
    typist.editor.moveCursor(QTextCursor.MoveOperation.End)
    typist.type("th").see("the", "there", "then")
