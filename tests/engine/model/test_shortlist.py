"""The shortlist: what is scored has the network's own odds, what is not has its share of the training text."""

from __future__ import annotations

import numpy as np
import pytest

from engine.model.shortlist import Shortlist

N_LISTED = 20


def places(model):
    """Yield projected states of many places, and the network's distribution there."""
    state = model.initial_state()
    for row in (1, 20, 0, 30, 30, model.n_rows - 1):
        state = model.read(state, [row])[-1]
        yield model.project(state), model.probabilities(state)


def test_probabilities_of_a_shortlist_add_up_to_1(model):
    for z, _ in places(model):
        p = Shortlist(model, N_LISTED).probabilities(z)
        assert p.shape == (model.n_rows,)
        assert p.min() > 0.0
        assert p.sum() == pytest.approx(1.0, abs=1e-5)


def test_listed_tokens_have_the_odds_against_each_other_that_the_network_gives(model):
    for z, full in places(model):
        p = Shortlist(model, N_LISTED).probabilities(z)[:N_LISTED]
        np.testing.assert_allclose(p / p.sum(), full[:N_LISTED] / full[:N_LISTED].sum(), rtol=1e-4)


def test_other_tokens_have_their_share_of_the_training_text_wherever_they_are_asked_about(model):
    counts = np.array(model.vocabulary.counts[: model.n_shipped_rows], np.float64)
    for z, _ in places(model):
        p = Shortlist(model, N_LISTED).probabilities(z)
        np.testing.assert_allclose(p[N_LISTED:], counts[N_LISTED:] / counts.sum(), rtol=1e-4)


def test_a_shortlist_as_long_as_the_vocabulary_is_the_network_itself(model):
    for z, full in places(model):
        for n_listed in (model.n_shipped_rows, model.n_shipped_rows + 7):
            np.testing.assert_allclose(Shortlist(model, n_listed).probabilities(z), full, rtol=1e-4)


def test_words_of_the_user_are_on_no_shortlist(model):
    shortlist = Shortlist(model, N_LISTED)
    row = model.add_row("Zorbly")
    for z, _ in places(model):
        p = shortlist.probabilities(z)
        assert p.shape == (row + 1,)
        assert p[row] == 0.0
        assert p.sum() == pytest.approx(1.0, abs=1e-5)
