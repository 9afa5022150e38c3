from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from engine import Context, open_engine
from engine.prediction.explaining import Explainer
from engine.prediction.predictor import Predictor
from tests.tiny_model import answers, probes, stream, tiny_character_network, typed

NAME = "Quillonia"


def explained(engine, contexts, limit=5):
    """Yield every suggested word at some places with its explanation."""
    for context in (dataclasses.replace(context, phrases=False) for context in contexts):
        for item in engine.predictor.predict_one(context, limit).items:
            yield item, engine.explainer.explain(context, item.text)


def parts_of(explanation):
    return (explanation.shipped, explanation.spelled, explanation.learned, explanation.own, explanation.recent)


@pytest.fixture
def taught(open_tiny, tmp_path):
    """Return an engine that has learned from a typist, so that rows and core are no more what they were."""
    engine = open_tiny(tmp_path / "p")
    for commit in stream(41, 150):
        engine.learner.learn_one(commit)
    for left in ("we met ", "to be or ", "the house of "):
        engine.learner.learn_one(typed(left, NAME, ("the", "of")))
    return engine


def test_the_parts_add_up_to_the_probability_that_ranks(taught):
    n = 0
    for item, explanation in explained(taught, probes()):
        assert explanation.word == item.text
        assert explanation.probability == pytest.approx(math.exp(item.log_prob), rel=1e-6)
        assert sum(parts_of(explanation)) == pytest.approx(explanation.probability, rel=1e-6)
        n += 1
    assert n > 50


def test_before_anything_was_learned_all_of_it_is_the_shipped_network(engine):
    for _, explanation in explained(engine, probes()):
        assert explanation.shipped == pytest.approx(explanation.probability, rel=1e-5)
        assert abs(explanation.learned) <= 1e-5 * explanation.probability
        assert (explanation.spelled, explanation.own, explanation.recent, explanation.uses) == (0.0, 0.0, 0.0, 0)


def test_the_shipped_part_is_what_a_model_says_that_never_learned(taught, open_tiny):
    fresh = open_tiny(None)
    n_moved = 0
    for _, explanation in explained(taught, probes()):
        blend, shipped_blend = taught.predictor.blend, fresh.predictor.blend
        untaught = shipped_blend.components(fresh.predictor.next_word(explanation.context), explanation.word).network
        _, mass = taught.predictor.probability_of(explanation.context, explanation.word)
        share = blend.shares(taught.predictor.next_word(explanation.context)).network
        assert explanation.shipped == pytest.approx(share * untaught / mass, rel=1e-5, abs=1e-9)
        n_moved += abs(explanation.learned) > 0.05 * explanation.probability
    assert n_moved > 20


def test_a_profile_that_is_opened_again_explains_as_before(taught, open_tiny, tmp_path):
    before = [explanation for _, explanation in explained(taught, probes(9, 10))]
    taught.close()
    again = [explanation for _, explanation in explained(open_tiny(tmp_path / "p"), probes(9, 10))]
    assert [one.word for one in again] == [one.word for one in before]
    for one, other in zip(before, again, strict=True):
        np.testing.assert_allclose(parts_of(one), parts_of(other), rtol=1e-4, atol=1e-6)


def test_a_word_of_the_users_own_owes_nothing_to_the_shipped_network(taught):
    explanation = taught.explainer.explain(Context.before_caret("we met Qu"), NAME.upper())
    assert (explanation.shipped, explanation.spelled) == (0.0, 0.0)
    assert explanation.learned > 0.0
    assert explanation.own > 0.0


def test_what_was_learned_speaks_for_some_words_and_against_others(taught):
    learned = [explanation.learned for _, explanation in explained(taught, probes())]
    assert min(learned) < 0.0 < max(learned)


@pytest.mark.parametrize(
    ("left", "after", "times"),
    [("we were ", ("we", "were"), 2), ("I were ", ("were",), 2), ("the the ", (), 0), ("we met ", (), 0)],
)
def test_it_says_how_often_the_user_wrote_the_word_after_what_stands_there(engine, left, after, times):
    for place in ("we were ", "we were ", "they met "):
        engine.learner.learn_one(typed(place, NAME))
    explanation = engine.explainer.explain(Context.before_caret(left + "Q"), NAME)
    assert (explanation.uses, explanation.after, explanation.uses_after) == (3, after, times)


def test_what_is_not_suggested_is_not_explained(engine):
    assert engine.explainer.explain(Context.before_caret("to t"), NAME) is None
    assert engine.explainer.explain(Context.before_caret("to t"), "London") is None
    assert engine.explainer.explain(Context.before_caret("to t"), "") is None


def test_explaining_changes_nothing(taught):
    said = answers(taught, probes())
    list(explained(taught, probes(12, 10)))
    assert answers(taught, probes()) == said


def test_an_explanation_is_frozen(engine):
    context = Context.before_caret("to t")
    explanation = engine.explainer.explain(context, engine.predictor.predict_one(context).items[0].text)
    with pytest.raises(dataclasses.FrozenInstanceError):
        explanation.own = 1.0


def test_a_spelled_word_owes_its_spelling_to_the_character_network(taught, tiny_model):
    network = tiny_character_network()
    blend = taught.predictor.blend
    blend.spelling_share = 0.9
    predictor = Predictor(blend, (), network)
    explainer = Explainer(predictor, taught.explainer._shipped, network)
    for context, word in spelled_somewhere(predictor):
        explanation = explainer.explain(context, word)
        assert explanation.spelled > 0.0
        assert (explanation.shipped, explanation.own, explanation.uses) == (0.0, 0.0, 0)
        assert sum(parts_of(explanation)) == pytest.approx(explanation.probability, rel=1e-6)
    untaught = open_engine(None, model=tiny_model)
    untaught.predictor.blend.spelling_share = 0.9
    fresh = Predictor(untaught.predictor.blend, (), network)
    explainer = Explainer(fresh, untaught.explainer._shipped, network)
    for context, word in spelled_somewhere(fresh):
        explanation = explainer.explain(context, word)
        assert explanation.spelled == pytest.approx(explanation.probability, rel=1e-3)
        assert abs(explanation.learned) <= 1e-3 * explanation.probability


def spelled_somewhere(predictor):
    """Return places, with the words that only the character network can have brought there."""
    lefts = ("to be ", "the house of ", "and I ", "we met ")
    letters = [one + other for one in "abc" for other in "abc"]
    found = []
    for context in (Context.before_caret(left + prefix) for left in lefts for prefix in letters):
        for item in predictor.predict_one(dataclasses.replace(context, phrases=False), 5).items:
            known = predictor.blend.model.has_row(item.text) or item.text in predictor.blend.model.vocabulary
            found += [] if known else [(context, item.text)]
    assert found
    return found
