from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from engine.errors import CheckpointError, EngineError
from engine.model import cells
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import check_shapes, initialise

SCORES = st.one_of(st.floats(-4.0, 4.0, width=16), st.just(-math.inf), st.integers(-2, 2).map(float))


def floats(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("kind", CellKind)
def test_drawn_weights_have_their_shapes_and_come_from_the_seed(kind):
    config = ModelConfig(kind, 50, 6, 8)
    first, second = (initialise(config, np.random.default_rng(7)) for _ in range(2))
    check_shapes(config, first)
    for one, two in zip(first, second, strict=True):
        np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize("change", ["shape", "type", "layout", "read-only"])
def test_weights_that_do_not_fit_are_refused(change):
    config = ModelConfig(CellKind.LSTM, 50, 6, 8)
    parameters = initialise(config, np.random.default_rng(0))
    W = parameters.W_h
    if change == "read-only":
        W.flags.writeable = False
    bad = {"shape": W[:-1], "type": W.astype(np.float64), "layout": np.asfortranarray(W), "read-only": W}[change]
    with pytest.raises(CheckpointError, match="W_h"):
        check_shapes(config, parameters._replace(W_h=bad))


@pytest.mark.parametrize("size", [0, -1, 2.5, "8", True, None, 2**40])
def test_sizes_that_no_network_has_are_refused(size):
    with pytest.raises(CheckpointError, match="n_hidden"):
        ModelConfig(CellKind.GRU, 50, 6, size)


def test_an_unknown_cell_is_refused():
    with pytest.raises(CheckpointError, match="cell"):
        ModelConfig("lstm", 50, 6, 8)


# ------------------------------------------------------------------------------------------------ updates


@pytest.mark.parametrize("limit", [0.5, 1e6])
def test_clipping_shrinks_all_gradients_to_one_norm(limit):
    gradients = [floats(7, 3), floats(9_001, seed=1)]
    norm = math.sqrt(sum(float((gradient.astype(np.float64) ** 2).sum()) for gradient in gradients))
    expected = [gradient * min(1.0, limit / norm) for gradient in gradients]
    assert cells.clip_by_global_norm(gradients, limit) == pytest.approx(norm, rel=1e-6)
    for gradient, right in zip(gradients, expected, strict=True):
        np.testing.assert_allclose(gradient, right, rtol=1e-5)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_gradient_that_is_not_finite_is_reported_and_left_alone(bad):
    gradient = np.array([1.0, bad], np.float32)
    assert not math.isfinite(cells.clip_by_global_norm([gradient], 0.1))
    assert gradient[0] == 1.0


def test_the_plain_update_is_a_gradient_step_and_a_pull():
    theta, d_theta, theta_0 = floats(5, 7), floats(5, 7, seed=1), floats(5, 7, seed=2)
    expected = theta + 0.25 * (theta_0 - theta) - 0.1 * d_theta
    cells.decay_update(theta, d_theta, theta_0, rate=0.1, pull=0.25)
    np.testing.assert_allclose(theta, expected, rtol=1e-5, atol=1e-6)


def test_an_update_with_arrays_of_two_shapes_is_refused():
    with pytest.raises(EngineError, match="theta_0"):
        cells.decay_update(floats(3), floats(3), floats(4), rate=0.1, pull=0.0)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [0, 4_095, 4_096, 4_099])
def test_one_bad_number_is_found(bad, place):
    array = floats(4_100)
    assert cells.all_finite([array])
    array[place] = bad
    assert not cells.all_finite([floats(3), array])


# ------------------------------------------------------------------------------------------------ top k


def best_of(scores, rows, k):
    """Return what ``top_k`` should, by sorting."""
    ranked = sorted((-scores[row], row) for row in rows if scores[row] > -math.inf)
    return [row for _, row in ranked[:k]]


@settings(deadline=None)
@given(arrays_of.arrays(np.float32, st.integers(0, 300), elements=SCORES), st.integers(1, 16), st.data())
def test_top_k_of_a_range_is_what_sorting_gives(scores, k, data):
    start = data.draw(st.integers(0, scores.size))
    stop = data.draw(st.integers(start, scores.size))
    assert cells.top_k(scores, k, start, stop).tolist() == best_of(scores, range(start, stop), k)
    assert cells.top_k(scores, k).tolist() == best_of(scores, range(scores.size), k)


def test_nan_is_never_among_the_best():
    scores = np.array([np.nan, 1.0, np.nan, 2.0], np.float32)
    assert cells.top_k(scores, 4).tolist() == [3, 1]


@pytest.mark.parametrize(("k", "start", "stop"), [(0, 0, 5), (1, -1, 5), (1, 0, 6), (1, 3, 2)])
def test_ranges_outside_the_scores_are_refused(k, start, stop):
    with pytest.raises(EngineError, match="top_k"):
        cells.top_k(floats(5), k, start, stop)
