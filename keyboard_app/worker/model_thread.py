"""Starts, feeds and stops the model thread; lives in the interface thread."""

from __future__ import annotations

import atexit
from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from engine.values import Commit, Feedback
from keyboard_app.typist.messages import CorrectionRequest, PredictRequest, WordWish
from keyboard_app.typist.orders import Order
from keyboard_app.worker.mailbox import Mailbox
from keyboard_app.worker.model_worker import ModelWorker
from keyboard_app.worker.opening import open_profile
from keyboard_app.worker.port import EngineOpener, ProfileOpener

STOP_DEADLINE_MS = 15_000
"""Compiling may be under way, which cannot be interrupted."""
_EXIT_DEADLINE_MS = 120_000
_running: dict[QThread, ModelWorker] = {}
"""Threads that have not ended, whoever has forgotten them: Qt ends the process where a running thread is destroyed."""


class ModelThread(QObject):
    """The interface thread's end of the mailbox; its signals arrive in the interface thread."""

    ready = Signal(object)
    suggestions_ready = Signal(object)
    phrase_ready = Signal(object)
    looked_at = Signal(object)
    learnt = Signal(object)
    wish_done = Signal(object)
    answered = Signal(object)
    noticed = Signal(object)
    failed = Signal(object)
    stopped = Signal(object)
    _wake = Signal()

    def __init__(
        self, opener: EngineOpener, parent: QObject | None = None, open_profile: ProfileOpener = open_profile
    ) -> None:
        """Interface thread. Make the thread and its worker; nothing runs yet."""
        super().__init__(parent)
        self._mailbox = Mailbox()
        self._qthread = QThread()
        self._qthread.setObjectName("model")
        self._worker = ModelWorker(self._mailbox, opener, open_profile)
        self._worker.moveToThread(self._qthread)
        queued = Qt.ConnectionType.QueuedConnection
        self._qthread.started.connect(self._worker.start, queued)
        self._wake.connect(self._worker.serve, queued)
        self._worker.ready.connect(self._pass_ready, queued)
        self._worker.suggestions_ready.connect(self._pass_suggestions, queued)
        self._worker.phrase_ready.connect(self._pass_phrase, queued)
        self._worker.looked_at.connect(self._pass_correction, queued)
        self._worker.learnt.connect(self._pass_learnt, queued)
        self._worker.wish_done.connect(self._pass_wish, queued)
        self._worker.answered.connect(self._pass_answer, queued)
        self._worker.noticed.connect(self._pass_notice, queued)
        self._worker.failed.connect(self._pass_failure, queued)
        self._worker.stopped.connect(self._pass_stopped, queued)

    def start(self) -> None:
        """Interface thread. Start opening the engine."""
        _running[self._qthread] = self._worker
        self._qthread.start()

    def ask(self, request: PredictRequest) -> None:
        """Interface thread. Ask for suggestions; an older question that still waits is dropped."""
        if self._mailbox.put_request(request):
            self._wake.emit()

    def learn(self, commits: Iterable[Commit]) -> None:
        """Interface thread. Queue finished words."""
        for commit in commits:
            if self._mailbox.put_commit(commit):
                self._wake.emit()

    def do(self, wish: WordWish) -> None:
        """Interface thread. Let the engine do what the user wants of a word, before anything else that waits."""
        if self._mailbox.put_wish(wish):
            self._wake.emit()

    def order(self, order: Order) -> None:
        """Interface thread. Ask something of all that was learned; the answer comes by ``answered``."""
        if self._mailbox.put_order(order):
            self._wake.emit()

    def look_at(self, request: CorrectionRequest) -> None:
        """Interface thread. Let a finished word be looked at, before it or a later one is learned."""
        if self._mailbox.put_look(request):
            self._wake.emit()

    def hear(self, feedback: Feedback) -> None:
        """Interface thread. Pass on what the user thought of a correction."""
        if self._mailbox.put_look(feedback):
            self._wake.emit()

    def stop(self, deadline_ms: int = STOP_DEADLINE_MS) -> bool:
        """Interface thread. Learn what is queued, close the engine; tell whether that ended in time."""
        has_ended = not self._qthread.isRunning()
        if not has_ended:
            self._mailbox.put_stop()
            self._wake.emit()
            has_ended = self._qthread.wait(deadline_ms)
        if has_ended:
            _running.pop(self._qthread, None)
        return has_ended

    @Slot(object)
    def _pass_ready(self, ready: object) -> None:
        self.ready.emit(ready)

    @Slot(object)
    def _pass_suggestions(self, answer: object) -> None:
        self.suggestions_ready.emit(answer)

    @Slot(object)
    def _pass_phrase(self, answer: object) -> None:
        self.phrase_ready.emit(answer)

    @Slot(object)
    def _pass_correction(self, answer: object) -> None:
        self.looked_at.emit(answer)

    @Slot(object)
    def _pass_learnt(self, outcome: object) -> None:
        self.learnt.emit(outcome)

    @Slot(object)
    def _pass_wish(self, wish: object) -> None:
        self.wish_done.emit(wish)

    @Slot(object)
    def _pass_answer(self, answer: object) -> None:
        self.answered.emit(answer)

    @Slot(object)
    def _pass_notice(self, sentence: object) -> None:
        self.noticed.emit(sentence)

    @Slot(object)
    def _pass_failure(self, failure: object) -> None:
        self.failed.emit(failure)

    @Slot(object)
    def _pass_stopped(self, stopped: object) -> None:
        self.stopped.emit(stopped)


@atexit.register
def _outlast_running_threads() -> None:
    """Let the process end after what cannot be interrupted, and not in the middle of it."""
    for thread in _running:
        thread.quit()
        thread.wait(_EXIT_DEADLINE_MS)
