from __future__ import annotations

import numpy as np
import pytest

from engine.learning.bptt import NetworkUpdater, UpdateRule, window_gradient
from engine.model import cells
from engine.model.checkpoint import read_model
from engine.model.language_model import LanguageModel

ROWS, TARGET = (1, 20, 33, 14, 51), 30


@pytest.fixture
def shipped(tiny_model):
    return read_model(tiny_model)


@pytest.fixture
def model(shipped):
    return LanguageModel(shipped.config, shipped.parameters, shipped.vocabulary)


@pytest.fixture
def updater_with(model, shipped):
    """Return a function that makes an updater of the model with some rules."""
    return lambda **rules: NetworkUpdater(model, UpdateRule(**rules), shipped.moments)


def loss(model):
    return -np.log(model.probabilities(model.read(model.initial_state(), ROWS)[-1])[TARGET])


def test_a_step_lowers_the_loss_and_can_be_taken_back(model, updater_with):
    updater = updater_with()
    before, weights, version = loss(model), [part.copy() for part in model.parameters], model.version
    gradient = updater.gradient_of(model.initial_state(), ROWS, TARGET)
    assert updater.apply(gradient)
    assert loss(model) < before
    assert model.version > version
    assert TARGET in updater.moved.rows
    updater.take_back()
    for old, new in zip(weights, model.parameters, strict=True):
        assert old.tobytes() == new.tobytes()


def test_rows_that_were_not_touched_stay(model, updater_with):
    updater = updater_with(n_rivals=5)
    E, b_out = model.parameters.E.copy(), model.parameters.b_out.copy()
    for _ in range(3):
        updater.apply(updater.gradient_of(model.initial_state(), ROWS, TARGET))
    others = np.array([row for row in range(model.n_rows) if row not in updater.moved.rows])
    assert others.size
    np.testing.assert_array_equal(model.parameters.E[others], E[others])
    np.testing.assert_array_equal(model.parameters.b_out[others], b_out[others])


def test_one_update_moves_what_makes_the_state_no_further_than_its_rule(model, updater_with):
    updater = updater_with(learning_rate=10.0, clip_norm=0.01, pull=0.0, row_pull=0.0, output_rate=0.0)
    before = [part.copy() for part in model.parameters]
    updater.apply(updater.gradient_of(model.initial_state(), ROWS, TARGET))
    moved = sum(float(np.square(new - old).sum()) for new, old in zip(model.parameters, before, strict=True))
    assert 0.0 < moved**0.5 <= 10.0 * 0.01 * 1.001


@pytest.mark.parametrize("refused", [0, 17])
def test_the_gradient_is_that_of_the_loss(model, refused):
    """Against central differences of the exact loss in some weights of each kind."""
    rule = UpdateRule(n_rivals=model.n_rows, refusal_weight=20.0)
    gradient = window_gradient(model, rule, model.initial_state(), ROWS, TARGET, n_learned=2, refused=refused)
    rng, step = np.random.default_rng(0), 1e-2
    d_E = np.zeros_like(model.parameters.E)
    d_E[gradient.rows] = gradient.E
    derivatives = {"E": d_E, "P": gradient.P, "b_p": gradient.b_p, **gradient.cell._asdict()}

    def loss_of_two():
        Z = cells.project(model.parameters, model.trace(model.initial_state(), ROWS).H)[-2:]
        scores = [cells.logits(model.parameters, z) for z in Z]
        loss = sum(cells.log_sum_exp(s) - float(s[row]) for s, row in zip(scores, (ROWS[-1], TARGET), strict=True))
        if refused:
            p = np.exp(float(scores[-1][refused]) - cells.log_sum_exp(scores[-1]))
            loss -= rule.refusal_weight * float(np.log1p(-p))
        return loss

    for name, derivative in derivatives.items():
        weights, direction = getattr(model.parameters, name), rng.normal(size=derivative.shape).astype(np.float32)
        if name == "E":
            direction[list(ROWS)] = 0.0  # these are read too, of which the gradient holds nothing
        direction /= np.linalg.norm(direction)
        weights += step * direction
        above = loss_of_two()
        weights -= 2 * step * direction
        below = loss_of_two()
        weights += step * direction
        assert (above - below) / (2 * step) == pytest.approx(float((derivative * direction).sum()), abs=4e-3), name


def test_an_error_moves_a_word_of_the_users_own_further(model, updater_with):
    row = model.add_row("quokka")
    moved = {}
    for own in (1.0, 8.0):
        updater, before = updater_with(for_own_words=own), model.parameters.b_out.copy()
        updater.apply(updater.gradient_of(model.initial_state(), ROWS, row))
        moved[own] = model.parameters.b_out - before
        updater.take_back()
    assert moved[1.0][row] > 0.0
    assert moved[8.0][row] == pytest.approx(8.0 * moved[1.0][row], rel=1e-3)
    of_shipped_words = [np.delete(change, row) for change in moved.values()]
    np.testing.assert_array_equal(*of_shipped_words)  # common ones, all of this model


def test_without_an_error_the_pull_brings_the_shipped_weights_back(model, updater_with):
    shipped = model.parameters.W_h.copy()
    updater = updater_with(learning_rate=0.0, output_rate=0.0, pull=0.5)
    model.parameters.W_h[...] += 1.0
    for _ in range(30):
        updater.apply(updater.gradient_of(model.initial_state(), ROWS, TARGET))
    np.testing.assert_allclose(model.parameters.W_h, shipped, atol=1e-5)


def test_nothing_is_learned_from_an_unknown_word(model):
    gradient = window_gradient(model, UpdateRule(), model.initial_state(), ROWS, 0)
    assert not any(part.any() for part in (*gradient.core, gradient.E, gradient.b_out))
