"""The network's distribution at a fraction of its cost: the most frequent tokens are scored, the others are not.

A shortlist: Schwenk 2007, "Continuous space language models", section 3.1. There n-grams say what the tokens outside
it have; here each has its share of the training text, which the shipped n-grams and the user's own parts correct.
"""

from __future__ import annotations

import numpy as np

from engine.model import cells
from engine.model.language_model import LanguageModel
from engine.model.parameters import Float32

N_LISTED = 8_192
"""Rows: a fifth of the shipped ones, and 95 % of what is written."""


class Shortlist:
    """The rows that a vocabulary lists first, as it lists what is most frequent first."""

    def __init__(self, model: LanguageModel, n_listed: int = N_LISTED) -> None:
        """Score the first ``n_listed`` rows of a model, or all shipped ones where it has fewer."""
        self._model = model
        self._n_listed = min(n_listed, model.n_shipped_rows)
        self._shares = model.shipped_shares.astype(np.float32)
        self._covered = self._shares[: self._n_listed].sum()

    def probabilities(self, z: Float32) -> Float32:
        """Return the probability of every row for a projected state z (D,), shape (n_rows,), adding up to 1.

        Words of the user have none.
        """
        p = np.zeros(self._model.n_rows, np.float32)
        p[: self._shares.size] = self._shares
        p[: self._n_listed] = self._covered * cells.softmax(self._model.logits(z, self._n_listed))
        return p
