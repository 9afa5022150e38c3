"""What the network was taught lately, in memory only: rehearsal goes over it again."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_READ = 40
"""Tokens of a lesson: those that are learned, and as many before them."""
_MOST = 1_024
_LEAST = 40
"""Fewer say too little about whether a rehearsal helped."""
_LEAST_NEW = 20
_SHARE_HELD_OUT = 0.1


@dataclass(frozen=True, slots=True)
class Lesson:
    """Some words of a text that are learned together."""

    rows: tuple[int, ...]
    """The tokens that are read, at most 40."""
    target: int
    """The row of the word behind them."""
    n_places: int
    """How many places at the end are learned, that of the target included."""


class Lessons:
    """The latest lessons of this session, oldest first. None is ever written to disk."""

    def __init__(self) -> None:
        self._kept: deque[Lesson] = deque(maxlen=_MOST)
        self._n_new = 0

    def add(self, rows: Sequence[int], target: int, n_places: int) -> None:
        """Keep one more."""
        self._kept.append(Lesson(tuple(rows[-LONGEST_READ:]), target, min(n_places, LONGEST_READ)))
        self._n_new += 1

    def forget(self, row: int) -> None:
        """Keep none in which a word is read or learned."""
        kept = [lesson for lesson in self._kept if row != lesson.target and row not in lesson.rows]
        self._kept = deque(kept, maxlen=_MOST)

    def take_back(self) -> None:
        """Keep the latest no more."""
        if self._kept:
            self._kept.pop()

    def were_gone_over(self) -> None:
        """Wait for new ones."""
        self._n_new = 0

    @property
    def are_ready(self) -> bool:
        """Tell whether there are enough, and enough that no rehearsal went over."""
        return len(self._kept) >= _LEAST and self._n_new >= _LEAST_NEW

    def split(self) -> tuple[tuple[Lesson, ...], tuple[Lesson, ...]]:
        """Return what to go over, and the newest tenth, which says whether that helped."""
        kept = tuple(self._kept)
        n_held_out = max(1, round(_SHARE_HELD_OUT * len(kept)))
        return kept[:-n_held_out], kept[-n_held_out:]
