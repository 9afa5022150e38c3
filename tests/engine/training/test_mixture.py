from __future__ import annotations

import numpy as np

from engine.training.mixture import CHUNK_TOKENS, Mixture, windows


def source(first: int, n_chunks: int) -> np.ndarray:
    return np.full(n_chunks * CHUNK_TOKENS, first, dtype=np.uint16)


def test_one_pass_reads_each_source_as_often_as_the_mixture_says():
    mixture = Mixture({"chat": source(1, 40), "law": source(2, 40), "skipped": source(3, 40)},
                      {"chat": 2.0, "law": 0.25, "skipped": 0.0})  # fmt: skip
    stream = mixture.one_pass(np.random.default_rng(0))
    n_chat, n_law = (stream == 1).sum(), (stream == 2).sum()
    assert abs(n_chat / CHUNK_TOKENS - 80) < 1
    assert abs(n_law / CHUNK_TOKENS - 10) < 1.5
    assert (stream == 3).sum() == 0


def test_what_is_held_out_is_never_trained_on():
    ids = np.arange(60_000, dtype=np.uint16)
    mixture = Mixture({"all": ids}, {"all": 3.0})
    held_out = set(mixture.held_out().tolist())
    assert held_out
    assert not held_out & set(mixture.one_pass(np.random.default_rng(0)).tolist())


def test_the_order_of_a_pass_follows_from_its_seed():
    mixture = Mixture({"a": np.arange(50_000, dtype=np.uint16)}, {})
    first, again, other = (mixture.one_pass(np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_windows_hand_over_inputs_with_targets_shifted_by_one_and_go_on_where_they_stopped():
    stream = np.arange(103, dtype=np.uint16)
    found = list(windows(stream, n_streams=2, n_steps=10))
    assert [index for index, _ in found] == [0, 1, 2, 3, 4]
    for index, ids in found:
        assert ids.shape == (11, 2)
        np.testing.assert_array_equal(ids[:, 0], np.arange(10 * index, 10 * index + 11))
        np.testing.assert_array_equal(ids[:, 1], 51 + ids[:, 0])


def test_windows_can_skip_what_an_interrupted_run_has_seen():
    stream = np.arange(103, dtype=np.uint16)
    assert [index for index, _ in windows(stream, 2, 10, first=3)] == [3, 4]
