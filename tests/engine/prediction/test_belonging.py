"""What is the user's says less in a text that it explains badly, whether that is learned from or not."""

from __future__ import annotations

import random

import pytest

from engine import CommitSource, Context
from tests.tiny_model import typed


@pytest.fixture
def taught(engine):
    """Return an engine that has often seen "there" behind "they said", in its counts alone: it was always taken."""
    for _ in range(40):
        engine.learner.learn_one(typed("your other London and they said ", "there", ("there",), CommitSource.ACCEPTED))
    return engine


def read(engine, words):
    """Ask before every word of a text, as one types on without being learned from; return the weight at its end."""
    text = ""
    for word in words:
        engine.predictor.predict_one(Context(text))
        text += word + " "
    return engine.predictor.next_word(Context(text + "they said ")).weight


def test_what_others_write_takes_the_weight_from_the_counts(taught):
    assert read(taught, ["they", "said", "what"] * 20) < 0.5 * taught.predictor.next_word(Context("they said ")).weight


def test_what_the_user_writes_gives_it_to_them(taught):
    assert read(taught, ["they", "said", "there"] * 20) > taught.predictor.next_word(Context("they said ")).weight


def test_a_text_that_turns_back_to_what_the_user_writes_gets_the_weight_back(taught):
    foreign, own = ["they", "said", "what"] * 20, ["they", "said", "there"] * 40
    assert read(taught, foreign + own) > 2.0 * read(taught, foreign)


def test_it_is_the_same_with_the_latest_words(taught):
    def share_after(words):
        read(taught, words)
        rows = taught.predictor.next_word(Context(" ".join(words) + " they said ")).rows
        return taught.predictor.blend.standing_of_recent.share(rows)

    assert share_after(["they", "said", "what"] * 20) < 0.5 < share_after(["they", "said", "there"] * 20)


def test_reading_on_leaves_everything_that_is_learned_as_it_is(taught):
    blend = taught.predictor.blend
    before = (dict(blend.counts), dict(blend.weights._state), blend.counts.version, blend.model.version)
    read(taught, ["they", "said", "what"] * 20)
    assert before == (dict(blend.counts), dict(blend.weights._state), blend.counts.version, blend.model.version)


def test_what_was_asked_in_between_changes_no_answer_of_the_same_version(taught):
    words = ["they", "said", "what", "your", "other", "there"] * 5
    places = [" ".join(words[:n]) + " they said " for n in range(8, len(words))]
    rng, said = random.Random(3), {}
    for _ in range(600):
        place = rng.choice(places)
        step = Context(place + rng.choice(("", "they ", "they said ", "t", "wh")))
        answer = taught.predictor.predict_one(step)
        assert said.setdefault((step, answer.model_version), answer.items) == answer.items
    assert len({version for _, version in said}) > 1


def test_words_that_are_learned_say_it_too(taught):
    share = taught.predictor.blend.standing.share
    text = "of the "
    before = share(taught.predictor.next_word(Context(text)).rows)
    for _ in range(6):
        taught.learner.learn_one(typed(text, "said"))
        taught.learner.learn_one(typed(text + "they said ", "what"))
        text += "said what "
    assert share(taught.predictor.next_word(Context(text)).rows) != before
