"""A phrase among the suggestions: it takes a word's place where it promises to save more."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from engine import CommitSource, Context, SuggestionKind, open_engine
from engine.text.tokenizer import is_word
from tests.tiny_model import probes, random_text, stream, typed, write_again

SENTENCE = "zebra can be tunnel theory"


@pytest.fixture(scope="module")
def asked(tiny_model):
    """Return an engine that is only asked, and has learned from somebody."""
    with open_engine(None, model=tiny_model) as engine:
        for commit in stream(11, 300):
            engine.learner.learn_one(commit)
        yield engine


def items_at(engine, text, limit=3):
    return engine.predictor.predict_one(Context.before_caret(text), limit).items


def phrases_among(items):
    return [item.text for item in items if item.kind is SuggestionKind.PHRASE]


def with_and_without(engine, limit=3):
    """Yield the suggestions at many places where a phrase is among them, and those without it."""
    rng = random.Random(4)
    contexts = [*probes(30, 400), *(Context.before_caret(random_text(rng, 20)) for _ in range(300))]
    n_phrases = 0
    for context in contexts:
        items = engine.predictor.predict_one(context, limit).items
        plain = engine.predictor.predict_one(replace(context, phrases=False), limit).items
        assert not phrases_among(plain)
        if phrases_among(items):
            n_phrases += 1
            yield items, plain
        else:
            assert items == plain
    assert n_phrases > 10


def test_two_words_that_the_user_writes_one_after_the_other_are_offered_together(engine):
    left = write_again(engine, SENTENCE)
    assert phrases_among(items_at(engine, left + "Z")) == ["Zebra can"]


def test_a_phrase_begins_with_the_first_suggestion_and_has_one_word_more(asked):
    for items, _ in with_and_without(asked):
        (phrase,) = phrases_among(items)
        first, second = phrase.split(" ")
        assert first == items[0].text
        assert is_word(second)


def test_a_phrase_costs_the_least_likely_word_its_place_and_no_other(asked):
    for items, plain in with_and_without(asked):
        words = [item for item in items if item.kind is not SuggestionKind.PHRASE]
        assert tuple(words) == plain[: len(words)]
        assert len(words) == min(len(plain), 2)


def test_a_phrase_is_shown_only_where_it_is_much_likelier_than_the_word_whose_place_it_takes(asked):
    for items, plain in with_and_without(asked):
        p = next(math.exp(item.log_prob) for item in items if item.kind is SuggestionKind.PHRASE)
        assert p <= math.exp(items[0].log_prob)
        assert p > 0.05
        if len(plain) == 3:
            assert p > 2.0 * math.exp(plain[2].log_prob)


def test_one_slot_alone_holds_a_word(asked):
    for context in probes(31):
        assert not phrases_among(asked.predictor.predict_one(context, 1).items)


def test_blocked_words_stand_in_no_phrase(engine):
    left = write_again(engine, SENTENCE)
    engine.predictor.block(frozenset({"can"}))
    assert "Zebra can" not in phrases_among(items_at(engine, left + "Z"))


def test_a_phrase_that_is_taken_is_learned_word_by_word(engine):
    left = write_again(engine, SENTENCE)
    place = Context.before_caret(left)
    taken = replace(typed(left, "zebra can", ["zebra", "zebra can"], CommitSource.ACCEPTED), context=place)
    assert engine.learner.learn_one(taken).word == "zebra can"


def test_after_capitals_a_phrase_stands_in_capitals(engine):
    write_again(engine, SENTENCE)
    (phrase,) = phrases_among(items_at(engine, "TUNNEL THEORY ZE"))
    assert phrase.startswith("ZEBRA ")
    assert phrase.isupper()


def test_what_is_read_from_a_file_meets_no_phrase(engine):
    write_again(engine, SENTENCE)
    steps = engine.predictor._continuations
    before = len(steps._followings)
    reading = engine.read_text(" ".join([SENTENCE] * 3))
    while not reading.is_done:
        reading.go_on()
    assert len(steps._followings) <= before
