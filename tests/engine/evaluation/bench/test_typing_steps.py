from __future__ import annotations

import numpy as np

from engine.evaluation.bench.passage import PASSAGE, passage_words
from engine.evaluation.bench.typing_steps import measure_keystrokes, rejections, time_updates
from tests.tiny_model import weights_of


def quiet(_progress):
    """Hear nothing."""


def test_the_passage_can_be_typed_with_one_key_a_character():
    assert PASSAGE.isascii()
    assert len(passage_words(1_000)) > 150


def test_every_word_is_asked_for_once_and_every_letter_behind_the_first(engine):
    words = passage_words(5)
    group = measure_keystrokes(engine, 5, quiet)
    assert group.figure("new_word").n == 5
    assert group.figure("letter").n == sum(len(word) - 1 for _, word in words)


def test_rejections_are_of_known_words_that_were_not_shown(engine):
    commits = list(rejections(engine, 60))
    assert len(commits) > 10
    for commit in commits:
        assert commit.rejects
        assert engine.predictor.blend.model.has_row(commit.text)


def test_what_is_timed_as_a_rejection_trains_the_network(engine):
    commit = next(iter(rejections(engine, 60)))
    assert engine.learner.learn_one(commit).updated


def test_updates_that_are_timed_are_taken_back(engine):
    before = weights_of(engine)
    assert len(time_updates(engine, 2, quiet).elapsed) == 2
    for part, old in zip(engine.predictor.blend.model.parameters, before, strict=True):
        np.testing.assert_array_equal(part, old)
