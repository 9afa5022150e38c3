from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Context, open_engine
from engine.prediction.calibration import LONGEST_PHRASE, Calibration
from engine.prediction.phrases import PhraseFinder
from engine.text.tokenizer import is_word, tokenize
from tests.tiny_model import answers, probes, random_text, weights_of, write_again

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()), max_size=60)
PREFIXES = ("", "t", "th", "W", "TH", "z", "don", "the", "qux")


@pytest.fixture(scope="module")
def asked(tiny_model):
    """Return an engine that is only asked."""
    with open_engine(None, model=tiny_model) as engine:
        yield engine


@pytest.fixture
def finder(engine):
    """Return what finds phrases by the model's own probabilities."""
    return PhraseFinder(engine.predictor, Calibration())


def test_the_ghost_of_a_word_is_the_first_suggestion(asked):
    finder = PhraseFinder(asked.predictor, Calibration())
    for context in probes(21):
        items = asked.predictor.predict_one(context, 1).items
        ghost = finder.word_for(context)
        if ghost is None:
            assert not items or not items[0].text.casefold().startswith(context.prefix.casefold())
        else:
            assert ghost.text == items[0].text
            assert 0.0 < ghost.probability < 1.0


def test_a_prefix_that_may_be_the_whole_word_makes_a_longer_one_less_likely(engine, finder):
    write_again(engine, "zebra the zebra the")
    unfinished, whole = (finder.word_for(Context.before_caret(f"zebra {prefix}")) for prefix in ("th", "the"))
    assert unfinished.text == "the"
    assert unfinished.probability > 0.3
    assert whole.probability < 0.3


def test_what_the_user_writes_again_and_again_is_offered_as_a_phrase(engine, finder):
    left = write_again(engine, "zebra can be tunnel theory")
    phrase = finder.phrase_for(Context.before_caret(left + "Z"), 0.1)
    assert phrase is not None
    assert phrase.text.startswith("Zebra can")
    assert phrase.is_phrase


def test_a_phrase_begins_with_the_first_suggestion_and_has_two_to_four_words(asked):
    finder = PhraseFinder(asked.predictor, Calibration())
    for context in probes(22):
        phrases = finder.phrases_for(context, 0.0)
        first = finder.word_for(context)
        for n_words, phrase in enumerate(phrases, start=2):
            words = phrase.text.split(" ")
            assert len(words) == n_words <= LONGEST_PHRASE
            assert words[0] == first.text
            assert all(is_word(word) and tokenize(word + " ") == [word] for word in words)


def test_a_longer_phrase_is_never_likelier_than_a_shorter_one(asked):
    finder = PhraseFinder(asked.predictor, Calibration())
    for context in probes(23):
        chances = [ghost.probability for ghost in finder.phrases_for(context, 0.0)]
        assert all(longer <= shorter + 1e-9 for shorter, longer in itertools.pairwise(chances))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT, prefix=st.sampled_from(PREFIXES))
def test_no_text_is_too_strange_for_a_phrase(asked, text, prefix):
    ghost = PhraseFinder(asked.predictor, Calibration()).phrase_for(Context.before_caret(text + prefix), 0.001)
    assert ghost is None or "  " not in ghost.text == ghost.text.strip()


def test_a_threshold_keeps_back_what_is_less_likely(asked):
    finder = PhraseFinder(asked.predictor, Calibration())
    for context in probes(24):
        phrase = finder.phrase_for(context, 0.02)
        assert phrase is None or phrase.probability >= 0.02
        assert finder.phrase_for(context, 1.0) is None


def test_blocked_words_stand_in_no_phrase(engine, finder):
    left = write_again(engine, "zebra can be tunnel theory")
    context = Context.before_caret(left + "Z")
    assert "can" in finder.phrase_for(context, 0.05).text.split()
    engine.predictor.block(frozenset({"can"}))
    assert all("can" not in phrase.text.split() for phrase in finder.phrases_for(context, 0.0))


def test_after_words_in_capitals_a_phrase_goes_on_in_capitals(engine, finder):
    phrases = finder.phrases_for(Context.before_caret("WHAT IS "), 0.0)
    assert phrases
    assert all(phrase.text.isupper() for phrase in phrases)


def test_a_search_that_is_wanted_no_more_ends_at_the_next_step(engine, finder):
    n_asked = itertools.count()
    assert finder.phrase_for(Context.before_caret("the "), 0.0, lambda: next(n_asked) >= 1) is None
    assert next(n_asked) <= 4


def test_finding_a_phrase_changes_nothing(engine, finder):
    before, first = weights_of(engine), answers(engine, probes(25))
    phrases = [finder.phrases_for(context, 0.0) for context in probes(25)]
    assert answers(engine, probes(25)) == first
    assert [finder.phrases_for(context, 0.0) for context in probes(25)] == phrases
    assert all(old.tobytes() == new.tobytes() for old, new in zip(before, weights_of(engine), strict=True))


def test_what_was_learned_since_counts_in_the_next_phrase(engine, finder):
    text = random_text(random.Random(3), 20) + ". "
    before = finder.phrases_for(Context.before_caret(text), 0.0)
    left = write_again(engine, "zebra can be tunnel theory")
    assert finder.phrases_for(Context.before_caret(left), 0.0) != before
    assert finder.phrase_for(Context.before_caret(left + "Z"), 0.05) is not None
