"""What the network has read before the caret: text to tokens, tokens to rows, rows to a recurrent state.

The caret moves on, and a caller may hand over a window of text that slides with it. So that reading goes on from where
it was, it does not begin where the text happens to begin but at a place that the text itself marks: the start of a
sentence some way back. The state depends on the text alone, and not on what was asked before.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable, Sequence

from engine.model.language_model import LanguageModel
from engine.model.state import State
from engine.text.context import WINDOW_CHARACTERS
from engine.text.tokenizer import LINE, SENTENCE_ENDS, tokenize
from engine.text.vocabulary import UNKNOWN

_LEAST_TOKENS = 96
"""Reading begins at least so far back, where there is so much."""
_MOST_MORE_TOKENS = 128
"""And at most so much further: the beginning moves twice in so many tokens, and whatever moves it is read again."""
_TOKENS_OF_A_MARK = 4
_KEPT_STATES = 1_024
_LOOK_BACK = 6
"""A committed word adds a token or two and may change the one before (a comma with or without a tie)."""


def passage_before(left: str, is_known: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
    """Return the tokens that are read before a word, given the text left of it; never empty.

    Where reading begins depends on no word that is not known: text whose unknown words were masked is read from the
    same place.
    """
    tokens = tokenize(left)
    is_whole = len(left) < WINDOW_CHARACTERS
    if is_whole and tokens[:1] != [LINE]:
        tokens.insert(0, LINE)  # so the text begins like a line
    return tuple(tokens[_first_read(tokens, is_whole, is_known) :]) or (LINE,)


def _first_read(tokens: Sequence[str], is_whole: bool, is_known: Callable[[str], bool]) -> int:
    """Return where reading begins: at the beginning of a short text, else where the lowest mark in range stands.

    Of the sentence ends in range, or of all tokens where no sentence ends, the one with the lowest mark stays the
    beginning until it is too far back or a lower one comes into range, and no other text matters: winnowing, Schleimer
    et al. 2003, "Local algorithms for document fingerprinting".
    """
    latest = len(tokens) - _LEAST_TOKENS
    earliest = latest - _MOST_MORE_TOKENS
    if latest <= 0 or (is_whole and earliest <= 0):
        return 0
    # The first token of a text that is cut off may be the end of a word, and another with each letter.
    in_range = range(max(earliest, 1), latest + 1)
    ends = [index for index in in_range if tokens[index] in SENTENCE_ENDS]

    def mark(index: int) -> int:
        read = tokens[index : index + _TOKENS_OF_A_MARK]
        return _mark([token if is_known(token) else UNKNOWN for token in read])

    return min(ends or in_range, key=mark)


def _mark(tokens: Sequence[str]) -> int:
    """Return a number that is as good as drawn, and the same wherever these tokens stand."""
    return zlib.crc32(" ".join(tokens).encode("utf-8", "replace"))


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
