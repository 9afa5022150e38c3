from __future__ import annotations

import pytest

from engine import Context, open_engine
from engine.evaluation.simulated_typist import SimulatedTypist
from engine.learning.tiers import ALL_TIERS, Tier
from tests.tiny_model import stream, typed, weights_of


@pytest.fixture
def open_with(tiny_model):
    """Return a function that opens engines with some tiers of learning."""
    opened = []

    def open_one(tiers):
        opened.append(open_engine(None, model=tiny_model, tiers=tiers))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.close()


def test_the_counts_alone_leave_the_weights_as_they_are(open_with):
    engine = open_with(Tier.COUNTS)
    before = weights_of(engine)
    reports = [engine.learner.learn_one(commit) for commit in stream(81, 100)]
    assert not any(report.updated for report in reports)
    for old, new in zip(before, weights_of(engine), strict=True):
        assert old.tobytes() == new[: len(old)].tobytes()
    assert engine.predictor.next_word(Context("I hope that ")).weight > 0.0


def test_the_network_alone_counts_nothing_and_still_gives_new_words_a_row(open_with):
    engine = open_with(Tier.NETWORK)
    assert any(engine.learner.learn_one(commit).updated for commit in stream(82, 100))
    assert engine.predictor.next_word(Context("I hope that ")).weight == 0.0
    engine.learner.learn_one(typed("I hope that ", "Zwolgar"))
    items = engine.predictor.predict_one(Context("I hope that ", "Zwo")).items
    assert [item.text for item in items] == ["Zwolgar"]


def test_the_latest_words_alone_move_no_weight_and_bring_a_word_back_where_it_stood(open_with):
    engine, place = open_with(Tier.CACHE), Context("I hope that ")
    before, first = weights_of(engine), probability(engine, place, "London")
    for commit in stream(83, 30):
        assert not engine.learner.learn_one(commit).updated
    engine.learner.learn_one(typed(place.left, "London"))
    for old, new in zip(before, weights_of(engine), strict=True):
        assert old.tobytes() == new[: len(old)].tobytes()
    assert probability(engine, place, "London") > 1.5 * first
    assert probability(engine, place, "London") > probability(engine, Context("were you "), "London")
    assert engine.predictor.next_word(place).weight == 0.0


def test_without_them_no_word_is_remembered(open_with):
    engine = open_with(ALL_TIERS & ~Tier.CACHE)
    for commit in stream(83, 30):
        engine.learner.learn_one(commit)
    assert engine.predictor.next_word(Context("I hope that ")).recall is None


def probability(engine, context, word):
    """Return what the blend says of a word."""
    return float(engine.predictor.next_word(context).blended[engine.predictor.blend.model.row_of(word)])


def test_how_the_user_looks_is_learned_only_where_that_is_wanted(open_with):
    lines = ["the there they with this have from and that " * 30]
    for tiers in (ALL_TIERS, ALL_TIERS & ~Tier.ATTENTION):
        engine = open_with(tiers)
        SimulatedTypist(engine, learning=True).type_lines(lines, 200)
        assert engine.predictor.attention.says_nothing is (Tier.ATTENTION not in tiers)
