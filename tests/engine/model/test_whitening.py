from __future__ import annotations

import numpy as np
import pytest

from engine.model import cells
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import initialise
from engine.model.state import Reading, zero_state
from engine.model.whitening import Moments, Whitening, whitened

RNG = np.random.default_rng(2)
GENERAL = RNG.normal(0.3, [1.5, 0.9, 0.4, 0.2], (500, 4)).astype(np.float32)


def extended(X):
    return np.hstack([X, np.ones((len(X), 1))])


def moment_of(X):
    return (extended(X).T @ extended(X) / len(X)).astype(np.float32)


def whitening_of(X, damping=0.0):
    return Whitening.of(Moments(*[moment_of(X)] * 3), damping)


@pytest.mark.parametrize("damping", [0.0, 0.1, 3.0])
def test_a_whitened_reading_is_the_input_through_the_damped_inverse_of_its_moments(damping):
    moment = moment_of(GENERAL).astype(float)
    inverse = np.linalg.inv(moment + damping * np.mean(np.diag(moment)[:-1]) * np.eye(5))
    expected = extended(GENERAL) @ inverse / np.trace(inverse @ moment)
    read = whitened(whitening_of(GENERAL, damping).X, GENERAL)
    np.testing.assert_allclose(np.hstack([read.X, read.ones[:, np.newaxis]]), expected, atol=1e-5)


@pytest.mark.parametrize("damping", [0.0, 0.1, 3.0])
def test_a_step_moves_what_is_made_of_its_own_place_by_the_rate_in_the_mean(damping):
    read = whitened(whitening_of(GENERAL, damping).Z, GENERAL)
    moved = (read.X * GENERAL).sum(axis=1) + read.ones
    assert moved.mean() == pytest.approx(1.0, abs=1e-3)


def test_of_all_steps_that_move_a_place_as_much_the_whitened_one_moves_general_text_least():
    place = np.array([[0.4, -0.2, 0.9, 0.5]], np.float32)
    read = whitened(whitening_of(GENERAL).X, place)
    step = np.append(read.X, read.ones)
    at_place = float(step @ extended(place)[0])

    def change_of_general_text(direction):
        direction = direction * (at_place / float(direction @ extended(place)[0]))
        return float(np.square(extended(GENERAL) @ direction).mean())

    least = change_of_general_text(step)
    assert least < 0.5 * change_of_general_text(extended(place)[0])  # the plain gradient step
    for _ in range(50):
        assert change_of_general_text(step + RNG.normal(0.0, 0.01, 5)) >= least * (1.0 - 1e-4)


@pytest.mark.parametrize("cell", CellKind)
def test_a_gradient_by_whitened_readings_is_the_gradient_times_the_whitening(cell):
    config, T = ModelConfig(cell, 7, 4, 4), 6
    parameters = initialise(config, RNG)
    X, d_H = (RNG.normal(size=(T, 4)).astype(np.float32) for _ in range(2))
    trace = cells.forward(config, parameters, X, zero_state(4))
    matrix = whitening_of(GENERAL, 0.1).H
    by_X, by_H = whitened(matrix, trace.X), whitened(matrix, trace.H_[:-1])
    plain = cells.backward(config, parameters, trace, d_H)
    natural = cells.backward(config, parameters, trace, d_H, read=(by_X, by_H))
    for W, b in (("W_x", "b_x"), ("W_h", "b_h")):
        whole = np.hstack([getattr(plain.weights, W), getattr(plain.weights, b)[:, np.newaxis]])
        found = np.hstack([getattr(natural.weights, W), getattr(natural.weights, b)[:, np.newaxis]])
        np.testing.assert_allclose(found, whole @ matrix, atol=1e-5)
    np.testing.assert_array_equal(natural.A_x, plain.A_x)


def test_the_projection_too():
    parameters = initialise(ModelConfig(CellKind.TANH, 7, 4, 4), RNG)
    H, d_Z = (RNG.normal(size=(6, 4)).astype(np.float32) for _ in range(2))
    matrix = whitening_of(GENERAL, 0.1).H
    plain = cells.project_backward(parameters, H, d_Z)
    natural = cells.project_backward(parameters, H, d_Z, whitened(matrix, H))
    whole = np.hstack([plain.P, plain.b_p[:, np.newaxis]])
    found = np.hstack([natural.P, natural.b_p[:, np.newaxis]])
    np.testing.assert_allclose(found, whole @ matrix, atol=1e-5)
    np.testing.assert_array_equal(natural.H, plain.H)


def test_a_reading_as_it_was_gives_the_plain_gradient():
    parameters = initialise(ModelConfig(CellKind.TANH, 7, 4, 4), RNG)
    H, d_Z = (RNG.normal(size=(6, 4)).astype(np.float32) for _ in range(2))
    plain, read = cells.project_backward(parameters, H, d_Z), cells.project_backward(parameters, H, d_Z, Reading.of(H))
    for one, two in zip(plain, read, strict=True):
        np.testing.assert_array_equal(one, two)
