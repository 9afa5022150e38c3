from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.continuous_cache import Recall
from engine.model.interpolation import InterpolationWeights, bucket_name, bucket_of, bucket_of_recall
from engine.model.ngrams import Match

MATCHES = st.builds(Match, st.integers(0, 2), st.integers(1, 10_000))
RECALLS = st.builds(Recall, st.none(), st.none(), st.floats(-40.0, 40.0))
BUCKETS = MATCHES.map(bucket_of) | RECALLS.map(bucket_of_recall)
P = st.floats(0.0, 1.0)


@given(BUCKETS, st.lists(st.tuples(P, P), max_size=60))
def test_a_weight_stays_between_0_and_1(bucket, told):
    weights = InterpolationWeights()
    for p_rest, p_part in told:
        weights.update(bucket, p_rest, p_part)
        assert 0.0 <= weights.weight(bucket) <= 1.0


@given(BUCKETS)
def test_a_weight_follows_whichever_foretells_better(bucket):
    for_part, for_rest = InterpolationWeights(), InterpolationWeights()
    first = for_part.weight(bucket)
    for _ in range(200):
        for_part.update(bucket, 0.001, 0.5)
        for_rest.update(bucket, 0.5, 0.001)
    assert for_rest.weight(bucket) < first < 0.8 < for_part.weight(bucket)


def test_the_better_a_context_is_known_the_more_its_counts_weigh_at_first():
    weights = InterpolationWeights()
    first = [weights.weight(bucket_of(Match(order, 5))) for order in range(3)]
    assert 0.0 < first[0] < first[1] < first[2] < 1.0


def test_one_bucket_says_nothing_of_another():
    weights = InterpolationWeights()
    other = weights.weight((1, 1))
    for _ in range(50):
        weights.update((2, 1), 0.1, 0.9)
    assert weights.weight((1, 1)) == other


@pytest.mark.parametrize(("few", "many", "same"), [(1, 2, True), (1, 3, False), (63, 10_000, True), (7, 14, True)])
def test_buckets_double_in_size_and_end(few, many, same):
    assert (bucket_of(Match(2, few)) == bucket_of(Match(2, many))) is same


def test_a_word_that_neither_foretells_changes_nothing_and_can_be_stored():
    weights, bucket = InterpolationWeights(), (1, 2)
    weights.update(bucket, 0.0, 0.0)
    assert weights.state_of(bucket_name(bucket)) == (weights.weight(bucket), 0.0)


def test_no_part_has_all_whatever_was_stored():
    weights, bucket = InterpolationWeights(), (1, 2)
    weights.restore({bucket_name(bucket): (1.0, 3.0)})
    assert weights.weight(bucket) < 1.0


@given(st.lists(st.tuples(BUCKETS, P, P), max_size=40))
def test_weights_that_were_stored_are_the_same(told):
    weights, again = InterpolationWeights(), InterpolationWeights()
    for bucket, p_rest, p_part in told:
        weights.update(bucket, p_rest, p_part)
    again.restore({bucket_name(bucket): weights.state_of(bucket_name(bucket)) for bucket, _, _ in told})
    for bucket, _, _ in told:
        assert again.weight(bucket) == weights.weight(bucket)
        again.update(bucket, 0.2, 0.3)
        weights.update(bucket, 0.2, 0.3)
        assert again.weight(bucket) == weights.weight(bucket)
