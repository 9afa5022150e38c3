"""The part of the engine that the model thread needs, so that any engine can be put in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from engine.values import (
    Commit,
    Context,
    Correction,
    Explanation,
    Feedback,
    Ghost,
    KnownWord,
    LearnReport,
    PastEvent,
    RehearsalReport,
    Suggestions,
)


class PredictorPort(Protocol):
    """Answers questions; never changes the model."""

    def predict_one(self, context: Context, limit: int = 3) -> Suggestions:
        """Return up to ``limit`` suggestions for the caret, best first."""
        ...


class GhostPort(Protocol):
    """Says what may stand in grey behind the caret; never changes the model."""

    def word_for(self, context: Context) -> Ghost | None:
        """Return the rest of the word at the caret, or the next word."""
        ...

    def phrase_for(self, context: Context, at_least: float, is_stale: Callable[[], bool]) -> Ghost | None:
        """Return a phrase that is at least so likely; None without one, or when it is wanted no more."""
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


class KnowledgePort(Protocol):
    """What was learned, in the user's hand."""

    @property
    def can_take_back(self) -> bool:
        """Whether the last learning step can be taken back."""
        ...

    @property
    def last_event(self) -> int:
        """The id of the event that can be taken back; 0 where there is none, or none is kept."""
        ...

    @property
    def is_kept(self) -> bool:
        """Whether there is a profile that keeps what is learned."""
        ...

    def words(self) -> tuple[KnownWord, ...]:
        """Return every word that the user used."""
        ...

    def events(self, limit: int = 1_000) -> tuple[PastEvent, ...]:
        """Return the latest learning events, newest first."""
        ...

    def set_form(self, word: str, form: str) -> bool:
        """Set how a word is written."""
        ...

    def take_back(self) -> str:
        """Take the last learning step back; return its word."""
        ...

    def export(self, path: Path) -> None:
        """Write all that was learned to one file."""
        ...


class ExplainerPort(Protocol):
    """Says why words are offered; never changes the model."""

    def explain(self, context: Context, word: str) -> Explanation | None:
        """Return where a suggestion's probability comes from; None where it is not one."""
        ...


class ReadingPort(Protocol):
    """One text on its way into the profile."""

    @property
    def n_words(self) -> int:
        """Words that can be learned, as far as they have been found."""
        ...

    @property
    def n_done(self) -> int:
        """Words that were learned, now or earlier."""
        ...

    @property
    def n_new(self) -> int:
        """Words that were learned now."""
        ...

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        ...

    def go_on(self) -> None:
        """Find some words, or learn one."""
        ...

    def close(self) -> None:
        """Store how far it came."""
        ...


class RehearsalPort(Protocol):
    """Going over what was learned, in short steps."""

    @property
    def report(self) -> RehearsalReport | None:
        """What came of it, at the end."""
        ...

    def go_on(self) -> bool:
        """Do one step; tell whether it was the last."""
        ...


class CorrectorPort(Protocol):
    """Looks at finished words; remembers what the user thought of its corrections."""

    def correct(self, context: Context, word: str) -> Correction:
        """Say what may have been meant by a word."""
        ...

    def hear(self, feedback: Feedback) -> None:
        """Remember what the user did with a correction."""
        ...


class EnginePort(Protocol):
    """An open engine; not thread-safe, owned by the model thread."""

    @property
    def predictor(self) -> PredictorPort:
        """The predictor of the open model."""
        ...

    @property
    def ghosts(self) -> GhostPort:
        """What finds words and phrases for behind the caret."""
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
    def corrector(self) -> CorrectorPort:
        """What looks for typos."""
        ...

    @property
    def knowledge(self) -> KnowledgePort:
        """What was learned."""
        ...

    @property
    def explainer(self) -> ExplainerPort:
        """What says why words are offered."""
        ...

    def forget_all(self, words: Sequence[str]) -> int:
        """Forget words with every trace of them; return how many were known."""
        ...

    def read_text(self, text: str) -> ReadingPort:
        """Begin to learn from a text."""
        ...

    def rehearse(self) -> RehearsalPort | None:
        """Begin to go over what was learned; None where there is too little of it."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences that the user should see."""
        ...

    def warm_up(self) -> None:
        """Compile or load every kernel."""
        ...

    def prepare_to_learn(self) -> None:
        """Do once what the first update would take longer for."""
        ...

    def close(self) -> None:
        """Make the profile durable and let go of it."""
        ...


EngineOpener = Callable[[], tuple[EnginePort, tuple[str, ...]]]
"""Opens an engine, slowly, in the model thread; returns it with sentences that the user should see."""
ProfileOpener = Callable[[Path | None], EnginePort]
"""Opens an engine on a profile folder, or on none; raises EngineError where that cannot be."""
