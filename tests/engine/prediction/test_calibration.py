from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from engine import CheckpointError
from engine.prediction.calibration import LONGEST_PHRASE, Calibration, Line

PROBABILITIES = st.floats(0.0, 1.0)


def test_without_lines_a_probability_stays_as_it_is():
    assert Calibration().probability(0.3, 2) == pytest.approx(0.3)


def test_a_line_moves_the_log_odds():
    calibration = Calibration({1: Line(2.0, 0.0), 2: Line(1.0, -1.0)})
    assert calibration.probability(0.5, 1) == pytest.approx(0.5)
    assert calibration.probability(0.8, 1) == pytest.approx(16 / 17)
    assert calibration.probability(0.5, 2) == pytest.approx(1 / (1 + 2.718281828))


@given(PROBABILITIES, PROBABILITIES, st.integers(1, LONGEST_PHRASE))
def test_the_shipped_lines_give_probabilities_that_keep_their_order(p, q, n_words):
    shipped = Calibration.parse(resources.calibration_text())
    low, high = (shipped.probability(one, n_words) for one in sorted((p, q)))
    assert 0.0 <= low <= high <= 1.0


def test_no_phrase_is_worth_more_than_is_promised_of_its_beginning():
    shipped = Calibration.parse(resources.calibration_text())
    for n_words in range(2, LONGEST_PHRASE + 1):
        assert shipped.probability(0.4, n_words) <= shipped.most_of_a_phrase(0.4)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"calibration": 1}', '{"calibration": {"1": [1]}}', '{"calibration": {"1": [-1, 0]}}',
     '{"calibration": {"one": [1, 0]}}', '{"calibration": {"1": [1, NaN]}}'],
)  # fmt: skip
def test_a_damaged_file_gives_one_clear_sentence(text):
    with pytest.raises(CheckpointError, match="reinstall"):
        Calibration.parse(text)


def test_the_shipped_file_says_how_it_was_made_and_from_how_much():
    stored = json.loads(resources.calibration_text())
    assert sorted(stored["calibration"]) == sorted(stored["cases"]) == ["1", "2", "3", "4"]
    assert all(n > 100 for n in stored["cases"].values())
