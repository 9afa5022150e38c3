"""Learning from files in the window: watched, put aside, stopped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from keyboard_app.typist.orders import FileRefused, ReadingProgress
from tests.keyboard_app.fake_engine import FakeEngine, missing_model

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

MANY = "alpha beta gamma " * 2_000


@pytest.fixture
def slow(compose):
    """Return an application whose engine takes its time, and that engine."""
    engine = FakeEngine(learn_s=0.005)
    return compose(engine), engine


@pytest.fixture
def reading(slow, qtbot, tmp_path):
    """Return the same while a long file is being read."""
    application, engine = slow
    (tmp_path / "a.txt").write_text(MANY, encoding="utf-8")
    application.readings.learn_from((tmp_path / "a.txt",))
    qtbot.waitUntil(lambda: "of 6,000 words" in application.readings.dialog.label.text())
    return application, engine


def test_files_are_learned_while_the_user_writes_on(compose, qtbot, tmp_path):
    engine = FakeEngine(learn_s=0.002)
    application = compose(engine)
    (tmp_path / "a.txt").write_text("alpha beta gamma " * 60, encoding="utf-8")
    (tmp_path / "b.txt").write_text("delta", encoding="utf-8")
    application.readings.learn_from((tmp_path / "a.txt", tmp_path / "none.txt", tmp_path / "b.txt"))
    dialog = application.readings.dialog
    qtbot.keyClicks(application.window.editor, "tur")
    qtbot.waitUntil(lambda: "turn" in application.window.suggestion_bar.words)
    qtbot.waitUntil(lambda: dialog.label.text() == "Learned 181 words")
    assert "none.txt" in application.window.notice_bar.sentence
    assert dialog.button.text() == "&Close"
    assert all(reading.is_closed for reading in engine.readings)


def test_no_file_is_opened_by_the_thread_that_serves_the_keys(slow, qtbot, tmp_path, monkeypatch):
    application, _ = slow
    ordered = []
    monkeypatch.setattr(application.readings, "ordered", type("Box", (), {"emit": ordered.append}))
    application.readings.learn_from((tmp_path / "none.txt",))
    assert [order.files for order in ordered] == [(tmp_path / "none.txt",)]
    assert application.window.notice_bar.sentence == ""


def test_files_none_of_which_can_be_read_are_told_and_that_is_the_end(slow, qtbot, tmp_path):
    application, _ = slow
    application.readings.learn_from((tmp_path / "none.txt", tmp_path))
    qtbot.waitUntil(lambda: "none of these files" in application.readings.dialog.label.text())
    assert "could not be opened" in application.window.notice_bar.sentence
    assert not application.readings._is_reading


def test_where_the_model_cannot_be_opened_the_window_says_so_and_does_not_wait(compose, qtbot, tmp_path, monkeypatch):
    engine = FakeEngine()
    monkeypatch.setattr(engine, "open", missing_model)
    application = compose(engine, wait=False)
    application.readings.learn_from((tmp_path / "mine.txt",))
    dialog = application.readings.dialog
    qtbot.waitUntil(lambda: dialog.button.text() == "&Close")
    assert dialog.label.text() == "Nothing learned. The model file is missing; install Foretype again."
    assert application.window.status_line._switch.isHidden()  # it would say that Foretype learns


def test_learning_from_files_can_be_stopped(reading, qtbot):
    application, engine = reading
    dialog = application.readings.dialog
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.label.text().endswith("the same files go on from there"))
    assert dialog.label.text().startswith("Stopped after")
    assert len(engine.learner.commits) < 6_000
    assert engine.readings[0].is_closed


def test_where_nothing_is_kept_no_file_goes_on_from_there(slow, qtbot, tmp_path):
    application, engine = slow
    engine.knowledge.is_kept = False
    (tmp_path / "a.txt").write_text(MANY, encoding="utf-8")
    application.readings.learn_from((tmp_path / "a.txt",))
    dialog = application.readings.dialog
    qtbot.waitUntil(lambda: "of 6,000 words" in dialog.label.text())
    dialog.button.click()
    qtbot.waitUntil(lambda: dialog.label.text().startswith("Stopped after"))
    assert dialog.label.text().endswith(" words")


def test_a_window_that_closes_leaves_the_files_where_they_are(reading, qtbot):
    application, engine = reading
    application.window.close()
    assert application.stop()
    assert engine.readings[0].is_closed
    assert engine.is_closed


# ------------------------------------------------------------------------------------------------- aside


def test_the_window_with_the_bar_takes_no_key_and_has_no_harmless_one_press_stop(reading):
    application, _ = reading
    dialog = application.readings.dialog
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    application.window.menus.learn_files.trigger()
    assert dialog.focusWidget() is dialog.aside
    assert not any(part.autoDefault() for part in (dialog.aside, dialog.more, dialog.button))


def test_put_aside_the_reading_goes_on_and_the_status_line_tells_of_it(reading, qtbot):
    application, engine = reading
    dialog, status = application.readings.dialog, application.window.status_line
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    qtbot.waitUntil(application.window.isActiveWindow)
    assert status.message.startswith("Learning from “a.txt”: ")
    n_learned, said = len(engine.learner.commits), status.message
    qtbot.waitUntil(lambda: status.message.startswith("Learning from") and status.message != said)
    assert len(engine.learner.commits) > n_learned
    application.window.menus.learn_files.trigger()
    assert dialog.isVisible()
    dialog.button.click()
    qtbot.waitUntil(lambda: status.message.startswith("Stopped after"))


def test_what_else_the_status_line_says_stays_while_files_are_read_aside(slow):
    application, _ = slow
    readings, status = application.readings, application.window.status_line
    readings.learn_from((application.window.documents.active.path or application.profile_folder / "none",))
    readings.dialog.hide()
    status.tell("Saved “letter.txt”")
    readings._far = "“a.txt”: 7 of 9 words"
    readings._is_reading = True
    readings._tell_aside()
    assert status.message == "Saved “letter.txt”"
    status.tell("")
    readings._tell_aside()
    assert status.message == "Learning from “a.txt”: 7 of 9 words"


def test_the_end_is_told_where_the_window_is_put_aside(slow, qtbot, tmp_path):
    application, _ = slow
    (tmp_path / "a.txt").write_text("alpha " * 30, encoding="utf-8")
    application.readings.learn_from((tmp_path / "a.txt",))
    application.readings.dialog.reject()
    qtbot.waitUntil(lambda: application.window.status_line.message == "Learned 30 words")
    assert application.readings.dialog.isHidden()


def test_more_files_are_read_behind_the_others_and_all_words_are_counted(slow, qtbot, tmp_path, monkeypatch):
    application, engine = slow
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("alpha beta " * 40, encoding="utf-8")
    application.readings.learn_from((tmp_path / "a.txt",))
    dialog = application.readings.dialog
    qtbot.waitUntil(lambda: len(engine.learner.commits) > 20)
    monkeypatch.setattr(application.readings.dialogs, "ask_files", lambda *_: (tmp_path / "b.txt",))
    dialog.more.click()
    qtbot.waitUntil(lambda: dialog.label.text().startswith("Learned"))
    assert dialog.label.text() == "Learned 160 words"


# ------------------------------------------------------------------------------------------------- pausing


def test_pausing_learning_stops_the_files_too(reading, qtbot):
    application, engine = reading
    application.preferences.set_learning(False)
    qtbot.waitUntil(lambda: application.readings.dialog.label.text().startswith("Stopped after"))
    assert engine.readings[0].is_closed


def test_while_learning_is_paused_no_file_is_asked_for_or_read(slow, tmp_path, monkeypatch):
    application, engine = slow
    application.preferences.set_learning(False)
    monkeypatch.setattr(application.readings.dialogs, "ask_files", lambda *_: pytest.fail("asked"))
    application.window.menus.learn_files.trigger()
    assert application.window.status_line.message.startswith("Learning is paused; ")
    application.readings.learn_from((tmp_path / "a.txt",))
    assert application.readings.dialog is None
    assert engine.readings == []


# ------------------------------------------------------------------------------------------------- what it says


def test_outcomes_are_said_aloud_once(slow, monkeypatch):
    application, _ = slow
    said = []
    for where in ("knowledge_desk", "notice_bar"):
        monkeypatch.setattr(f"keyboard_app.ui.{where}.announce", lambda _source, sentence: said.append(sentence))
    application.readings.learn_from((application.profile_folder / "none.txt",))
    application.readings.take_answer(ReadingProgress("a.txt", 30, 30, has_ended=True, sentence="Learned 30 words"))
    application.readings.take_answer(FileRefused("“b.txt” could not be opened."))
    assert said == ["Learned 30 words", "“b.txt” could not be opened."]
