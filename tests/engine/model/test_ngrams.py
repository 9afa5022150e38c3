from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.ngrams import DISCOUNT, Match, NgramCounts, Trigram

ROWS = st.integers(0, 5)
TRIGRAMS = st.lists(st.tuples(ROWS, ROWS, ROWS, st.integers(1, 3)), max_size=40)
N_ROWS = 8


def counted(trigrams):
    counts = NgramCounts()
    for before, last, word, times in trigrams:
        counts.add(Trigram(before, last, word), times)
    return counts


def slow_probability(trigrams, before, last, word):
    """Interpolated Kneser-Ney from the equations: Chen and Goodman 1999, equation 20, in kinds of contexts."""
    seen = defaultdict(int)
    for u, v, w, times in trigrams:
        seen[u, v, w] += times

    def level(counts, lower):
        total = sum(counts.values())
        if not total:
            return lower
        return (max(counts.get(word, 0) - DISCOUNT, 0) + DISCOUNT * len(counts) * lower) / total

    pairs = {(v, w) for _, v, w in seen}
    words = defaultdict(int)
    for _, w in pairs:
        words[w] += 1
    after_last = defaultdict(int)
    for _, v, w in seen:
        after_last[w] += v == last
    after_last = {w: n for w, n in after_last.items() if n}
    after_both = {w: n for (u, v, w), n in seen.items() if (u, v) == (before, last)}
    return level(after_both, level(after_last, level(words, 0.0)))


@given(TRIGRAMS, ROWS, ROWS)
def test_probabilities_are_those_of_the_equations(trigrams, before, last):
    counts = counted(trigrams)
    for word in range(N_ROWS):
        expected = slow_probability(trigrams, before, last, word)
        assert counts.probability(Trigram(before, last, word)) == pytest.approx(expected)


@given(TRIGRAMS, ROWS, ROWS)
def test_all_rows_at_once_are_the_same_as_one_by_one(trigrams, before, last):
    counts = counted(trigrams)
    p = counts.probabilities(before, last, N_ROWS)
    one_by_one = [counts.probability(Trigram(before, last, word)) for word in range(N_ROWS)]
    np.testing.assert_allclose(p, one_by_one, rtol=1e-5, atol=1e-7)
    assert p.min() >= 0.0
    assert p.sum() <= 1.0 + 1e-6
    assert counts.mass(before, last) == pytest.approx(float(p.sum()), abs=1e-5)


@given(trigrams=TRIGRAMS, asked=st.lists(st.tuples(ROWS, ROWS), max_size=40), removed=st.sets(st.integers(0, 39)))
def test_what_was_asked_before_changes_no_answer(trigrams, asked, removed):
    counts, left = NgramCounts(), []
    for number, (*trigram, times) in enumerate(trigrams):
        counts.add(Trigram(*trigram), times)
        if number in removed:
            counts.remove(Trigram(*trigram), times)
        else:
            left.append((*trigram, times))
        for before, last in asked[number : number + 1]:
            fresh = counted(left).probabilities(before, last, N_ROWS)
            np.testing.assert_allclose(counts.probabilities(before, last, N_ROWS), fresh, rtol=1e-6)


@given(TRIGRAMS, st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_matter(trigrams, rng):
    singly = [(u, v, w, 1) for u, v, w, times in trigrams for _ in range(times)]
    shuffled = rng.sample(singly, len(singly))
    one, two = counted(trigrams), counted(shuffled)
    assert dict(one) == dict(two)
    for before in range(6):
        for last in range(6):
            assert one.match(before, last) == two.match(before, last)
            np.testing.assert_array_equal(
                one.probabilities(before, last, N_ROWS), two.probabilities(before, last, N_ROWS)
            )


@given(TRIGRAMS)
def test_what_is_listed_can_be_counted_again(trigrams):
    counts = counted(trigrams)
    again = counted([(*trigram, times) for trigram, times in counts])
    assert dict(again) == dict(counts)


@given(TRIGRAMS, ROWS)
def test_the_kinds_before_many_words_are_those_before_each(trigrams, forgotten):
    counts, words = counted(trigrams), np.array([3, 0, 5, 2_000, 1])
    for _ in range(2):
        assert counts.kinds_before(words).tolist() == [counts.n_kinds_before(word) for word in words.tolist()]
        counts.forget({forgotten})


def test_nothing_counted_is_nothing_foretold():
    counts = NgramCounts()
    assert counts.match(1, 2) == Match(0, 0)
    assert counts.probability(Trigram(1, 2, 3)) == 0.0
    assert not counts.probabilities(1, 2, 4).any()
    assert counts.mass(1, 2) == 0.0


def test_a_context_is_matched_as_far_back_as_it_is_known():
    counts = counted([(1, 2, 3, 2), (1, 2, 4, 1), (5, 2, 3, 1)])
    assert counts.match(1, 2) == Match(2, 3)
    assert counts.match(9, 2) == Match(1, 3)  # three kinds: (1, 3), (1, 4), (5, 3)
    assert counts.match(9, 9) == Match(0, 2)


def test_every_addition_is_a_new_version():
    counts = NgramCounts()
    versions = [counts.version]
    for word in (3, 3, 4):
        counts.add(Trigram(1, 2, word))
        versions.append(counts.version)
    assert len(set(versions)) == 4


def test_a_word_that_is_repeated_gets_ahead():
    rng = random.Random(1)
    trigrams = [(rng.randrange(6), 2, rng.randrange(6), 1) for _ in range(30)]
    counts = counted([*trigrams, (1, 2, 5, 40)])
    p = counts.probabilities(1, 2, N_ROWS)
    assert p.argmax() == 5
