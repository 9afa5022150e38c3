"""Learn from a text that the user hands over, word by word, as if it were typed; it can be left and taken up again.

A text is known by its SHA-256: what was learned of it once is not learned again.
"""

from __future__ import annotations

import hashlib

import regex

from engine.learning.learner import Learner
from engine.prediction.predictor import Predictor
from engine.text.context import WINDOW_CHARACTERS, Context
from engine.text.normalize import normalize
from engine.text.secrets import MASK, mask_secrets
from engine.text.tokenizer import WORD
from engine.values import Commit, CommitSource

_WORD = regex.compile(rf"(?<!\p{{L}})(?!www\.0){WORD}")
"""Whole words, and not what ``mask_secrets`` leaves of an address."""
_N_SHOWN = 3


class TextReading:
    """One text on its way into a profile. The thread that owns the engine calls ``learn_next`` until it is done."""

    def __init__(self, predictor: Predictor, learner: Learner, text: str) -> None:
        self._predictor, self._learner = predictor, learner
        self._digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        self._text = mask_secrets(normalize(text))
        self._places = [match.span() for match in _WORD.finditer(self._text) if MASK not in match.group()]
        self.n_words = len(self._places)
        """Words that can be learned: no secrets, addresses or code."""
        self.n_done = min(learner.n_read(self._digest), self.n_words)
        """Words that were learned already, before this reading or by it."""

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to learn."""
        return self.n_done >= self.n_words

    def learn_next(self) -> None:
        """Learn one word; what the engine would have offered before it counts as shown."""
        start, end = self._places[self.n_done]
        before = self._text[max(0, start - WINDOW_CHARACTERS) : start]
        left = Context(before, n_shown=0, phrases=False)  # nobody saw anything
        shown = tuple(item.text for item in self._predictor.predict_one(left, limit=_N_SHOWN).items)
        self.n_done += 1
        self._learner.note_reading(self._digest, self.n_done, self.n_words)
        if self._learner.is_forgotten(self._text[start:end]):
            return  # while this text was read: it is learned again when it is typed
        self._learner.learn_one(Commit(left, self._text[start:end], CommitSource.TYPED, shown))

    def close(self) -> None:
        """Store how far the reading has come."""
        self._learner.finish_reading()
