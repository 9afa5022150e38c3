from __future__ import annotations

import numpy as np
import pytest

from engine.learning.row_rates import RowRates

MOST, OWN = 8.0, 3.0
COUNTS = [900_000, 96_000, 2_000, 999, 1, 1]


def rates(counts, most):
    return RowRates(np.array(counts) / sum(counts), most, OWN)


def factors(*rows):
    return rates(COUNTS, MOST).of(np.array(rows)).tolist()


def test_common_words_are_moved_by_the_plain_rate():
    assert factors(0, 1, 2) == [1.0, 1.0, 1.0]


def test_a_word_a_hundredth_as_common_is_moved_ten_times_as_far_within_the_bound():
    counts = [999_890, 100, 10]
    assert rates(counts, 100.0).of(np.array([1, 2])).tolist() == pytest.approx([10**0.5, 10.0])
    assert rates(counts, MOST).of(np.array([1, 2])).tolist() == pytest.approx([10**0.5, MOST])


def test_the_rarest_words_are_moved_as_far_as_the_bound_allows():
    assert factors(4) == factors(5) == [MOST]


def test_the_words_of_a_user_have_a_factor_of_their_own():
    assert factors(len(COUNTS), 0, len(COUNTS) + 500) == [OWN, 1.0, OWN]
