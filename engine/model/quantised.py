"""The network in 8 bit, for prediction: a quarter of the memory to read at every word, which is what a step costs.

Each row of a matrix is kept as whole numbers from -127 to 127 and one scale; activations stay float32. Learning keeps
its weights in full precision, and says here which of them it changed. Symmetric per-row quantisation as in Jacob et
al. 2018, arXiv 1712.05877, of the weights alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model import cells
from engine.model.config import CellKind
from engine.model.parameters import Float32, Parameters
from engine.model.state import State


class QuantisedMatrix(NamedTuple):
    """A matrix (R, K) of 8-bit weights."""

    codes: NDArray[np.int8]
    """(R, K)"""
    scales: Float32
    """(R,)"""

    @classmethod
    def of(cls, W: Float32) -> QuantisedMatrix:
        """Return W (R, K) in 8 bit."""
        return cls(*cells.quantise(W))

    def times(self, x: Float32, bias: Float32) -> Float32:
        """Return ``W x + bias`` (R,) for x (K,) and bias (R,)."""
        return cells.product_int8(self.codes, self.scales, x, bias)


class QuantisedCore:
    """The cell and the projection of a network in 8 bit, with their biases as they are."""

    def __init__(self, cell: CellKind, parameters: Parameters) -> None:
        """Quantise the matrices."""
        self._cell = cell
        self._W_x, self._W_h, self._P = (QuantisedMatrix.of(W) for W in (parameters.W_x, parameters.W_h, parameters.P))

    def read(self, parameters: Parameters, state: State, X: Float32) -> list[State]:
        """Return the state after each of the inputs X (T, D), from ``state`` on."""
        return cells.forward_int8(self._cell, self._W_x, self._W_h, parameters.b_x, parameters.b_h, X, state)

    def project(self, parameters: Parameters, state: State) -> Float32:
        """Return the projected state z (D,)."""
        return self._P.times(state.h, parameters.b_p)


class QuantisedNetwork:
    """The matrices of a network in 8 bit, with its biases as they are."""

    def __init__(self, cell: CellKind, parameters: Parameters) -> None:
        """Quantise every matrix."""
        self._cell = cell
        self._E = QuantisedMatrix.of(parameters.E)
        self.follow_core(parameters)

    def follow_core(self, parameters: Parameters) -> None:
        """Take over the weights of the cell and of the projection."""
        self._core = QuantisedCore(self._cell, parameters)

    def follow_rows(self, E: Float32, rows: NDArray[np.int64] | slice) -> None:
        """Take over some rows of the table E (capacity, D), which may have grown."""
        room = len(self._E.codes)
        if len(E) > room:
            grown = QuantisedMatrix(np.zeros(E.shape, np.int8), np.zeros(len(E), np.float32))
            grown.codes[:room], grown.scales[:room] = self._E
            self._E = grown
        self._E.codes[rows], self._E.scales[rows] = QuantisedMatrix.of(np.ascontiguousarray(E[rows]))

    def read(self, parameters: Parameters, state: State, X: Float32) -> list[State]:
        """Return the state after each of the inputs X (T, D), from ``state`` on."""
        return self._core.read(parameters, state, X)

    def project(self, parameters: Parameters, state: State) -> Float32:
        """Return the projected state z (D,)."""
        return self._core.project(parameters, state)

    def logits(self, parameters: Parameters, z: Float32, n_rows: int | None = None) -> Float32:
        """Return the logits (V,) of the rows in use, or of the first ``n_rows``, for a projected state z (D,)."""
        b_out = parameters.b_out[:n_rows]
        V = len(b_out)
        return cells.product_int8(self._E.codes[:V], self._E.scales[:V], z, b_out)

    def expected_row(self, p: Float32) -> Float32:
        """Return ``sum_v p_v E_v`` (D,), the mean embedding under probabilities p (V,)."""
        V = len(p)
        return cells.product_transposed_int8(self._E.codes[:V], p * self._E.scales[:V])
