"""Text that the shipped network writes by itself, with what it expected at every place of it.

A network keeps what it knew if it goes over it. The text it was trained on does not ship, but it can be asked what it
would write: pseudo-rehearsal (Robins 1995, "Catastrophic forgetting, rehearsal and pseudorehearsal"). What is to be
kept is the whole distribution at each place, not the word that was drawn (Li and Hoiem 2016, "Learning without
forgetting", arXiv 1606.09282), of which back-propagation needs only the mean embedding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.model import cells
from engine.model.language_model import LanguageModel
from engine.model.parameters import Float32
from engine.model.quantised import QuantisedCore
from engine.model.shipped_network import Changes
from engine.text.tokenizer import LINE


@dataclass(frozen=True, slots=True)
class Passage:
    """A few tokens from a beginning of a line on."""

    rows: tuple[int, ...]
    """(T,) the tokens."""
    expected: Float32
    """(N, D) the mean embedding under what was expected behind each of the last N tokens."""


class PseudoWriter:
    """Writes with the cell and the projection as they were shipped, in 8 bit, and the rows as they are."""

    def __init__(self, model: LanguageModel, changes: Changes, rng: np.random.Generator) -> None:
        self._model, self._core, self._rng = model, changes.core, rng
        self._fast = QuantisedCore(model.config.cell, changes.core)

    def write(self, n_tokens: int, n_kept: int) -> Passage:
        """Write so many tokens; keep what was expected behind the last of them. Never ``<unknown>`` or an own word."""
        model = self._model
        rows = [model.row_of(LINE)]
        state = model.initial_state()
        expected = []
        while True:
            state = self._fast.read(self._core, state, model.parameters.E[rows[-1:]])[-1]
            p = cells.softmax(model.logits(self._fast.project(self._core, state)))
            if len(rows) > n_tokens - n_kept:
                expected.append(model.expected_row(p))
            if len(rows) == n_tokens:
                return Passage(tuple(rows), np.stack(expected))
            rows.append(self._draw(p))

    def _draw(self, p: Float32) -> int:
        """Return a row by its probability, of those that are words and were shipped."""
        heights = np.cumsum(p[1 : self._model.n_shipped_rows], dtype=np.float64)
        return 1 + int(np.searchsorted(heights, self._rng.random() * heights[-1], side="right"))
