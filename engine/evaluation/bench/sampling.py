"""Times of contenders that take turns, each with nothing in the processor's caches of what it is going to need.

Between two words of somebody who types lie some hundred milliseconds, in which other programs run. So a buffer larger
than the caches is read before each sample. How long that takes tells the bandwidth of the memory in the same run, under
the same load; taking turns lets a disturbance of the machine fall on all contenders alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from engine.evaluation.bench.figures import Figure

BUFFER_BYTES = 128 * 2**20
Told = Callable[[str], None]
"""Hears how far a measurement has come, in a few words."""


@dataclass
class Samples:
    """How long the same work took, again and again; in seconds."""

    elapsed: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Of all threads of this process: below the elapsed time where other programs ran, above it where threads did."""

    def add(self, work: Callable[[], object]) -> None:
        """Do the work once."""
        processor, began = time.process_time(), time.perf_counter()
        work()
        self.elapsed.append(time.perf_counter() - began)
        self.processor.append(time.process_time() - processor)

    def figure(self, key: str, name: str, meaning: str, *, aim_ms: float | None = None) -> Figure:
        """Return what is to be reported of them."""
        return Figure.of_times(key, name, meaning, self.elapsed, self.processor, aim_ms=aim_ms)


class Sweep:
    """Reads a buffer larger than the caches, and keeps how long that took."""

    def __init__(self) -> None:
        # Of ones: the system would give a buffer of zeros no memory of its own.
        self._buffer = np.ones(BUFFER_BYTES // 4, np.float32)
        self.samples = Samples()

    def __call__(self) -> None:
        """Read all of it once."""
        self.samples.add(self._buffer.max)


def take_turns(
    contenders: Mapping[str, Callable[[int], object]], rows: Sequence[int], n_rounds: int, sweep: Sweep, tell: Told
) -> dict[str, Samples]:
    """Return the times of each contender, by its name; in round n all of them are given the row n, one after another.

    The rows come again from the first on where there are fewer of them than rounds.
    """
    samples = {name: Samples() for name in contenders}
    for n in range(n_rounds):
        tell(f"round {n + 1} of {n_rounds}")
        row = rows[n % len(rows)]
        for name, step in contenders.items():
            sweep()
            samples[name].add(partial(step, row))
    return samples
