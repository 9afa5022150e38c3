from __future__ import annotations

import numpy as np
import pytest

from engine import open_engine
from engine.learning.bptt import UpdateRule
from engine.learning.moved_rows import MovedRows
from engine.model.checkpoint import read_model
from engine.model.language_model import LanguageModel
from tests.tiny_model import answers, probes, stream, typed, weights_of

MOST = 24
RULE = UpdateRule(n_rivals=10, most_rows=MOST)


@pytest.fixture
def model(tiny_model):
    shipped = read_model(tiny_model)
    return LanguageModel(shipped.config, shipped.parameters, shipped.vocabulary)


@pytest.fixture
def open_bounded(tiny_model):
    """Return a function that opens engines of which only a few rows may stay moved."""
    opened = []

    def open_profile(profile=None):
        opened.append(open_engine(profile, model=tiny_model, rule=RULE))
        return opened[-1]

    yield open_profile
    for one in opened:
        one.close()


def learn(engine, commits):
    for commit in commits:
        engine.learner.learn_one(commit)


def rows_that_differ(engine, shipped):
    live, n = engine.predictor.blend.model.parameters, engine.predictor.blend.model.n_shipped_rows
    return set(np.flatnonzero((live.E[:n] != shipped.E).any(axis=1) | (live.b_out[:n] != shipped.b_out)).tolist())


def move(model, moved, distances):
    rows = np.array(sorted(distances))
    moved.remember(rows)
    for row, distance in distances.items():
        model.parameters.E[row, 0] += np.float32(distance)


def test_rows_that_moved_least_are_the_surplus(model):
    moved = MovedRows(model, 8)
    move(model, moved, {row: 0.1 * row for row in range(1, 9)})
    assert moved.surplus().size == 0
    move(model, moved, {20: 0.35, 21: 0.05})
    assert moved.surplus().tolist() == [1, 2, 21]  # one in eight more than must go


def test_rows_that_are_given_back_are_as_they_were_shipped(model):
    E = model.parameters.E.copy()
    moved = MovedRows(model, 8)
    move(model, moved, {3: 1.0, 4: 1.0})
    move(model, moved, {4: 1.0})
    moved.give_back(np.array([4, 7]))
    assert moved.rows.tolist() == [3]
    np.testing.assert_array_equal(np.delete(model.parameters.E, 3, axis=0), np.delete(E, 3, axis=0))


def test_rows_are_pulled_a_share_of_the_way_back_to_what_they_were(model):
    E, b_out = model.parameters.E.copy(), model.parameters.b_out.copy()
    moved = MovedRows(model, 8)
    move(model, moved, {3: 1.0, 4: 1.0})
    model.parameters.b_out[4] += np.float32(2)
    moved.pull_back(np.array([4, 7]), 0.25)
    assert model.parameters.E[4, 0] - E[4, 0] == pytest.approx(0.75)
    assert model.parameters.b_out[4] - b_out[4] == pytest.approx(1.5)
    assert model.parameters.E[3, 0] - E[3, 0] == pytest.approx(1.0)  # nobody asked for it
    np.testing.assert_array_equal(model.parameters.E[7], E[7])  # not moved


def test_words_of_the_user_were_never_shipped_and_do_not_count(model):
    moved = MovedRows(model, 8)
    moved.remember(np.array([model.add_row("Zorbly"), 5]))
    assert moved.rows.tolist() == [5]


def test_however_much_is_learned_only_so_many_rows_differ_from_the_shipped_model(open_bounded, tiny_model):
    shipped, engine = read_model(tiny_model).parameters, open_bounded()
    most = 0
    for commit in stream(71, 400):
        engine.learner.learn_one(commit)
        differ = rows_that_differ(engine, shipped)
        assert differ <= set(engine.learner.teacher.updater.moved.rows.tolist())
        most = max(most, len(differ))
    assert MOST - MOST // 8 <= most <= MOST


def test_a_restart_brings_back_exactly_what_was_learned_with_rows_given_back(open_bounded, tmp_path):
    engine = open_bounded(tmp_path / "p")
    learn(engine, stream(72, 300))
    said, weights = answers(engine, probes()), weights_of(engine)
    engine.close()
    again = open_bounded(tmp_path / "p")
    assert answers(again, probes()) == said
    for live, back in zip(weights, weights_of(again), strict=True):
        assert live.tobytes() == back.tobytes()


def test_a_step_that_gave_rows_back_is_taken_back_whole(open_bounded):
    engine = open_bounded()
    updater = engine.learner.teacher.updater
    n_given_back = 0
    for commit in stream(73, 300):
        engine.learner.learn_one(commit)
        weights, rows = weights_of(engine), updater.moved.rows
        report = engine.learner.learn_one(typed("I hope that ", "what", ("the",)))
        n_given_back += len(set(rows.tolist()) - set(updater.moved.rows.tolist())) if report.updated else 0
        engine.knowledge.take_back()
        assert updater.moved.rows.tolist() == rows.tolist()
        for before, after in zip(weights, weights_of(engine), strict=True):
            assert before.tobytes() == after.tobytes()
    assert n_given_back
