"""The window as a typist meets it: keys in, text and commits out."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QAccessible, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from engine.values import CommitSource
from keyboard_app.ui.assistant import EditKind
from tests.keyboard_app.fake_engine import FakeEngine

Key = Qt.Key


class Desk:
    """One running application with a typist in front of it."""

    def __init__(self, qtbot, application, engine):
        self.qtbot, self.application, self.engine = qtbot, application, engine
        self.editor, self.bar = application.window.editor, application.window.suggestion_bar

    @property
    def text(self):
        return self.editor.raw_text()

    def type(self, text):
        self.qtbot.keyClicks(self.editor, text)
        return self

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.editor, key, modifier)
        return self

    def see(self, *words):
        expected = (*words, *[""] * (3 - len(words)))
        self.qtbot.waitUntil(lambda: self.bar.words == expected and not self.application.desk.is_waiting)
        return self

    def learnt(self, n):
        self.qtbot.waitUntil(lambda: len(self.engine.learner.commits) == n)
        return [(commit.text, commit.source) for commit in self.engine.learner.commits]


@pytest.fixture
def desk(qtbot, compose):
    engine = FakeEngine()
    return Desk(qtbot, compose(engine), engine)


def test_tab_takes_the_first_suggestion_and_adds_a_space(desk):
    desk.type("quick tur").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab)
    assert desk.text == "quick turn "


@pytest.mark.parametrize(("key", "word"), [(Key.Key_1, "turn"), (Key.Key_2, "turned"), (Key.Key_3, "turning")])
def test_alt_and_a_digit_take_that_slot(desk, key, word):
    desk.type("tur").see("turn", "turned", "turning")
    desk.press(key, Qt.KeyboardModifier.AltModifier)
    assert desk.text == f"{word} "


def test_a_click_takes_a_slot_and_leaves_the_focus_in_the_text(desk):
    desk.type("tur").see("turn", "turned", "turning")
    desk.qtbot.mouseClick(desk.bar.slot_buttons[2], Qt.MouseButton.LeftButton)
    assert desk.text == "turning "
    assert desk.application.window.focusWidget() is desk.editor


def test_space_and_enter_never_accept(desk):
    desk.type("tur").see("turn", "turned", "turning")
    desk.type(" ").press(Key.Key_Return)
    assert desk.text == "tur \n"


def test_tab_waits_for_the_answer_instead_of_typing_a_tab(qtbot, compose):
    engine = FakeEngine()
    engine.hold()
    desk = Desk(qtbot, compose(engine), engine)
    desk.type("tur").press(Key.Key_Tab)
    assert desk.text == "tur"
    engine.let_go()
    qtbot.waitUntil(lambda: desk.text == "turn ")


def test_taking_a_word_that_is_typed_out_already_leaves_no_empty_undo_step(qtbot, compose):
    engine = FakeEngine(["turn", "turned"])
    desk = Desk(qtbot, compose(engine), engine)
    desk.type(".").press(Key.Key_Home).type("turn").see("turn", "turned")
    desk.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.text == "turn."
    desk.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.text == "."


def test_a_key_for_a_word_that_is_still_on_screen_takes_that_word_wherever_it_stands_now(qtbot, compose):
    engine = FakeEngine(["alpha", "beta", "gamma"])
    desk = Desk(qtbot, compose(engine), engine)
    desk.see("alpha", "beta", "gamma")
    engine.predictor.words = ["gamma", "alpha", "beta"]
    engine.hold()
    desk.type("x ").press(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    engine.let_go()
    qtbot.waitUntil(lambda: desk.text == "x beta ")


def test_a_letter_typed_after_tab_cancels_what_tab_waited_for(qtbot, compose):
    engine = FakeEngine()
    desk = Desk(qtbot, compose(engine), engine)
    desk.type("q").see("quick", "question")
    engine.hold()
    desk.type(" tur").press(Key.Key_Tab).type("x")
    engine.let_go()
    desk.see()
    assert desk.text == "q turx"


def test_right_at_the_end_of_the_line_takes_one_word_of_the_ghost(qtbot, compose):
    engine = FakeEngine(["good morning", "good"])
    desk = Desk(qtbot, compose(engine), engine)
    desk.type("go").see("good morning", "good")
    assert desk.editor.ghost == "od morning"
    desk.press(Key.Key_Right)
    assert desk.text == "good "


def test_right_inside_the_line_only_moves_the_caret(desk):
    desk.type("tu ").press(Key.Key_Left).press(Key.Key_Left).press(Key.Key_Right)
    assert desk.text == "tu "
    assert desk.editor.textCursor().position() == 2


def test_escape_hides_until_the_next_word_and_then_tab_types_a_tab(desk):
    desk.type("tu").see("turn", "turned", "turning")
    desk.press(Key.Key_Escape)
    assert desk.bar.words == ("", "", "")
    assert desk.editor.ghost == ""
    desk.type("r").press(Key.Key_Tab)
    assert desk.text == "tur\t"


def test_an_acceptance_is_one_undo_step_of_its_own(desk):
    desk.type("quick tur").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab).type("again")
    desk.editor.undo_step()
    assert desk.text == "quick turn "
    desk.editor.undo_step()
    assert desk.text == "quick tur"
    desk.editor.redo_step()
    assert desk.text == "quick turn "


def test_an_acceptance_of_a_whole_word_is_one_undo_step(desk):
    desk.type("quick ").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab).type("x")
    desk.editor.undo_step()
    desk.editor.undo_step()
    assert desk.text == "quick "


def test_undo_goes_word_by_word(desk):
    desk.type("one two, three")
    steps = []
    while desk.editor.document().isUndoAvailable():
        desk.editor.undo_step()
        steps.append(desk.text)
    assert steps == ["one two, ", "one ", ""]


def test_punctuation_swallows_the_automatic_space_in_one_undo_step(desk):
    desk.type("tur").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab).type(".")
    assert desk.text == "turn."
    desk.editor.undo_step()
    assert desk.text == "turn "


def test_a_space_typed_after_an_acceptance_is_not_doubled(desk):
    desk.type("tur").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab).type(" of")
    assert desk.text == "turn of"


def test_enter_swallows_the_automatic_space(desk):
    desk.type("tur").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab).press(Key.Key_Return)
    assert desk.text == "turn\n"


def test_the_ghost_is_never_in_the_document_the_clipboard_or_the_accessible_text(desk):
    desk.type("quick tu").see("turn", "turned", "turning")
    assert desk.editor.ghost == "rn"
    assert desk.editor.toPlainText() == "quick tu"
    interface = QAccessible.queryAccessibleInterface(desk.editor)
    text = interface.textInterface()
    assert text.text(0, text.characterCount()) == "quick tu"
    desk.editor.selectAll()
    desk.editor.copy()
    assert QApplication.clipboard().text() == "quick tu"


def test_the_ghost_is_painted(desk):
    desk.type("tu").see("turn", "turned", "turning")
    with_ghost = desk.editor.viewport().grab().toImage()
    desk.editor.set_ghost("")
    assert desk.editor.viewport().grab().toImage() != with_ghost


def test_there_is_no_ghost_before_other_words_but_there_are_suggestions(desk):
    desk.editor.setPlainText("the world")
    caret = desk.editor.textCursor()
    caret.setPosition(4)
    desk.editor.setTextCursor(caret)
    desk.type("tu").see("turn", "turned", "turning")
    assert desk.editor.ghost == ""
    desk.press(Key.Key_Tab)
    assert desk.text == "the turn world"


def test_before_a_space_the_acceptance_uses_the_space_that_is_there(desk):
    desk.editor.setPlainText("a  b")
    caret = desk.editor.textCursor()
    caret.setPosition(2)
    desk.editor.setTextCursor(caret)
    desk.type("tu").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab).type("x")
    assert desk.text == "a turn xb"


def test_nothing_is_offered_while_text_is_selected(desk):
    desk.type("the tu").see("turn", "turned", "turning")
    desk.press(Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    desk.qtbot.waitUntil(lambda: desk.bar.words == ("", "", ""))
    assert desk.editor.ghost == ""


def test_nothing_is_offered_while_an_input_method_composes(desk):
    desk.type("tu").see("turn", "turned", "turning")
    QApplication.sendEvent(desk.editor, QInputMethodEvent("´", []))
    assert desk.editor.ghost == ""
    commit = QInputMethodEvent("", [])
    commit.setCommitString("é")
    QApplication.sendEvent(desk.editor, commit)
    desk.type(" x")
    assert desk.text == "tué x"
    assert desk.learnt(1) == [("tué", CommitSource.TYPED)]


def test_taking_a_suggestion_after_emoji_replaces_the_right_letters(desk):
    desk.editor.insertPlainText("😀😀 ")
    desk.type("tu").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab)
    assert desk.text == "😀😀 turn "


def test_deleting_an_accepted_word_and_typing_another_is_learned_as_replaced(desk):
    desk.type("tur").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab)
    for _ in range(5):
        desk.press(Key.Key_Backspace)
    desk.type("quiet x")
    assert desk.learnt(1) == [("quiet", CommitSource.REPLACED)]
    assert desk.engine.learner.commits[0].shown[0] == "turn"
    desk.qtbot.waitUntil(lambda: "quiet" in desk.application.window.status_line.message)


def test_selecting_an_accepted_word_and_typing_another_is_learned_as_replaced(desk):
    desk.type("tur").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab)
    caret = desk.editor.textCursor()
    caret.movePosition(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
    desk.editor.setTextCursor(caret)
    desk.type("quiet x")
    assert desk.text == "quiet x"
    assert desk.learnt(2)[-1] == ("quiet", CommitSource.REPLACED)


def choose(editor, name):
    menu = editor.menu_at(editor.textCursor())
    next(action for action in menu.actions() if action.objectName() == name).trigger()
    menu.deleteLater()


def test_undo_from_the_menu_of_the_text_takes_the_word_back_as_the_key_does(desk):
    desk.type("quick tu").see("turn", "turned", "turning")
    desk.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    choose(desk.editor, "edit-undo")
    assert desk.text == "quick tu"
    desk.type("esday x")
    assert desk.learnt(2) == [("quick", CommitSource.TYPED), ("tuesday", CommitSource.REPLACED)]


@pytest.mark.parametrize("name", ["edit-cut", "edit-delete"])
def test_a_word_taken_out_by_the_menu_of_the_text_is_learned_as_replaced(desk, name):
    desk.type("tur").see("turn", "turned", "turning")
    desk.press(Key.Key_Tab)
    desk.editor.selectAll()
    QApplication.clipboard().setText("before")
    choose(desk.editor, name)
    assert desk.text == ""
    desk.type("quiet x")
    assert desk.learnt(1) == [("quiet", CommitSource.REPLACED)]
    assert QApplication.clipboard().text() == ("turn " if name == "edit-cut" else "before")


@pytest.mark.parametrize("name", ["edit-undo", "edit-redo", "edit-cut", "edit-delete"])
def test_whatever_the_menu_of_the_text_does_is_told_as_the_keys_tell_it(desk, name):
    desk.type("one two")
    if name == "edit-redo":
        desk.editor.undo_step()
    desk.editor.selectAll()
    told = []
    desk.editor.edited.connect(lambda kind, _text: told.append(kind))
    choose(desk.editor, name)
    assert told == [EditKind.ERASED]


def test_the_menu_of_the_text_is_that_of_qt(desk):
    def rows(menu):
        return [(action.text(), action.shortcut(), action.isEnabled()) for action in menu.actions()]

    for change in (lambda: None, lambda: desk.type("text"), desk.editor.selectAll, desk.editor.undo_step):
        change()
        assert rows(desk.editor.menu_at(desk.editor.textCursor())) == rows(desk.editor.createStandardContextMenu())
    desk.editor.setReadOnly(True)
    assert rows(desk.editor.menu_at(desk.editor.textCursor())) == rows(desk.editor.createStandardContextMenu())


def test_a_new_word_is_offered_at_its_next_occasion(desk):
    desk.type("Zorblax is").learnt(1)
    desk.qtbot.waitUntil(lambda: desk.application.window.status_line.message == "Learned “Zorblax” (new word)")
    desk.type(" ").see("Zorblax", "turn", "turned")
    desk.type("Zo").see("Zorblax")


def test_pasted_and_dropped_text_is_not_learned(desk):
    QApplication.clipboard().setText("private words here ")
    desk.editor.paste()
    desk.type("turn x")
    assert desk.learnt(1) == [("turn", CommitSource.TYPED)]


def test_opened_text_is_not_learned(qtbot, compose, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Some old words. ", encoding="utf-8")
    engine = FakeEngine()
    desk = Desk(qtbot, compose(engine, file=file), engine)
    desk.press(Key.Key_End).type("new x")
    assert desk.learnt(1) == [("new", CommitSource.TYPED)]
    assert desk.engine.learner.commits[0].context.left == "Some old words. "


def test_the_last_word_is_learned_after_a_pause_or_when_the_window_closes(desk):
    desk.type("turn ")
    desk.application.window.documents.leaving.emit()
    assert desk.learnt(1) == [("turn", CommitSource.TYPED)]


def test_paused_learning_sends_nothing_and_still_offers(desk):
    desk.application.window.status_line._switch.click()
    assert not desk.application.preferences.settings.learning
    sent = []
    desk.application.desk.finished.connect(sent.append)
    desk.type("secret turn tu").see("turn", "turned", "turning")
    desk.application.desk.release()
    assert sent == []
    assert desk.engine.learner.commits == []


def test_a_line_feed_begins_a_line_as_return_does(desk):
    desk.type("one")
    QApplication.sendEvent(desk.editor, QKeyEvent(QKeyEvent.Type.KeyPress, 0x0A, Qt.KeyboardModifier.NoModifier, "\n"))
    desk.type("two")
    assert desk.text == "one\ntwo"


def press_text(desk, text, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key that types ``text``; keyClicks knows no key for what is not ASCII."""
    QApplication.sendEvent(desk.editor, QKeyEvent(QKeyEvent.Type.KeyPress, 0, modifier, text))


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u3000"])
def test_a_word_before_a_fixed_space_is_finished_and_learned_as_before_any_other(desk, space):
    desk.type("quick")
    press_text(desk, space)
    desk.type("! world ")
    desk.application.desk.release()
    assert desk.text == f"quick{space}! world "
    assert desk.learnt(2) == [("quick", CommitSource.TYPED), ("world", CommitSource.TYPED)]


@pytest.mark.parametrize("sign", ["\u200c", "\u200d", "\u00ad", "\u200e", "\ue000"])
def test_a_sign_that_is_not_seen_is_typed_and_learned_around_as_any_other(desk, sign):
    desk.type("quick ")
    press_text(desk, sign)
    desk.type(" world ")
    desk.application.desk.release()
    assert desk.text == f"quick {sign} world "
    assert desk.learnt(2) == [("quick", CommitSource.TYPED), ("world", CommitSource.TYPED)]


def test_a_join_inside_a_word_leaves_no_half_of_it_learned(desk):
    desk.type("co")
    press_text(desk, "\u00ad")
    desk.type("operate again ")
    desk.application.desk.release()
    assert desk.text == "co\u00adoperate again "
    assert desk.learnt(1) == [("again", CommitSource.TYPED)]


def test_a_join_by_control_and_shift_types_as_on_windows_and_a_letter_with_them_does_not(desk):
    desk.type("tur").see("turn", "turned", "turning")
    kinds = []
    desk.editor.edited.connect(lambda kind, text: kinds.append((kind, text)))
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press_text(desk, "\u200c", control_shift)
    press_text(desk, "a", control_shift)
    assert desk.text == "tur\u200c"
    assert kinds == [(EditKind.TYPED, "\u200c")]


@pytest.mark.parametrize("control", ["\x00", "\x08", "\x1b", "\x7f"])
def test_a_control_sign_is_never_typed(desk, control):
    desk.type("a")
    press_text(desk, control)
    assert desk.text == "a"


def test_a_fixed_space_with_alt_is_nobodys_as_any_letter_with_alt(desk):
    desk.type("a")
    press_text(desk, "\u00a0", Qt.KeyboardModifier.AltModifier)
    assert desk.text == "a"


def test_the_window_is_usable_while_the_model_warms_up(qtbot, compose):
    engine = FakeEngine()
    engine.is_warm.clear()
    desk = Desk(qtbot, compose(engine, wait=False), engine)
    assert desk.bar.message.startswith("Warming up…")
    desk.type("the tu").press(Key.Key_Tab)
    assert desk.text == "the tu\t"
    engine.is_warm.set()
    desk.press(Key.Key_Backspace).see("turn", "turned", "turning")
    desk.application.desk.release()
    assert desk.learnt(1)[0][0] == "the"


def test_typing_goes_on_when_the_model_fails(desk):
    desk.engine.predictor.errors = errors = [RuntimeError("broken")] * 3
    for n_left, letter in zip((2, 1, 0), "abc", strict=True):
        desk.type(letter)
        desk.qtbot.waitUntil(lambda n_left=n_left: len(errors) <= n_left)  # one may be spent on the empty text
    desk.qtbot.waitUntil(lambda: desk.bar.message == "Suggestions are off")
    assert "Predictions are off" in desk.application.window.notice_bar.sentence
    desk.type(" and more")
    assert desk.text == "abc and more"


def test_a_late_answer_for_an_earlier_place_does_not_show_or_act(qtbot, compose):
    engine = FakeEngine()
    engine.hold()
    desk = Desk(qtbot, compose(engine), engine)
    answers = []
    desk.application.model.suggestions_ready.connect(answers.append)
    qtbot.waitUntil(lambda: bool(engine.predictor.asked))
    desk.type("turn on")
    engine.let_go()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0].suggestions.items[0].text == "turn"
    assert "turn" not in desk.bar.words
    desk.see()
    assert desk.text == "turn on"


def test_fast_typing_while_the_model_learns_loses_no_letter(qtbot, compose, record_property):
    engine = FakeEngine(predict_s=0.004, learn_s=0.05)
    desk = Desk(qtbot, compose(engine), engine)
    text = "Thanks for the quick answer, we meet again there tomorrow at noon. " * 4
    gaps, clock = [], QElapsedTimer()
    ticker = QTimer()
    ticker.setInterval(2)
    ticker.timeout.connect(lambda: gaps.append(clock.restart()))
    clock.start()
    ticker.start()
    for letter in text:
        desk.type(letter)
        qtbot.wait(1)
    ticker.stop()
    assert desk.text == text
    record_property("largest_gap_ms", max(gaps))
    assert sorted(gaps)[len(gaps) * 95 // 100] < 200  # a blocked thread would be far beyond; the machine may be busy
    started = time.monotonic()
    assert desk.application.stop()
    assert time.monotonic() - started < 8
    assert engine.is_closed
