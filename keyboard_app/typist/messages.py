"""Frozen values that cross between the interface thread and the model thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.values import Commit, Context, LearnReport, Suggestions


@dataclass(frozen=True, slots=True)
class PredictRequest:
    """A question to the predictor, stamped with the state of the editor it was asked for."""

    revision: int
    context: Context
    limit: int = 3


@dataclass(frozen=True, slots=True)
class PredictAnswer:
    """The predictor's answer, with the stamp of its question."""

    revision: int
    suggestions: Suggestions


@dataclass(frozen=True, slots=True)
class LearnOutcome:
    """What the learner did with one commit."""

    commit: Commit
    report: LearnReport


@dataclass(frozen=True, slots=True)
class EngineReady:
    """The engine is open and warm; ``notices`` are sentences that the user should see."""

    notices: tuple[str, ...] = ()


class Task(Enum):
    """What the model thread was doing when it failed."""

    OPEN = "open the model"
    PREDICT = "predict"
    LEARN = "learn"
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
