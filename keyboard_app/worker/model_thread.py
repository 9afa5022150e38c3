"""Starts, feeds and stops the model thread; lives in the interface thread."""

from __future__ import annotations

import atexit
from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, QThread, Signal

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
        queued, worker = Qt.ConnectionType.QueuedConnection, self._worker
        self._qthread.started.connect(worker.start, queued)
        self._wake.connect(worker.serve, queued)
        # The worker's signals are sent in its thread, these in the interface thread: what hears them need not queue.
        worker.ready.connect(self.ready, queued)
        worker.suggestions_ready.connect(self.suggestions_ready, queued)
        worker.phrase_ready.connect(self.phrase_ready, queued)
        worker.looked_at.connect(self.looked_at, queued)
        worker.learnt.connect(self.learnt, queued)
        worker.wish_done.connect(self.wish_done, queued)
        worker.answered.connect(self.answered, queued)
        worker.noticed.connect(self.noticed, queued)
        worker.failed.connect(self.failed, queued)
        worker.stopped.connect(self.stopped, queued)

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


@atexit.register
def _outlast_running_threads() -> None:
    """Let the process end after what cannot be interrupted, and not in the middle of it."""
    for thread in _running:
        thread.quit()
        thread.wait(_EXIT_DEADLINE_MS)
