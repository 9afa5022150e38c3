"""Figures for people: a table a group, with a sentence for each figure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from engine.evaluation.bench.figures import Figure, Group
from engine.evaluation.bench.machine import Machine

_NAME_CELLS, _VALUE_CELLS, _CELLS, _WIDTH = 30, 14, 9, 108


def table_of(group: Group, word_step: Figure | None) -> str:
    """Return the lines of a group; times of other groups than its own are told in word steps as well."""
    if word_step in group.figures or not any(_has_steps(figure) for figure in group.figures):
        word_step = None
    was_repeated = any(figure.n > 1 for figure in group.figures)
    heads = ["p95", "min", "cpu", "cpu p95", "n", *(["steps"] if word_step else [])] if was_repeated else []
    value_head = "median" if was_repeated else "value"
    lines = [group.title, " " * _NAME_CELLS + _row([value_head, *heads])]
    for figure in group.figures:
        lines += _lines_of(figure, word_step, was_repeated=was_repeated)
    return "\n".join([*lines, *(wrapped for note in group.notes for wrapped in _wrapped(f"! {note}"))])


def machine_lines(machine: Machine) -> str:
    """Return what a reader must know of the machine, and what the columns are."""
    packages = ", ".join(f"{name} {version}" for name, version in machine.packages.items())
    lines = [
        f"{machine.processor}, {machine.n_cores} cores, {machine.system}",
        f"Python {machine.python}, {packages}",
    ]
    if machine.load is not None:
        busy = "; it is busy: elapsed times and their ratios say little, read cpu" if machine.is_busy else ""
        lines.append(f"load before the run {machine.load:g}{busy}")
    lines += _wrapped(
        "median, p95 and min are of elapsed time; cpu is the median of processor time, cpu p95 its 95th "
        "percentile; n tells how often it was measured; steps is the median in word steps.",
        indent=0,
    )
    return "\n".join(lines)


def _has_steps(figure: Figure) -> bool:
    """Tell whether something is work of this process, which a word step can be compared with."""
    return figure.unit == "ms" and figure.processor is not None


def _lines_of(figure: Figure, word_step: Figure | None, *, was_repeated: bool) -> Iterator[str]:
    cells = [_number(figure.value, figure.unit)]
    if was_repeated:
        cells += [_number(figure.p95), _number(figure.least), _number(figure.processor)]
        cells += [_number(figure.processor_p95), str(figure.n)]
    if word_step is not None:
        cells.append(_number(figure.value / word_step.value) if _has_steps(figure) else "")
    yield f"  {figure.name:{_NAME_CELLS - 2}}{_row(cells)}{_verdict(figure)}"
    yield from _wrapped(figure.meaning)


def _row(cells: Sequence[str]) -> str:
    return f"{cells[0]:>{_VALUE_CELLS}}" + "".join(f"{cell:>{_CELLS}}" for cell in cells[1:])


def _verdict(figure: Figure) -> str:
    if figure.aim is None:
        return ""
    what = "" if figure.p95 is None else "p95 "
    return f"   aim: {what}≤ {figure.aim:g} {figure.unit}, {'met' if figure.is_met else 'MISSED'}"


def _number(value: float | None, unit: str = "") -> str:
    if value is None:
        return ""
    digits = f"{value:.3g}" if abs(value) < 1_000 else f"{value:,.0f}"
    return f"{digits} {unit}".rstrip()


def _wrapped(sentence: str, indent: int = 6) -> Sequence[str]:
    return textwrap.wrap(sentence, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)
