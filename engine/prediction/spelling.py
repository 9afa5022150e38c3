"""Words that no table holds, spelled by the character network from the letters that are typed."""

from __future__ import annotations

import math

from engine.model.alphabet import EDGE, LONGEST_SPELLING
from engine.model.parameters import Float32
from engine.model.spelling import Beginning, CharacterNetwork

SPELLING_SHARE = 0.4
"""Of the probability of ``<unknown>``; the lexicon has the rest. Under it the words without a row in four texts are
likeliest (docs/model)."""
LEAST_SHARE_SHOWN = 0.4
"""A spelled word is offered where it has so much of the probability of everything that can still be meant: four in five
are then right. With less it would be offered more often, and be no word too often."""
LEAST_SHARE_SPELLED = 0.05
"""No word is spelled to its end that has less of it; words of the lexicon are shown from here on."""
_LEAST_LETTERS = 2
"""Before so many are typed, hardly a spelling stands out."""
_WORDS = 8
_STEPS = 40
"""Letters that may be read for one answer: a millisecond."""


class Speller:
    """What the character network makes of the letters at one place; each letter typed is read once."""

    def __init__(self, network: CharacterNetwork, z: Float32) -> None:
        """Stand at a place by the projected state z of the word network; before the first letter nothing is read."""
        self._network, self._z = network, z
        self._beginnings: dict[str, Beginning | None] = {}

    def probability(self, prefix: str) -> float:
        """Return the probability that a word begins with a folded prefix; 0 where it cannot be spelled."""
        beginning = self._beginning(prefix)
        return beginning.p if beginning is not None else 0.0

    def whole(self, word: str) -> float:
        """Return the probability of a whole folded word; 0 where it cannot be spelled."""
        beginning = self._beginning(word)
        return beginning.p * math.exp(float(beginning.log_next[EDGE])) if beginning is not None else 0.0

    def completions(self, prefix: str, least: float) -> list[tuple[str, float]]:
        """Return words that go on behind a folded prefix, with a probability of at least ``least``."""
        beginning = self._beginning(prefix)
        if beginning is None or len(prefix) < _LEAST_LETTERS or least > beginning.p:
            return []
        found = self._network.complete(beginning, max(least / beginning.p, 1e-3), _WORDS, _STEPS)
        return [(prefix + letters, beginning.p * p) for letters, p in found]

    def _beginning(self, prefix: str) -> Beginning | None:
        if len(prefix) > LONGEST_SPELLING:
            return None
        if prefix not in self._beginnings:
            self._beginnings[prefix] = self._read(prefix)
        return self._beginnings[prefix]

    def _read(self, prefix: str) -> Beginning | None:
        if not prefix:
            return self._network.begin(self._z)
        before = self._beginning(prefix[:-1])
        return before and self._network.read(before, prefix[-1])
