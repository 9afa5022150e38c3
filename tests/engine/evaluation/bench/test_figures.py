from __future__ import annotations

import pytest

from engine.evaluation.bench.figures import Figure, Group


def times(*seconds, aim_ms=None):
    return Figure.of_times("key", "name", "What it is.", seconds, seconds, aim_ms=aim_ms)


def test_times_are_told_in_milliseconds_with_median_p95_and_least():
    figure = times(*(n / 1_000 for n in range(1, 102)))
    assert (figure.value, figure.least, figure.n, figure.unit) == (51.0, 1.0, 101, "ms")
    assert figure.p95 == pytest.approx(96.0)
    assert figure.processor == pytest.approx(51.0)
    assert figure.processor_p95 == pytest.approx(96.0)


def test_what_was_timed_once_has_no_spread():
    figure = times(0.5)
    assert (figure.value, figure.p95, figure.least, figure.n) == (500.0, None, None, 1)


def test_an_aim_is_held_against_the_p95():
    assert times(0.001, 0.001, 0.010, aim_ms=2.0).is_met is False
    assert times(0.001, 0.001, 0.001, aim_ms=2.0).is_met is True
    assert times(0.001).is_met is None


def test_an_aim_of_something_measured_once_is_held_against_its_value():
    assert Figure("key", "name", "MB", "What it is.", 351.0, aim=350.0).is_met is False
    assert Figure("key", "name", "MB", "What it is.", 350.0, aim=350.0).is_met is True


def test_a_ratio_is_that_of_the_medians():
    ratio = Figure.of_ratio("key", "name", "What it is.", times(0.002, 0.004, 0.009), times(0.001, 0.002, 0.008))
    assert (ratio.value, ratio.least, ratio.processor, ratio.unit) == (2.0, 2.0, 2.0, "x")


def test_machines_get_what_was_measured_and_nothing_else():
    told = Group("group", "Title", (times(0.001, 0.003), Figure("once", "n", "MB", "m", 1.0)), ("a note",)).as_figures()
    assert told["notes"] == ["a note"]
    assert set(told["figures"]["key"]) == {
        "name",
        "value",
        "unit",
        "p95",
        "min",
        "processor",
        "processor_p95",
        "n",
        "meaning",
    }
    assert set(told["figures"]["once"]) == {"name", "value", "unit", "n", "meaning"}
