"""What stood behind a word in a phrase, and was not taken along, makes room, as far as the user is known to look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine import Commit, CommitSource, Context, open_engine
from engine.model.attention import IN_A_PHRASE, N_REMEMBERED, Sighting
from tests.tiny_model import answers, probes

LEFT = "I hope that "


def sightings(overlooks_phrases):
    """Return what is known of a user who overlooks nothing, or nothing but phrases."""
    classes = [n % 5 - 1 for n in range(N_REMEMBERED)]
    return [Sighting(n_typed, overlooks_phrases and n_typed == IN_A_PHRASE) for n_typed in classes]


@pytest.fixture
def watched(tiny_model):
    """Return an engine that knows of its user that they overlook nothing."""
    with open_engine(None, model=tiny_model) as engine:
        engine.predictor.attention.restore(sightings(overlooks_phrases=False))
        yield engine


def words(engine, prefix="", declined=None, limit=3):
    context = Context(LEFT, prefix, phrases=False, declined=declined)
    return [item.text for item in engine.predictor.predict_one(context, limit).items]


def test_a_word_that_was_left_of_a_phrase_makes_room_for_the_next_best(watched):
    for declined in words(watched, limit=5):
        rest = [word for word in words(watched, limit=6) if word != declined]
        assert words(watched, declined=(declined.casefold(),), limit=5) == rest


def test_it_makes_room_behind_every_letter_of_the_next_word(watched, engine):
    offered = words(engine, "t")[0]
    assert offered in words(watched, "t", declined=()) or offered in words(watched, declined=())
    assert offered not in words(watched, "t", declined=(offered,))
    assert offered not in words(watched, declined=(offered,))


def test_of_a_user_of_whom_nothing_is_known_nothing_is_taken(engine):
    for prefix in ("", "t"):
        assert words(engine, prefix, declined=tuple(words(engine, prefix))) == words(engine, prefix)


def test_who_overlooks_phrases_alone_loses_no_word(watched):
    first = words(watched, declined=())[0]
    assert first not in words(watched, declined=(first,))
    watched.predictor.attention.restore(sightings(overlooks_phrases=True))
    assert first in words(watched, declined=(first,))


def test_where_there_is_no_strip_nothing_was_left(watched):
    first = words(watched, declined=())
    context = Context(LEFT, phrases=False, n_shown=0, declined=tuple(first))
    assert [item.text for item in watched.predictor.predict_one(context).items] == first


def test_the_word_that_was_learned_last_says_what_was_left_unless_the_place_says_so_itself(watched):
    engine = watched
    left = words(engine)[0]
    commit = Commit(Context("I hope "), "that", CommitSource.ACCEPTED, ("that", f"that {left}"))
    engine.learner.learn_one(commit)
    assert left in words(engine, declined=())
    assert left not in words(engine)
    other = Context("I hope the ", phrases=False)
    assert answers(engine, [other]) == answers(engine, [replace(other, declined=())])


def test_who_takes_a_phrase_left_nothing_of_it(watched):
    engine, phrase = watched, f"hope {words(watched)[0]}"
    engine.learner.learn_one(Commit(Context("I "), phrase, CommitSource.ACCEPTED, ("hope", phrase)))
    context = Context(f"I {phrase} ", phrases=False)
    assert answers(engine, [context]) == answers(engine, [replace(context, declined=())])


def test_what_is_offered_does_not_depend_on_what_was_asked_before(watched, tiny_model):
    first = words(watched, limit=5)
    contexts = [replace(one, declined=declined) for one in probes(9, 80) for declined in ((), ("the",), tuple(first))]
    forward = answers(watched, contexts)
    with open_engine(None, model=tiny_model) as other:
        other.predictor.attention.restore(sightings(overlooks_phrases=False))
        assert answers(other, contexts[::-1])[::-1] == forward
