"""The network in NumPy arrays: the public, checked doors to the kernels.

Every function takes a state or arrays in and gives new ones out; no input is changed unless its name says so
(``add_to``, ``out``). Arrays are C-contiguous float32, ids int32; letters as in
``engine.model.kernels``. Nothing here is safe to call while another thread changes the same arrays.

Errors: ``EngineError`` where an array has the wrong shape, type or layout, or an id lies outside its table.
"""

from __future__ import annotations

import math
import pickle

import numpy as np

from engine import jit
from engine.errors import EngineError
from engine.model import kernels
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import (
    Float32,
    Int8,
    Int32,
    Parameters,
    all_finite,
    check_array,
    check_cell,
    check_output,
    clip_by_global_norm,
    decay_update,
    initialise,
)
from engine.model.state import (
    CellGradients,
    CellWeights,
    ProjectionGradients,
    Reading,
    State,
    Trace,
    check_state,
    check_trace,
    zero_cell_weights,
    zero_state,
)

__all__ = [
    "CellGradients",
    "CellWeights",
    "ProjectionGradients",
    "Trace",
    "all_finite",
    "backward",
    "clip_by_global_norm",
    "decay_update",
    "forward",
    "forward_int8",
    "log_sum_exp",
    "logits",
    "product_int8",
    "product_transposed_int8",
    "project",
    "project_backward",
    "quantise",
    "softmax",
    "top_k",
    "warm_up",
    "zero_cell_weights",
]

_FORWARD = {
    CellKind.TANH: kernels.tanh_forward,
    CellKind.GRU: kernels.gru_forward,
    CellKind.LSTM: kernels.lstm_forward,
}
_BACKWARD = {
    CellKind.TANH: kernels.tanh_backward,
    CellKind.GRU: kernels.gru_backward,
    CellKind.LSTM: kernels.lstm_backward,
}
_FORWARD_INT8 = {
    CellKind.TANH: kernels.tanh_forward_int8,
    CellKind.GRU: kernels.gru_forward_int8,
    CellKind.LSTM: kernels.lstm_forward_int8,
}

RoundedWeights = tuple[Int8, Float32]
"""Codes (R, K) and scales (R,) of a matrix in 8 bit."""


# --------------------------------------------------------------------------------------------- the cell


def forward(config: ModelConfig, parameters: Parameters, X: Float32, state: State) -> Trace:
    """Read the inputs X (T, D), T >= 0, from ``state`` on; one token is a window of T = 1."""
    D, H = config.n_embedding, config.n_hidden
    T, rows = len(X), config.cell.n_gates * H
    check_cell(config, parameters)
    check_array("X", X, (T, D))
    check_state(state, H)
    trace = Trace(
        X,
        H_=np.empty((T + 1, H), np.float32),
        C=np.zeros((T + 1, H), np.float32),
        gates=np.empty((T, rows), np.float32),
        extra=np.empty((T, H), np.float32),
    )
    trace.H_[0], trace.C[0] = state.h, state.c
    trace.gates[:] = parameters.b_x
    kernels.add_product_transposed(X, parameters.W_x, trace.gates)
    _FORWARD[config.cell](parameters.W_h, parameters.b_h, trace.gates, trace.H_, trace.C, trace.extra)
    return trace


def backward(
    config: ModelConfig,
    parameters: Parameters,
    trace: Trace,
    d_H: Float32,
    *,
    d_state: State | None = None,
    add_to: CellWeights | None = None,
    read: tuple[Reading, Reading] | None = None,
) -> CellGradients:
    """Return the derivatives of a loss from d_H (T, H), its derivative by the hidden state after each input.

    ``d_state`` is its derivative by the state after the window, beside ``d_H`` (nothing by default). Derivatives by
    the weights are added to ``add_to`` where it is given, which saves their allocation, and are new otherwise.
    ``read`` stands for what W_x and W_h read, where their gradients are to be whitened.
    """
    H = config.n_hidden
    T, rows = len(d_H), config.cell.n_gates * H
    check_cell(config, parameters)
    check_trace(config, trace, T)
    check_array("d_H", d_H, (T, H))
    d_state = zero_state(H) if d_state is None else d_state
    check_state(d_state, H)
    d_h, d_c = d_state.h.copy(), d_state.c.copy()
    if add_to is None:
        add_to = zero_cell_weights(config)
    for name, derivative in add_to._asdict().items():
        check_array(f"{name} of add_to", derivative, getattr(parameters, name).shape)

    d_A_x, d_A_h = np.empty((T, rows), np.float32), np.empty((T, rows), np.float32)
    _BACKWARD[config.cell](parameters.W_h, trace.gates, trace.H_, trace.C, trace.extra, d_H, d_A_x, d_A_h, d_h, d_c)
    read_x, read_h = read or (Reading.of(trace.X), Reading.of(trace.H_[:-1]))
    _add_weight_gradient(d_A_x, read_x, add_to.W_x, add_to.b_x)
    _add_weight_gradient(d_A_h, read_h, add_to.W_h, add_to.b_h)
    return CellGradients(add_to, d_A_x, State(d_h, d_c))


def _add_weight_gradient(d_A: Float32, read: Reading, d_W: Float32, d_b: Float32) -> None:
    """Add the derivatives by a matrix (R, K) and its bias (R,), from d_A (T, R) by what they make of a reading."""
    T, K = len(d_A), d_W.shape[1]
    check_array("X of the reading", read.X, (T, K))
    check_array("ones of the reading", read.ones, (T,))
    kernels.add_product(np.ascontiguousarray(d_A.T), read.X, d_W)
    kernels.add_matvec_transposed(d_A, read.ones, d_b)


def forward_int8(
    cell: CellKind, W_x: RoundedWeights, W_h: RoundedWeights, b_x: Float32, b_h: Float32, X: Float32, state: State
) -> list[State]:
    """Return the state after each of the inputs X (T, D), with W_x (G*H, D) and W_h (G*H, H) in 8 bit.

    Nothing is kept that a backward pass would need.
    """
    T, H = len(X), state.h.size
    rows = cell.n_gates * H
    check_array("X", X, (T, _check_int8(*W_x, rows)))
    if _check_int8(*W_h, rows) != H:
        raise EngineError(f"W_h has {W_h[0].shape[1]} columns for a state of {H}: correct the call")
    check_array("b_x", b_x, (rows,))
    check_array("b_h", b_h, (rows,))
    check_state(state, H)
    A, H_, C = np.empty((T, rows), np.float32), np.empty((T + 1, H), np.float32), np.zeros((T + 1, H), np.float32)
    A[:], H_[0], C[0] = b_x, state.h, state.c
    kernels.add_product_transposed_int8(X, *W_x, A)
    _FORWARD_INT8[cell](*W_h, b_h, A, H_, C)
    return [State(H_[t].copy(), C[t].copy()) for t in range(1, T + 1)]


# --------------------------------------------------------------------------------------------- 8 bit


def quantise(W: Float32) -> RoundedWeights:
    """Return codes (R, K) from -127 to 127 and a scale (R,) for each row of W (R, K): ``W = codes * scales`` nearly."""
    check_array("W", W, W.shape[:2])
    codes, scales = np.empty(W.shape, np.int8), np.empty(len(W), np.float32)
    kernels.quantise_rows(W, codes, scales)
    return codes, scales


def product_int8(codes: Int8, scales: Float32, x: Float32, bias: Float32) -> Float32:
    """Return ``(codes * scales) x + bias`` (R,) for x (K,) and bias (R,)."""
    R = len(codes)
    check_array("x", x, (_check_int8(codes, scales, R),))
    check_array("bias", bias, (R,))
    out = bias.copy()
    kernels.add_matvec_int8(codes, scales, x, out)
    return out


def product_transposed_int8(codes: Int8, y: Float32) -> Float32:
    """Return ``codes^T y`` (K,) for codes (R, K) and y (R,), into which the scales have gone already."""
    out = np.zeros(_check_int8(codes, y, len(codes)), np.float32)
    kernels.add_matvec_transposed_int8(codes, y, out)
    return out


def _check_int8(codes: Int8, scales: Float32, n_rows: int) -> int:
    """Check that a kernel can use a matrix of ``n_rows`` in 8 bit, or raise EngineError; return its columns."""
    if codes.ndim != 2 or len(codes) != n_rows or codes.dtype != np.int8 or not codes.flags.c_contiguous:
        raise EngineError(
            f"codes are {codes.dtype} of shape {codes.shape}, but must be a C-contiguous int8 matrix of {n_rows} rows: "
            "correct the call"
        )
    check_array("scales", scales, (n_rows,))
    n_columns: int = codes.shape[1]
    return n_columns


# --------------------------------------------------------------------------------------------- the output


def project(parameters: Parameters, H: Float32) -> Float32:
    """Return ``Z = H P^T + b_p`` (T, D) for hidden states H (T, H)."""
    D, n_hidden = parameters.P.shape
    T = len(H)
    check_array("P", parameters.P, (D, n_hidden))
    check_array("b_p", parameters.b_p, (D,))
    check_array("H", H, (T, n_hidden))
    Z = np.empty((T, D), np.float32)
    Z[:] = parameters.b_p
    kernels.add_product_transposed(H, parameters.P, Z)
    return Z


def project_backward(
    parameters: Parameters, H: Float32, d_Z: Float32, read: Reading | None = None
) -> ProjectionGradients:
    """Return the derivatives by P, b_p and H (T, H) from d_Z (T, D); ``read`` stands for H as in ``backward``."""
    D, n_hidden = parameters.P.shape
    T = len(H)
    check_array("P", parameters.P, (D, n_hidden))
    check_array("H", H, (T, n_hidden))
    check_array("d_Z", d_Z, (T, D))
    d_P, d_b_p = np.zeros((D, n_hidden), np.float32), np.zeros(D, np.float32)
    _add_weight_gradient(d_Z, read or Reading.of(H), d_P, d_b_p)
    d_H = np.zeros((T, n_hidden), np.float32)
    kernels.add_product(d_Z, parameters.P, d_H)
    return ProjectionGradients(d_P, d_b_p, d_H)


def logits(parameters: Parameters, z: Float32, out: Float32 | None = None) -> Float32:
    """Return ``E z + b_out`` (V,) for one projected state z (D,), written into ``out`` where it is given.

    V is the rows of ``parameters.E``: of a table that grows, hand over a view of the rows in use.
    """
    V, D = check_output(parameters)
    check_array("z", z, (D,))
    if out is None:
        out = np.empty(V, np.float32)
    check_array("out", out, (V,))
    out[:] = parameters.b_out
    kernels.add_matvec(parameters.E, z, out)
    return out


def log_sum_exp(logits: Float32) -> float:
    """Return ``log(sum(exp(logits)))`` of logits (V,), in nats: -inf where all are, NaN where one is."""
    check_array("logits", logits, (len(logits),))
    return float(kernels.log_sum_exp(logits))


def softmax(logits: Float32) -> Float32:
    """Turn logits (V,) into probabilities, in place, and return them."""
    logits -= np.float32(log_sum_exp(logits))
    return np.exp(logits, out=logits)


def top_k(scores: Float32, k: int, start: int = 0, stop: int | None = None) -> Int32:
    """Return up to ``k`` rows of ``scores[start:stop]``, best first, the lower of equals first; never one of -inf."""
    check_array("scores", scores, (len(scores),))
    stop = scores.size if stop is None else stop
    if not (k >= 1 and 0 <= start <= stop <= scores.size):
        raise EngineError(
            f"top_k of k={k}, start={start}, stop={stop}, but k must be at least 1 and the range lie within "
            f"{scores.size} scores: correct the call"
        )
    best, best_scores = np.empty(k, np.int32), np.empty(k, np.float32)
    return best[: kernels.top_k_in_range(scores, start, stop, best, best_scores)]


# --------------------------------------------------------------------------------------------- warm-up


def warm_up() -> None:
    """Compile every kernel, or load it from the cache, with the types it has in production.

    Takes seconds without a cache; one that is damaged is made again.
    """
    try:
        _call_every_kernel()
    except (pickle.UnpicklingError, EOFError, ValueError, AttributeError, OSError):
        jit.discard_cache()
        _call_every_kernel()


def _call_every_kernel() -> None:
    """Run a tiny network of each kind through a window, its gradients and the updates."""
    for kind in CellKind:
        config = ModelConfig(kind, n_vocabulary=5, n_embedding=4, n_hidden=4)
        parameters = initialise(config, np.random.default_rng(0))
        trace = forward(config, parameters, parameters.E, zero_state(config.n_hidden))
        Z = project(parameters, trace.H)
        d_H = project_backward(parameters, trace.H, Z).H
        weights = backward(config, parameters, trace, d_H).weights
        if kind is CellKind.GRU:
            _spell(parameters, trace)
        W_x, W_h = quantise(parameters.W_x), quantise(parameters.W_h)
        forward_int8(kind, W_x, W_h, parameters.b_x, parameters.b_h, parameters.E, zero_state(config.n_hidden))
    codes, scales = quantise(parameters.E)
    product_int8(codes, scales, Z[0], parameters.b_out)
    product_transposed_int8(codes, scales)
    scores = logits(parameters, Z[0])
    log_sum_exp(scores)
    top_k(scores, 3)
    clip_by_global_norm(weights, 1e-6)
    decay_update(parameters.W_h, weights.W_h, weights.W_h, rate=0.0, pull=0.0)
    all_finite(parameters)


def _spell(p: Parameters, trace: Trace) -> None:
    """Spell one letter behind the window of a GRU; the door to this kernel is ``engine.model.spelling``."""
    words, log_p, log_next = np.zeros((1, 1), np.int32), np.zeros(1, np.float32), np.zeros(len(p.E), np.float32)
    h = trace.H_[-1].copy()
    kernels.spell(
        p.E, trace.gates, p.W_h, p.b_h, p.P, p.b_p, p.b_out, h, log_next, math.log(0.5), 1, words, log_p
    )  # fmt: skip
