from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from engine.values import KnownWord
from keyboard_app.typist.orders import KnowledgeShown
from keyboard_app.ui.knowledge_dialog import KnowledgeDialog
from keyboard_app.ui.knowledge_models import WordsModel
from tests.keyboard_app.by_hand import counted
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


@pytest.mark.parametrize("n_words", [500, 10_000])
def test_however_many_words_there_are_only_those_on_screen_are_asked_for(qtbot, qapp, monkeypatch, n_words):
    cells = counted(monkeypatch, WordsModel, "data")
    words = tuple(KnownWord(f"word{number}", number, 1e9 + number, is_own=True) for number in range(n_words))
    dialog = KnowledgeDialog(None)
    qtbot.addWidget(dialog)
    listed = []
    dialog.words.modelReset.connect(lambda: listed.append(dialog.words.rowCount()))
    dialog.show()
    dialog.show_knowledge(KnowledgeShown(words, (), can_take_back=False))
    for text in ("w", "wo", "word49", ""):
        dialog.search.setText(text)
        qapp.processEvents()
    assert len(listed) == 5  # each key sifts and sorts them once
    assert len(cells) < 4_000
    assert dialog.words.rowCount() == n_words
    assert dialog.words.index(0, 0).data() == f"word{n_words - 1}"


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
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 4)
    assert engine.wishes.right == ["cat"]
    assert learned(engine)[-1] == ("cat", "")
