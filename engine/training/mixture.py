"""The training mixture: how often each source is read, in which order, and what is held out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import CorpusError

CHUNK_TOKENS = 4_096
"""Sources are shuffled in chunks of this length: long enough that the recurrent state has something to carry."""
HELD_OUT_SHARE = 1 / 200
HELD_OUT_TOKENS = 20_000
"""Held out of each source: its end, by this share, but at most so many tokens."""

Ids = NDArray[np.unsignedinteger[Any]]
"""Of rows; as small a type as holds them."""


@dataclass(frozen=True)
class Mixture:
    """Encoded sources, and how often one pass reads each: 2.0 is twice, 0.3 a random 30 % of its chunks."""

    sources: Mapping[str, Ids]
    repeats: Mapping[str, float]

    def held_out(self) -> Ids:
        """Return the ends of all sources that are read at all, one after another."""
        return _joined([ids[_n_training(ids) :] for name, ids in self.sources.items() if self.repeat(name) > 0])

    def training_part(self, name: str) -> Ids:
        """Return what of a source is not held out."""
        ids = self.sources[name]
        return ids[: _n_training(ids)]

    def repeat(self, name: str) -> float:
        """Return how often one pass reads a source."""
        return self.repeats.get(name, 1.0)

    def one_pass(self, rng: np.random.Generator) -> Ids:
        """Return one pass over the mixture as a single stream of shuffled chunks."""
        chunks: list[Ids] = []
        for name in self.sources:
            chunks += _repeated(self.training_part(name), self.repeat(name), rng)
        order = rng.permutation(len(chunks))
        return _joined([chunks[index] for index in order])


def _joined(parts: Sequence[Ids]) -> Ids:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint16)


def _n_training(ids: Ids) -> int:
    return len(ids) - min(HELD_OUT_TOKENS, int(len(ids) * HELD_OUT_SHARE))


def _repeated(ids: Ids, repeat: float, rng: np.random.Generator) -> list[Ids]:
    whole = [ids[start : start + CHUNK_TOKENS] for start in range(0, len(ids), CHUNK_TOKENS)]
    n_extra = round((repeat % 1.0) * len(whole))
    extra = rng.choice(len(whole), size=n_extra, replace=False)
    return whole * int(repeat) + [whole[index] for index in extra]


def streams_of(text: Ids, n_streams: int) -> Ids:
    """Return a text as streams to read side by side, (n_streams, T); what does not fill the last step is left out."""
    length = len(text) // n_streams
    return text[: length * n_streams].reshape(n_streams, length)


def check_length(text: Ids, n_streams: int, n_steps: int, name: str) -> None:
    """Raise CorpusError where a text, called ``name`` in the message, does not fill a single window."""
    least = n_streams * (n_steps + 1)
    if len(text) < least:
        or_else = ", or read fewer streams side by side" if n_streams > 1 else ""
        raise CorpusError(
            f"{name} has {len(text):,} tokens, but a window of {n_steps} steps, with {n_streams:,} read side by side, "
            f"takes {least:,}; hand over more text{or_else}."
        )


def windows(stream: Ids, n_streams: int, n_steps: int, first: int = 0) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield ``(index, ids)`` with ids of shape (n_steps + 1, n_streams): inputs and, shifted by one, targets.

    Column b reads its own part of ``stream``; window i + 1 goes on where window i stopped, so that the recurrent
    state can be carried. ``first`` skips the windows that an interrupted run has seen.
    """
    columns = streams_of(stream, n_streams)
    for index in range(first, (columns.shape[1] - 1) // n_steps):
        window = columns[:, index * n_steps : index * n_steps + n_steps + 1]
        yield index, np.ascontiguousarray(window.T).astype(np.int64)
