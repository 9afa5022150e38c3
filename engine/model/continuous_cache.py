"""What was written lately and where it stood: in a like place the same word is likely to come again.

A continuous cache: Grave, Joulin and Usunier 2017, "Improving neural language models with a continuous cache", arXiv
1612.04426, equation 3. Two things differ: places are compared by the projected state z, brought to length 1, which
foretold words better than the hidden state did, and words fade with their age.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model import cells
from engine.model.parameters import Float32, Int8
from engine.model.quantised import QuantisedMatrix

KEPT_WORDS = 4_096
"""The latest words that are remembered."""
_SHARPNESS = 18.0
"""theta: what a place weighs is exp(theta * cosine)."""
_HALF_LIFE = 1_000.0
"""Words after which one weighs half as much."""

Rows = NDArray[np.int64]


class Recall(NamedTuple):
    """What the latest words say of one place."""

    rows: Rows
    """(N,) the words, oldest first."""
    shares: Float32
    """(N,) how likely each makes itself to come again; they add up to 1."""
    evidence: float
    """Log of the sum of what all of them weigh: how many stood in like places, and how like."""

    def probability(self, row: int) -> float:
        """Return the probability of a word, by its row."""
        return float(self.shares[self.rows == row].sum())

    def add_to(self, p: Float32, weight: float) -> None:
        """Add ``weight`` times the probability of every word to p (n_rows,)."""
        np.add.at(p, self.rows, np.float32(weight) * self.shares)


class ContinuousCache:
    """The latest words with their places in 8 bit. One thread owns it."""

    def __init__(self, n_columns: int) -> None:
        """Remember nothing yet; places have ``n_columns`` numbers."""
        self._rows: Rows = np.zeros(2 * KEPT_WORDS, np.int64)
        self._codes: Int8 = np.zeros((2 * KEPT_WORDS, n_columns), np.int8)
        self._scales: Float32 = np.zeros(2 * KEPT_WORDS, np.float32)
        self._n = 0
        self._fading = (np.arange(1 - KEPT_WORDS, 1) * (math.log(2.0) / _HALF_LIFE)).astype(np.float32)
        self.version = 0
        """Count of changes."""

    def __len__(self) -> int:
        """Count the words that are remembered."""
        return min(self._n, KEPT_WORDS)

    def recall(self, z: Float32) -> Recall | None:
        """Return what the latest words say of the place with the projected state z (D,); None where there are none."""
        latest = slice(self._n - len(self), self._n)
        length = float(np.linalg.norm(z))
        if not self._n or not 0.0 < length < math.inf:
            return None
        places = QuantisedMatrix(self._codes[latest], self._scales[latest])
        weights = places.times(z / np.float32(length), self._fading[KEPT_WORDS - len(self) :])
        evidence = cells.log_sum_exp(weights)
        return Recall(self._rows[latest].copy(), np.exp(weights - np.float32(evidence)), evidence)

    def add(self, row: int, code: Int8) -> None:
        """Remember a word, by its row, at a place whose ``code_of`` is given."""
        if self._n == len(self._rows):
            # With the one that comes, one more stays than is remembered: it may be taken back.
            self._keep(np.arange(self._n - KEPT_WORDS, self._n))
        self._append(np.array([row]), code[None])

    def take_back(self) -> None:
        """Forget the last word."""
        self._n = max(0, self._n - 1)
        self.version += 1

    def forget(self, row: int) -> None:
        """Forget a word wherever it was remembered."""
        latest = np.arange(self._n - len(self), self._n)
        self._keep(latest[self._rows[latest] != row])
        self.version += 1

    def restore(self, rows: Rows, codes: Int8) -> None:
        """Bring back words (N,), oldest first, with the codes of their places (N, D), into an empty cache."""
        self._append(rows[-KEPT_WORDS:], codes[-KEPT_WORDS:])

    def _append(self, rows: Rows, codes: Int8) -> None:
        new = slice(self._n, self._n + rows.size)
        self._rows[new], self._codes[new] = rows, codes
        lengths = np.sqrt(np.square(codes.astype(np.float32)).sum(axis=1))
        self._scales[new] = np.float32(_SHARPNESS) / np.maximum(lengths, np.float32(1.0))  # 0 where all codes are
        self._n = new.stop
        self.version += 1

    def _keep(self, indices: Rows) -> None:
        for table in (self._rows, self._codes, self._scales):
            table[: indices.size] = table[indices]
        self._n = indices.size


def code_of(z: Float32) -> Int8:
    """Return a place in 8 bit, (D,): the direction of its projected state z (D,)."""
    codes, _ = QuantisedMatrix.of(z[None])
    return codes.reshape(-1)
