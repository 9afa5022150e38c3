"""Frozen values that cross between the interface thread and the model thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from engine.values import Commit, Context, Correction, Ghost, LearnReport, Suggestions


@dataclass(frozen=True, slots=True)
class PredictRequest:
    """A question to the predictor, stamped with the state of the editor it was asked for."""

    revision: int
    context: Context
    limit: int = 3
    phrase_from: float | None = None
    """How likely a phrase must be to be told of; None where none is wanted."""


@dataclass(frozen=True, slots=True)
class PredictAnswer:
    """The predictor's answer, with the stamp of its question."""

    revision: int
    suggestions: Suggestions
    ghost: Ghost | None = None
    """One word for behind the caret."""


@dataclass(frozen=True, slots=True)
class PhraseAnswer:
    """A phrase for behind the caret, which takes longer and comes after the words; with the stamp of its question."""

    revision: int
    context: Context
    ghost: Ghost


@dataclass(frozen=True, slots=True)
class LearnOutcome:
    """What the learner did with one commit."""

    commit: Commit
    report: LearnReport


@dataclass(frozen=True, slots=True)
class EngineReady:
    """The engine is open and warm; ``notices`` are sentences that the user should see."""

    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """A finished word to be looked at; ``number`` is that of its ``OwnWord``."""

    number: int
    context: Context
    word: str


@dataclass(frozen=True, slots=True)
class CorrectionAnswer:
    """What may have been meant by a word, with the number of its question; there is one for every question."""

    number: int
    correction: Correction


class Wish(Enum):
    """What the user may want of one word."""

    NEVER_OFFER = "never offer"
    OFFER_AGAIN = "offer again"
    CALL_RIGHT = "call right"
    """Learn it, and never take it for a slip."""


@dataclass(frozen=True, slots=True)
class WordWish:
    """What the user wants of a word, with the place where it stands."""

    wish: Wish
    word: str
    place: Context = field(default_factory=lambda: Context(""))


class Task(Enum):
    """What the model thread was doing when it failed."""

    OPEN = "open the model"
    PREDICT = "predict"
    LEARN = "learn"
    CORRECT = "look for typos"
    WISH = "carry out what you want of a word"
    ORDER = "do that"
    MOVE = "open that profile"
    CLOSE = "save what was learned"


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """A failure in the model thread, told in one sentence."""

    task: Task
    sentence: str
    gave_up: bool = False
    """Whether this task is switched off for the rest of the session."""


@dataclass(frozen=True, slots=True)
class WorkerStopped:
    """The engine is closed; ``n_unlearned`` commits did not fit into the deadline."""

    n_unlearned: int
