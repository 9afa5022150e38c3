"""Likely typos are marked or corrected, and every correction can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu

from engine.values import Context, FeedbackKind
from keyboard_app.settings import load_settings
from keyboard_app.typist.correcting import CorrectionMode
from keyboard_app.typist.messages import PredictRequest
from keyboard_app.ui import correction_desk

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def automatic(application):
    application.preferences.change(corrections=CorrectionMode.AUTOMATIC)
    return application


def typed(qtbot, application, text):
    """Type text, and wait until every word of it was looked at."""
    editor = application.window.editor
    for character in text:
        key = Key.Key_Return if character == "\n" else 0
        QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, key, Modifier.NoModifier, character))
    looked = application.corrections
    qtbot.waitUntil(lambda: not looked._looking)
    return editor


def press(qtbot, application, key, modifier=Modifier.NoModifier):
    qtbot.keyClick(application.window.editor, key, modifier)


def learned(qtbot, application, engine):
    """Return what the engine has learned when everything is told."""
    qtbot.waitUntil(lambda: not application.corrections._looking)
    application.desk.release()
    qtbot.waitUntil(lambda: application.model._mailbox.is_empty)
    with qtbot.waitSignal(application.model.suggestions_ready):  # by then the last word is learned, too
        application.model.ask(PredictRequest(0, Context.before_caret("")))
    return [commit.text for commit in engine.learner.commits]


def kinds(engine):
    return [(feedback.typed, feedback.meant, feedback.kind) for feedback in engine.corrector.feedback]


# ---------------------------------------------------------------------------------------------- suggested


def test_a_likely_typo_is_marked_and_the_text_stays_as_it_is(qtbot, application):
    editor = typed(qtbot, application, "we saw teh ")
    assert editor.raw_text() == "we saw teh "
    assert application.corrections.marked == ("teh",)
    assert application.window.status_line.correction.startswith("teh → the")


def test_the_slots_stay_as_they_are_when_a_word_is_marked(qtbot, application):
    editor = typed(qtbot, application, "teh tu")
    qtbot.waitUntil(lambda: application.window.suggestion_bar.words == ("turn", "turned", "turning"))
    geometry = [slot.geometry() for slot in application.window.suggestion_bar.slot_buttons]
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    qtbot.waitUntil(lambda: not application.desk.is_waiting)
    assert editor.raw_text() == "the tu"
    assert application.window.suggestion_bar.words == ("turn", "turned", "turning")
    assert [slot.geometry() for slot in application.window.suggestion_bar.slot_buttons] == geometry


def test_one_key_takes_the_correction_in_one_undo_step_and_the_caret_stays(qtbot, application, engine):
    editor = typed(qtbot, application, "we saw teh dog ")
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    assert editor.raw_text() == "we saw the dog "
    assert editor.textCursor().atEnd()
    assert application.corrections.marked == ()
    assert application.window.status_line.correction == ""
    qtbot.waitUntil(lambda: kinds(engine) == [("teh", "the", FeedbackKind.TAKEN)])
    press(qtbot, application, Key.Key_Z, Modifier.ControlModifier)
    assert editor.raw_text() == "we saw teh dog "
    assert editor.textCursor().atEnd()
    qtbot.waitUntil(lambda: kinds(engine)[-1] == ("teh", "the", FeedbackKind.TAKEN_BACK))


@pytest.mark.parametrize("way", ["private", "learning"])
@pytest.mark.parametrize("takes", [True, False])
def test_a_marked_word_from_when_nothing_was_learned_teaches_nothing_later(qtbot, application, engine, way, takes):
    switch = getattr(application.window.menus, way)
    switch.trigger()
    typed(qtbot, application, "secret plan teh dog ")
    assert application.corrections.marked == ("teh",)
    switch.trigger()
    if takes:
        press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    typed(qtbot, application, "we saw a big cat and one more big dog or two or three of them ")
    assert learned(qtbot, application, engine)[:3] == ["we", "saw", "a"]


def test_without_a_mark_the_key_is_nobodys(qtbot, application):
    editor = typed(qtbot, application, "we saw the ")
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    assert editor.raw_text() == "we saw the "


def test_a_click_on_the_offer_takes_it_and_writing_goes_on(qtbot, application):
    editor = typed(qtbot, application, "Teh ")
    qtbot.mouseClick(application.window.status_line._correction, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(editor, "cat")
    assert editor.raw_text() == "The cat"


def test_the_typo_is_not_learned_while_it_is_marked_and_what_was_meant_is_once_it_is_taken(qtbot, application, engine):
    typed(qtbot, application, "we saw teh dog ")
    assert learned(qtbot, application, engine) == ["we", "saw", "dog"]
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    assert learned(qtbot, application, engine) == ["we", "saw", "dog", "the"]
    assert not engine.learner.commits[-1].rejects
    assert engine.learner.commits[-1].context.left == "we saw "


def test_a_screen_reader_hears_of_the_correction_with_the_suggestions(qtbot, application, monkeypatch):
    said = []
    monkeypatch.setattr("keyboard_app.ui.main_window.announce", lambda _source, sentence: said.append(sentence))
    typed(qtbot, application, "teh ")
    qtbot.waitUntil(lambda: any(application.window.suggestion_bar.words))
    application.window.menus.announce.trigger()
    assert said[0].endswith(". Correct teh to the")


def test_a_mark_that_is_passed_over_for_a_dozen_words_is_taken_for_a_word(qtbot, application, engine):
    typed(qtbot, application, "teh ")
    for _ in range(13):
        typed(qtbot, application, "dog ")
    assert learned(qtbot, application, engine).count("teh") == 1
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    assert learned(qtbot, application, engine)[-1] == "the"


def test_of_many_marks_the_oldest_go(qtbot, compose, monkeypatch):
    monkeypatch.setattr(correction_desk, "_MOST_MARKS", 3)
    application = compose()
    typed(qtbot, application, "teh alot teh alot teh ")
    assert application.corrections.marked == ("teh", "alot", "teh")


def test_of_many_corrections_that_were_put_in_and_taken_back_the_latest_are_known(qtbot, compose, monkeypatch):
    monkeypatch.setattr(correction_desk, "_N_UNDONE", 2)
    application = compose()
    application.preferences.change(corrections=CorrectionMode.AUTOMATIC)
    desk = application.corrections
    for _ in range(3):
        typed(qtbot, application, "teh ")
        assert len(desk._changes) <= 2
    for n_left_be in (1, 2, 2):
        typed(qtbot, application, "teh ")
        press(qtbot, application, Key.Key_Backspace)
        assert len(desk._left_be) == n_left_be


def test_editing_a_marked_word_takes_the_mark_away(qtbot, application):
    editor = typed(qtbot, application, "teh ")
    for _ in range(2):
        press(qtbot, application, Key.Key_Backspace)
    qtbot.keyClicks(editor, "n ")
    assert editor.raw_text() == "ten "
    assert application.corrections.marked == ()


def test_the_key_reaches_no_mark_that_is_far_away(qtbot, application):
    editor = typed(qtbot, application, "teh " + "dog " * 60)
    assert application.corrections.marked == ("teh",)
    assert application.window.status_line.correction == ""
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    assert editor.raw_text().startswith("teh ")


def test_with_several_marks_the_nearest_before_the_caret_is_on_offer(qtbot, application):
    editor = typed(qtbot, application, "teh dog and alot ")
    assert application.window.status_line.correction.startswith("alot → a lot")
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    assert editor.raw_text() == "the dog and a lot "


def test_the_menu_of_a_marked_word_offers_what_may_have_been_meant(qtbot, application):
    editor = typed(qtbot, application, "we saw teh ")
    menu = QMenu(editor)
    menu.addAction("Undo")
    editor.menu_asked.emit(menu, 8)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "the", "ten", "&Leave “teh” as it is", "Undo",
    ]  # fmt: skip
    menu.actions()[1].trigger()
    assert editor.raw_text() == "we saw ten "


def test_leaving_a_word_as_it_is_unmarks_it_learns_it_and_is_remembered(qtbot, application, engine):
    editor = typed(qtbot, application, "we saw teh ")
    menu = QMenu(editor)
    menu.addAction("Undo")
    editor.menu_asked.emit(menu, 9)
    menu.actions()[2].trigger()
    assert application.corrections.marked == ()
    qtbot.waitUntil(lambda: kinds(engine) == [("teh", "the", FeedbackKind.LEFT_ALONE)])
    assert "teh" in learned(qtbot, application, engine)


def test_a_marked_word_that_is_called_right_is_marked_no_more_anywhere(qtbot, application, engine):
    typed(qtbot, application, "Teh form teh ")
    assert application.corrections.marked == ("Teh", "form", "teh")
    application.window.menus.word_is_right.trigger()
    qtbot.waitUntil(lambda: application.corrections.marked == ("form",))
    assert engine.wishes.right == ["teh"]


def test_the_menu_elsewhere_is_the_usual_one(qtbot, application):
    editor = typed(qtbot, application, "we saw teh ")
    menu = QMenu(editor)
    menu.addAction("Undo")
    editor.menu_asked.emit(menu, 3)
    assert [action.text() for action in menu.actions()] == ["Undo"]


def test_the_menu_at_a_marked_word_begins_with_what_may_have_been_meant(qtbot, application):
    editor = typed(qtbot, application, "teh ")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    menu = editor.menu_at(editor.textCursor())
    assert menu.actions()[0].text() == "the"
    assert len(menu.actions()) > 6  # the usual entries stand below


def test_a_mark_is_painted_under_its_word_alone(qtbot, application):
    editor = typed(qtbot, application, "we saw the dog ")
    before = editor.viewport().grab().toImage()
    editor.set_marks([(7, 10)])
    after = editor.viewport().grab().toImage()
    changed = {
        x for x in range(after.width()) for y in range(after.height()) if after.pixel(x, y) != before.pixel(x, y)
    }
    cursor = editor.textCursor()
    edges = []
    for position in (7, 10):
        cursor.setPosition(position)
        edges.append(editor.cursorRect(cursor).left())
    assert changed
    ratio = after.devicePixelRatio()
    assert edges[0] * ratio - 2 <= min(changed)
    assert max(changed) <= edges[1] * ratio + 3


# ---------------------------------------------------------------------------------------------- automatic


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Teh cat ", "The cat "),
        ("we saw teh, and ", "we saw the, and "),
        ("teh\nnext ", "the\nnext "),
        ("I like it alot. ", "I like it a lot. "),
        ("well-teh thing ", "well-the thing "),
        ("see teh.com now ", "see teh.com now "),
        ("call teh(x) now ", "call teh(x) now "),
        ("teh_x and 1teh or a@teh ", "teh_x and 1teh or a@teh "),
        ("😀 teh cat ", "😀 the cat "),
    ],
)
def test_what_is_hardly_in_doubt_is_corrected_and_code_and_addresses_are_not(qtbot, automatic, text, becomes):
    editor = typed(qtbot, automatic, text)
    assert editor.raw_text() == becomes
    assert editor.textCursor().atEnd()


def test_what_is_in_doubt_is_only_marked(qtbot, automatic):
    editor = typed(qtbot, automatic, "we walked form ")
    assert editor.raw_text() == "we walked form "
    assert automatic.corrections.marked == ("form",)


def test_the_same_keys_give_the_same_text_however_slow_the_model_is(qtbot, automatic, engine):
    engine.corrector.delay_s = 0.15
    editor = typed(qtbot, automatic, "teh cat saw teh dog")
    assert editor.raw_text() == "the cat saw the dog"
    assert editor.textCursor().atEnd()


@pytest.mark.parametrize("behind", [" ", ", ", "!", ".\n"])
def test_one_backspace_takes_it_back_also_behind_marks(qtbot, automatic, engine, behind):
    editor = typed(qtbot, automatic, f"we saw teh{behind}")
    assert editor.raw_text() == f"we saw the{behind}"
    press(qtbot, automatic, Key.Key_Backspace)
    assert editor.raw_text() == f"we saw teh{behind}"
    assert editor.textCursor().atEnd()
    assert automatic.window.status_line.message == "“teh” stays as you typed it"
    qtbot.waitUntil(lambda: kinds(engine) == [("teh", "the", FeedbackKind.TAKEN_BACK)])
    press(qtbot, automatic, Key.Key_Backspace)
    assert editor.raw_text() == f"we saw teh{behind}"[:-1]


def test_after_the_next_word_has_begun_backspace_is_an_ordinary_one(qtbot, automatic):
    editor = typed(qtbot, automatic, "teh c")
    press(qtbot, automatic, Key.Key_Backspace)
    press(qtbot, automatic, Key.Key_Backspace)
    assert editor.raw_text() == "the"


def test_undo_takes_it_back_and_writing_goes_on_where_it_was(qtbot, automatic, engine):
    editor = typed(qtbot, automatic, "we saw teh ")
    press(qtbot, automatic, Key.Key_Z, Modifier.ControlModifier)
    assert editor.raw_text() == "we saw teh "
    qtbot.keyClicks(editor, "cat")
    assert editor.raw_text() == "we saw teh cat"
    qtbot.waitUntil(lambda: kinds(engine) == [("teh", "the", FeedbackKind.TAKEN_BACK)])


def test_what_was_taken_back_is_not_corrected_again_in_the_same_place(qtbot, automatic):
    editor = typed(qtbot, automatic, "teh ")
    press(qtbot, automatic, Key.Key_Backspace)
    press(qtbot, automatic, Key.Key_Backspace)
    typed(qtbot, automatic, " ")
    assert editor.raw_text() == "teh "
    assert automatic.corrections.marked == ()


def test_the_corrected_word_is_learned_and_the_typo_is_not(qtbot, automatic, engine):
    typed(qtbot, automatic, "we saw teh dog ")
    assert learned(qtbot, automatic, engine) == ["we", "saw", "the", "dog"]
    assert [commit.context.left for commit in engine.learner.commits][-1] == "we saw the "
    assert not any(commit.rejects for commit in engine.learner.commits if commit.text == "the")


def test_what_was_taken_back_is_learned_as_it_was_typed(qtbot, automatic, engine):
    typed(qtbot, automatic, "we saw teh ")
    press(qtbot, automatic, Key.Key_Backspace)
    typed(qtbot, automatic, "dog ")
    assert learned(qtbot, automatic, engine) == ["we", "saw", "teh", "dog"]


def test_suggestions_go_on_behind_a_corrected_word(qtbot, automatic):
    editor = typed(qtbot, automatic, "teh tu")
    qtbot.waitUntil(lambda: automatic.window.suggestion_bar.words == ("turn", "turned", "turning"))
    press(qtbot, automatic, Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.raw_text() == "the turn ")


def test_a_suggestion_asked_for_before_the_correction_came_is_still_taken(qtbot, automatic, engine):
    engine.corrector.delay_s = 0.1
    editor = automatic.window.editor
    qtbot.keyClicks(editor, "teh tu")
    press(qtbot, automatic, Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.raw_text() == "the turn ")


def test_a_suggestion_asked_for_before_a_word_was_learned_late_is_still_taken(qtbot, application, engine):
    engine.learner.delay_s = 0.3
    editor = typed(qtbot, application, "dog t")
    qtbot.waitUntil(lambda: application.desk._outlet._n_late == 1)
    qtbot.keyClicks(editor, "h")
    press(qtbot, application, Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.raw_text() == "dog the ")


# ------------------------------------------------------------------------------------------------ in general


def test_what_an_input_method_commits_is_let_be(qtbot, automatic, engine):
    editor = automatic.window.editor
    event = QInputMethodEvent("", [])
    event.setCommitString("teh cat ")
    QApplication.sendEvent(editor, event)
    assert learned(qtbot, automatic, engine) == ["teh", "cat"]
    assert editor.raw_text() == "teh cat "
    assert engine.corrector.asked == []


def test_an_answer_for_a_word_that_was_edited_meanwhile_does_nothing(qtbot, automatic, engine):
    engine.corrector.delay_s = 0.2
    editor = automatic.window.editor
    qtbot.keyClicks(editor, "teh ")
    press(qtbot, automatic, Key.Key_Backspace)
    qtbot.keyClicks(editor, "ran ")
    qtbot.waitUntil(lambda: not automatic.corrections._looking)
    assert editor.raw_text() == "tehran "


def test_nothing_is_replaced_under_a_selection(qtbot, automatic, engine):
    engine.corrector.delay_s = 0.2
    editor = automatic.window.editor
    qtbot.keyClicks(editor, "teh ")
    editor.selectAll()
    qtbot.waitUntil(lambda: not automatic.corrections._looking)
    assert editor.raw_text() == "teh "


def test_switched_off_nothing_is_asked_and_marks_go(qtbot, application, engine, tmp_path):
    typed(qtbot, application, "teh ")
    application.preferences.change(corrections=CorrectionMode.OFF)
    assert application.corrections.marked == ()
    n_asked = len(engine.corrector.asked)
    typed(qtbot, application, "alot ")
    assert len(engine.corrector.asked) == n_asked
    application.preferences.keep()
    assert load_settings(tmp_path / "settings.json")[0].corrections is CorrectionMode.OFF


def test_a_corrector_that_fails_holds_nothing_up(qtbot, application, engine):
    engine.corrector.errors = [RuntimeError("no")]
    failures = []
    application.model.failed.connect(lambda failure: failures.append(failure.sentence))
    typed(qtbot, application, "teh dog ")
    assert failures == ["Foretype could not look for typos (RuntimeError: no)."]
    assert learned(qtbot, application, engine) == ["teh", "dog"]


def test_another_document_takes_the_marks_away(qtbot, application):
    typed(qtbot, application, "teh ")
    application.window.menus.new.trigger()
    assert application.corrections.marked == ()
    assert application.window.status_line.correction == ""
    typed(qtbot, application, "alot ")
    assert application.corrections.marked == ("alot",)


def test_while_learning_is_paused_no_pair_is_remembered_unless_asked_for(qtbot, application, engine):
    application.preferences.change(learning=False)
    editor = typed(qtbot, application, "teh alot ")
    press(qtbot, application, Key.Key_C, Modifier.AltModifier)
    cursor = editor.textCursor()
    cursor.setPosition(2)
    editor.menu_at(cursor).actions()[2].trigger()
    qtbot.waitUntil(lambda: bool(engine.corrector.feedback))
    assert kinds(engine) == [("teh", "the", FeedbackKind.LEFT_ALONE)]
    assert editor.raw_text() == "teh a lot "
