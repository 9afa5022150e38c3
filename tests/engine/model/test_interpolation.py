from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.interpolation import InterpolationWeights, bucket_name, bucket_of
from engine.model.ngrams import Match

MATCHES = st.builds(Match, st.integers(0, 2), st.integers(1, 10_000))
P = st.floats(0.0, 1.0)


@given(MATCHES, st.lists(st.tuples(P, P), max_size=60))
def test_a_weight_stays_between_0_and_1(match, told):
    weights = InterpolationWeights()
    for p_network, p_counts in told:
        weights.update(match, p_network, p_counts)
        assert 0.0 <= weights.weight(match) <= 1.0


@given(MATCHES)
def test_a_weight_follows_whichever_foretells_better(match):
    for_counts, for_network = InterpolationWeights(), InterpolationWeights()
    first = for_counts.weight(match)
    for _ in range(200):
        for_counts.update(match, 0.001, 0.5)
        for_network.update(match, 0.5, 0.001)
    assert for_network.weight(match) < first < 0.8 < for_counts.weight(match)


def test_the_better_a_context_is_known_the_more_its_counts_weigh_at_first():
    weights = InterpolationWeights()
    first = [weights.weight(Match(order, 5)) for order in range(3)]
    assert 0.0 < first[0] < first[1] < first[2] < 1.0


def test_one_bucket_says_nothing_of_another():
    weights = InterpolationWeights()
    other = weights.weight(Match(1, 1))
    for _ in range(50):
        weights.update(Match(2, 1), 0.1, 0.9)
    assert weights.weight(Match(1, 1)) == other


@pytest.mark.parametrize(("few", "many", "same"), [(1, 2, True), (1, 3, False), (63, 10_000, True), (7, 14, True)])
def test_buckets_double_in_size_and_end(few, many, same):
    assert (bucket_of(Match(2, few)) == bucket_of(Match(2, many))) is same


def test_a_word_that_neither_foretells_changes_nothing_and_can_be_stored():
    weights, match = InterpolationWeights(), Match(1, 4)
    weights.update(match, 0.0, 0.0)
    assert weights.state_of(bucket_name(match)) == (weights.weight(match), 0.0)


@given(st.lists(st.tuples(MATCHES, P, P), max_size=40))
def test_weights_that_were_stored_are_the_same(told):
    weights, again = InterpolationWeights(), InterpolationWeights()
    for match, p_network, p_counts in told:
        weights.update(match, p_network, p_counts)
    again.restore({bucket_name(match): weights.state_of(bucket_name(match)) for match, _, _ in told})
    for match, _, _ in told:
        assert again.weight(match) == weights.weight(match)
        again.update(match, 0.2, 0.3)
        weights.update(match, 0.2, 0.3)
        assert again.weight(match) == weights.weight(match)
