from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from engine.model.background import decode_shares, pack
from engine.training.background import DISCOUNT, HeldOut, count_ngrams, weigh
from engine.training.mixture import Mixture

RNG = np.random.default_rng(7)
TEXT = RNG.integers(0, 6, 400_000).astype(np.uint16)


def test_counts_are_those_of_a_plain_count():
    mixture = Mixture({"text": TEXT}, {"text": 2.0})
    part = mixture.training_part("text").tolist()
    wanted = Counter(zip(part, part[1:], part[2:], strict=False))
    totals = Counter(pairwise(part[:-1]))
    table = count_ngrams(mixture, 2, min_count=3_700)
    found = {}
    for at, context in enumerate(table.contexts.tolist()):
        span = slice(table.starts[at], table.starts[at + 1])
        for word, share in zip(table.words[span].tolist(), decode_shares(table.codes[span]), strict=True):
            found[(context >> 16, context & 0xFFFF, word)] = share
    assert found.keys() == {gram for gram, n in wanted.items() if 2 * n >= 3_700 and gram[2] != 0}
    for (before, last, word), share in found.items():
        expected = (2 * wanted[before, last, word] - DISCOUNT) / (2 * totals[before, last])
        assert share == pytest.approx(expected, rel=0.04)


def test_a_collocation_that_the_network_misses_gets_weight_and_helps():
    text = TEXT.copy()
    text[2::10], text[3::10], text[4::10] = 7, 8, 9  # 7 8 is always followed by 9
    mixture = Mixture({"text": text}, {})
    held_out = mixture.held_out()[None, :]
    flat = HeldOut(held_out, np.full((1, held_out.shape[1] - 1), 0.1))
    background, before, after = weigh({2: count_ngrams(mixture, 2, 5)}, flat)
    assert after < before - 0.1
    p = np.full(10, 0.1, np.float32)
    assert background.mix([1, 7, 8], p)[9] > 0.5


def test_what_the_network_knows_better_gets_no_weight():
    mixture = Mixture({"text": TEXT}, {})
    held_out = mixture.held_out()[None, :]
    perfect = HeldOut(held_out, np.full((1, held_out.shape[1] - 1), 0.999))
    background, before, after = weigh({2: count_ngrams(mixture, 2, 5)}, perfect)
    assert not background.tables[2].weights.any()
    assert after == pytest.approx(before)


def test_contexts_are_packed_with_the_last_token_lowest():
    assert pack((1, 2)) == (1 << 16) + 2
