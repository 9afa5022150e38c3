"""Counts while the user writes: events in, the figures of each day out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from keyboard_app.figures.day import Figures
from keyboard_app.typist.acceptance import Way
from keyboard_app.typist.commits import OwnWord
from keyboard_app.typist.messages import LearnOutcome

LONGEST_GAP_S = 5.0
"""Keys further apart have a pause between them, which is no typing time."""

FiguresByDay = dict[date, Figures]


class Tally:
    """What was counted since it was last emptied."""

    def __init__(self, today: Callable[[], date], clock: Callable[[], float]) -> None:
        """Count by a calendar, and by a clock in seconds that never runs back."""
        self._today = today
        self._clock = clock
        self._last_key = -math.inf
        self._days: defaultdict[date, Figures] = defaultdict(Figures)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was counted."""
        return not self._days

    def drain(self) -> FiguresByDay:
        """Return what was counted, and start afresh."""
        days, self._days = dict(self._days), defaultdict(Figures)
        return days

    def pressed(self, n_characters: int) -> None:
        """Count a key that put so many characters in; 0 for one that took some out."""
        now = self._clock()
        gap, self._last_key = now - self._last_key, now
        if 0 <= gap <= LONGEST_GAP_S:
            self._add(Figures(timed_characters=n_characters, typing_ms=round(1_000 * gap)))

    def gave_space_up(self) -> None:
        """Count an automatic space as none: it was typed, or was not wanted."""
        self._add(Figures(keys_saved=-1))

    def finished(self, words: Sequence[OwnWord]) -> None:
        """Count words that are final."""
        for word in words:
            offered = bool(word.seen)
            self._add(
                Figures(
                    n_words=1,
                    n_with_offer=offered,
                    n_in_time=word.was_offered,
                    n_from_ghost=word.way is Way.GHOST,
                    n_from_strip=word.way is Way.STRIP,
                    keys_saved=word.keys_saved,
                )
            )

    def learnt(self, outcome: LearnOutcome) -> None:
        """Count a training step, if there was one, and its loss can be added."""
        report = outcome.report
        if report.updated and math.isfinite(report.loss_before) and math.isfinite(report.loss_after):
            self._add(Figures(n_rejections=1, loss_before=report.loss_before, loss_after=report.loss_after))

    def _add(self, figures: Figures) -> None:
        self._days[self._today()] += figures
