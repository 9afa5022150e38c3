"""The panel of what is known, for hands on the keyboard: what is selected, edited and told in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from engine.errors import ProfileError
from engine.values import KnownWord, PastEvent
from keyboard_app.typist.orders import KnowledgeShown, TakeBack
from keyboard_app.ui.knowledge_dialog import KnowledgeDialog
from tests.keyboard_app.fake_engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

Key = Qt.Key


def word(text, at=1.6e9):
    return KnownWord(text, 1, at, is_own=True)


def event(number, text):
    return PastEvent(number, 1.6e9, text, (), "typed", False, 3.0, 3.0, 1.0)


def known(*texts, **more):
    """What is known, as the model thread tells it: the words as they stand in the table."""
    words = tuple(word(text, 1.6e9 - number) for number, text in enumerate(texts))
    events = tuple(event(len(texts) - number, text) for number, text in enumerate(texts))
    return KnowledgeShown(words, events, can_take_back=True, last_event=len(texts), **more)


@pytest.fixture
def dialog(qtbot):
    """The panel by itself, with three words."""
    panel = KnowledgeDialog(None)
    qtbot.addWidget(panel)
    panel.enter()
    panel.show_knowledge(known("alpha", "beta", "gamma"))
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


# ------------------------------------------------------------------------------------------------- a list that changes


def test_what_is_selected_stays_selected_and_current_while_more_is_learned(dialog):
    dialog.word_table.selectRow(1)
    dialog.show_knowledge(known("new", "alpha", "Beta", "gamma"))  # in another case meanwhile
    assert dialog.selected == ("Beta",)
    assert dialog.word_table.currentIndex().row() == 2


def test_a_panel_that_was_told_nothing_does_not_say_that_nothing_is_known(qtbot):
    panel = KnowledgeDialog(None)
    qtbot.addWidget(panel)
    panel.enter()
    panel.search.setText("tu")
    assert (panel.count.text(), panel.history.story.text()) == ("", "")
    assert not panel.export.isEnabled()
    assert not panel.history.take_back.isEnabled()
    panel.show_knowledge(KnowledgeShown((), (), can_take_back=False))
    assert panel.count.text().startswith("Nothing yet")
    assert panel.history.story.text().startswith("Nothing yet")
    assert panel.export.isEnabled()


def test_many_selected_words_stay_selected_when_the_list_is_sorted_otherwise(dialog):
    dialog.word_table.selectAll()
    dialog.words.sort(0, Qt.SortOrder.DescendingOrder)
    assert dialog.selected == ("gamma", "beta", "alpha")
    dialog.word_table.selectRow(0)
    dialog.words.sort(0, Qt.SortOrder.AscendingOrder)
    assert dialog.selected == ("gamma",)


def test_the_list_stays_where_it_was_scrolled_to(dialog, qtbot):
    names = [f"word{number}" for number in range(300)]
    dialog.show_knowledge(known(*names))
    qtbot.waitUntil(lambda: dialog.word_table.verticalScrollBar().maximum() > 200)
    dialog.word_table.scrollTo(dialog.words.index(150, 0), dialog.word_table.ScrollHint.PositionAtTop)
    dialog.show_knowledge(known("new", "newer", *names))
    assert dialog.words.word_at(dialog.word_table.rowAt(0)).text == "word150"


def test_a_list_at_its_top_stays_there_and_shows_what_is_new(dialog):
    dialog.show_knowledge(known("new", *(f"word{number}" for number in range(300))))
    assert dialog.words.word_at(dialog.word_table.rowAt(0)).text == "new"


def test_after_a_word_was_forgotten_the_next_one_is_selected(dialog, qtbot):
    dialog.word_table.selectRow(1)
    dialog.show_knowledge(known("alpha", "gamma"))
    assert dialog.selected == ("gamma",)
    dialog.show_knowledge(known("alpha"))
    assert dialog.selected == ("alpha",)
    dialog.show_knowledge(known())
    assert dialog.selected == ()


def test_a_search_that_leaves_the_selected_word_out_selects_no_other(dialog):
    dialog.word_table.selectRow(1)
    dialog.search.setText("gam")
    assert dialog.selected == ()


def test_a_button_keeps_the_keys_while_more_is_learned(dialog):
    dialog.word_table.selectRow(1)
    dialog.forget.setFocus()
    dialog.show_knowledge(known("new", "alpha", "beta", "gamma"))
    assert QApplication.focusWidget() is dialog.forget


def test_a_word_that_is_being_edited_stays_so_while_more_is_learned(dialog, qtbot):
    asked = []
    dialog.form_asked.connect(lambda *names: asked.append(names))
    dialog.word_table.selectRow(1)
    dialog.recase.click()
    qtbot.keyClicks(dialog.word_table.findChild(QLineEdit), "BETA")
    dialog.show_knowledge(known("new", "alpha", "beta", "gamma"))
    editor = dialog.word_table.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "BETA"
    assert dialog.words.n_known == 3
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.words.n_known == 4)
    assert asked == [("beta", "BETA")]
    assert dialog.selected == ("beta",)


def test_an_edit_that_is_given_up_shows_what_came_meanwhile(dialog, qtbot):
    dialog.word_table.selectRow(0)
    dialog.recase.click()
    dialog.show_knowledge(known("new", "alpha"))
    dialog.show_knowledge(known("newest", "new", "alpha"))
    qtbot.keyClick(dialog.word_table.findChild(QLineEdit), Key.Key_Escape)
    qtbot.waitUntil(lambda: [dialog.words.word_at(row).text for row in range(3)] == ["newest", "new", "alpha"])


# ------------------------------------------------------------------------------------------------- by the keyboard


def test_no_word_is_skipped_by_whoever_comes_with_the_tab_key(dialog, qtbot):
    dialog.own_only.setFocus()
    press(qtbot, Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.word_table
    assert dialog.selected == ("alpha",)
    press(qtbot, Key.Key_Down)
    assert dialog.selected == ("beta",)


def test_the_key_that_points_down_goes_from_the_search_to_what_was_found(dialog, qtbot):
    dialog.search.setText("gam")
    dialog.search.setFocus()
    press(qtbot, Key.Key_Down)
    assert QApplication.focusWidget() is dialog.word_table
    assert dialog.selected == ("gamma",)
    dialog.tabs.setCurrentWidget(dialog.history)
    dialog.history.search.setFocus()
    press(qtbot, Key.Key_Down)
    assert QApplication.focusWidget() is dialog.history.table
    assert "“alpha”" in dialog.history.story.text()


def test_the_panel_opens_with_an_empty_search_on_the_page_that_it_shows(dialog):
    dialog.allow_profiles()
    fields = (dialog.search, dialog.history.search, dialog.profiles.list)
    for page, field in enumerate(fields):
        dialog.search.setText("gam")
        dialog.history.search.setText("bet")
        dialog.tabs.setCurrentIndex(page)
        dialog.close()
        dialog.enter()
        assert dialog.focusWidget() is field
        assert (dialog.search.text(), dialog.history.search.text()) == ("", "")
    assert dialog.words.rowCount() == 3


def test_a_panel_that_is_open_keeps_what_is_searched_and_selects_it(dialog):
    dialog.search.setText("gam")
    dialog.enter()
    assert dialog.search.selectedText() == "gam"


# ------------------------------------------------------------------------------------------------- what it asks


@pytest.fixture
def taught(compose, qtbot):
    """Return an application whose user has typed three words, with the panel in front."""
    engine = FakeEngine()
    application = compose(engine)
    qtbot.keyClicks(application.window.editor, "met Quillonia today ")
    application.knowledge.open()
    panel = application.knowledge.knowledge
    qtbot.waitUntil(lambda: panel.words.rowCount() == 3 and panel.isActiveWindow())
    return application, engine, panel


def test_questions_belong_to_the_panel_where_they_are_asked_from_it(taught):
    application, _, panel = taught
    dialogs = application.knowledge.dialogs
    assert dialogs._parent is panel
    panel.close()
    application.window.activateWindow()
    assert dialogs._parent is application.window


def test_after_forgetting_the_keys_go_to_the_next_word_of_the_table(taught, qtbot):
    application, engine, panel = taught
    application.knowledge.dialogs.ask_forget = lambda _: True
    panel.word_table.selectRow(0)
    gone, following = (panel.words.word_at(row).text for row in (0, 1))
    panel.forget.setFocus()
    panel.forget.click()
    qtbot.waitUntil(lambda: panel.words.rowCount() == 2)
    assert engine.knowledge.forgotten == [gone]
    assert QApplication.focusWidget() is panel.word_table
    assert panel.selected == (following,)


def test_no_other_word_is_taken_back_than_the_one_that_is_named(taught, qtbot):
    application, engine, panel = taught
    assert panel.history.take_back.text() == "&Take back “today”"
    qtbot.keyClicks(application.window.editor, "Zorblax ")  # held back still, and later than what the button names
    panel.history.take_back.click()
    qtbot.waitUntil(lambda: panel.message.text() == "Something was learned since; look again")
    assert [commit.text for commit in engine.learner.commits] == ["met", "Quillonia", "today", "Zorblax"]
    qtbot.waitUntil(lambda: panel.history.take_back.text() == "&Take back “Zorblax”")
    panel.history.take_back.click()
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 3)


def test_the_menu_takes_back_the_word_that_was_finished_last_though_it_is_held_back(taught, qtbot):
    application, engine, _ = taught
    orders = []
    application.knowledge.ordered.connect(orders.append)
    qtbot.keyClicks(application.window.editor, "Zorblax ")
    application.window.menus.take_back.trigger()
    qtbot.waitUntil(lambda: application.window.status_line.message == "Took back what “Zorblax” taught")
    assert orders[0] == TakeBack()
    assert len(engine.learner.commits) == 3


# ------------------------------------------------------------------------------------------------- what it tells


@pytest.fixture
def said(monkeypatch):
    """What a screen reader is told, and by which window."""
    sentences = []
    for where in ("knowledge_desk", "notice_bar"):
        monkeypatch.setattr(f"keyboard_app.ui.{where}.announce", lambda *told: sentences.append(told))
    return sentences


def test_what_the_panel_asked_for_and_could_not_be_done_is_told_in_it(taught, qtbot, said, tmp_path):
    application, engine, panel = taught
    engine.knowledge.errors = [ProfileError("There is no room on the disk.")]
    application.knowledge.dialogs.ask_profile_file = lambda _: tmp_path / "me.zip"
    panel.export.click()
    qtbot.waitUntil(lambda: panel.message.text() == "There is no room on the disk.")
    panel.words.setData(panel.words.index(0, 0), "other")
    qtbot.waitUntil(lambda: panel.message.text() == "Only the case of a word can be changed")
    assert said == [(panel, "There is no room on the disk."), (panel, "Only the case of a word can be changed")]
    assert application.window.notice_bar.sentence == ""


def test_complaints_are_notices_where_the_text_is_in_front(taught, qtbot, said):
    application, _, panel = taught
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)
    application.knowledge.complain("That cannot be.")
    assert application.window.notice_bar.sentence == "That cannot be."
    assert panel.message.text() == ""
    assert [sentence for _, sentence in said] == ["That cannot be."]


def test_the_panel_follows_files_while_they_are_read(compose, qtbot, tmp_path):
    engine = FakeEngine(learn_s=0.005)
    application = compose(engine)
    (tmp_path / "a.txt").write_text("alpha beta gamma " * 2_000, encoding="utf-8")
    application.knowledge.open()
    application.readings.learn_from((tmp_path / "a.txt",))
    qtbot.waitUntil(lambda: application.knowledge.knowledge.words.rowCount() == 3)
    assert application.readings._is_reading
    assert application.knowledge.knowledge.history.events.index(0, 2).data() == "(read in a file)"


def test_without_a_profile_there_is_no_history_and_nothing_to_export(compose, qtbot):
    engine = FakeEngine()
    engine.knowledge.is_kept = False
    application = compose(engine)
    qtbot.keyClicks(application.window.editor, "met Quillonia ")
    application.knowledge.open()
    panel = application.knowledge.knowledge
    qtbot.waitUntil(lambda: panel.words.rowCount() == 2)
    assert not panel.export.isEnabled()
    assert panel.history.story.text().startswith("This session has no profile")
    panel.history.take_back.click()
    qtbot.waitUntil(lambda: panel.message.text() == "Took back what “Quillonia” taught")


def test_the_keys_are_where_they_were_when_another_profile_is_open(taught):
    application, _, panel = taught
    panel.word_table.setFocus()
    application.knowledge.set_waiting(True)
    application.knowledge.set_waiting(False)
    assert panel.focusWidget() is panel.word_table
