"""What may stand behind words that are not in the text yet: one short step of the network for each, worked out once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from engine.model import cells
from engine.model.shortlist import Shortlist
from engine.model.state import State
from engine.prediction.blend import Blend

_N_WORDS = 6
"""Rows looked at: some are never offered."""
_KEPT_ANSWERS = 64


@dataclass(frozen=True, slots=True)
class Following:
    """What may stand behind a passage."""

    state: State
    """Of the network after the passage."""
    words: tuple[tuple[int, float], ...]
    """Row and probability of the likeliest words, best first; together they may well have less than 1."""


class Continuations:
    """Says what follows passages that nobody has typed yet; never changes the model."""

    def __init__(self, blend: Blend) -> None:
        self._blend, self._shortlist = blend, Shortlist(blend.model)
        self._followings: OrderedDict[tuple[int, ...], Following] = OrderedDict()
        self._version = blend.version

    def after(self, rows: tuple[int, ...], before_last: State) -> Following:
        """Return what follows a passage, by its rows; ``before_last`` is the state before the last of them.

        Each probability is that of the word times that of any word at all, and no mark, coming there.
        """
        if self._version != self._blend.version:
            self._followings.clear()
            self._version = self._blend.version
        known = self._followings.get(rows)
        if known is None:
            known = self._followings[rows] = self._work_out(rows, before_last)
            if len(self._followings) > _KEPT_ANSWERS:
                self._followings.popitem(last=False)
        return known

    def _work_out(self, rows: tuple[int, ...], before_last: State) -> Following:
        blend, model = self._blend, self._blend.model
        state = model.read(before_last, rows[-1:])[-1]
        z = model.project(state)
        answer = blend.mix(rows, z, self._shortlist.probabilities(z))
        best = cells.top_k(answer.blended, _N_WORDS)
        return Following(state, tuple((int(row), float(answer.blended[row]) * answer.word_share) for row in best))
