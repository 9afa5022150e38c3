"""How often a task of the model thread may fail before it is given up for the session."""

from __future__ import annotations

import logging

from engine.errors import EngineError
from keyboard_app.typist.messages import Task, WorkerFailure

FAILURES_IN_A_ROW = 3

_LOG = logging.getLogger(__name__)
_GIVING_UP = {
    Task.PREDICT: "Predictions are off until Foretype is started again.",
    Task.CORRECT: "Corrections are off until Foretype is started again.",
    Task.LEARN: "Learning is off until Foretype is started again.",
}


class FailureCounter:
    """Counts failures in a row, task by task."""

    def __init__(self) -> None:
        self._in_a_row: dict[Task, int] = {}

    def succeeded(self, task: Task) -> None:
        """Start counting afresh."""
        self._in_a_row[task] = 0

    def failed(self, task: Task, error: Exception) -> WorkerFailure:
        """Count one more failure, log it, and tell it in one sentence."""
        self._in_a_row[task] = self._in_a_row.get(task, 0) + 1
        _LOG.error("failed to %s", task.value, exc_info=error)
        gave_up = self.gave_up(task)
        sentence = f"Foretype could not {task.value} ({_brief(error)})."
        if isinstance(error, EngineError):
            sentence = str(error)
        if gave_up and task in _GIVING_UP:
            sentence = f"{sentence} {_GIVING_UP[task]}"
        return WorkerFailure(task, sentence, gave_up)

    def gave_up(self, task: Task) -> bool:
        """Tell whether ``task`` failed too often in a row."""
        return self._in_a_row.get(task, 0) >= FAILURES_IN_A_ROW


def _brief(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
