"""What a user passed over is offered less, as far as it is known that they overlook little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine import Context, open_engine
from engine.model.attention import N_REMEMBERED, Sighting
from tests.tiny_model import answers, probes

OVERLOOKS_NOTHING = [Sighting(n % 4, was_overlooked=False) for n in range(N_REMEMBERED)]


@pytest.fixture
def watched(tiny_model):
    """Return an engine that knows of its user that they overlook nothing."""
    with open_engine(None, model=tiny_model) as engine:
        engine.predictor.attention.restore(OVERLOOKS_NOTHING)
        yield engine


def words(engine, prefix, n_shown=3):
    context = Context("I hope that ", prefix, n_shown)
    return [item.text for item in engine.predictor.predict_one(context).items]


def test_a_word_that_was_passed_over_makes_room_for_others(watched, engine):
    fits = [word for word in words(watched, "") if word.startswith("t")]
    assert fits
    assert words(engine, "t")[0] == fits[0]  # of somebody unknown nothing is taken
    assert not set(fits) & set(words(watched, "t"))
    assert len(words(watched, "t")) == 3


def test_a_word_is_passed_over_only_where_the_user_is_known_to_look(tiny_model):
    with open_engine(None, model=tiny_model) as engine:
        engine.predictor.attention.restore([Sighting(n % 4, was_overlooked=n % 4 == 0) for n in range(N_REMEMBERED)])
        first = [word for word in words(engine, "") if word.startswith("t")]
        assert words(engine, "t")[0] == first[0]
        assert not set(words(engine, "t")) & {word for word in words(engine, "th") if word not in first}


def test_who_came_into_a_word_with_the_caret_has_passed_nothing_over(watched, engine):
    for prefix in ("t", "th", "w", "a"):
        assert words(watched, prefix, n_shown=0) == words(engine, prefix)


def test_a_run_of_letters_that_is_no_word_is_not_looked_at_letter_by_letter(watched):
    context = Context("I hope that ", "t" * 1_500)
    watched.predictor.predict_one(context)
    assert watched.predictor.words_after(context.left).shown == {}


def test_where_nothing_else_fits_what_was_passed_over_stands_there_still(watched):
    assert words(watched, "ther") == ["there"]
    assert words(watched, "thu") == ["thunder"]


def test_what_is_offered_does_not_depend_on_what_was_asked_before(watched, tiny_model):
    contexts = [replace(one, n_shown=n) for one in probes(9, 80) for n in (0, 1, 3, 5)]
    forward = answers(watched, contexts)
    with open_engine(None, model=tiny_model) as other:
        other.predictor.attention.restore(OVERLOOKS_NOTHING)
        assert answers(other, contexts[::-1])[::-1] == forward


def test_the_first_word_is_the_same_however_many_are_wanted(watched):
    for context in probes(10, 60):
        best = [[item.text for item in watched.predictor.predict_one(context, limit).items[:1]] for limit in (1, 3, 5)]
        assert best[0] == best[1] == best[2]
