"""The part of the engine that the model thread needs, so that any engine can be put in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from engine.values import Commit, Context, LearnReport, Suggestions


class PredictorPort(Protocol):
    """Answers questions; never changes the model."""

    def predict_one(self, context: Context, limit: int = 3) -> Suggestions:
        """Return up to ``limit`` suggestions for the caret, best first."""
        ...


class LearnerPort(Protocol):
    """The only door through which typing changes the model."""

    def learn_one(self, commit: Commit) -> LearnReport:
        """Learn from one finished word."""
        ...


class WishesPort(Protocol):
    """Carries out what the user wants of single words, at once and for good."""

    def never_offer(self, word: str) -> None:
        """Offer a word no more."""
        ...

    def offer_again(self, word: str) -> None:
        """Take that back."""
        ...

    def call_right(self, commit: Commit) -> LearnReport:
        """Learn a word that is right as it is."""
        ...


class EnginePort(Protocol):
    """An open engine; not thread-safe, owned by the model thread."""

    @property
    def predictor(self) -> PredictorPort:
        """The predictor of the open model."""
        ...

    @property
    def learner(self) -> LearnerPort:
        """The learner of the open model."""
        ...

    @property
    def wishes(self) -> WishesPort:
        """What carries out wishes about single words."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences that the user should see."""
        ...

    def warm_up(self) -> None:
        """Compile or load every kernel."""
        ...

    def close(self) -> None:
        """Make the profile durable and let go of it."""
        ...


EngineOpener = Callable[[], tuple[EnginePort, tuple[str, ...]]]
"""Opens an engine, slowly, in the model thread; returns it with sentences that the user should see."""
