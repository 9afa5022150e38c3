"""How far an error moves the row of a word in the output table: the rarer the word, the further.

A word that most people hardly use, used once, is likely to come again soon (Church 2000, "Empirical estimates of
adaptation: the chance of two Noriegas is closer to p/2 than p^2"); one use of a common word says next to nothing.
Dynamic evaluation divides each step by the root mean square of the gradients over the training text (Krause et al.
2018, arXiv 1709.07432). That of the errors of a word is about the root of its share of that text.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.model.parameters import Float32

_COMMON_SHARE = 1e-3
"""Share of the training text from which a word counts as common: some 130 words do, and their factor is 1."""


class RowRates:
    """Factors of the rate, one for each row."""

    def __init__(self, shares: NDArray[np.float64], most: float, own: float) -> None:
        """Take the share (n_shipped_rows,) of each shipped word in the training text, above 0.

        No factor is larger than ``most``; that of words that were never shipped is ``own``.
        """
        self._shipped = np.sqrt(_COMMON_SHARE / shares).clip(1.0, most).astype(np.float32)
        self._own = np.float32(own)

    def of(self, rows: NDArray[np.int64]) -> Float32:
        """Return the factors (R,) of some rows."""
        factors = np.full(rows.size, self._own)
        is_shipped = rows < self._shipped.size
        factors[is_shipped] = self._shipped[rows[is_shipped]]
        return factors
