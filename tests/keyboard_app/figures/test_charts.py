from __future__ import annotations

from datetime import date, timedelta

import pytest

from keyboard_app.figures.charts import N_DAYS, charts_of, facts_of
from keyboard_app.figures.day import Figures

TODAY = date(2026, 5, 20)
SOME = Figures(
    n_words=100, n_with_offer=80, n_in_time=60, n_from_ghost=20, n_from_strip=4, keys_saved=1_234,
    timed_characters=500, typing_ms=120_000, n_rejections=4, loss_before=24.0, loss_after=12.0,
)  # fmt: skip


def test_the_figures_of_today_and_of_all_days_stand_side_by_side():
    facts = {fact.name: fact for fact in facts_of({TODAY: SOME, TODAY - timedelta(days=99): SOME}, TODAY)}
    assert facts["Keys saved today"].value == "1,234"
    assert facts["Keys saved in all"].value == "2,468"
    assert "since 10 February 2026" in facts["Keys saved in all"].meaning
    assert facts["Suggestions taken"].value == "30 %"
    assert "25 % as ghost text, 5 % from the strip" in facts["Suggestions taken"].meaning
    assert facts["Words a minute"].value == "50"


def test_with_nothing_counted_there_are_dashes_and_no_charts():
    assert [fact.value for fact in facts_of({}, TODAY)] == ["0", "0", "–", "–"]
    assert all(chart.is_empty for chart in charts_of({}, TODAY))
    assert charts_of({}, TODAY)[0].told_whole() == "Nothing counted yet."


def test_every_figure_is_explained_in_a_sentence():
    for part in (*facts_of({TODAY: SOME}, TODAY), *charts_of({TODAY: SOME}, TODAY)):
        assert part.meaning.endswith(".")


def test_charts_end_today_and_leave_days_without_figures_empty():
    for chart in charts_of({TODAY: SOME}, TODAY):
        assert (len(chart.days), chart.days[-1]) == (N_DAYS, TODAY)
        assert all(len(line.values) == N_DAYS for line in chart.lines)
        assert all(line.values[:-1] == (None,) * (N_DAYS - 1) for line in chart.lines)


@pytest.mark.parametrize(
    ("name", "told", "top"),
    [
        ("Keys saved a day", "20 May: 1,234", 1_234),
        ("Suggestions taken", "20 May: ghost text 25 %, strip 5 %", 0.3),
        ("Words offered in time", "20 May: 75 %", 0.75),
        ("Words a minute", "20 May: 50", 50),
        ("What a missed word teaches", "20 May: before 6.0, after 3.0", 6.0),
    ],
)
def test_charts_are_told_in_words_too(name, told, top):
    chart = next(chart for chart in charts_of({TODAY: SOME}, TODAY) if chart.name == name)
    assert chart.told(N_DAYS - 1) == told
    assert chart.told_whole() == told
    assert chart.told(0).endswith("nothing counted")
    assert chart.top == pytest.approx(top)


def test_keys_saved_are_never_told_as_less_than_none():
    assert facts_of({TODAY: Figures(keys_saved=-1)}, TODAY)[0].value == "0"
