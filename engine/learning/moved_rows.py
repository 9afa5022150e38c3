"""The rows of the shipped output table that learning has moved; only so many stay moved.

Every update moves the rows of some hundred words, most of them by next to nothing. Those that moved least are given
back their shipped weights, so that neither the profile nor the time to write it grows with what was typed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.model.language_model import LanguageModel
from engine.model.parameters import Float32

Rows = NDArray[np.int64]
Snapshot = dict[int, tuple[Float32, np.float32]]
"""Rows that were moved, with what they were when they were shipped: (D,) of E and one number of b_out."""
_SHARE_GIVEN_BACK = 8
"""One row in so many is given back at once, as it takes the distances of all to find them."""


class MovedRows:
    """What the moved rows of E and b_out were when they were shipped."""

    def __init__(self, model: LanguageModel, most: int) -> None:
        """Let at most ``most`` rows stay moved; the user's own words, which were never shipped, do not count."""
        self._model, self._most = model, most
        self._shipped: Snapshot = {}

    @property
    def rows(self) -> Rows:
        """(R,) the moved rows, ascending."""
        return np.array(sorted(self._shipped), dtype=np.int64)

    def as_shipped(self) -> tuple[Rows, Float32, Float32]:
        """Return the moved rows (R,), ascending, with what E (R, D) and b_out (R,) were there."""
        rows, live = self.rows, self._model.parameters
        E, b_out = live.E[rows], live.b_out[rows]  # copies, of the right shape where there are none
        for place, row in enumerate(rows.tolist()):
            E[place], b_out[place] = self._shipped[row]
        return rows, E, b_out

    def remember(self, rows: Rows) -> None:
        """Keep the weights of rows that are about to be moved, where they are as shipped."""
        live = self._model.parameters
        for row in rows.tolist():
            if row < self._model.n_shipped_rows and row not in self._shipped:
                self._shipped[row] = (live.E[row].copy(), live.b_out[row])

    def snapshot(self) -> Snapshot:
        """Return what ``restore`` takes, to forget which rows were moved since."""
        return dict(self._shipped)

    def restore(self, snapshot: Snapshot) -> None:
        """Know of those rows only that were moved then; their weights are the caller's business."""
        self._shipped = snapshot

    def pull_back(self, rows: Rows, share: float) -> None:
        """Move those of the rows that are moved by a share of the way back to what they were when they were shipped."""
        live = self._model.parameters
        moved = np.array([row for row in rows.tolist() if row in self._shipped], dtype=np.int64)
        if moved.size:
            E = np.stack([self._shipped[row][0] for row in moved.tolist()])
            b_out = np.array([self._shipped[row][1] for row in moved.tolist()])
            live.E[moved] += np.float32(share) * (E - live.E[moved])
            live.b_out[moved] += np.float32(share) * (b_out - live.b_out[moved])

    def give_back(self, rows: Rows) -> None:
        """Give rows their shipped weights; the model has yet to be told that they changed."""
        live = self._model.parameters
        for row in rows.tolist():
            if row in self._shipped:
                live.E[row], live.b_out[row] = self._shipped.pop(row)

    def surplus(self) -> Rows:
        """Return the rows that moved least, where there are too many; none otherwise."""
        if len(self._shipped) <= self._most:
            return np.empty(0, np.int64)
        rows, E, b_out = self.as_shipped()
        live = self._model.parameters
        distances = np.square(live.E[rows] - E).sum(axis=1) + np.square(live.b_out[rows] - b_out)
        n = rows.size - (self._most - self._most // _SHARE_GIVEN_BACK)
        return np.sort(rows[np.argsort(distances, kind="stable")[:n]])
