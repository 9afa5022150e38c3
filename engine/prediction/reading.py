"""What the network has read before the caret: text to tokens, tokens to rows, rows to a recurrent state.

The caret moves on, and a caller may hand over a window of text that slides with it. So that reading goes on from where
it was, it does not begin where the text happens to begin but at a place that the text itself marks: the start of a
sentence some way back. The answer still depends on the text alone.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Sequence

from engine.model.language_model import LanguageModel
from engine.model.state import State
from engine.text.context import WINDOW_CHARACTERS
from engine.text.tokenizer import LINE, SENTENCE_ENDS, tokenize

_LEAST_TOKENS = 96
"""Reading begins at least so far back, where there is so much."""
_TOKENS_OF_A_MARK = 4
_KEPT_STATES = 1_024
_LOOK_BACK = 6
"""A committed word adds a token or two and may change the one before (a comma with or without a tie)."""


def passage_before(left: str) -> tuple[str, ...]:
    """Return the tokens that are read before a word, given the text left of it; never empty."""
    tokens = tokenize(left)
    if len(left) < WINDOW_CHARACTERS and tokens[:1] != [LINE]:
        tokens.insert(0, LINE)  # the text is whole, so it begins like a line
    return tuple(tokens[_first_read(tokens) :]) or (LINE,)


def _first_read(tokens: Sequence[str]) -> int:
    """Return where reading begins: at a marked sentence end, else at any, at least ``_LEAST_TOKENS`` back."""
    latest = len(tokens) - _LEAST_TOKENS
    if latest <= 0:
        return 0
    ends = [index for index in range(latest, 0, -1) if tokens[index] in SENTENCE_ENDS]
    marked = (index for index in ends if _is_marked(tokens[index : index + _TOKENS_OF_A_MARK]))
    return next(marked, ends[0] if ends else latest)


def _is_marked(tokens: Sequence[str]) -> bool:
    """Choose one sentence end in four by what stands behind it, so that the beginning does not move with every one.

    Content-defined chunking, as in Muthitacharoen et al. 2001, "A low-bandwidth network file system".
    """
    return zlib.crc32(" ".join(tokens).encode("utf-8", "replace")) % 4 == 0


class Reader:
    """Recurrent states of recent passages, so that a new word costs one step and a new letter none."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._states: OrderedDict[tuple[int, ...], State] = OrderedDict()
        self._version = model.version

    def state_after(self, rows: Sequence[int]) -> State:
        """Return the state after the tokens of a passage, by their rows."""
        if self._version != self._model.version:
            self._states.clear()
            self._version = self._model.version
        key = tuple(rows)
        n_known = next((n for n in range(len(key), max(0, len(key) - _LOOK_BACK), -1) if key[:n] in self._states), 0)
        state = self._states[key[:n_known]] if n_known else self._model.initial_state()
        if n_known < len(key):
            # Every state on the way is kept: the last token may yet lose its tie, and learning begins further back.
            states = self._model.read(state, key[n_known:])
            self._states.update((key[: n_known + index], state) for index, state in enumerate(states, start=1))
            state = self._states[key]
        while len(self._states) > _KEPT_STATES:
            self._states.popitem(last=False)
        return state
