"""One line on stderr that shows how far something is; where stderr is no terminal, little or nothing."""

from __future__ import annotations

import sys
import time
from pathlib import Path

NAME_CELLS = 28
_BAR_CELLS = 24
_SECONDS_BETWEEN_BARS = 0.2


class ProgressBar:
    """Draws itself over the line before."""

    def __init__(self, path: Path) -> None:
        self._name = short_name(path)
        self._shows = sys.stderr.isatty()
        self._drawn_at = 0.0

    def show(self, n_done: int, n_words: int) -> None:
        """Draw the bar, unless that was done a moment ago."""
        now = time.monotonic()
        if not self._shows or now - self._drawn_at < _SECONDS_BETWEEN_BARS:
            return
        self._drawn_at = now
        n_full = _BAR_CELLS * n_done // max(n_words, 1)
        cells = "█" * n_full + "░" * (_BAR_CELLS - n_full)
        sys.stderr.write(f"\r{self._name} {cells} {n_done:,} of {n_words:,} words")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self._shows:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


class StageLine:
    """Says which stage of some work is under way, and how far it is: over the line before, or a line a stage."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._stage = ""
        self._drawn_at = 0.0

    def begin(self, stage: str) -> None:
        """Name a new stage."""
        self._stage = stage
        if self._shows:
            self.tell("…")
        else:
            sys.stderr.write(f"{stage}\n")

    def tell(self, progress: str) -> None:
        """Say how far the stage is, unless that was done a moment ago."""
        now = time.monotonic()
        if self._shows and now - self._drawn_at >= _SECONDS_BETWEEN_BARS:
            self._drawn_at = now
            sys.stderr.write(f"\r\033[K{self._stage}: {progress}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shows:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def short_name(path: Path) -> str:
    """Return the name of a file in a column of ``NAME_CELLS``."""
    name = path.name if len(path.name) <= NAME_CELLS else path.name[: NAME_CELLS - 1] + "…"
    return f"{name:{NAME_CELLS}}"
