from __future__ import annotations

import random
import re
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.prediction.reading import passage_before
from engine.text.context import WINDOW_CHARACTERS
from engine.text.tokenizer import LINE, is_word, tokenize
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


def tokens_read(text, ends):
    """Return how many tokens a reader reads for each of the windows that end at ``ends``, the last tokens kept."""
    known, counts = {()}, []
    for end in ends:
        passage = passage_before(text[max(0, end - WINDOW_CHARACTERS) : end])
        counts.append(next(n for n in range(len(passage) + 1) if passage[: len(passage) - n] in known))
        known |= {passage[:n] for n in range(1, len(passage) + 1)}
    return counts


@pytest.mark.parametrize("unmarked", [False, True], ids=["sentences", "no sentence ends"])
@pytest.mark.parametrize("start", [0, 6_000], ids=["from its beginning", "in its midst"])
def test_a_word_more_is_read_alone_but_for_few_moves_of_the_beginning(unmarked, start):
    text = random_text(random.Random(2), 2_400)
    if unmarked:
        text = " ".join(token for token in tokenize(text) if is_word(token)) + " "
    ends = [match.end() for match in re.finditer(r"\w+ ", text) if match.end() > start][:700]
    counts = tokens_read(text, ends)
    assert statistics.median(counts) <= 2
    assert sum(count > 12 for count in counts) < 0.04 * len(counts)
    assert max(counts) <= 224


def test_a_short_text_is_read_from_its_beginning_to_its_end():
    words = [f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(223)]
    passage = passage_before(" ".join(words) + " ")
    assert passage == (LINE, *words)
    assert len(passage_before(" ".join([*words, "more"]) + " ")) < 224


def test_a_state_is_the_same_whatever_was_read_before(engine):
    rng = random.Random(3)
    model = engine.predictor.blend.model
    rows = [rng.randrange(model.n_rows) for _ in range(140)]
    for n in (3, 90, 91, 92, 140, 137, 2):
        state = engine.predictor.state_after(tuple(rows[:n]))
        whole = model.read(model.initial_state(), rows[:n])[-1]
        np.testing.assert_allclose(state.h, whole.h, atol=1e-5)
        np.testing.assert_allclose(state.c, whole.c, atol=1e-5)
