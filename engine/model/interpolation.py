"""How much the user's own counts weigh against the network: learned online, by how well a context is known.

Jelinek and Mercer 1980, "Interpolated estimation of Markov source parameters from sparse data": contexts fall into
buckets, and each bucket has a weight of its own, here followed by online expectation maximisation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.model.ngrams import Match

_FIRST_WEIGHT = (0.03, 0.1, 0.2)
"""Weight of the counts before anything is known about a bucket, by the order of the match."""
_PRIOR_WORDS = 20.0
"""As if that many words had already spoken for the first weight."""
_MEMORY_WORDS = 400.0
"""Older words fade: a bucket follows its latest words."""
_LARGEST_TOTAL = 6

Bucket = tuple[int, int]


def bucket_of(match: Match) -> Bucket:
    """Return the bucket of a context: its order, and the power of two that its total reaches."""
    return match.order, min(_LARGEST_TOTAL, int(math.log2(match.total + 1)))


class InterpolationWeights:
    """The weight of the counts in each bucket, between 0 and 1; the network has the rest."""

    def __init__(self) -> None:
        self._state: dict[Bucket, tuple[float, float]] = {}
        """bucket -> (weight, words seen)."""

    def weight(self, match: Match) -> float:
        """Return the weight of the counts in a context."""
        return self._state.get(bucket_of(match), (_FIRST_WEIGHT[match.order], 0.0))[0]

    def update(self, match: Match, p_network: float, p_counts: float) -> None:
        """Move a bucket's weight towards whichever of the two explains the word that came better."""
        bucket = bucket_of(match)
        weight, seen = self._state.get(bucket, (_FIRST_WEIGHT[match.order], 0.0))
        blended = weight * p_counts + (1.0 - weight) * p_network
        if blended <= 0.0:
            return
        responsibility = weight * p_counts / blended
        rate = 1.0 / min(_MEMORY_WORDS, _PRIOR_WORDS + seen + 1.0)
        self._state[bucket] = (weight + rate * (responsibility - weight), seen + 1.0)

    def state_of(self, name: str) -> tuple[float, float]:
        """Return weight and words seen of a bucket, by its name, for storage."""
        bucket = _parse(name)
        return self._state.get(bucket, (_FIRST_WEIGHT[bucket[0]], 0.0))

    def restore(self, stored: Mapping[str, tuple[float, float]]) -> None:
        """Take the states of buckets, by their names, from storage."""
        for name, (weight, seen) in stored.items():
            self._state[_parse(name)] = (float(weight), float(seen))


def bucket_name(match: Match) -> str:
    """Return the name under which a context's bucket is stored."""
    order, total = bucket_of(match)
    return f"{order}:{total}"


def _parse(name: str) -> Bucket:
    order, total = name.split(":")
    return int(order), int(total)
