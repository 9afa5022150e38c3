from __future__ import annotations

import random

import numpy as np
import pytest

from engine import Context, open_engine
from engine.learning.lessons import LONGEST_READ, Lessons
from engine.learning.pseudo_text import PseudoWriter
from engine.learning.rehearsal import Rehearsal, RehearsalRule, RowScaledDescent
from engine.model.draft import Draft
from engine.model.parameters import CORE
from engine.values import REHEARSED
from tests.tiny_model import WORDS, answers, probes, typed, weights_of

N_LESSONS = 60
EAGER = RehearsalRule(rate=1.5e-4, weight=1.0)
"""A network that was never trained writes nothing that is worth keeping."""


def core_of(engine):
    return {name: getattr(engine.predictor.blend.model.parameters, name).copy() for name in CORE}


def same_core(one, two):
    return all(one[name].tobytes() == two[name].tobytes() for name in CORE)


def teach(engine, n=N_LESSONS, seed=1):
    """Type sentences of one habit: after each word always the same one comes."""
    rng = random.Random(seed)
    left = ""
    for _ in range(n):
        place = rng.randrange(len(WORDS) - 1)
        for word in WORDS[place : place + 2]:
            others = [other for other in ("the", "of", "and") if other != word.casefold()]
            assert engine.learner.learn_one(typed(left, word, others)).word
            left = f"{left}{word} "[-200:]


def rehearse(engine):
    rehearsal = engine.learner.rehearse(EAGER)
    assert rehearsal is not None
    while not rehearsal.go_on():
        pass
    return rehearsal.report


def test_going_over_a_habit_makes_words_that_were_held_out_likelier_and_is_kept(engine):
    teach(engine)
    before = core_of(engine)
    report = rehearse(engine)
    assert report.kept
    assert report.loss_after < report.loss_before
    assert not same_core(before, core_of(engine))


def test_a_rehearsal_that_is_left_before_its_end_changes_nothing(engine):
    teach(engine)
    before, said = weights_of(engine), answers(engine, probes())
    rehearsal = engine.rehearse()
    for _ in range(20):
        assert not rehearsal.go_on()
    assert all(old.tobytes() == new.tobytes() for old, new in zip(before, weights_of(engine), strict=True))
    assert answers(engine, probes()) == said


def test_what_made_the_held_out_words_less_likely_is_rolled_back(engine):
    teach(engine)
    before = core_of(engine)
    rehearsal = engine.learner.rehearse(RehearsalRule(rate=0.5))
    while not rehearsal.go_on():
        pass
    assert not rehearsal.report.kept
    assert same_core(before, core_of(engine))


def test_a_word_that_is_learned_in_between_ends_the_rehearsal_and_stays_learned(engine):
    teach(engine)
    rehearsal = engine.rehearse()
    assert not rehearsal.go_on()
    teach(engine, n=1)
    after = core_of(engine)
    assert rehearsal.go_on()
    assert rehearsal.report is None
    assert same_core(after, core_of(engine))


def test_there_is_nothing_to_rehearse_before_enough_was_learned_or_twice_in_a_row(engine):
    assert engine.rehearse() is None
    teach(engine)
    rehearse(engine)
    assert engine.rehearse() is None
    teach(engine)
    assert engine.rehearse() is not None


def test_a_rehearsal_that_was_left_is_begun_again_in_the_next_rest(engine):
    teach(engine)
    engine.rehearse().go_on()
    assert engine.rehearse() is not None


def test_taking_back_the_last_word_takes_the_rehearsal_with_it(engine):
    teach(engine)
    before, (first, second) = core_of(engine), WORDS[2:4]
    assert engine.learner.learn_one(typed(f"{first} ", second, ("the", "of"))).updated
    assert rehearse(engine).kept
    assert engine.knowledge.take_back() == second
    assert same_core(before, core_of(engine))


def test_what_was_rehearsed_is_there_when_the_profile_is_opened_again(open_tiny, tmp_path):
    engine = open_tiny(tmp_path)
    teach(engine)
    report = rehearse(engine)
    assert report.kept
    expected, events = weights_of(engine), engine.knowledge.events()
    engine.close()
    again = open_tiny(tmp_path)
    assert all(old.tobytes() == new.tobytes() for old, new in zip(expected, weights_of(again), strict=True))
    assert again.knowledge.events() == events
    newest = events[0]
    assert (newest.source, newest.word, newest.updated) == (REHEARSED, "", True)
    assert (newest.loss_before, newest.loss_after) == (report.loss_before, report.loss_after)


def test_words_go_on_counting_as_unlearned_over_a_rehearsal(open_tiny, tmp_path):
    engine = open_tiny(tmp_path)
    teach(engine)
    for word in ("the", "of"):
        engine.learner.learn_one(typed("to be ", word, (word,)))
    rehearse(engine)
    unlearned = engine.learner.unlearned
    engine.close()
    assert open_tiny(tmp_path).learner.unlearned == unlearned
    assert len(unlearned) == 2


def test_the_same_session_rehearsed_twice_gives_the_same_model_bit_for_bit(tiny_model):
    found = []
    for _ in range(2):
        with open_engine(None, model=tiny_model) as engine:
            teach(engine)
            rehearse(engine)
            found.append(core_of(engine))
    assert same_core(*found)


def rows_in_lessons(engine):
    return {row for part in lessons_of(engine) for lesson in part for row in (*lesson.rows, lesson.target)}


def lessons_of(engine):
    return engine.learner.teacher.lessons.split()


def test_no_lesson_is_left_of_a_word_that_was_forgotten(engine):
    teach(engine)
    for left in ("to be ", "we are ", "you and "):
        engine.learner.learn_one(typed(left, "Zorbly", ("the", "of")))
        engine.learner.learn_one(typed(f"{left}Zorbly ", "again", ("the", "of")))
    row = engine.predictor.blend.model.row_of("zorbly")
    assert any(
        row in (*lesson.rows, lesson.target) for part in engine.learner.teacher.lessons.split() for lesson in part
    )
    engine.forget("Zorbly")
    assert not any(
        row in (*lesson.rows, lesson.target) for part in engine.learner.teacher.lessons.split() for lesson in part
    )


def test_what_is_held_out_is_the_newest_tenth():
    lessons = Lessons()
    for row in range(50):
        lessons.add([1, 2], row, 1)
    own, held_out = lessons.split()
    assert [lesson.target for lesson in own] == list(range(45))
    assert [lesson.target for lesson in held_out] == list(range(45, 50))


def test_a_lesson_reads_no_more_than_it_needs():
    lessons = Lessons()
    lessons.add(range(200), 7, 3)
    (lesson,) = lessons.split()[1]
    assert lesson.rows == tuple(range(200 - LONGEST_READ, 200))


def changes_of(engine):
    return engine.learner.teacher.updater.changes()


@pytest.fixture
def writer(engine):
    return PseudoWriter(engine.predictor.blend.model, changes_of(engine), np.random.default_rng(3))


def test_the_shipped_network_writes_no_word_that_it_does_not_know(engine, writer):
    engine.learner.learn_one(typed("to be ", "Zorbly", ()))
    model = engine.predictor.blend.model
    rows = {row for _ in range(40) for row in writer.write(20, 5).rows}
    assert 0 not in rows
    assert max(rows) < model.n_shipped_rows < model.n_rows


def test_what_was_expected_of_pseudo_text_is_the_mean_row_of_the_shipped_network(engine, writer):
    model = engine.predictor.blend.model
    passage = writer.write(12, 4)
    assert (len(passage.rows), passage.expected.shape) == (12, (4, model.config.n_embedding))
    p = model.probabilities(model.read(model.initial_state(), passage.rows)[-1])
    np.testing.assert_allclose(passage.expected[-1], p @ model.parameters.E, atol=0.02)


def test_the_network_as_it_was_shipped_has_nothing_to_learn_of_what_it_wrote(engine, writer):
    """The divergence from itself is least at its own weights: its gradient is small beside that of a lesson."""
    teach(engine, n=30)
    engine.learner.teacher.updater.adopt(changes_of(engine).core._asdict())
    lessons = lessons_of(engine)
    rehearsal = Rehearsal(engine.predictor.blend.model, changes_of(engine), lessons, lambda *_: None)
    of_passage = rehearsal._gradient_of_passage(writer.write(40, 20))
    of_lesson = rehearsal._gradient_of_lesson(lessons[0][-1])
    assert np.linalg.norm(of_passage["W_h"]) < 0.1 * np.linalg.norm(of_lesson["W_h"])


def test_a_draft_begins_as_the_live_model_and_leaves_it_alone(engine):
    model = engine.predictor.blend.model
    draft, rows = Draft(model), model.rows_of(("to", "be"))
    np.testing.assert_array_equal(
        draft.trace(model.initial_state(), rows).H, model.trace(model.initial_state(), rows).H
    )
    before = core_of(engine)
    draft.core["W_h"] += 1.0
    assert same_core(before, core_of(engine))


def test_a_step_is_scaled_by_the_root_mean_square_of_each_row():
    rng = np.random.default_rng(1)
    core = {"W_x": np.zeros((3, 4), np.float32), "b_x": np.zeros(3, np.float32)}
    descent, squares, expected = RowScaledDescent(core, 0.9), {}, {name: np.zeros_like(core[name]) for name in core}
    for n in range(1, 5):
        gradient = {name: rng.normal(size=part.shape).astype(np.float32) * 10.0**n for name, part in core.items()}
        for name, g in gradient.items():
            row_square = (g.astype(float) ** 2).mean(-1, keepdims=True)
            squares[name] = 0.9 * squares.get(name, 0.0) + 0.1 * row_square
            expected[name] -= 0.01 * g / np.sqrt(squares[name] / (1 - 0.9**n))
        descent.step(gradient, 0.01)
    for name, part in core.items():
        np.testing.assert_allclose(part, expected[name], rtol=1e-4)


def test_a_gradient_that_is_no_number_moves_nothing():
    core = {"W_x": np.ones((2, 2), np.float32)}
    RowScaledDescent(core, 0.9).step({"W_x": np.array([[1.0, np.nan], [1.0, 1.0]], np.float32)}, 0.1)
    np.testing.assert_array_equal(core["W_x"], 1.0)


def test_what_is_on_offer_follows_a_rehearsal_at_once(engine):
    teach(engine)
    context = Context.before_caret("to be or ")
    version = engine.predictor.predict_one(context).model_version
    assert rehearse(engine).kept
    assert engine.predictor.predict_one(context).model_version > version
