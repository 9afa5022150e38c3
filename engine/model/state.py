"""What a network carries from word to word, and what a window leaves behind for learning."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.model.config import ModelConfig
from engine.model.parameters import Float32, check_array, parameter_shapes


class State(NamedTuple):
    """The recurrent state after the words read so far."""

    h: Float32
    """(H,) the hidden state."""
    c: Float32
    """(H,) the memory of the LSTM; stays zero for the other cells."""


def zero_state(n_hidden: int) -> State:
    """Return the state of a network that has read nothing."""
    return State(np.zeros(n_hidden, np.float32), np.zeros(n_hidden, np.float32))


def check_state(state: State, n_hidden: int) -> None:
    """Check that the kernels can use ``state``, or raise EngineError."""
    check_array("h of the state", state.h, (n_hidden,))
    check_array("c of the state", state.c, (n_hidden,))


class Trace(NamedTuple):
    """What a window left behind: every state, and what ``cells.backward`` needs."""

    X: Float32
    """(T, D) inputs."""
    H_: Float32
    """(T+1, H) hidden states; row 0 is the one before the window."""
    C: Float32
    """(T+1, H) memories of the LSTM; zero for the other cells."""
    gates: Float32
    """(T, G*H) activated gates."""
    extra: Float32
    """(T, H) see the glossary of ``engine.model.kernels``."""

    @property
    def H(self) -> Float32:  # noqa: N802
        """(T, H) hidden states after each input; a view."""
        return self.H_[1:]

    @property
    def state(self) -> State:
        """The state after the window; a copy."""
        return State(self.H_[-1].copy(), self.C[-1].copy())


def check_trace(config: ModelConfig, trace: Trace, T: int) -> None:
    """Check that ``trace`` is one of T inputs that the kernels can use, or raise EngineError."""
    D, H = config.n_embedding, config.n_hidden
    check_array("X of the trace", trace.X, (T, D))
    check_array("H_ of the trace", trace.H_, (T + 1, H))
    check_array("C of the trace", trace.C, (T + 1, H))
    check_array("gates of the trace", trace.gates, (T, config.cell.n_gates * H))
    check_array("extra of the trace", trace.extra, (T, H))


class Reading(NamedTuple):
    """What a matrix and its bias read in a window; their gradient is the errors behind them times this."""

    X: Float32
    """(T, K) what the matrix (R, K) was multiplied with."""
    ones: Float32
    """(T,) what the bias was: ones, unless it was whitened (``engine.model.whitening``)."""

    @classmethod
    def of(cls, X: Float32) -> Reading:
        """Return a reading as it was."""
        return cls(X, np.ones(len(X), np.float32))


class CellWeights(NamedTuple):
    """Derivatives by the weights of the cell, shaped as in ``Parameters``."""

    W_x: Float32
    W_h: Float32
    b_x: Float32
    b_h: Float32


def zero_cell_weights(config: ModelConfig) -> CellWeights:
    """Return derivatives to add to."""
    shapes = parameter_shapes(config)
    return CellWeights(*(np.zeros(shapes[name], np.float32) for name in CellWeights._fields))


class CellGradients(NamedTuple):
    """Derivatives of the loss by everything that goes into a window."""

    weights: CellWeights
    A_x: Float32
    """(T, G*H) by what W_x and b_x make of each input; ``A_x @ W_x`` is that by the inputs, which are not learned."""
    state: State
    """By the state before the window."""


class ProjectionGradients(NamedTuple):
    """Derivatives of the loss by everything that goes into the projection."""

    P: Float32
    b_p: Float32
    H: Float32
    """(T, H)"""
