"""How much the user's counts are believed in the text at hand: less where they explained its latest words badly.

What somebody writes in one kind of text says little about another, and nobody tells which kind this is. So two models
stand against each other, the network alone and the blend with the counts, and each word that comes says which of them
had foretold it better. Bayesian model averaging over the two, where the odds stay within bounds so that a change of the
text is soon noticed: Herbster and Warmuth 1998, "Tracking the best expert". Nothing of it is learned or kept.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence

_BOUND = 8.0
"""Log odds go no further to either side."""
_TOKENS_OF_A_PLACE = 8
"""So many tell a place from others; the first words of a text, which begins like many, say nothing."""
_LOOK_BACK = 16
"""Tokens between the last word that was heard and the place that is asked about."""
_KEPT_PLACES = 1_024

_Place = tuple[int, ...]


class Standing:
    """Log odds that the counts belong here, behind each of the latest words that were read."""

    def __init__(self, first: float = 3.0) -> None:
        """Begin with the log odds ``first`` where nothing is known of a text: it is the user's own, as a rule."""
        self._first = first
        self._log_odds: OrderedDict[_Place, float] = OrderedDict()
        self.version = 0
        """Changes whenever the odds somewhere do."""

    def share(self, rows: Sequence[int]) -> float:
        """Return the probability that the counts belong in a passage, given its words so far; between 0 and 1."""
        return 1.0 / (1.0 + math.exp(-self._odds_after(rows)))

    def hear(self, rows: Sequence[int], word: int, gain: float) -> None:
        """Take note of the word that came behind a passage: it was foretold better with the counts by ``gain`` nats.

        The same word at the same place may be heard twice; it counts once.
        """
        place = (*rows[1 - _TOKENS_OF_A_PLACE :], word)
        if len(place) < _TOKENS_OF_A_PLACE:
            return
        before = self._log_odds.pop(place, None)
        odds = self._log_odds[place] = min(_BOUND, max(-_BOUND, self._odds_after(rows) + gain))
        self.version += odds != before
        if len(self._log_odds) > _KEPT_PLACES:
            self._log_odds.popitem(last=False)

    def _odds_after(self, rows: Sequence[int]) -> float:
        for end in range(len(rows), max(_TOKENS_OF_A_PLACE - 1, len(rows) - _LOOK_BACK), -1):
            odds = self._log_odds.get(tuple(rows[end - _TOKENS_OF_A_PLACE : end]))
            if odds is not None:
                return odds
        return self._first
