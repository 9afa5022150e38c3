"""Whether a finished word is marked, replaced unasked, or left as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.correction.channel import Channel
from engine.correction.memory import CorrectionMemory
from engine.correction.misspellings import Misspellings
from engine.prediction.predictor import Predictor
from engine.text.casing import Place
from engine.text.context import Context
from engine.text.secrets import mask_behind
from engine.text.tokenizer import as_token, fold, is_word, tokenize
from engine.values import Correction, Feedback, FeedbackKind

_MOST_OFFERED = 3
_LONGEST_WORD = 32
_LOOK_BACK_CHARACTERS, _LEAST_WORDS, _MOST_UNKNOWN = 80, 5, 0.3
"""Where more than this share of the words before is unknown, the text is in another language."""


@dataclass(frozen=True, slots=True)
class Caution:
    """How much likelier than not a typo must be, in nats.

    Chosen on four streams (a blog, a chat, a memoir, letters) with ``tests/benchmarks/measure_corrections.py``.
    """

    mark: float = 0.5
    """To be marked."""
    replace: float = 3.0
    """To be replaced unasked: the best correction against everything else."""
    two_words: float = 2.0
    """More, to be replaced by two words: many a compound stands in no list."""
    known: float = 0.5
    """More, where the word is a word of the vocabulary."""
    name: float = 3.0
    """More, where it is new and begins with a capital inside a sentence."""


class Corrector:
    """Looks at finished words. Reads the predictor's model and changes only its own memory; one thread owns it."""

    def __init__(
        self,
        predictor: Predictor,
        memory: CorrectionMemory,
        misspellings: Misspellings,
        is_right: Callable[[str], bool],
        caution: Caution | None = None,
    ) -> None:
        """Let words be that ``is_right`` tells the user to have called right."""
        self.memory = memory
        self._is_right = is_right
        self._predictor = predictor
        self._channel = Channel(predictor, misspellings)
        self._caution = caution or Caution()

    def correct(self, context: Context, word: str) -> Correction:
        """Say what may have been meant by a word that was finished after the left text of a context."""
        token = as_token(word)
        if self._is_let_be(context.left, word, token):
            return Correction(word)
        weighed = self._channel.weigh(context.left, token, self.memory.meant_by(token))
        after = self._predictor.words_after(context.left)
        place = after.place
        margin = self._margin(word, token, place)
        if weighed.log_odds < self._caution.mark + margin:
            return Correction(word, log_odds=weighed.log_odds)
        dressed = (
            self._predictor.dressed(form, word, place, after_name=after.after_name) for _, form in weighed.scored
        )
        forms = tuple(dict.fromkeys(dressed))
        enough = self._caution.replace + margin + (self._caution.two_words if " " in forms[0] else 0.0)
        is_certain = weighed.log_odds_of_first >= enough
        return Correction(word, forms[:_MOST_OFFERED], weighed.log_odds, is_certain)

    def hear(self, feedback: Feedback) -> None:
        """Remember what the user did with a correction; where the disk refuses, the memory's notices say so."""
        match feedback.kind:
            case FeedbackKind.TAKEN:
                self.memory.take(feedback.typed, feedback.meant)
            case FeedbackKind.TAKEN_BACK:
                self.memory.take_back(feedback.typed)
            case FeedbackKind.LEFT_ALONE:
                self.memory.leave_alone(feedback.typed)

    def _is_let_be(self, left: str, word: str, token: str) -> bool:
        return (
            not _is_judged(word, token)
            or self.memory.is_left_alone(token)
            or self._is_right(word)
            or mask_behind(left, word) != word  # a password is neither mended nor remembered
            or self._is_known_to_user(token)
            or self._is_foreign(left)
        )

    def _margin(self, word: str, token: str, place: Place) -> float:
        """Return how much more certain one has to be about this word than about others."""
        if self._channel.is_word(token):
            return self._caution.known
        return self._caution.name if word[:1].isupper() and place is Place.INSIDE else 0.0

    def _is_known_to_user(self, token: str) -> bool:
        model = self._predictor.blend.model
        own_word = model.row_of(token) - model.n_shipped_rows
        return own_word >= 0 and self._channel.is_settled(own_word)

    def _is_foreign(self, left: str) -> bool:
        """Tell whether the text before is hardly in the vocabulary's language: then nothing in it is a typo."""
        words = [token for token in tokenize(left[-_LOOK_BACK_CHARACTERS:])[1:] if is_word(token)]
        vocabulary = self._predictor.blend.model.vocabulary
        n_unknown = sum(vocabulary.find(fold(word)) is None for word in words)
        return len(words) >= _LEAST_WORDS and n_unknown > _MOST_UNKNOWN * len(words)


def _is_judged(word: str, token: str) -> bool:
    """Tell whether a word can be a typo of an English word: acronyms, camelCase and other letters are let be."""
    if not 1 < len(token) <= _LONGEST_WORD or not all("a" <= letter <= "z" or letter == "'" for letter in token):
        return False
    return word[1:] == word[1:].lower()
