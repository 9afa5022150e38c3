"""The figures of one day, and what can be said of them."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Self

LETTERS_A_WORD = 5
"""The usual measure of typing speed (Yamada 1980): five characters, spaces included, are one word."""
_LEAST_TYPING_MS = 60_000
"""A speed over less time says nothing."""


def local_today() -> date:
    """Return the day that the user's calendar shows."""
    return datetime.now().astimezone().date()


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums, so that figures of two spans of time can be added."""

    n_words: int = 0
    """Words that became final."""
    n_with_offer: int = 0
    """Of these, the words for which something was on offer while they were typed, or when they were taken."""
    n_in_time: int = 0
    """Of those, the words that were themselves on offer before they were typed out."""
    n_from_ghost: int = 0
    n_from_strip: int = 0
    keys_saved: int = 0
    """Characters that came in with suggestions, less one key for each suggestion."""
    timed_characters: int = 0
    """Characters that came in while keys followed one another without a pause."""
    typing_ms: int = 0
    """The time between those keys."""
    n_rejections: int = 0
    """Words that the model failed to offer, and trained on."""
    loss_before: float = 0.0
    """Sum over these words of the cross entropy (nats) before the training step."""
    loss_after: float = 0.0
    """The same after it."""

    def __add__(self, other: Self) -> Figures:
        """Return the figures of both spans."""
        return Figures(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))

    @property
    def share_taken(self) -> float | None:
        """Return the share of words that were taken, of those with something on offer; None where there were none."""
        return self._share(self.n_from_ghost + self.n_from_strip)

    @property
    def share_from_ghost(self) -> float | None:
        """Return the share of words that were taken as ghost text."""
        return self._share(self.n_from_ghost)

    @property
    def share_from_strip(self) -> float | None:
        """Return the share of words that were taken from the strip."""
        return self._share(self.n_from_strip)

    @property
    def share_in_time(self) -> float | None:
        """Return the share of words that were on offer in time, of those with something on offer."""
        return self._share(self.n_in_time)

    @property
    def words_a_minute(self) -> float | None:
        """Return the speed while typing; None where there was less than a minute of it."""
        if self.typing_ms < _LEAST_TYPING_MS:
            return None
        return self.timed_characters / LETTERS_A_WORD / (self.typing_ms / 60_000)

    @property
    def mean_loss_before(self) -> float | None:
        """Return the mean loss (nats) of rejected words before learning them."""
        return self.loss_before / self.n_rejections if self.n_rejections else None

    @property
    def mean_loss_after(self) -> float | None:
        """Return the mean loss (nats) of rejected words after learning them."""
        return self.loss_after / self.n_rejections if self.n_rejections else None

    @property
    def times_likelier(self) -> float | None:
        """Return by what factor learning made a rejected word likelier, in the geometric mean."""
        return math.exp((self.loss_before - self.loss_after) / self.n_rejections) if self.n_rejections else None

    def _share(self, count: int) -> float | None:
        return count / self.n_with_offer if self.n_with_offer else None
