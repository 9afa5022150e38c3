from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.prediction.reading import passage_before
from engine.text.context import WINDOW_CHARACTERS
from engine.text.tokenizer import LINE, tokenize
from tests.tiny_model import random_text

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()))


@given(ANY_TEXT)
def test_there_is_always_something_to_read(text):
    assert passage_before(text)


def test_a_whole_text_begins_like_a_line():
    assert passage_before("") == (LINE,)
    assert passage_before("To be ") == (LINE, "To", "be")
    assert passage_before("\nTo be ") == (LINE, "To", "be")


def test_a_passage_is_the_end_of_the_text_and_long_enough():
    text = random_text(random.Random(1), 330)[-WINDOW_CHARACTERS:]
    passage = passage_before(text)
    assert list(passage) == tokenize(text)[-len(passage) :]
    assert len(passage) >= 96


def test_the_beginning_stays_while_a_text_grows():
    text = random_text(random.Random(2), 1_200)
    passages = [passage_before(text[end - WINDOW_CHARACTERS : end]) for end in range(6_000, len(text) - 200, 10)]
    beginnings = {passage[:12] for passage in passages}
    assert len(beginnings) < len(passages) / 4
    assert max(len(passage) for passage in passages) < 420


def test_a_state_is_the_same_whatever_was_read_before(engine):
    rng = random.Random(3)
    model = engine.predictor.blend.model
    rows = [rng.randrange(model.n_rows) for _ in range(140)]
    for n in (3, 90, 91, 92, 140, 137, 2):
        state = engine.predictor.state_after(tuple(rows[:n]))
        whole = model.read(model.initial_state(), rows[:n])[-1]
        np.testing.assert_allclose(state.h, whole.h, atol=1e-5)
        np.testing.assert_allclose(state.c, whole.c, atol=1e-5)
