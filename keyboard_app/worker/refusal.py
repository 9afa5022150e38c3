"""What waits for an engine that could not be opened: who asked for something is told why, the rest is let go."""

from __future__ import annotations

from collections.abc import Iterator

from engine.values import Correction
from keyboard_app.typist.messages import CorrectionAnswer, CorrectionRequest, Task, WorkerFailure
from keyboard_app.typist.orders import LearnFiles, LeaveRehearsal, ReadingProgress, Rehearse, StopReading
from keyboard_app.worker.mailbox import Mailbox

_UNASKED = (Rehearse, LeaveRehearsal, StopReading)
"""Nobody waits for an answer to these."""


def refuse_all(mailbox: Mailbox, why: str) -> Iterator[CorrectionAnswer | ReadingProgress | WorkerFailure]:
    """Take out whatever waits, and yield what to answer; a box that stays full would wake nobody."""
    mailbox.take_request()
    while (look := mailbox.take_look()) is not None:
        if isinstance(look, CorrectionRequest):
            yield CorrectionAnswer(look.number, Correction(look.word))
    while mailbox.take_commit() is not None:
        pass
    while mailbox.take_wish() is not None:
        yield WorkerFailure(Task.WISH, why, gave_up=False)
    while (order := mailbox.take_order()) is not None:
        if isinstance(order, LearnFiles):
            yield ReadingProgress("", 0, 0, has_ended=True, sentence=f"Nothing learned. {why}")
        elif not isinstance(order, _UNASKED):
            yield WorkerFailure(Task.ORDER, why, gave_up=False)
