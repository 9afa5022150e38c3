from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import continuous_cache
from engine.model.continuous_cache import ContinuousCache, code_of

D = 6
SHARPNESS, HALF_LIFE = 18.0, 1_000.0


@pytest.fixture(autouse=True)
def few_words(monkeypatch):
    """Let a cache be full soon."""
    monkeypatch.setattr(continuous_cache, "KEPT_WORDS", 5)


def places(n, seed=1):
    return np.random.default_rng(seed).normal(size=(n, D)).astype(np.float32)


def filled(rows, Z):
    cache = ContinuousCache(D)
    for row, z in zip(rows, Z, strict=True):
        cache.add(row, code_of(z))
    return cache


def reference(rows, Z, z):
    """Return what Grave et al. write down, equation 3, with cosines and fading, for words of which all are kept."""
    p = np.zeros(10)
    for age, (row, other) in enumerate(zip(rows[::-1], Z[::-1], strict=True)):
        cosine = z @ other / np.linalg.norm(z) / np.linalg.norm(other)
        p[row] += np.exp(SHARPNESS * cosine) * 0.5 ** (age / HALF_LIFE)
    return p / p.sum(), np.log(p.sum())


@given(st.integers(1, 5), st.integers(0, 1_000))
def test_it_says_what_the_paper_does_as_far_as_8_bit_go(n, seed):
    Z, z = places(n, seed), places(1, seed + 1)[0]
    rows = np.random.default_rng(seed).integers(0, 10, n)
    recall = filled(rows, Z).recall(z)
    p = np.zeros(10, np.float32)
    recall.add_to(p, 0.5)
    expected, evidence = reference(rows, Z, z)
    np.testing.assert_allclose(2.0 * p, expected, atol=0.03)
    assert recall.evidence == pytest.approx(evidence, abs=0.15)
    assert [recall.probability(row) for row in range(10)] == pytest.approx((2.0 * p).tolist(), abs=1e-6)


def test_where_nothing_was_written_nothing_is_recalled():
    assert ContinuousCache(D).recall(places(1)[0]) is None
    assert filled([3], places(1)).recall(np.zeros(D, np.float32)) is None
    assert filled([3], places(1)).recall(np.full(D, np.nan, np.float32)) is None


def test_a_place_like_one_before_brings_its_word_back():
    Z = places(4)
    recall = filled([1, 2, 3, 4], Z).recall(7.0 * Z[2])
    assert max(range(10), key=recall.probability) == 3


def test_of_like_places_the_later_weighs_more():
    z = places(1)[0]
    recall = filled([1, 2], np.stack([z, z])).recall(z)
    assert recall.probability(2) > recall.probability(1) > 0.49


@given(st.integers(0, 40))
def test_only_the_latest_words_are_remembered(n):
    Z, rows = places(n), list(range(n))
    cache, latest = filled(rows, Z), filled(rows[-5:], Z[n - min(n, 5) :])
    assert len(cache) == len(latest) == min(n, 5)
    recall, expected = cache.recall(places(1, 9)[0]), latest.recall(places(1, 9)[0])
    if n:
        assert recall.rows.tolist() == expected.rows.tolist() == rows[-5:]
        np.testing.assert_array_equal(recall.shares, expected.shares)


@given(st.integers(1, 40))
def test_the_last_word_can_be_taken_back_even_from_a_full_cache(n):
    Z = places(n)
    cache, before = filled(range(n), Z), filled(range(n - 1), Z[: n - 1])
    cache.take_back()
    recall, expected = cache.recall(Z[0]), before.recall(Z[0])
    assert (recall is None) == (expected is None) == (n == 1)
    if n > 1:
        assert recall.rows.tolist() == expected.rows.tolist()
        np.testing.assert_array_equal(recall.shares, expected.shares)


def test_a_forgotten_word_is_nowhere_and_no_older_one_comes_in_its_place():
    cache = filled([1, 2, 3, 2, 4, 2, 5], places(7))
    cache.forget(2)
    assert cache.recall(places(1)[0]).rows.tolist() == [3, 4, 5]


def test_an_answer_stays_as_it_was_when_words_come_and_go():
    cache = filled(range(10), places(10))
    recall = cache.recall(places(1)[0])
    before = recall.rows.tolist()
    for row, z in enumerate(places(20, 3)):
        cache.add(90 + row, code_of(z))
        cache.forget(95)
    assert recall.rows.tolist() == before


def test_what_was_stored_is_recalled_to_the_last_bit():
    rows, Z = np.arange(8), places(8)
    cache, again = filled(rows, Z), ContinuousCache(D)
    again.restore(rows, np.stack([code_of(z) for z in Z]))
    recall, same = cache.recall(Z[1]), again.recall(Z[1])
    assert recall.rows.tolist() == same.rows.tolist()
    np.testing.assert_array_equal(recall.shares, same.shares)
    again.restore(np.zeros(0, np.int64), np.zeros((0, D), np.int8))
    assert len(again) == 5


def test_every_change_is_counted():
    cache = ContinuousCache(D)
    versions = [cache.version]
    for change in (lambda: cache.add(1, code_of(places(1)[0])), cache.take_back, lambda: cache.forget(1)):
        change()
        versions.append(cache.version)
    assert len(set(versions)) == len(versions)
