"""What was learned when, as people can read it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from engine.values import REHEARSED, PastEvent
from keyboard_app.ui import history_model
from keyboard_app.ui.history_model import EventsModel
from keyboard_app.ui.history_page import HistoryPage
from keyboard_app.ui.history_wording import beside, change, effect, expected, moment, subject, told, took
from tests.keyboard_app.by_hand import counted
from tests.keyboard_app.fake_engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

NOON = datetime(2026, 11, 21, 12, 0).astimezone()


def event(word="Quillonia", shown=("the", "of"), *, number=7, p=(1 / 490, 1 / 22), updated=True, is_new=False,
          source="typed", at=NOON):  # fmt: skip
    before, after = (-math.log(one) for one in p)
    return PastEvent(number, at.timestamp(), word, shown, source, updated, before, after, 14.4, is_new)


@pytest.mark.parametrize(
    ("before_now", "words"),
    [
        (timedelta(hours=3, minutes=48), "Today, 08:12"),
        (timedelta(hours=14), "Yesterday, 22:00"),
        (timedelta(days=30), "2026-10-22, 12:00"),
    ],
)
def test_a_moment_is_told_from_today(before_now, words):
    assert moment((NOON - before_now).timestamp(), NOON) == words


def test_a_moment_that_is_not_known_is_left_out():
    assert moment(0.0, NOON) == "–"


@pytest.mark.parametrize(
    ("loss", "words"), [(0.5, "61 in 100"), (math.log(22), "1 in 22"), (20.7, "unheard of"), (math.nan, "unheard of")]
)
def test_a_loss_is_told_as_a_chance(loss, words):
    assert expected(loss) == words


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (event(), "1 in 490 → 1 in 22"),
        (event(p=(0.3, 0.3)), "30 in 100"),
        (event(p=(1e-9, 1 / 40)), "unheard of → 1 in 40"),
    ],
)
def test_before_and_after_stand_side_by_side(one, words):
    assert change(one) == words


@pytest.mark.parametrize(
    ("updated", "is_new", "words"),
    [
        (True, True, "new word, adapted"),
        (False, True, "new word"),
        (True, False, "adapted the model"),
        (False, False, "counted"),
    ],
)
def test_what_it_did_is_told_in_a_word(updated, is_new, words):
    assert effect(event(updated=updated, is_new=is_new)) == words


def test_an_event_is_told_in_sentences():
    assert told(event(), NOON) == (
        "Today, 12:00: you wrote “Quillonia” while “the” and “of” were shown. Its chance there was 1 in 490 before, "
        "and is 1 in 22 now: 22 times as likely. The model was adapted, which took 14 ms."
    )
    assert told(event(shown=("a",), p=(1e-9, 0.1), updated=False, is_new=True), NOON) == (
        "Today, 12:00: you wrote “Quillonia” while “a” was shown. Foretype had never heard of it; in such a place its "
        "chance is 10 in 100 now. It was counted, which took 14 ms; the model itself stayed as it was."
    )
    assert "you took “the”. Its chance there was 50 in 100, and is the same now." in told(
        event("the", (), p=(0.5, 0.5), updated=False, source="accepted"), NOON
    )
    assert "you deleted what you had taken, and wrote “Quillonia”" in told(event(source="replaced"), NOON)


def test_a_word_of_a_file_was_not_written_beside_suggestions():
    read = event(source="read")
    assert beside(event()) == "the, of"
    assert beside(read) == "(read in a file)"
    assert told(read, NOON).startswith(
        "Today, 12:00: “Quillonia” was read in a file that you gave. Its chance there was 1 in 490 before,"
    )


# ------------------------------------------------------------------------------------------------- the page


@pytest.fixture
def page(qtbot):
    made = HistoryPage()
    qtbot.addWidget(made)
    made.show()
    return made


EVENTS = (
    event("market", (), number=3, updated=False),
    event("Quillonia", number=2, is_new=True),
    event("met", ("the",), number=1),
)


def words(page):
    return [page.events.index(row, 1).data() for row in range(page.events.rowCount())]


def test_the_history_is_searched_and_narrowed(qtbot, page):
    page.show_history(EVENTS, can_take_back=True)
    assert words(page) == ["market", "Quillonia", "met"]
    assert page.count.text() == "3 of the latest 3 events"
    qtbot.keyClicks(page.search, "ME")
    assert words(page) == ["met"]
    page.search.clear()
    page.adapted_only.setChecked(True)
    assert words(page) == ["Quillonia", "met"]
    page.search.setText("nothing like it")
    assert page.story.text() == "No event fits what you search."


def test_the_selected_event_is_told_and_stays_selected_when_more_is_learned(page):
    page.show_history(EVENTS[1:], can_take_back=False)
    assert "“Quillonia”" in page.story.text()
    page.table.selectRow(1)
    assert "“met” while “the” was shown" in page.story.text()
    page.show_history(EVENTS, can_take_back=False)
    assert "“met”" in page.story.text()
    assert page.events.event_at(page.table.selectionModel().selectedRows()[0].row()).word == "met"


def test_a_screen_reader_is_told_each_row_in_sentences(page):
    page.show_history(EVENTS, can_take_back=False)
    for row, one in enumerate(EVENTS):
        assert page.events.index(row, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == told(one)


def test_the_way_back_names_its_word_or_is_shut(qtbot, page):
    page.show_history(EVENTS, can_take_back=True, last_event=3)
    assert page.take_back.text() == "&Take back “market”"
    with qtbot.waitSignal(page.take_back_asked) as asked:
        page.take_back.click()
    assert asked.args == [3]
    page.show_history(EVENTS, can_take_back=False)
    assert not page.take_back.isEnabled()
    page.show_history((), can_take_back=False)
    assert page.story.text().startswith("Nothing yet")
    page.show_history((), can_take_back=True, is_kept=False)
    assert page.story.text() == "This session has no profile: it learns all the same, but keeps no history of it."
    assert page.take_back.text() == "&Take back the last"


@pytest.mark.parametrize("n_events", [500, 10_000])
def test_however_many_events_there_are_only_those_on_screen_are_asked_for(qtbot, qapp, monkeypatch, n_events):
    cells = counted(monkeypatch, EventsModel, "data")
    compared = counted(monkeypatch, history_model, "subject")
    page = HistoryPage()
    qtbot.addWidget(page)
    page.show()
    page.show_history(
        tuple(event(f"word{number}", number=number) for number in range(n_events, 0, -1)), can_take_back=True
    )
    qapp.processEvents()
    n_compared = len(compared)
    for n_searches, text in enumerate(("w", "wo", "word49", ""), start=1):
        page.search.setText(text)
        qapp.processEvents()
        assert len(compared) - n_compared < min(n_searches, 3) * n_events + 400  # each once a key
    assert len(cells) < 2_000
    assert page.events.rowCount() == n_events


def test_a_correction_of_the_model_is_in_the_history_and_can_be_taken_back(compose, qtbot):
    engine = FakeEngine()
    application = compose(engine)
    qtbot.keyClicks(application.window.editor, "the tumbleweed ")
    application.desk.release()
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 2)
    application.knowledge.open()
    page = application.knowledge.knowledge.history
    qtbot.waitUntil(lambda: page.events.rowCount() == 2)
    assert [page.events.index(0, column).data() for column in (1, 3, 5)] == [
        "tumbleweed", "1 in 490 → 1 in 22", "4 ms",
    ]  # fmt: skip
    assert page.take_back.text() == "&Take back “tumbleweed”"
    page.take_back.click()
    qtbot.waitUntil(lambda: page.events.rowCount() == 1)
    assert page.take_back.text() == "&Take back “the”"


def rest():
    return event("", (), source=REHEARSED, p=(0.10, 0.11), number=9)


def test_a_rehearsal_is_told_with_what_it_was_worth():
    assert subject(rest()) == "(in a rest)"
    assert took(replace(rest(), elapsed_ms=28_450.0)) == "28 s"
    assert effect(rest()) == "went over it all"
    assert change(rest()) == "10 in 100 → 11 in 100"
    assert told(rest(), NOON) == (
        "Today, 12:00: while you rested, Foretype went over what it had learned since it was started, for 0 s. "
        "That was kept, as words of yours that it did not go over became 10.0 % more likely."
    )


def test_the_last_word_can_be_taken_back_over_a_rehearsal(qtbot):
    page = HistoryPage()
    qtbot.addWidget(page)
    page.show_history((rest(), event("Quillonia")), can_take_back=True, last_event=7)
    assert page.take_back.text() == "&Take back “Quillonia”"
    page.search.setText("a rest")
    assert page.events.rowCount() == 1
    page.search.clear()
    page.adapted_only.setChecked(True)
    assert page.events.rowCount() == 2
