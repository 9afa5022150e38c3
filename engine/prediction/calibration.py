"""What a probability of the model is worth: measured on held-out text, so that 60 % means 60 of 100.

Platt 1999, "Probabilistic outputs for support vector machines": ``logit(right) = slope * logit(p) + offset``, one pair
for a single word and one for each length of a phrase. Both numbers come from ``tests/benchmarks/fit_ghosts.py``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import CheckpointError

LONGEST_PHRASE = 4
"""Words."""
_LEAST, _MOST = 1e-12, 1.0 - 1e-6
"""Keep the logarithms finite."""


@dataclass(frozen=True, slots=True)
class Line:
    """One straight line between log odds."""

    slope: float = 1.0
    offset: float = 0.0


class Calibration:
    """From the model's probability of a ghost to how often such ghosts are right."""

    def __init__(self, lines: Mapping[int, Line] | None = None) -> None:
        """Take a line for each number of words; where there is none, probabilities stay as they are."""
        self._lines = dict(lines or {})

    @classmethod
    def parse(cls, text: str) -> Calibration:
        """Read ``{"calibration": {"1": [slope, offset], ...}}``; raise CheckpointError where it is anything else."""
        try:
            stored = json.loads(text)["calibration"]
            lines = {int(n_words): Line(float(slope), float(offset)) for n_words, (slope, offset) in stored.items()}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CheckpointError(f"The calibration of the ghost text cannot be read ({error}); reinstall.") from error
        if not all(line.slope > 0.0 and math.isfinite(line.slope + line.offset) for line in lines.values()):
            raise CheckpointError("The calibration of the ghost text does not grow with the probability; reinstall.")
        return cls(lines)

    def probability(self, p: float, n_words: int) -> float:
        """Return how often a ghost of ``n_words`` words is right that the model gives the probability ``p``."""
        line = self._lines.get(n_words, Line())
        p = min(max(p, _LEAST), _MOST)
        score = line.slope * math.log(p / (1.0 - p)) + line.offset
        return 1.0 / (1.0 + math.exp(-score))

    def most_of_a_phrase(self, p: float) -> float:
        """Return the most that any phrase can be worth whose words so far have the probability ``p``."""
        return max(self.probability(p, n_words) for n_words in range(2, LONGEST_PHRASE + 1))
