from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.model import cells
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import initialise
from engine.model.quantised import QuantisedMatrix, QuantisedNetwork
from engine.model.state import zero_state

D, H, V = 12, 20, 37


def drawn(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def dense(matrix):
    return matrix.codes * matrix.scales[:, np.newaxis]


def test_no_weight_is_further_off_than_half_a_step_of_its_row():
    W = drawn(50, 33)
    W[7] = 0.0
    matrix = QuantisedMatrix.of(W)
    assert matrix.codes.min() >= -127
    assert np.abs(matrix.codes[np.arange(50) != 7]).max(axis=1).min() == 127
    assert (np.abs(dense(matrix) - W).max(axis=1) <= 0.5001 * matrix.scales).all()
    np.testing.assert_allclose(matrix.scales, np.abs(W).max(axis=1) / 127, rtol=1e-6)
    assert not matrix.codes[7].any()


@pytest.mark.parametrize("n_rows", [0, 1, 5, 6, 11, 12, 17, 18, 37, 1_000])
def test_products_are_those_of_the_rounded_matrix(n_rows):
    matrix, x, y, bias = QuantisedMatrix.of(drawn(n_rows, D)), drawn(D, seed=1), drawn(n_rows, seed=2), drawn(n_rows)
    np.testing.assert_allclose(matrix.times(x, bias), dense(matrix) @ x + bias, rtol=1e-4, atol=1e-5)
    product = cells.product_transposed_int8(matrix.codes, y * matrix.scales)
    np.testing.assert_allclose(product, dense(matrix).T @ y, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("kind", CellKind)
def test_each_cell_reads_as_with_the_rounded_weights_in_full_precision(kind):
    config = ModelConfig(kind, V, D, H)
    parameters = initialise(config, np.random.default_rng(3))
    rounded = parameters._replace(
        **{name: dense(QuantisedMatrix.of(getattr(parameters, name))) for name in ("E", "W_x", "W_h", "P")}
    )
    network, X = QuantisedNetwork(kind, parameters), drawn(9, D, seed=4)
    states = network.read(parameters, zero_state(H), X)
    trace = cells.forward(config, rounded, X, zero_state(H))
    np.testing.assert_allclose([state.h for state in states], trace.H, atol=1e-5)
    np.testing.assert_allclose(states[-1].c, trace.C[-1], atol=1e-5)
    z = network.project(parameters, states[-1])
    np.testing.assert_allclose(z, cells.project(rounded, trace.H)[-1], atol=1e-5)
    np.testing.assert_allclose(network.logits(parameters, z), cells.logits(rounded, z), atol=1e-5)
    p = np.full(V, 1.0 / V, np.float32)
    np.testing.assert_allclose(network.expected_row(p), rounded.E.mean(axis=0), atol=1e-5)


def test_a_changed_weight_changes_what_is_predicted(model):
    state = model.read(model.initial_state(), [1, 20, 33])[-1]
    before = model.probabilities(state)
    model.parameters.E[20] *= 3.0
    np.testing.assert_array_equal(model.probabilities(state), before)
    model.changed(np.array([20]))
    assert model.probabilities(state)[20] != before[20]
    model.parameters.W_h[...] *= 0.5
    model.changed(np.empty(0, np.int64))
    assert np.abs(model.read(model.initial_state(), [1, 20, 33])[-1].h - state.h).max() > 1e-4


def test_a_new_row_is_predicted_at_once(model):
    state = model.read(model.initial_state(), [1, 20, 33])[-1]
    p_unknown = model.probabilities(state)[0]
    rows = [model.add_row(f"zorb{chr(97 + n)}") for n in range(3)]
    assert model.probabilities(state)[rows] == pytest.approx(0.003 * p_unknown, rel=0.2)


def test_the_rounded_network_predicts_nearly_what_the_exact_one_does(model):
    rows = [1, 20, 33, 2, 14, 51, 0, 40, 41]
    exact = model.trace(model.initial_state(), rows)
    scores = cells.logits(model.parameters, cells.project(model.parameters, exact.H)[-1])
    p = np.exp(scores - cells.log_sum_exp(scores))
    rounded = model.probabilities(model.read(model.initial_state(), rows)[-1])
    assert np.abs(np.log(rounded) - np.log(p)).max() < 0.05


def test_what_is_no_8_bit_matrix_is_refused():
    with pytest.raises(EngineError, match="int8"):
        cells.product_int8(drawn(4, D), drawn(4), drawn(D), drawn(4))
    matrix = QuantisedMatrix.of(drawn(4, D))
    with pytest.raises(EngineError, match="x "):
        matrix.times(drawn(D + 1), drawn(4))
    with pytest.raises(EngineError, match="scales"):
        cells.product_int8(matrix.codes, matrix.scales[:3].copy(), drawn(D), drawn(4))
