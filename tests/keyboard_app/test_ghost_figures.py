"""What the preferences say about a threshold was measured."""

from __future__ import annotations

import pytest

from keyboard_app.ghost_figures import shipped_figures, told
from keyboard_app.settings import LEAST_PHRASE_PERCENT, MOST_GHOST_PERCENT

ROWS = ((0, 40, 150), (20, 55, 90), (50, 80, 30))


@pytest.mark.parametrize(("percent", "right"), [(0, 40), (19, 40), (20, 55), (49, 55), (50, 80), (95, 80)])
def test_the_row_at_or_below_a_threshold_is_told(percent, right):
    assert f"about {right} of 100 that are shown are right" in told(ROWS, percent)


@pytest.mark.parametrize("kind", ["words", "phrases"])
def test_the_shipped_rows_ascend_and_show_less_the_higher_the_threshold(kind):
    rows = getattr(shipped_figures(), kind)
    percents, rights, shown = zip(*rows, strict=True)
    assert len(rows) >= 8
    assert list(percents) == sorted(set(percents))
    assert percents[0] == (0 if kind == "words" else LEAST_PHRASE_PERCENT)
    assert percents[-1] <= MOST_GHOST_PERCENT
    assert list(shown) == sorted(shown, reverse=True)
    assert all(0 <= right <= 100 for right in rights)
    assert rights[-1] > rights[0]
