from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Context, EngineError, SuggestionKind, open_engine
from engine.text.context import WINDOW_CHARACTERS
from engine.text.normalize import normalize
from tests.tiny_model import LEXICON, WORDS, answers, probes, random_text, stream, typed, weights_of

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()), max_size=80)
PREFIXES = ("", "t", "th", "w", "W", "wh", "TH", "z", "I", "don", "don’", "q", "qux", "zo", "ZO")


@pytest.fixture(scope="module", params=["without history", "with history"])
def asked(request, tiny_model):
    """Return an engine that is only asked, once as shipped and once with what a user taught."""
    with open_engine(None, model=tiny_model) as engine:
        if request.param == "with history":
            for commit in stream(11, 300):
                engine.learner.learn_one(commit)
        yield engine


def words(engine, text, limit=3):
    return [item.text for item in engine.predictor.predict_one(Context.before_caret(text), limit).items]


def test_a_thousand_contexts_have_finite_normalised_distributions(asked):
    rng = random.Random(2)
    for _ in range(1_000):
        next_word = asked.predictor.next_word(Context.before_caret(random_text(rng, rng.randrange(40))))
        for p in (next_word.network, next_word.blended):
            assert np.isfinite(p).all()
            assert p.min() >= 0.0
            assert p.sum() == pytest.approx(1.0, abs=1e-4)


def test_all_words_that_fit_share_one_probability(asked):
    for context in probes(4):
        items = asked.predictor.predict_one(replace(context, phrases=False), limit=200).items
        if items:
            assert sum(math.exp(item.log_prob) for item in items) == pytest.approx(1.0, abs=1e-3)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT, prefix=st.sampled_from(PREFIXES), limit=st.integers(1, 12))
def test_suggestions_are_few_fit_the_prefix_and_differ(asked, text, prefix, limit):
    context = Context.before_caret(text + prefix)
    items = asked.predictor.predict_one(context, limit).items
    texts = [normalize(item.text).casefold() for item in items]
    assert len(items) <= limit
    assert len(set(texts)) == len(texts)
    start = normalize(context.prefix).casefold()
    assert all(one.startswith(start) and one != start for one in texts)
    assert [item.log_prob for item in items] == sorted((item.log_prob for item in items), reverse=True)
    assert all(math.isfinite(item.log_prob) and item.log_prob <= 1e-6 for item in items)
    expected = SuggestionKind.COMPLETION if context.prefix else SuggestionKind.NEXT_WORD
    assert {item.kind for item in items if " " not in item.text} <= {expected}
    assert all((item.kind is SuggestionKind.PHRASE) == (" " in item.text) for item in items)


def test_predicting_changes_nothing(asked):
    before, version = weights_of(asked), asked.predictor.predict_one(Context("")).model_version
    first = answers(asked, probes())
    assert answers(asked, probes()) == first
    assert asked.predictor.predict_one(Context("")).model_version == version
    for old, new in zip(before, weights_of(asked), strict=True):
        assert old.tobytes() == new.tobytes()


def test_contexts_can_be_asked_in_any_order(tiny_model):
    contexts = probes(6, 60)
    with open_engine(None, model=tiny_model) as one, open_engine(None, model=tiny_model) as two:
        forward = answers(one, contexts)
        backward = answers(two, contexts[::-1])[::-1]
    for first, second in zip(forward, backward, strict=True):
        assert [text for text, _ in first] == [text for text, _ in second]
        np.testing.assert_allclose([p for _, p in first], [p for _, p in second], atol=1e-5)


def test_a_text_that_grows_is_foretold_as_one_that_is_whole(tiny_model):
    text = random_text(random.Random(8), 500)
    ends = [index for index, character in enumerate(text) if character == " "][::7]
    with open_engine(None, model=tiny_model) as growing:
        for end in ends:
            grown = answers(growing, [Context.before_caret(text[:end])])
            if end in ends[-3:]:
                with open_engine(None, model=tiny_model) as fresh:
                    whole = answers(fresh, [Context.before_caret(text[:end])])
                np.testing.assert_allclose([p for _, p in grown[0]], [p for _, p in whole[0]], atol=1e-5)


def test_a_window_that_slides_over_a_text_changes_no_answer(engine):
    text = random_text(random.Random(9), 900)
    for cut in range(0, 200, 9):
        window = text[len(text) - WINDOW_CHARACTERS + cut :]
        sliding, whole = answers(engine, [Context.before_caret(window), Context.before_caret(text)])
        np.testing.assert_allclose([p for _, p in sliding], [p for _, p in whole], atol=1e-5)


def test_letters_only_narrow_the_candidates(engine):
    text = random_text(random.Random(10), 900)
    everything = dict(answers(engine, [Context.before_caret(text)], 200)[0])
    for prefix in ("t", "th", "w"):
        narrowed = answers(engine, [Context.before_caret(text + prefix)], 200)[0]
        assert narrowed
        gains = {round(p - everything[word], 3) for word, p in narrowed if word in everything}
        assert len(gains) == 1  # all are divided by the same share


@pytest.mark.parametrize("text", ["", " ", "\n", "Hello ", "Hello. ", "th", "99 ", "\ud800 ", "😀", "\u200b"])
def test_there_is_always_an_answer(engine, text):
    assert words(engine, text)


def test_no_word_fits_a_prefix_that_none_begins_with(engine):
    assert words(engine, "xqz") == []
    assert words(engine, "ж") == []


def test_a_word_that_is_complete_is_not_offered(engine):
    assert "the" not in [word.casefold() for word in words(engine, "of the", 50)]
    assert "their" in words(engine, "of the", 50)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Lo", "London"),
        ("to lo", "London"),
        ("to LO", "LONDON"),
        ("ip", "iPhone"),
        ("the na", "NASA"),
        ("He can't. Don", "Don't"),
        ("to don", "don't"),
        ("to don’", "don’t"),
        ("of ber", "Berlin"),
        ("of zeb", "zebra"),
    ],
)
def test_words_come_in_the_case_of_their_place(engine, text, offered):
    assert offered in words(engine, text)


def test_i_is_offered_large(engine):
    inside = words(engine, "that is what ", 100)
    assert "I" in inside
    assert "i" not in inside


def test_a_sentence_start_is_capitalised(engine):
    for text in ("", "It is. ", "It is\n", "Is it? "):
        for word in words(engine, text, 200):
            assert word[0].isupper() or word == "iPhone"


def test_capitals_go_on(engine):
    assert all(word.isupper() for word in words(engine, "WHAT IS "))


def test_marks_and_numbers_are_never_offered(asked):
    offered = [word for context in probes(12) for word, _ in answers(asked, [context], 200)[0]]
    assert all(word[0].isalpha() for word in offered)


def test_every_word_is_offered_once_its_letters_are_typed(engine):
    for word in (*WORDS, *LEXICON):
        if len(word) > 1:
            assert word.casefold() in [one.casefold() for one in words(engine, "of " + word[:-1], 50)]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(engine, limit):
    with pytest.raises(EngineError):
        engine.predictor.predict_one(Context("to "), limit)


def test_an_answer_names_its_question_and_the_version(engine):
    context = Context.before_caret("to t")
    first = engine.predictor.predict_one(context)
    assert first.context == context
    engine.learner.learn_one(typed("to ", "Zorbly"))
    assert engine.predictor.predict_one(context).model_version > first.model_version


def test_the_network_knows_punctuation(engine):
    p = engine.predictor.network_probabilities(Context.before_caret("I am happy"))
    assert p.sum() == pytest.approx(1.0, abs=1e-5)
    assert p[2:6].min() > 0.0


@pytest.mark.parametrize("limit", [0, -3])
def test_to_ask_for_no_suggestion_is_an_error_that_says_so(asked, limit):
    with pytest.raises(EngineError, match=f"{limit} suggestions were asked for"):
        asked.predictor.predict_one(Context.before_caret("t"), limit)
