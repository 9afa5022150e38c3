from __future__ import annotations

import numpy as np
import pytest

from engine.model.language_model import LanguageModel
from engine.text.vocabulary import Vocabulary


def test_probabilities_add_up_to_1_whatever_was_read(model):
    state = model.initial_state()
    for row in (1, 20, 0, 30, 30, model.n_rows - 1):
        p = model.probabilities(state)
        assert p.shape == (model.n_rows,)
        assert p.min() >= 0.0
        assert p.sum() == pytest.approx(1.0, abs=1e-5)
        state = model.read(state, [row])[-1]


def test_reading_in_pieces_is_reading_at_once(model):
    rows = [1, 20, 33, 2, 14, 51, 0, 40, 41]
    whole = model.read(model.initial_state(), rows)[-1]
    state = model.initial_state()
    for piece in (rows[:4], rows[4:5], rows[5:]):
        state = model.read(state, piece)[-1]
    np.testing.assert_allclose(state.h, whole.h, atol=1e-6)
    np.testing.assert_allclose(state.c, whole.c, atol=1e-6)


def test_reading_leaves_the_state_that_it_began_with(model):
    state = model.initial_state()
    model.read(state, [1, 2, 3])
    assert not state.h.any()
    assert not state.c.any()


def test_a_token_that_the_training_text_never_had_counts_as_if_it_had_come_once(model):
    forms = model.vocabulary.forms[: model.n_rows]
    words = Vocabulary(forms, [0, 1, 8] + [10] * (len(forms) - 3), len(forms))
    shares = LanguageModel(model.config, model.parameters, words).shipped_shares
    assert shares.sum() == pytest.approx(1.0)
    assert shares[0] == shares[1]
    assert shares[2] == pytest.approx(8 * shares[1])


def test_a_new_word_has_a_row_and_moves_none(model):
    before = [part.copy() for part in model.parameters]
    state = model.read(model.initial_state(), [1, 20, 33])[-1]
    p_before, version, n = model.probabilities(state), model.version, model.n_rows
    assert not model.has_row("zorbly")
    row = model.add_row("Zorbly")
    assert row == n == model.n_rows - 1
    assert model.row_of("ZORBLY") == row
    assert model.token_of(row) == "zorbly"
    assert model.form_of(row) == "Zorbly"
    assert list(model.user_tokens) == ["zorbly"]
    assert model.version == version
    for old, new in zip(before, model.parameters, strict=True):
        np.testing.assert_array_equal(new[: len(old)], old)
    p = model.probabilities(state)
    np.testing.assert_allclose(p[:n] / p[:n].sum(), p_before, rtol=1e-4)
    assert 0.0 < p[row] < p[0]


def test_a_word_gets_one_row_only(model):
    assert model.add_row("Zorbly") == model.add_row("zorbly") == model.add_row("ZORBLY")
    assert model.add_row("the") == model.row_of("the") < model.n_shipped_rows
    assert model.add_row("<unknown>") == 0
    assert len(model.user_tokens) == 1


def test_thousands_of_new_words_find_room(model):
    first = model.add_row("word")
    model.parameters.E[first] = 7.0
    rows = [model.add_row(f"word{chr(97 + n % 26)}{n}") for n in range(2_500)]
    assert rows == list(range(first + 1, first + 2_501))
    assert (model.parameters.E[first] == 7.0).all()
    assert model.config.n_vocabulary == model.n_rows == first + 2_501
    assert model.probabilities(model.initial_state()).sum() == pytest.approx(1.0, abs=1e-4)


def test_the_form_of_a_new_word_can_change_in_case_only(model):
    row = model.add_row("zorbly")
    model.set_form(row, "ZorBly")
    assert model.form_of(row) == "ZorBly"
    model.set_form(row, "another")
    assert model.form_of(row) == "ZorBly"


def test_the_form_of_a_shipped_word_stays(model):
    row = model.row_of("london")
    model.set_form(row, "LONDON")
    assert model.form_of(row) == "London"
