"""What the weights of a model read in its training text: the moments that learning on the device whitens with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.model import cells
from engine.model.config import ModelConfig
from engine.model.parameters import Float32, Parameters
from engine.model.state import zero_state
from engine.model.whitening import Moments, extended
from engine.training.mixture import Mixture

_N_WINDOWS = 1_000
"""Texts that are read, drawn from one pass over the mixture."""
_WINDOW = 64
_READ_FIRST = 16
"""Tokens at the start of a text that do not count: the state knows little of it yet."""

_Sums = NDArray[np.float64]


def measure_moments(
    config: ModelConfig, parameters: Parameters, mixture: Mixture, n_windows: int = _N_WINDOWS, seed: int = 1
) -> Moments:
    """Read so many passages of the training text, and return the mean products of what each kind of weights read."""
    rng = np.random.default_rng(seed)
    text = mixture.one_pass(rng)
    D, H = config.n_embedding, config.n_hidden
    sums: tuple[_Sums, ...] = tuple(np.zeros((n + 1, n + 1)) for n in (D, H, D))
    n_read = 0
    for start in rng.integers(0, max(1, len(text) - _WINDOW), size=n_windows):
        rows = text[start : start + _WINDOW].astype(np.int64)
        trace = cells.forward(config, parameters, parameters.E[rows], zero_state(H))
        for total, read in zip(sums, (trace.X, trace.H, cells.project(parameters, trace.H)), strict=True):
            np.add(total, _products(read[_READ_FIRST:]), out=total)
        n_read += len(rows[_READ_FIRST:])
    return Moments(*(np.asarray(total / max(1, n_read), np.float32) for total in sums))


def _products(read: Float32) -> _Sums:
    """Return the sum of ``[x; 1] [x; 1]^T`` over the rows x of a reading (T, K)."""
    rows = extended(read).astype(np.float64)
    products: _Sums = rows.T @ rows
    return products
