from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt

from engine.values import KnownWord
from keyboard_app.typist.orders import KnowledgeShown
from keyboard_app.ui.knowledge_dialog import KnowledgeDialog
from tests.keyboard_app.fake_engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do


@pytest.fixture
def taught(compose, qtbot):
    """Return an application whose user has typed two new words, with what it knows on screen."""
    engine = FakeEngine()
    application = compose(engine)
    qtbot.keyClicks(application.window.editor, "we met Quillonia and Zorblax today ")
    application.desk.release()
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 6)
    application.knowledge.open()
    dialog = application.knowledge.knowledge
    qtbot.waitUntil(lambda: dialog.words.rowCount() == 6)
    return application, engine, dialog


def column(model, number):
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_what_is_known_is_listed_and_searched(taught, qtbot):
    _, _, dialog = taught
    assert "6 of 6 words" in dialog.count.text()
    qtbot.keyClicks(dialog.search, "QUIL")
    assert column(dialog.words, 0) == ["Quillonia"]
    assert column(dialog.history.events, 1)[0] == "today"


@pytest.mark.parametrize("by_key", [True, False])
def test_a_word_is_forgotten_when_the_user_confirms(taught, qtbot, by_key):
    application, engine, dialog = taught
    asked = []
    application.knowledge.dialogs.ask_forget = lambda words: asked.append(words) or len(asked) > 1
    dialog.search.setText("quil")
    dialog.word_table.selectRow(0)
    for _ in range(2):
        if by_key:
            qtbot.keyClick(dialog.word_table, Qt.Key.Key_Delete)
        else:
            qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    assert asked == [("Quillonia",)] * 2
    qtbot.waitUntil(lambda: dialog.words.n_known == 5)
    assert engine.knowledge.forgotten == ["Quillonia"]
    assert application.window.status_line.message == "Forgot “Quillonia”"


def test_a_word_that_is_still_held_back_is_learned_before_it_is_forgotten(taught, qtbot):
    application, engine, _ = taught
    application.knowledge.dialogs.ask_forget = lambda _: True
    qtbot.keyClicks(application.window.editor, "Zorblax ")
    application.knowledge._forget(("Zorblax",))
    qtbot.waitUntil(lambda: engine.knowledge.forgotten == ["Zorblax"])
    assert len(engine.learner.commits) == 7


def test_the_case_of_a_word_is_edited_in_the_table(taught, qtbot):
    application, engine, dialog = taught
    index = dialog.words.index(column(dialog.words, 0).index("Zorblax"), 0)
    dialog.words.setData(index, "ZorbLax")
    qtbot.waitUntil(lambda: "ZorbLax" in column(dialog.words, 0))
    assert engine.knowledge.forms == {"Zorblax": "ZorbLax"}
    dialog.words.setData(dialog.words.index(0, 0), "other")
    qtbot.waitUntil(lambda: "Only the case" in application.window.status_line.message)


def test_words_known_from_the_start_are_among_the_own_ones_where_their_case_is(taught):
    _, _, dialog = taught
    dialog.words.show_words((
        KnownWord("warriors", 3, 1.6e9, is_own=False, is_recased=True),
        KnownWord("the", 9, 1.6e9, is_own=False),
        KnownWord("teh", 1, 1.6e9, is_own=False, waits=True),
    ))  # fmt: skip
    listed = dict(zip(column(dialog.words, 0), column(dialog.words, 3), strict=True))
    assert listed == {"warriors": "written your way", "teh": "looks like a slip: not offered"}
    dialog.own_only.setChecked(False)
    for row, word in enumerate(column(dialog.words, 0)):
        dialog.word_table.selectRow(row)
        assert dialog.recase.isEnabled() is (word != "teh")


def test_the_last_step_is_taken_back(taught, qtbot):
    application, engine, dialog = taught
    qtbot.mouseClick(dialog.history.take_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: application.window.status_line.message == "Took back what “today” taught")
    qtbot.waitUntil(lambda: "today" not in column(dialog.history.events, 1))
    assert len(engine.learner.commits) == 5


def test_what_was_learned_is_exported(taught, qtbot, tmp_path):
    application, engine, dialog = taught
    application.knowledge.dialogs.ask_profile_file = lambda _: tmp_path / "me.zip"
    dialog.export.click()
    qtbot.waitUntil(lambda: engine.knowledge.exported == [tmp_path / "me.zip"])


def test_the_panel_follows_what_is_typed(taught, qtbot):
    application, _, dialog = taught
    qtbot.keyClicks(application.window.editor, "Vortrex ")
    application.desk.release()
    qtbot.waitUntil(lambda: "Vortrex" in column(dialog.words, 0))


def test_ten_thousand_words_are_shown_and_searched_at_once(qtbot, qapp):
    words = tuple(KnownWord(f"word{number}", number, 1e9 + number, is_own=True) for number in range(10_000))
    dialog = KnowledgeDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    began = time.process_time()
    dialog.show_knowledge(KnowledgeShown(words, (), can_take_back=False))
    for text in ("w", "wo", "word99", ""):
        dialog.search.setText(text)
        qapp.processEvents()
    assert time.process_time() - began < 1.5
    assert dialog.words.rowCount() == 10_000
    assert dialog.words.index(0, 0).data() == "word9999"


# ------------------------------------------------------------------------------------------------- private documents


def test_a_private_document_teaches_nothing_and_says_so(compose, qtbot):
    engine = FakeEngine()
    application = compose(engine)
    window = application.window
    assert window.private_mark.isHidden()
    window.menus.private.trigger()
    assert not window.private_mark.isHidden()
    qtbot.keyClicks(window.editor, "my secret word is here ")
    window.documents.new()
    assert window.private_mark.isHidden()
    assert not window.menus.private.isChecked()
    qtbot.keyClicks(window.editor, "open words ")
    application.desk.release()
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 2)
    window.documents.show_previous()
    assert window.menus.private.isChecked()
    qtbot.keyClicks(window.editor, "more ")
    qtbot.mouseClick(window.private_mark.leave, Qt.MouseButton.LeftButton)
    assert window.private_mark.isHidden()
    qtbot.keyClicks(window.editor, "again ")
    application.desk.release()
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 3)
    assert [commit.text for commit in engine.learner.commits] == ["open", "words", "again"]


def learned(engine):
    return [(commit.text, commit.context.left) for commit in engine.learner.commits]


def test_what_was_written_in_private_goes_to_nobody_afterwards_either(compose, qtbot):
    engine = FakeEngine()
    application = compose(engine)
    window = application.window
    window.menus.private.trigger()
    qtbot.keyClicks(window.editor, "correct horse Zorb")
    window.menus.private.trigger()
    qtbot.keyClicks(window.editor, "lina glorpit, bed cat ")
    application.desk.release()
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 3)
    assert learned(engine) == [("glorpit", ""), ("bed", "glorpit, "), ("cat", "glorpit, bed ")]
    window.menus.word_is_right.trigger()
    qtbot.waitUntil(lambda: engine.wishes.right == ["cat"])
    assert learned(engine)[-1] == ("cat", "")


# ------------------------------------------------------------------------------------------------- files


def test_files_are_learned_while_the_user_writes_on(compose, qtbot, tmp_path):
    engine = FakeEngine(learn_s=0.002)
    application = compose(engine)
    (tmp_path / "a.txt").write_text("alpha beta gamma " * 60, encoding="utf-8")
    (tmp_path / "b.txt").write_text("delta", encoding="utf-8")
    application.knowledge.learn_from((tmp_path / "a.txt", tmp_path / "none.txt", tmp_path / "b.txt"))
    assert "none.txt" in application.window.notice_bar.sentence
    dialog = application.knowledge.reading
    qtbot.keyClicks(application.window.editor, "tur")
    qtbot.waitUntil(lambda: "turn" in application.window.suggestion_bar.words)
    qtbot.waitUntil(lambda: dialog.label.text() == "Learned 181 words")
    assert dialog.button.text() == "&Close"
    assert all(reading.is_closed for reading in engine.readings)


def test_learning_from_files_can_be_stopped(compose, qtbot, tmp_path):
    engine = FakeEngine(learn_s=0.005)
    application = compose(engine)
    (tmp_path / "a.txt").write_text("alpha beta gamma " * 2_000, encoding="utf-8")
    application.knowledge.learn_from((tmp_path / "a.txt",))
    dialog = application.knowledge.reading
    qtbot.waitUntil(lambda: "of 6,000 words" in dialog.label.text())
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.label.text().startswith("Stopped after"))
    n_learned = len(engine.learner.commits)
    assert n_learned < 6_000
    assert engine.readings[0].is_closed


def test_a_window_that_closes_leaves_the_files_where_they_are(compose, qtbot, tmp_path):
    engine = FakeEngine(learn_s=0.005)
    application = compose(engine)
    (tmp_path / "a.txt").write_text("alpha beta gamma " * 2_000, encoding="utf-8")
    application.knowledge.learn_from((tmp_path / "a.txt",))
    qtbot.waitUntil(lambda: bool(engine.readings))
    application.window.close()
    assert application.stop()
    assert engine.readings[0].is_closed
    assert engine.is_closed
