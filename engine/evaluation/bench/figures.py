"""What a bench reports: figures that say what they mean, in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured, once or often."""

    key: str
    """By which machines find it in its group."""
    name: str
    unit: str
    meaning: str
    """One sentence."""
    value: float
    """The median where it was measured more than once."""
    p95: float | None = None
    least: float | None = None
    processor: float | None = None
    """The median of processor time, which says more than elapsed time where a machine is busy."""
    processor_p95: float | None = None
    n: int = 1
    aim: float | None = None
    """What ``p95`` should not exceed, or ``value`` where it was measured once."""

    @classmethod
    def of_times(
        cls, key: str, name: str, meaning: str, elapsed: Sequence[float], processor: Sequence[float] = (),
        *, aim_ms: float | None = None,
    ) -> Figure:  # fmt: skip
        """Return the figure of something that was timed at least once, in seconds."""
        ms = 1_000.0 * np.array(elapsed)
        p50, p95 = (float(np.percentile(ms, at)) for at in (50, 95))
        cpu, cpu_p95 = (1_000.0 * float(np.percentile(processor, at)) if processor else None for at in (50, 95))
        if ms.size == 1:
            return cls(key, name, "ms", meaning, p50, processor=cpu, aim=aim_ms)
        return cls(key, name, "ms", meaning, p50, p95, float(ms.min()), cpu, cpu_p95, int(ms.size), aim_ms)

    @classmethod
    def of_ratio(cls, key: str, name: str, meaning: str, above: Figure, below: Figure) -> Figure:
        """Return the ratio of two medians; those of the least and of processor time as well."""
        least, processor = _ratio(above.least, below.least), _ratio(above.processor, below.processor)
        ratio = above.value / below.value
        return cls(key, name, "x", meaning, ratio, None, least, processor, n=min(above.n, below.n))

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is met; None without an aim."""
        if self.aim is None:
            return None
        return (self.value if self.p95 is None else self.p95) <= self.aim

    def as_figures(self) -> dict[str, object]:
        """Return it for machines."""
        optional = {
            "p95": self.p95,
            "min": self.least,
            "processor": self.processor,
            "processor_p95": self.processor_p95,
            "aim": self.aim,
            "aim_met": self.is_met,
        }
        known = {name: _rounded(value) for name, value in optional.items() if value is not None}
        return {
            "name": self.name, "value": _rounded(self.value), "unit": self.unit, **known,
            "n": self.n, "meaning": self.meaning,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one subject."""

    key: str
    title: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    """Sentences on what could not be measured, or is not to be believed."""

    def figure(self, key: str) -> Figure | None:
        """Return a figure by its key; None where it was not measured."""
        return next((figure for figure in self.figures if figure.key == key), None)

    def as_figures(self) -> dict[str, object]:
        """Return it for machines."""
        return {
            "figures": {figure.key: figure.as_figures() for figure in self.figures},
            "notes": list(self.notes),
        }


def _ratio(above: float | None, below: float | None) -> float | None:
    return above / below if above and below else None


def _rounded(value: float) -> float:
    """Keep five digits: more was not measured."""
    return value if isinstance(value, bool) else float(f"{value:.5g}")
