"""An engine that answers from a list of words, as slowly as a test wants."""

from __future__ import annotations

import time
from collections.abc import Iterable

from engine.values import Commit, Context, LearnReport, Suggestion, SuggestionKind, Suggestions

WORDS = ("turn", "turned", "turning", "the", "there", "then", "quick", "question", "Hello", "world", "and", "again")


class FakePredictor:
    """Offers the words that fit the prefix; learned words come first."""

    def __init__(self, words: Iterable[str], delay_s: float) -> None:
        self.words = list(words)
        self.delay_s = delay_s
        self.asked: list[Context] = []
        self.errors: list[Exception] = []

    def predict_one(self, context: Context, limit: int = 3) -> Suggestions:
        """Answer after the delay, or raise the next error."""
        self.asked.append(context)
        time.sleep(self.delay_s)
        if self.errors:
            raise self.errors.pop(0)
        prefix = context.prefix.casefold()
        fitting = [word for word in self.words if word.casefold().startswith(prefix)]
        kind = SuggestionKind.COMPLETION if prefix else SuggestionKind.NEXT_WORD
        items = tuple(Suggestion(word, -1.0 - rank, kind) for rank, word in enumerate(fitting[:limit]))
        return Suggestions(context, items, model_version=0)


class FakeLearner:
    """Keeps what it was told, and puts new words first."""

    def __init__(self, predictor: FakePredictor, delay_s: float) -> None:
        self._predictor = predictor
        self.delay_s = delay_s
        self.commits: list[Commit] = []
        self.errors: list[Exception] = []

    def learn_one(self, commit: Commit) -> LearnReport:
        """Remember the commit after the delay, or raise the next error."""
        time.sleep(self.delay_s)
        if self.errors:
            raise self.errors.pop(0)
        self.commits.append(commit)
        new_word = commit.text not in self._predictor.words
        if new_word:
            self._predictor.words.insert(0, commit.text)
        before, after = (6.2, 3.1) if commit.rejects else (2.0, 2.0)
        return LearnReport(commit.rejects, before, after, 1.0, len(self.commits), commit.text, new_word)


class FakeWishes:
    """Keeps what was wanted of words, and does it."""

    def __init__(self, predictor: FakePredictor, learner: FakeLearner) -> None:
        self._predictor, self._learner = predictor, learner
        self.blocked: list[str] = []
        self.right: list[str] = []
        self.errors: list[Exception] = []

    def never_offer(self, word: str) -> None:
        """Offer the word no more, or raise the next error."""
        if self.errors:
            raise self.errors.pop(0)
        self.blocked.append(word)
        self._predictor.words = [other for other in self._predictor.words if other.casefold() != word.casefold()]

    def offer_again(self, word: str) -> None:
        """Offer the word again, before all others."""
        self.blocked.remove(word)
        self._predictor.words.insert(0, word)

    def call_right(self, commit: Commit) -> LearnReport:
        """Learn the word."""
        self.right.append(commit.text)
        return self._learner.learn_one(commit)


class FakeEngine:
    """Everything that the model thread needs of an engine."""

    def __init__(
        self,
        words: Iterable[str] = WORDS,
        *,
        predict_s: float = 0.0,
        learn_s: float = 0.0,
        warm_up_s: float = 0.0,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.predictor = FakePredictor(words, predict_s)
        self.learner = FakeLearner(self.predictor, learn_s)
        self.wishes = FakeWishes(self.predictor, self.learner)
        self.notices = notices
        self.is_closed = False
        self._warm_up_s = warm_up_s

    def warm_up(self) -> None:
        """Take the time that a cold kernel cache takes."""
        time.sleep(self._warm_up_s)

    def close(self) -> None:
        """Remember that it was closed."""
        self.is_closed = True

    def open(self) -> tuple[FakeEngine, tuple[str, ...]]:
        """Be the opener of the model thread."""
        return self, self.notices
