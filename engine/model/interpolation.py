"""How much the user's own words weigh against the network: learned online, by how well a place is known.

Jelinek and Mercer 1980, "Interpolated estimation of Markov source parameters from sparse data": places fall into
buckets, and each bucket has a weight of its own, here followed by online expectation maximisation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.model.continuous_cache import Recall
from engine.model.ngrams import Match

_RECALLED = 3
_FIRST_WEIGHT = (0.03, 0.1, 0.2, 0.1)
"""Weight before anything is known about a bucket: of the counts, by the order of the match, and of the latest words."""
_PRIOR_WORDS = 20.0
"""As if that many words had already spoken for the first weight."""
_MEMORY_WORDS = 400.0
"""Older words fade: a bucket follows its latest words."""
_LARGEST_WEIGHT = 1.0 - 1e-9
_LARGEST_TOTAL = 6
_LARGEST_EVIDENCE = 18

Bucket = tuple[int, int]


def bucket_of(match: Match) -> Bucket:
    """Return the bucket of the counts in a context: its order, and the power of two that its total reaches."""
    return match.order, min(_LARGEST_TOTAL, int(math.log2(match.total + 1)))


def bucket_of_recall(recall: Recall) -> Bucket:
    """Return the bucket of the latest words in a place: the power of e that their evidence reaches."""
    return _RECALLED, min(_LARGEST_EVIDENCE, max(0, int(recall.evidence)))


class InterpolationWeights:
    """The weight of one part of the blend in each bucket, between 0 and 1; what it is blended with has the rest."""

    def __init__(self) -> None:
        self._state: dict[Bucket, tuple[float, float]] = {}
        """bucket -> (weight, words seen)."""

    def weight(self, bucket: Bucket) -> float:
        """Return the weight of a part."""
        return self._of(bucket)[0]

    def update(self, bucket: Bucket, p_rest: float, p_part: float) -> None:
        """Move a bucket's weight towards whichever of the two explains the word that came better."""
        weight, seen = self._of(bucket)
        blended = weight * p_part + (1.0 - weight) * p_rest
        if blended <= 0.0:
            return
        responsibility = weight * p_part / blended
        rate = 1.0 / min(_MEMORY_WORDS, _PRIOR_WORDS + seen + 1.0)
        self._state[bucket] = (weight + rate * (responsibility - weight), seen + 1.0)

    def state_of(self, name: str) -> tuple[float, float]:
        """Return weight and words seen of a bucket, by its name, for storage."""
        return self._of(_parse(name))

    def restore(self, stored: Mapping[str, tuple[float, float]]) -> None:
        """Take the states of buckets, by their names, from storage."""
        for name, (weight, seen) in stored.items():
            # Whatever a file says, no part has all: what the other gives must stay above 0.
            self._state[_parse(name)] = (min(float(weight), _LARGEST_WEIGHT), float(seen))

    def _of(self, bucket: Bucket) -> tuple[float, float]:
        return self._state.get(bucket, (_FIRST_WEIGHT[bucket[0]], 0.0))


def bucket_name(bucket: Bucket) -> str:
    """Return the name under which a bucket is stored."""
    kind, level = bucket
    return f"{kind}:{level}"


def _parse(name: str) -> Bucket:
    kind, level = name.split(":")
    return int(kind), int(level)
