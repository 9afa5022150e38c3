"""Learn from a text that the user hands over, word by word, as if it were typed; it can be left and taken up again.

A text is known by its SHA-256: what was learned of it once is not learned again.
"""

from __future__ import annotations

import hashlib

from engine.learning.learner import Learner
from engine.learning.text_pages import TextPages
from engine.prediction.predictor import Predictor
from engine.text.context import Context
from engine.values import Commit, CommitSource

_N_SHOWN = 3


class TextReading:
    """One text on its way into a profile. The thread that owns the engine calls ``go_on`` until it is done."""

    def __init__(self, predictor: Predictor, learner: Learner, text: str) -> None:
        self._predictor, self._learner = predictor, learner
        self._digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        self._words = TextPages(text)
        self.n_done = 0
        """Words that were learned, before this reading or by it."""
        self.n_new = 0
        """Words that were learned by this reading."""

    @property
    def is_ready(self) -> bool:
        """Tell whether all words have been found, so that the first can be learned."""
        return self._words.are_ready

    @property
    def n_words(self) -> int:
        """Return how many words that can be learned were found: no secrets, addresses or code."""
        return len(self._words)

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to learn."""
        return self.is_ready and self.n_done >= self.n_words

    def go_on(self) -> None:
        """Find the words of one more page; where all are found, learn one of them."""
        if self.is_ready:
            self._learn_next()
            return
        self._words.make_next_ready()
        if self.is_ready:
            self.n_done = min(self._learner.n_read(self._digest), self.n_words)

    def _learn_next(self) -> None:
        """Learn one word; what the engine would have offered before it counts as shown."""
        before, word = self._words[self.n_done]
        left = Context(before, n_shown=0, phrases=False)  # nobody saw anything
        shown = tuple(item.text for item in self._predictor.predict_one(left, limit=_N_SHOWN).items)
        self.n_done += 1
        self.n_new += 1
        self._learner.note_reading(self._digest, self.n_done, self.n_words)
        if self._learner.is_forgotten(word):
            return  # while this text was read: it is learned again when it is typed
        self._learner.learn_one(Commit(left, word, CommitSource.READ, shown))

    def close(self) -> None:
        """Store how far the reading has come."""
        self._learner.finish_reading()
