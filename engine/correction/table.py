"""All words as letters laid end to end, and the search in them for what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.correction import kernels
from engine.correction.error_model import APOSTROPHE, N_CODES, OTHER, SlipCosts, encode, slip_costs

_MOST_FOUND = 4_096
_WORDS_AT_ONCE = 4_096
"""To sort the letters of all words at once would take as much memory as half of the network."""
_SHORTEST_WITH_TWO_SLIPS = 6
"""Letters; in shorter words two slips leave too little to go by."""
_MOST_COST_OF_ONE, _MOST_COST_OF_TWO = 12.0, 19.0
"""Nats; the second leaves out only pairs of the rarest slips."""

Codes = NDArray[np.uint8]
Lengths = NDArray[np.int32]
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
        parts = [_lay_out(tokens[at : at + _WORDS_AT_ONCE]) for at in range(0, len(tokens) or 1, _WORDS_AT_ONCE)]
        self._codes = np.concatenate([codes for codes, _, _ in parts])
        self._starts = _starts_of(np.concatenate([lengths for _, lengths, _ in parts]))
        self._signatures = np.concatenate([signatures for _, _, signatures in parts])
        self._costs: SlipCosts = slip_costs()

    def __len__(self) -> int:
        return self._signatures.size

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


def warm_up_search() -> None:
    """Compile or load the kernels of the search, so that the first word does not pay for it."""
    SpellingTable(("the",)).near("teh")


def _lay_out(tokens: Sequence[str]) -> tuple[Codes, Lengths, Signatures]:
    """Return the letters of words end to end, how many each has, and what each has of them."""
    codes = _codes_of(np.frombuffer("".join(tokens).encode("utf-32-le", "replace"), np.uint32))
    lengths = np.fromiter(map(len, tokens), np.int32, len(tokens))
    return codes, lengths, signatures_of(codes, _starts_of(lengths))


def _starts_of(lengths: Lengths) -> NDArray[np.int32]:
    """Return where each word begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)])


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
