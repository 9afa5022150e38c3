"""What the network says as it was shipped, worked out when it is asked for: no second model is kept in memory.

Learning changes the core, of which a copy is kept to pull updates back to, and some rows of the tables, which are kept
as they were too. All other rows are those of the live network. The answer is that of a model that learned nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model import cells
from engine.model.language_model import LanguageModel
from engine.model.parameters import Float32, Parameters
from engine.model.quantised import QuantisedCore, QuantisedMatrix


class Changes(NamedTuple):
    """What learning has changed so far."""

    core: Parameters
    """The live weights, but those of the cell and the projection as they were shipped."""
    rows: NDArray[np.int64]
    """(R,) rows of the shipped tables that may be others now, ascending."""
    E: Float32
    """(R, D) these rows as they were shipped."""
    b_out: Float32
    """(R,)"""


class ShippedExpectation(NamedTuple):
    """What was expected after a passage before anything was learned."""

    rows: tuple[int, ...]
    """The passage, by shipped rows."""
    probabilities: Float32
    """(n_shipped_rows,) of every token, adding up to 1."""
    z: Float32
    """(D,) the projected state."""


class ShippedNetwork:
    """The network before it learned; reads a passage from its beginning at every question, so ask seldom."""

    def __init__(self, model: LanguageModel, changes: Callable[[], Changes]) -> None:
        self._model, self._changes = model, changes

    def expect(self, tokens: Sequence[str]) -> ShippedExpectation:
        """Return what was expected after a passage, at least one token."""
        model = self._model
        core, changed, E, b_out = self._changes()
        rows = np.array(model.vocabulary.rows_of(tokens), dtype=np.int64)
        X = core.E[rows]
        is_changed = np.isin(rows, changed)
        X[is_changed] = E[np.searchsorted(changed, rows[is_changed])]
        fast = QuantisedCore(model.config.cell, core)
        state = fast.read(core, model.initial_state(), X)[-1]
        z = fast.project(core, state)
        logits = model.logits(z)[: model.n_shipped_rows]
        if changed.size:
            logits[changed] = QuantisedMatrix.of(E).times(z, b_out)
        return ShippedExpectation(tuple(rows.tolist()), cells.softmax(logits), z)
