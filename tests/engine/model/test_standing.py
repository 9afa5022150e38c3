"""Whether the user's counts belong in the text at hand, as its words tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.model.standing import Standing

ROWS = st.lists(st.integers(1, 30), max_size=40)
GAINS = st.floats(-8.0, 8.0)


def after(gains):
    """Return the standing after words 11, 12, ..., foretold so much better with the counts, and the passage."""
    standing, passage = Standing(), tuple(range(1, 11))
    for word, gain in enumerate(gains, start=11):
        standing.hear(passage, word, gain)
        passage += (word,)
    return standing, passage


@given(ROWS)
def test_a_text_of_which_nothing_is_known_is_the_users_own_as_a_rule(rows):
    share = Standing().share(rows)
    assert 0.9 < share < 0.99
    assert share == after([0.0])[0].share(range(1, 12))


@given(st.lists(GAINS, min_size=1, max_size=30))
def test_the_share_is_a_probability_whatever_comes(gains):
    standing, passage = after(gains)
    assert 0.0 < standing.share(passage) < 1.0


def test_words_that_the_counts_foretold_badly_take_their_share_and_others_give_it_back():
    standing, passage = after([-0.15] * 40)
    assert standing.share(passage) < 0.15
    standing, passage = after([-0.15] * 40 + [0.2] * 30)
    assert standing.share(passage) > 0.8


def test_a_long_text_of_one_kind_does_not_keep_the_next_from_being_noticed():
    long, _ = after([0.2] * 1_000 + [-0.2] * 60)
    short, _ = after([0.2] * 100 + [-0.2] * 60)
    assert long.share(range(1_060, 1_071)) == short.share(range(160, 171)) < 0.1


@given(st.lists(GAINS, min_size=1, max_size=30))
def test_a_word_that_is_heard_twice_counts_once(gains):
    standing, passage = after(gains)
    share = standing.share(passage)
    standing.hear(passage[:-1], passage[-1], gains[-1])
    assert standing.share(passage) == share


def test_marks_and_a_beginning_that_was_cut_off_change_nothing():
    standing, passage = after([-0.5] * 20)
    assert standing.share((*passage, 99, 98)) == standing.share(passage[10:]) == standing.share(passage)


def test_another_place_of_the_same_text_has_a_standing_of_its_own():
    standing, passage = after([-0.5] * 20)
    assert standing.share(tuple(range(500, 530))) == Standing().share(())
    assert standing.share(passage[:13]) > standing.share(passage)


def test_texts_that_begin_alike_do_not_speak_for_each_other():
    standing = Standing()
    for word in (2, 3, 4):
        standing.hear((1, 2, 3, 4)[: word - 1], word, -3.0)
    assert standing.share((1, 2, 3, 4)) == Standing().share(())


def test_only_the_latest_places_are_kept():
    standing, _ = after([0.0] * 5_000)
    assert len(standing._log_odds) < 2_000


def test_the_users_own_text_can_be_more_certain_than_an_unknown_one():
    standing, passage = after([100.0])
    assert Standing().share(()) < standing.share(passage)
