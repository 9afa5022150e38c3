"""What the weights of a network read in general text, and how to step so that what they make of that hardly changes.

A gradient step by a weight matrix adds errors times what the matrix read. Most of what it reads at one place it reads
at every place, so a plain step changes what it makes of any text. Whitened, the reading keeps what is particular to its
place: among all steps that change as much there, it is the one that changes least over general text, in the mean
square. That is the half of the Kronecker-factored natural gradient (K-FAC) that belongs to the inputs: Martens and
Grosse 2015, arXiv 1503.05671; the other half, the errors, is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model import kernels
from engine.model.config import ModelConfig
from engine.model.parameters import Float32
from engine.model.state import Reading

_LEAST_DAMPING = 1e-4
"""With so much, moments in 32 bit must have an inverse."""


class Moments(NamedTuple):
    """Second moments ``mean([x; 1] [x; 1]^T)`` of what each kind of weights reads in general text."""

    X: Float32
    """(D+1, D+1) of the embeddings that W_x reads."""
    H: Float32
    """(H+1, H+1) of the hidden states that W_h and P read."""
    Z: Float32
    """(D+1, D+1) of the projected states that the output table reads."""


class Whitening(NamedTuple):
    """Damped inverses of the moments, each scaled so that ``mean([x; 1]^T W [x; 1])`` is 1 over general text."""

    X: Float32
    H: Float32
    Z: Float32

    @classmethod
    def of(cls, moments: Moments, damping: float) -> Whitening:
        """Invert the moments; ``damping`` is the share of the mean square of an input that is added to each."""
        return cls(*(_damped_inverse(moment, damping) for moment in moments))


def whitened(matrix: Float32, X: Float32) -> Reading:
    """Return the reading of X (T, K), whitened by ``matrix`` (K+1, K+1)."""
    read = extended(X)
    out = np.zeros_like(read)
    kernels.add_product(read, matrix, out)
    return Reading(np.ascontiguousarray(out[:, :-1]), out[:, -1].copy())


def extended(X: Float32) -> Float32:
    """Return ``[x; 1]`` (T, K+1) for each row x of X (T, K): what a matrix and its bias read together."""
    return np.hstack([X, np.ones((len(X), 1), np.float32)])


def read_moments(tensors: Mapping[str, NDArray[np.generic]], config: ModelConfig) -> Moments:
    """Return the moments that a file holds; raise ValueError or KeyError where they are none of such a network."""
    D, H = config.n_embedding, config.n_hidden
    sizes = {"X": D + 1, "H": H + 1, "Z": D + 1}
    moments = Moments(**{name: np.array(tensors[name], dtype=np.float32, order="C") for name in sizes})
    for name, moment in moments._asdict().items():
        if moment.shape != (sizes[name], sizes[name]):
            raise ValueError(f"the moments {name} are {moment.shape}, not {sizes[name]} by {sizes[name]}")
        if not (np.isfinite(moment).all() and np.allclose(moment, moment.T)):
            raise ValueError(f"the moments {name} are no mean of products")
        np.linalg.cholesky(_damped(moment, _LEAST_DAMPING))
    return moments


def _damped(moment: Float32, damping: float) -> NDArray[np.float64]:
    mean_square = float(moment.diagonal()[:-1].mean(dtype=np.float64))
    return moment.astype(np.float64) + damping * mean_square * np.eye(len(moment))


def _damped_inverse(moment: Float32, damping: float) -> Float32:
    inverse = np.linalg.inv(_damped(moment, damping))
    inverse /= float((inverse * moment).sum())
    return np.ascontiguousarray(inverse, dtype=np.float32)
