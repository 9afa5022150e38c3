"""Ghost text: the first suggestion, and the words likely to follow it, by a small beam search over the word network.

The phrase goes on from the word that stands in the first slot. Its probability is the product of those of its words,
each times the probability that a word follows at all: a phrase ends where a mark is as likely. Shipped n-grams and the
user's own counts are in every step (``engine.prediction.blend``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.model.state import State
from engine.prediction.calibration import LONGEST_PHRASE, Calibration
from engine.prediction.predictor import Predictor
from engine.text.casing import follows_name, place_after
from engine.text.context import Context
from engine.text.normalize import apostrophe_of, normalize
from engine.text.tokenizer import as_token, tokenize
from engine.values import Ghost

BEAM_WIDTH = 3
_TAIL_CHARACTERS = 200
"""So much of the left text decides about capitals."""


@dataclass(frozen=True, slots=True)
class _Path:
    """Some words after the caret."""

    words: tuple[str, ...]
    """As they would be taken in."""
    rows: tuple[int, ...]
    """The passage before the caret and these words."""
    state: State
    """Of the network before the last of ``rows``."""
    p: float

    @property
    def text(self) -> str:
        """The words with spaces between."""
        return " ".join(self.words)


class PhraseFinder:
    """Finds what may stand in grey behind the caret; like the predictor, it never changes the model."""

    def __init__(self, predictor: Predictor, calibration: Calibration) -> None:
        self._predictor = predictor
        self._calibration = calibration

    def word_for(self, context: Context) -> Ghost | None:
        """Return the rest of the word at the caret, or the next word; None where no suggestion goes on the prefix."""
        first = self._first(context)
        return Ghost(first.text, self._calibration.probability(first.p, 1)) if first else None

    def phrase_for(
        self, context: Context, at_least: float, is_stale: Callable[[], bool] = lambda: False
    ) -> Ghost | None:
        """Return the phrase that promises to save most, among those with at least this probability; None without one.

        Between two steps of the network it asks whether the answer is still wanted, and gives up if it is not.
        """
        worth = [ghost for ghost in self.phrases_for(context, at_least, is_stale) if ghost.probability >= at_least]
        if not worth or is_stale():
            return None
        n_first = len(worth[0].text.partition(" ")[0])
        return max(worth, key=lambda ghost: ghost.probability * (len(ghost.text) - n_first))

    def phrases_for(
        self, context: Context, at_least: float, is_stale: Callable[[], bool] = lambda: False
    ) -> list[Ghost]:
        """Return the likeliest phrase of each length, shortest first, as far as one may reach ``at_least``."""
        first = self._first(context)
        beam = [first] if first else []
        before = tuple(tokenize(context.left[-_TAIL_CHARACTERS:]))
        apostrophe = apostrophe_of(context.left, context.prefix)
        found = []
        for n_words in range(2, LONGEST_PHRASE + 1):
            beam = [path for path in beam if self._calibration.most_of_a_phrase(path.p) >= at_least]
            grown: list[_Path] = []
            for path in beam:
                if is_stale():
                    return []
                grown += self._grow(path, before)
            if not grown:
                break
            beam = sorted(grown, key=lambda path: -path.p)[:BEAM_WIDTH]
            text = beam[0].text.replace("'", apostrophe)
            found.append(Ghost(text, self._calibration.probability(beam[0].p, n_words)))
        return found

    def _first(self, context: Context) -> _Path | None:
        """Return the first suggestion with its probability among all words, the finished prefix one of them."""
        items = self._predictor.predict_one(context, limit=1).items
        prefix = as_token(context.prefix)
        if not items or not as_token(items[0].text).startswith(prefix):
            return None
        text, blend = items[0].text, self._predictor.blend
        word = normalize(text)
        answer = self._predictor.next_word(context)
        p = math.exp(items[0].log_prob)
        if prefix:  # the prefix may be the whole word, which is no suggestion
            own = math.exp(-blend.loss(answer, word))
            p = own / (own / p + math.exp(-blend.loss(answer, prefix)))
        state = self._predictor.state_after(answer.rows)
        return _Path((text,), (*answer.rows, blend.model.row_of(word)), state, p)

    def _grow(self, path: _Path, before: tuple[str, ...]) -> list[_Path]:
        """Return the path with each of the likeliest words behind it; ``before`` are the tokens before it."""
        predictor = self._predictor
        following = predictor.following(path.rows, path.state)
        tokens = (*before, *path.words)
        place, after_name = place_after(tokens), follows_name(tokens)
        grown = []
        for row, p in following.words[:BEAM_WIDTH]:
            word = predictor.dressed(predictor.blend.model.form_of(row), "", place, after_name=after_name)
            grown.append(_Path((*path.words, word), (*path.rows, row), following.state, path.p * p))
        return grown
