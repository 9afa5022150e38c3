from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CheckpointError
from engine.model.background import (
    LEAST_SHARE,
    N_WEIGHTS,
    Background,
    decode_shares,
    encode_shares,
    pack,
    read_background,
)
from engine.model.checkpoint import read_model
from tests.tiny_model import FORMS, tiny_background

N_ROWS = len(FORMS)
THE, OF, AND, OTHER = (FORMS.index(word) for word in ("the", "of", "and", "other"))


def network():
    p = np.random.default_rng(1).random(N_ROWS).astype(np.float32)
    return p / p.sum()


@given(st.lists(st.floats(LEAST_SHARE, 1.0), min_size=1, max_size=20))
def test_a_share_comes_back_a_little_smaller_at_most(shares):
    shares = np.array(shares)
    decoded = decode_shares(encode_shares(shares))
    assert (decoded <= shares * 1.0001).all()
    assert (decoded >= shares * 0.966).all()


@pytest.mark.parametrize(
    "rows", [[THE, OF], [OTHER, OF, AND], [THE, OF, AND], [OTHER, OTHER], [OF], [1 << 20, THE, OF]]
)
def test_a_mixture_adds_up_to_one_and_leaves_the_network_alone(rows):
    p = network()
    mixed = tiny_background().mix(rows, p)
    assert mixed.sum() == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_array_equal(p, network())


def test_the_mixture_is_the_formula_worked_out_by_hand():
    p, tables = network(), tiny_background().tables
    expected = p.astype(np.float64)
    for table, shares in ((tables[2], {THE: 0.9}), (tables[3], {OF: 0.7})):
        weight = table.weights[table.totals[-1]]
        expected *= 1.0 - weight * sum(shares.values())
        for row, share in shares.items():
            expected[row] += weight * share
    np.testing.assert_allclose(tiny_background().mix([THE, OF, AND], p), expected, rtol=0.04)


def test_words_after_a_known_context_become_likelier():
    p = network()
    mixed = tiny_background().mix([OTHER, THE, OF], p)
    assert mixed[AND] > p[AND]
    assert mixed[OTHER] < p[OTHER]


@pytest.mark.parametrize("rows", [[OF], [OTHER, OTHER], [THE, 1 << 16], [1 << 20, 1 << 40]])
def test_an_unknown_context_changes_nothing(rows):
    assert tiny_background().mix(rows, p := network()) is p


def test_no_tables_change_nothing():
    assert Background().mix([THE, OF], p := network()) is p


def test_what_is_written_is_read(tiny_model):
    read, written = read_model(tiny_model).background, tiny_background()
    assert read.tables.keys() == written.tables.keys()
    for name, array in written.tensors().items():
        np.testing.assert_array_equal(read.tensors()[name], array)


def changed(table, **arrays):
    """Return the tensors of one table with some arrays changed."""
    return {f"2.{name}": array for name, array in dataclasses.replace(table, **arrays).tensors().items()}


@pytest.mark.parametrize(
    "arrays",
    [
        {"contexts": np.array([pack((OF, AND)), pack((THE, OF))], np.uint64)},
        {"contexts": np.array([5], np.uint64)},
        {"contexts": np.array([5, 6], np.int64)},
        {"starts": np.array([0, 3, 3], np.int32)},
        {"starts": np.array([1, 2, 3], np.int32)},
        {"starts": np.array([0, 2, 9], np.int32)},
        {"words": np.array([AND, THE, THE], np.uint16)},
        {"words": np.array([THE, N_ROWS, THE], np.uint16)},
        {"codes": np.zeros(3, np.uint8)},
        {"totals": np.array([3, N_WEIGHTS], np.uint8)},
        {"weights": np.full(N_WEIGHTS, 1.5, np.float32)},
        {"weights": np.full(N_WEIGHTS, np.nan, np.float32)},
        {"weights": np.zeros(3, np.float32)},
    ],
)
def test_tables_that_contradict_themselves_are_refused(arrays):
    table = tiny_background().tables[2]
    if table.words[0] > table.words[1]:
        pytest.fail("the words of the tiny table must ascend")
    read_background(changed(table), N_ROWS)
    with pytest.raises(CheckpointError):
        read_background(changed(table, **arrays), N_ROWS)


def test_a_context_longer_than_a_number_holds_is_refused():
    tensors = {name.replace("2.", "4."): array for name, array in changed(tiny_background().tables[2]).items()}
    with pytest.raises(CheckpointError):
        read_background(tensors, N_ROWS)


def test_what_was_looked_up_is_let_go_now_and_then_and_found_again():
    tables, gone = tiny_background().tables, []
    background, kept = Background(tables, lambda: gone.append(True)), Background(tables)
    for _ in range(100):
        np.testing.assert_array_equal(background.mix([THE, OF], network()), kept.mix([THE, OF], network()))
    assert 0 < len(gone) < 100
