"""How fingers err."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from engine.correction.error_model import N_CODES, code_of, encode, slip, slip_costs


def test_a_neighbouring_key_is_hit_more_often_than_a_distant_one_and_no_slip_is_free():
    costs = slip_costs()
    t, r, p = code_of("t"), code_of("r"), code_of("p")
    assert costs.substitution[t, r] < costs.substitution[t, p]
    assert costs.insertion[t, t] < costs.insertion[t, p]
    apart = ~np.eye(N_CODES, dtype=bool)
    assert costs.substitution[apart].min() > 0
    assert costs.omission.min() > 0
    assert costs.insertion.min() > 0


def test_an_apostrophe_is_left_out_more_often_than_any_letter():
    costs = slip_costs()
    assert costs.omission.argmin() == code_of("'")


def test_the_slips_that_one_word_can_suffer_are_less_likely_than_none():
    costs = slip_costs()
    typed = [code_of(letter) for letter in "letter"]
    hits = sum(np.exp(-costs.substitution[code, [c for c in range(N_CODES) if c != code]]).sum() for code in typed)
    assert hits < 0.2


@pytest.mark.parametrize("word", ["the", "don't", "letter", "international", "of"])
def test_a_drawn_slip_is_another_word_one_slip_away(word):
    rng = random.Random(4)
    for _ in range(200):
        made = slip(word, rng)
        assert made != word
        assert abs(len(made) - len(word)) <= 1
        assert one_edit_apart(made, word)


def test_the_same_seed_draws_the_same_slips():
    draws = [[slip("keyboard", random.Random(seed)) for _ in range(5)] for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_every_letter_has_a_code_and_foreign_ones_share_one():
    assert encode("az'").tolist() == [0, 25, 26]
    assert encode("éß").tolist() == [27, 27]


def one_edit_apart(one, other):
    """Say the same without any table: delete, insert, replace or swap at every place."""
    letters = set(one) | set(other)
    places = range(len(one) + 1)
    changed = {one[:i] + one[i + 1 :] for i in places}
    changed |= {one[:i] + letter + one[i:] for i, letter in product(places, letters)}
    changed |= {one[:i] + letter + one[i + 1 :] for i, letter in product(places, letters)}
    changed |= {one[:i] + one[i + 1 : i + 2] + one[i : i + 1] + one[i + 2 :] for i in places}
    return other in changed
