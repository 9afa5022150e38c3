"""All words as letters laid end to end, and the search in them for what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.correction import kernels
from engine.correction.error_model import APOSTROPHE, N_CODES, OTHER, SlipCosts, encode, slip_costs

_MOST_FOUND = 4_096
_SHORTEST_WITH_TWO_SLIPS = 6
"""Letters; in shorter words two slips leave too little to go by."""
_MOST_COST_OF_ONE, _MOST_COST_OF_TWO = 12.0, 19.0
"""Nats; the second leaves out only pairs of the rarest slips."""

Codes = NDArray[np.uint8]
Signatures = NDArray[np.uint64]


class Near(NamedTuple):
    """Words near to what was typed."""

    words: NDArray[np.int32]
    """(n,) positions in the table."""
    costs: NDArray[np.float32]
    """(n,) minus the log of the probability that the word comes out as it was typed."""


class SpellingTable:
    """Words by their letters: 12 bytes and a byte a letter each, and no index: one look takes a millisecond or two."""

    def __init__(self, tokens: Sequence[str]) -> None:
        """Lay out folded words; an empty one is found by nobody."""
        letters = np.frombuffer("".join(tokens).encode("utf-32-le", "replace"), np.uint32)
        lengths = np.fromiter(map(len, tokens), np.int32, len(tokens))
        self._codes = _codes_of(letters)
        self._starts = np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)])
        self._signatures = signatures_of(self._codes, self._starts)
        self._costs: SlipCosts = slip_costs()

    def __len__(self) -> int:
        return self._signatures.size

    @cached_property
    def _trigrams(self) -> NDArray[np.float32]:
        return _letter_costs(self._codes, self._starts)

    def near(self, word: str) -> Near:
        """Return the words that one slip, or two in a long word, turn into a folded word; itself among them."""
        typed = encode(word)
        two = len(word) >= _SHORTEST_WITH_TWO_SLIPS
        most = np.float32(_MOST_COST_OF_TWO if two else _MOST_COST_OF_ONE)
        found, costs = np.empty(_MOST_FOUND, np.int32), np.empty(_MOST_FOUND, np.float32)
        signature = signatures_of(typed, np.array([0, typed.size], np.int32))[0]
        n = kernels.search(
            typed, signature, 2 if two else 1, self._codes, self._starts, self._signatures, *self._costs, most,
            found, costs,
        )  # fmt: skip
        return Near(found[:n], costs[:n])

    def letters_cost(self, word: str) -> float:
        """Return minus the log probability of a word's letters: how little it looks like any word of the table."""
        padded = np.concatenate([_EDGES, encode(word).astype(np.int64), _EDGES[:1]])
        return float(self._trigrams[padded[:-2], padded[1:-1], padded[2:]].sum())


_EDGES = np.array([N_CODES, N_CODES], np.int64)
"""Stand before the first letter, and one of them behind the last."""


def _codes_of(letters: NDArray[np.uint32]) -> Codes:
    codes = np.full(letters.size, OTHER, np.uint8)
    plain = (letters >= ord("a")) & (letters <= ord("z"))
    codes[plain] = (letters[plain] - ord("a")).astype(np.uint8)
    codes[letters == ord("'")] = APOSTROPHE
    return codes


def signatures_of(codes: Codes, starts: NDArray[np.int32]) -> Signatures:
    """Return for each word the letters that it has, in the low bits, and those that it has twice, above; (W,)."""
    n_words = starts.size - 1
    word_of = np.repeat(np.arange(n_words, dtype=np.int32), np.diff(starts))
    pairs, counts = np.unique(word_of * np.int32(N_CODES) + codes, return_counts=True)
    words, letters = np.divmod(pairs, N_CODES)
    bits = np.left_shift(np.uint64(1), letters.astype(np.uint64))
    bits |= np.where(counts > 1, np.left_shift(bits, np.uint64(N_CODES)), np.uint64(0))
    signatures = np.zeros(n_words, np.uint64)
    np.bitwise_or.at(signatures, words, bits)
    return signatures


def _letter_costs(codes: Codes, starts: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return minus the log probability of a letter after two, by the words of the table, each once.

    Shape (N_CODES+1, N_CODES+1, N_CODES+1); the last code is the edge of a word. One is added to every count.
    """
    n = N_CODES + 1
    n_words = starts.size - 1
    padded = np.full(codes.size + 3 * n_words, N_CODES, np.int32)
    word_of = np.repeat(np.arange(n_words, dtype=np.int32), np.diff(starts))
    padded[np.arange(codes.size, dtype=np.int32) + np.int32(3) * word_of + np.int32(2)] = codes
    trigrams = (padded[:-2] * np.int32(n) + padded[1:-1]) * np.int32(n) + padded[2:]
    crosses = (padded[1:-1] == N_CODES) & (padded[:-2] != N_CODES)
    trigrams = trigrams[~crosses]
    counts = np.bincount(trigrams, minlength=n**3).reshape(n, n, n).astype(np.float64)
    counts[N_CODES, N_CODES, N_CODES] = 0.0
    counts += 1.0
    return np.asarray(-np.log(counts / counts.sum(axis=2, keepdims=True)), dtype=np.float32)
