"""The network's equations in plain NumPy and double precision: the truth that the kernels are held to.

One position at a time, no cleverness, and no backward pass: derivatives come from central differences. Equations of
``torch.nn.RNN``, ``GRU`` and ``LSTM``.
"""

from __future__ import annotations

import numpy as np

from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import Parameters
from engine.model.state import State


def double(parameters: Parameters) -> Parameters:
    """Return a copy in double precision."""
    return Parameters(*(np.array(array, np.float64) for array in parameters))


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def step(kind: CellKind, p: Parameters, x, state: State) -> State:
    """Return the state after one input."""
    h, c = state
    from_x, from_h = p.W_x @ x + p.b_x, p.W_h @ h + p.b_h
    if kind is CellKind.TANH:
        return State(np.tanh(from_x + from_h), c)
    if kind is CellKind.GRU:
        (x_r, x_z, x_n), (h_r, h_z, h_n) = np.split(from_x, 3), np.split(from_h, 3)
        r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
        n = np.tanh(x_n + r * h_n)
        return State((1.0 - z) * n + z * h, c)
    a_i, a_f, a_g, a_o = np.split(from_x + from_h, 4)
    c = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g)
    return State(sigmoid(a_o) * np.tanh(c), c)


def forward(kind: CellKind, p: Parameters, X, state: State):
    """Return the hidden states (T, H) and the last state."""
    H = []
    for x in X:
        state = step(kind, p, x, state)
        H.append(state.h)
    return np.array(H).reshape(len(X), len(state.h)), state


def logits(p: Parameters, H):
    """Return the logits (T, V) of hidden states (T, H)."""
    return (H @ p.P.T + p.b_p) @ p.E.T + p.b_out


def losses(p: Parameters, H, targets):
    """Return the cross entropy (T,) in nats."""
    scores = logits(p, H)
    peak = scores.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(scores - peak).sum(axis=1)) + peak[:, 0]
    return log_sums - scores[np.arange(len(H)), targets]


def window_loss(config: ModelConfig, p: Parameters, ids, targets, *, weights, state: State, d_state: State) -> float:
    """Return the loss of a window, plus ``d_state`` times the last state, so that its gradient is tested too."""
    H, last = forward(config.cell, p, p.E[ids], state)
    return float(weights @ losses(p, H, targets) + d_state.h @ last.h + d_state.c @ last.c)


def central_differences(function, array, step_size=1e-5):
    """Return the derivative of ``function()`` by each entry of ``array``, which it reads."""
    gradient = np.zeros_like(array)
    for place in np.ndindex(array.shape):
        kept = array[place]
        array[place] = kept + step_size
        above = function()
        array[place] = kept - step_size
        below = function()
        array[place] = kept
        gradient[place] = (above - below) / (2.0 * step_size)
    return gradient
