from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError
from engine.model import cells, kernels
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import Parameters, check_shapes, initialise
from engine.model.state import State, zero_state
from tests import reference_cells as reference

V, D, H = 50, 6, 8
GOLDEN = Path(__file__).parents[2] / "golden" / "cells.npz"
COMPILED = os.environ.get("NUMBA_DISABLE_JIT") != "1"


def floats(rng, *shape):
    return rng.normal(0.0, 0.5, shape).astype(np.float32)


def network(kind, *, sizes=(V, D, H), seed=0):
    """Return a network whose biases are not zero, so that a forgotten one is seen."""
    rng = np.random.default_rng(seed)
    config = ModelConfig(kind, *sizes)
    drawn = initialise(config, rng)
    return config, Parameters(*(floats(rng, *array.shape) if array.ndim == 1 else array for array in drawn)), rng


def state_of(kind, rng, n_hidden=H):
    c = floats(rng, n_hidden) if kind is CellKind.LSTM else np.zeros(n_hidden, np.float32)
    return State(floats(rng, n_hidden), c)


def dense_gradients(config, parameters, ids, targets, *, weights, state, d_state):
    """Return every gradient of a window of a softmax over all rows, put together as the learner does it."""
    trace = cells.forward(config, parameters, parameters.E[ids], state)
    Z = cells.project(parameters, trace.H)
    d_scores = np.stack([cells.softmax(cells.logits(parameters, z)) for z in Z])
    d_scores[np.arange(len(ids)), targets] -= 1.0
    d_scores *= weights[:, np.newaxis]
    projection = cells.project_backward(parameters, trace.H, d_scores @ parameters.E)
    cell = cells.backward(config, parameters, trace, projection.H, d_state=d_state)
    d_E = d_scores.T @ Z
    np.add.at(d_E, ids, cell.A_x @ parameters.W_x)
    return Parameters(d_E, *cell.weights, projection.P, projection.b_p, d_scores.sum(axis=0)), cell.state


@pytest.mark.parametrize("kind", CellKind)
@pytest.mark.parametrize("sizes", [(5, 1, 1), (50, 6, 8), (7, 5, 3), (9, 33, 19)])
@pytest.mark.parametrize("T", [0, 1, 2, 3, 4, 7, 21])
def test_forward_equals_the_reference(kind, sizes, T):
    config, parameters, rng = network(kind, sizes=sizes)
    X, state = floats(rng, T, sizes[1]), state_of(kind, rng, sizes[2])
    trace = cells.forward(config, parameters, X, state)
    expected, last = reference.forward(kind, reference.double(parameters), X, state)
    np.testing.assert_allclose(trace.H, expected, atol=2e-6)
    np.testing.assert_allclose(trace.state.h, last.h, atol=2e-6)
    np.testing.assert_allclose(trace.state.c, last.c, atol=4e-6)


@pytest.mark.parametrize("kind", CellKind)
@pytest.mark.parametrize("T", [1, 2, 5, 8, 13])
def test_gradients_equal_central_differences(kind, T):
    config, parameters, rng = network(kind, sizes=(11, 5, 6))
    ids, targets = rng.integers(11, size=(2, T)).astype(np.int32)
    weights = rng.uniform(0.0, 2.0, T).astype(np.float32)
    state, d_state = state_of(kind, rng, 6), state_of(kind, rng, 6)
    gradients, d_start = dense_gradients(
        config, parameters, ids, targets, weights=weights, state=state, d_state=d_state
    )

    exact, start = reference.double(parameters), State(*(array.astype(np.float64) for array in state))

    def loss():
        return reference.window_loss(config, exact, ids, targets, weights=weights, state=start, d_state=d_state)

    for name, gradient in gradients._asdict().items():
        expected = reference.central_differences(loss, getattr(exact, name))
        np.testing.assert_allclose(gradient, expected, atol=1e-5, rtol=1e-4, err_msg=name)
    np.testing.assert_allclose(d_start.h, reference.central_differences(loss, start.h), atol=1e-5, rtol=1e-4)
    if kind is CellKind.LSTM:
        np.testing.assert_allclose(d_start.c, reference.central_differences(loss, start.c), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("kind", CellKind)
def test_logits_loss_and_gradients_equal_the_golden_numbers_of_pytorch(kind):
    with np.load(GOLDEN, allow_pickle=False) as file:
        golden = {key.removeprefix(f"{kind.value}."): file[key] for key in file if key.startswith(f"{kind.value}.")}
    parameters = Parameters(*(golden[name] for name in Parameters._fields))
    V, D = parameters.E.shape
    config = ModelConfig(kind, V, D, parameters.W_h.shape[1])
    check_shapes(config, parameters)
    state = State(golden["h0"], golden["c0"] if kind is CellKind.LSTM else np.zeros_like(golden["h0"]))
    ids, targets = golden["ids"][:-1].copy(), golden["ids"][1:].copy()
    ones = np.ones(len(ids), np.float32)

    trace = cells.forward(config, parameters, parameters.E[ids], state)
    np.testing.assert_allclose(trace.H, golden["H"], atol=1e-6)
    Z = cells.project(parameters, trace.H)
    scores = np.stack([cells.logits(parameters, z) for z in Z])
    np.testing.assert_allclose(scores, golden["logits"], atol=2e-6)
    gradients, d_start = dense_gradients(
        config, parameters, ids, targets, weights=ones, state=state, d_state=zero_state(config.n_hidden)
    )
    for name, gradient in gradients._asdict().items():
        np.testing.assert_allclose(gradient, golden[f"d_{name}"], atol=3e-6, rtol=1e-4, err_msg=name)
    np.testing.assert_allclose(d_start.h, golden["d_h0"], atol=3e-6)
    np.testing.assert_allclose(d_start.c, golden["d_c0"], atol=3e-6)


@pytest.mark.parametrize("kind", CellKind)
def test_a_window_in_chunks_equals_the_window_whole(kind):
    config, parameters, rng = network(kind)
    X, state = floats(rng, 13, D), state_of(kind, rng)
    whole = cells.forward(config, parameters, X, state)
    hidden, at = [], state
    for first, last in ((0, 1), (1, 2), (2, 9), (9, 9), (9, 13)):
        part = cells.forward(config, parameters, X[first:last], at)
        hidden.append(part.H)
        at = part.state
    np.testing.assert_allclose(np.concatenate(hidden), whole.H, atol=1e-6)
    np.testing.assert_allclose(at.c, whole.state.c, atol=1e-6)


@pytest.mark.parametrize("kind", CellKind)
def test_no_input_is_changed(kind):
    config, parameters, rng = network(kind)
    ids = np.arange(9, dtype=np.int32)
    state, d_state, weights = state_of(kind, rng), state_of(kind, rng), np.ones(9, np.float32)
    X, d_H = floats(rng, 9, D), floats(rng, 9, H)
    trace = cells.forward(config, parameters, X, state)
    inputs = [*parameters, *state, *d_state, *trace, X, d_H, ids, weights]
    before = [array.copy() for array in inputs]
    cells.forward(config, parameters, X, state)
    cells.backward(config, parameters, trace, d_H, d_state=d_state)
    dense_gradients(config, parameters, ids, ids, weights=weights, state=state, d_state=d_state)
    for array, kept in zip(inputs, before, strict=True):
        np.testing.assert_array_equal(array, kept)


@pytest.mark.parametrize("kind", CellKind)
def test_gradients_are_added_to_those_given(kind):
    config, parameters, rng = network(kind)
    trace = cells.forward(config, parameters, floats(rng, 5, D), zero_state(H))
    d_H = floats(rng, 5, H)
    once = cells.backward(config, parameters, trace, d_H).weights
    twice = cells.zero_cell_weights(config)
    for _ in range(2):
        assert cells.backward(config, parameters, trace, d_H, add_to=twice).weights is twice
    for one, two in zip(once, twice, strict=True):
        np.testing.assert_allclose(two, 2.0 * one, rtol=1e-5, atol=1e-7)


def test_the_same_window_gives_the_same_bits():
    config, parameters, rng = network(CellKind.LSTM)
    X = floats(rng, 21, D)
    first, second = (cells.forward(config, parameters, X, zero_state(H)).H.copy() for _ in range(2))
    np.testing.assert_array_equal(first, second)


# ------------------------------------------------------------------------------------------------ output


@pytest.mark.skipif(not COMPILED, reason="Python warns of NaN, the compiled kernels pass it on")
def test_nan_in_the_weights_is_seen_in_scores_and_state():
    config, parameters, rng = network(CellKind.LSTM)
    parameters.W_h[3, 2] = np.nan
    trace = cells.forward(config, parameters, floats(rng, 3, D), state_of(CellKind.LSTM, rng))
    assert not cells.all_finite(trace.state)
    scores = cells.logits(parameters, cells.project(parameters, trace.H)[-1])
    assert math.isnan(cells.log_sum_exp(scores))


def test_log_sum_exp_takes_masked_scores():
    scores = np.array([-np.inf, 1.0, 2.0, -np.inf, -300.0], np.float32)
    assert cells.log_sum_exp(scores) == pytest.approx(np.log(np.exp(1.0) + np.exp(2.0)), rel=1e-6)


def test_exp_is_exact_to_a_few_units_in_the_last_place():
    points = np.linspace(-87.0, 88.0, 4_001).astype(np.float32)
    values = np.array([kernels.exp32(point) for point in points])
    np.testing.assert_allclose(values, np.exp(points.astype(np.float64)), rtol=5e-7)
    assert kernels.exp32(np.float32(-np.inf)) == 0.0


@pytest.mark.parametrize("n_rows", [0, 1, 5, 6, 11, 12, 17, 18, 37, 1_000])
def test_each_row_has_its_score_whichever_stream_reads_it(n_rows):
    _, parameters, rng = network(CellKind.TANH)
    E, b_out, z = floats(rng, n_rows, D), floats(rng, n_rows), floats(rng, D)
    scores = cells.logits(parameters._replace(E=E, b_out=b_out), z)
    np.testing.assert_allclose(scores, E.astype(np.float64) @ z + b_out, atol=1e-5)


def test_logits_are_written_where_asked():
    _, parameters, rng = network(CellKind.TANH)
    out = np.empty(V, np.float32)
    assert cells.logits(parameters, floats(rng, D), out) is out


# ------------------------------------------------------------------------------------------------ misuse


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.zeros((3, D + 1), np.float32), "shape"),
        (np.zeros((3, D)), "float64"),
        (np.zeros((D, 3), np.float32).T, "C-contiguous"),
    ],
)
def test_arrays_that_the_kernels_cannot_use_are_refused(X, message):
    config, parameters, _ = network(CellKind.GRU)
    with pytest.raises(EngineError, match=message):
        cells.forward(config, parameters, X, zero_state(H))


def test_read_only_arrays_are_refused_as_they_would_be_compiled_for_anew():
    config, parameters, _ = network(CellKind.GRU)
    parameters.W_h.flags.writeable = False
    with pytest.raises(EngineError, match="writeable"):
        cells.forward(config, parameters, parameters.E[:2], zero_state(H))


# ------------------------------------------------------------------------------------------------ compilation


def versions_of_each_kernel():
    """Return how often each kernel was compiled; 0 for one that others contain and that came from the cache."""
    return {name: len(value.signatures) for name, value in vars(kernels).items() if hasattr(value, "signatures")}


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_warm_up_compiles_each_kernel_once_and_no_session_compiles_it_again():
    cells.warm_up()
    warm = versions_of_each_kernel()
    assert len(warm) > 20
    assert max(warm.values()) == 1
    for kind in CellKind:
        config, parameters, rng = network(kind, sizes=(300, 33, 19))
        ids = rng.integers(300, size=9).astype(np.int32)
        state = state_of(kind, rng, 19)
        gradients, _ = dense_gradients(
            config, parameters, ids, ids, weights=np.ones(9, np.float32), state=state, d_state=state
        )
        live = parameters._replace(E=parameters.E[:200], b_out=parameters.b_out[:200])
        scores = cells.logits(live, cells.project(live, state.h[np.newaxis])[0])
        cells.log_sum_exp(scores)
        cells.top_k(scores, 3, 10, 150)
        cells.clip_by_global_norm(gradients, 0.1)
        cells.decay_update(parameters.W_x, gradients.W_x, parameters.W_x.copy(), rate=0.1, pull=0.1)
        cells.all_finite(gradients)
    assert versions_of_each_kernel() == warm


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_kernels_let_other_threads_run_and_see_nan():
    for value in vars(kernels).values():
        if hasattr(value, "targetoptions"):
            assert value.targetoptions["nogil"] is True
            assert not {"nnan", "ninf", "fast"} & set(value.targetoptions["fastmath"])
