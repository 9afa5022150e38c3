from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values import Commit, CommitSource, Context, LearnReport
from keyboard_app.figures.day import Figures
from keyboard_app.figures.tally import Tally
from keyboard_app.typist.acceptance import Acceptance, Way
from keyboard_app.typist.messages import LearnOutcome
from tests.keyboard_app.typing_model import TypingModel

MONDAY, TUESDAY = date(2026, 5, 18), date(2026, 5, 19)


class Clock:
    """A clock and a calendar that a test sets."""

    def __init__(self):
        self.now, self.day = 0.0, MONDAY

    def tally(self):
        return Tally(lambda: self.day, lambda: self.now)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tally(clock):
    return clock.tally()


@pytest.mark.parametrize(
    ("prefix", "text", "space", "saved"),
    [
        ("tu", "turn", True, (2,)),
        ("tu", "turn", False, (1,)),
        ("", "of the", True, (1, 5)),
        ("turn", "turn", False, (-1,)),
    ],
)
def test_keys_saved_are_the_characters_beyond_the_key_that_took_them(prefix, text, space, saved):
    assert Acceptance(prefix, text).keys_saved(space_added=space) == saved
    assert sum(saved) == len(text) - len(prefix) + space - 1


PROSE = st.sampled_from(["a", "b", "tu", " ", "ab ", ", ", ". ", "!\n"])


@given(st.lists(st.one_of(PROSE, st.integers(0, 2)), max_size=16))
def test_keys_saved_are_what_stands_in_the_text_beyond_the_keys_that_were_pressed(actions):
    typist = TypingModel()
    for action in actions:
        if isinstance(action, str):
            typist.type(action)
        else:
            typist.offer("turn", "about that", "but")
            typist.accept(action)
    typist.release()
    tally = Clock().tally()
    tally.finished(typist.finished)
    for _ in range(typist.spaces_given_up):
        tally.gave_space_up()
    saved = sum(figures.keys_saved for figures in tally.drain().values())
    assert saved == len(typist.text) - typist.keys


def counted(tally, typist):
    tally.finished(typist.session.release())
    (figures,) = tally.drain().values()
    return figures


def test_a_taken_word_counts_by_the_way_it_came(tally):
    typist = TypingModel().type("tu")
    typist.offer("turn", "turned")
    acceptance = typist.session.offering.acceptance(1)
    typist._cut(2)
    typist._insert("turned ")
    typist.session.accepted(acceptance, typist.caret_text(), Way.GHOST, space_added=True)
    figures = counted(tally, typist)
    assert (figures.n_words, figures.n_with_offer, figures.n_in_time) == (1, 1, 1)
    assert (figures.n_from_ghost, figures.n_from_strip, figures.keys_saved) == (1, 0, 4)


def test_a_word_that_was_taken_and_deleted_saved_nothing(tally):
    typist = TypingModel().type("tu")
    typist.offer("turn")
    typist.accept()
    typist.backspace(5)
    typist.type("quick ")
    figures = counted(tally, typist)
    assert (figures.n_words, figures.keys_saved, figures.n_from_strip) == (1, 0, 0)


def test_a_word_typed_out_although_it_was_offered_counts_as_offered_in_time(tally):
    typist = TypingModel().type("T")
    typist.offer("Turn", "The")
    typist.type("ur")
    typist.offer("Turned")
    typist.type("n ")
    figures = counted(tally, typist)
    assert (figures.n_with_offer, figures.n_in_time, figures.share_taken) == (1, 1, 0.0)


def test_what_was_offered_for_the_word_before_does_not_count(tally):
    typist = TypingModel()
    typist.offer("again")
    typist.type("one again")
    typist.type(" ")
    tally.finished(typist.session.release())
    assert tally.drain()[MONDAY].n_in_time == 0


def test_without_anything_on_offer_there_is_no_share(tally):
    figures = counted(tally, TypingModel().type("one "))
    assert figures.n_words == 1
    assert figures.share_taken is figures.share_in_time is figures.words_a_minute is None


def test_an_automatic_space_that_was_typed_all_the_same_is_not_saved(tally):
    tally.gave_space_up()
    assert tally.drain() == {MONDAY: Figures(keys_saved=-1)}


def test_speed_counts_only_the_time_between_keys_that_follow_one_another(clock, tally):
    for _ in range(601):
        tally.pressed(1)
        clock.now += 0.2
    clock.now += 3_600  # lunch
    tally.pressed(1)
    (figures,) = tally.drain().values()
    assert figures.typing_ms == 120_000
    assert figures.words_a_minute == pytest.approx(60)


def test_a_clock_that_stands_still_or_runs_back_does_no_harm(clock, tally):
    for now in (5.0, 5.0, 1.0):
        clock.now = now
        tally.pressed(1)
    assert tally.drain()[MONDAY].typing_ms == 0


def outcome(**values):
    commit = Commit(Context.before_caret(""), "word", CommitSource.TYPED)
    usual = {"updated": True, "loss_before": 6.0, "loss_after": 4.0, "elapsed_ms": 1.0, "model_version": 1}
    return LearnOutcome(commit, LearnReport(**{**usual, **values}))


def test_training_steps_add_their_losses(tally):
    tally.learnt(outcome())
    tally.learnt(outcome(loss_before=4.0, loss_after=2.0))
    tally.learnt(outcome(updated=False))
    tally.learnt(outcome(loss_before=math.nan))
    (figures,) = tally.drain().values()
    assert (figures.mean_loss_before, figures.mean_loss_after) == (5.0, 3.0)
    assert figures.times_likelier == pytest.approx(math.exp(2))


def test_each_day_has_figures_of_its_own_and_draining_starts_afresh(clock, tally):
    tally.gave_space_up()
    clock.day = TUESDAY
    tally.gave_space_up()
    assert set(tally.drain()) == {MONDAY, TUESDAY}
    assert tally.is_empty
    assert tally.drain() == {}
