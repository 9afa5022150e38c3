"""What a threshold of the ghost text means, as measured (docs/ghost): how many of the shown ghosts are right."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import resources

Rows = tuple[tuple[int, int, int], ...]
"""Threshold (percent), how many of 100 shown ghosts were right, how many were shown in a thousand words; ascending."""


@dataclass(frozen=True, slots=True)
class GhostFigures:
    """The measured rows for ghosts of one word and for phrases."""

    words: Rows
    phrases: Rows

    @classmethod
    def parse(cls, text: str) -> GhostFigures:
        """Read the file of the measurement."""
        stored = json.loads(text)
        words, phrases = (
            tuple((row["percent"], row["right"], row["shown"]) for row in stored[kind]) for kind in ("words", "phrases")
        )
        return cls(words, phrases)


@cache
def shipped_figures() -> GhostFigures:
    """Return the figures of the shipped model."""
    return GhostFigures.parse(resources.ghost_figures_text())


def told(rows: Rows, percent: int) -> str:
    """Return in a sentence what the nearest threshold that was measured gives, not above ``percent``."""
    _, right, shown = rows[max(0, bisect_right([row[0] for row in rows], percent) - 1)]
    return f"Measured: about {right} of 100 that are shown are right; {shown:,} are shown in 1,000 words."
