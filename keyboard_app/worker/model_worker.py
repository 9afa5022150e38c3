"""The object that lives in the model thread and is the only owner of the engine."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from engine.values import Commit, CommitSource, Correction, Feedback
from keyboard_app.typist.messages import (
    CorrectionAnswer,
    CorrectionRequest,
    EngineReady,
    LearnOutcome,
    PhraseAnswer,
    PredictAnswer,
    PredictRequest,
    Task,
    Wish,
    WordWish,
    WorkerFailure,
    WorkerStopped,
)
from keyboard_app.typist.orders import (
    ForgetWords,
    MoveToProfile,
    ProfileMoved,
    ReadingProgress,
    RemoveProfile,
    SetForm,
)
from keyboard_app.worker import moving
from keyboard_app.worker.failures import FailureCounter
from keyboard_app.worker.mailbox import Mailbox
from keyboard_app.worker.order_book import OrderBook
from keyboard_app.worker.port import EngineOpener, EnginePort, ProfileOpener
from keyboard_app.worker.refusal import refuse_all

LEARNING_SLICE_MS = 8
"""Learning lets go after so long, so that a question waits no longer than one commit."""
STOP_BUDGET_MS = 4_000
"""At the end, queued commits are learned for at most so long."""


class ModelWorker(QObject):
    """Serves the mailbox: wishes, the newest question (words before phrases), words to look at, commits in slices."""

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
    _more_waits = Signal()

    def __init__(self, mailbox: Mailbox, opener: EngineOpener, open_profile: ProfileOpener) -> None:
        """Interface thread. Keep what is needed; nothing slow, no child objects."""
        super().__init__()
        self._mailbox = mailbox
        self._opener, self._open_profile = opener, open_profile
        self._engine: EnginePort | None = None
        self._why_closed = ""
        """What the engine could not be opened for; empty while it may yet be."""
        self._orders = OrderBook()
        self._failures = FailureCounter()
        self._has_stopped = False
        self._n_notices = 0
        self._more_waits.connect(self.serve, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def start(self) -> None:
        """Model thread. Open the engine and compile its kernels."""
        if self._has_stopped:
            return  # the order to stop came first: nobody would close what is opened now
        try:
            self._engine, notices = self._opener()
            if not self._mailbox.is_stopping:
                self._engine.warm_up()
        except Exception as error:  # noqa: BLE001  told in the window, logged, counted
            self._do_without(error)
            self._close()
            self.serve()
            return
        # The vocabulary never becomes garbage; looking through it again and again would hold up the keys.
        gc.freeze()
        self._n_notices = len(self._engine.notices)
        self.ready.emit(EngineReady(notices))
        self.serve()
        if self._engine is not None:  # whoever waits for the first suggestions need not wait for this
            self._engine.prepare_to_learn()

    @Slot()
    def serve(self) -> None:
        """Model thread. Do one slice of what waits, and come back for the rest."""
        if self._mailbox.is_stopping:
            self._stop()
            return
        if self._engine is None:
            self._refuse_all()
            return
        if not self._mailbox.is_empty:
            self._orders.leave_rehearsal()  # whoever comes back finds the model free
        while self._carry_out_next(self._engine):
            pass
        self._predict(self._engine)
        while not self._mailbox.has_request and self._look_next(self._engine):
            pass
        deadline = time.monotonic() + LEARNING_SLICE_MS / 1_000
        while not self._mailbox.is_urgent and self._learn_next(self._engine):
            if time.monotonic() >= deadline:
                break
        move = self._follow_orders(self._engine)
        if move is not None:
            self._move(move)  # from here: whoever else knew the old engine would keep it in memory beside the new one
        if self._orders.is_reading or self._orders.is_rehearsing or not self._mailbox.is_empty:
            self._more_waits.emit()

    def _follow_orders(self, engine: EnginePort) -> MoveToProfile | None:
        """Model thread. Carry out the next order, if no word waits to be learned, or return it; else read on."""
        order = self._mailbox.take_order()
        if isinstance(order, MoveToProfile):
            return order
        try:
            if order is not None:
                answer = self._orders.carry_out(engine, order)
            elif self._orders.is_reading and not self._mailbox.has_request:
                answer = self._orders.read_on(engine)
            elif self._orders.is_rehearsing and self._mailbox.is_empty:
                answer = self._orders.rehearse_on()
            else:
                return None
        except Exception as error:  # noqa: BLE001  told in the window, logged
            failure = self._failures.failed(Task.ORDER, error)
            self.failed.emit(failure)
            # What failed in an order says nothing against the files that are being read.
            answer = self._orders.stop(engine, failure.sentence) if order is None else None
        else:
            self._failures.succeeded(Task.ORDER)
        if answer is not None:
            self.answered.emit(answer)
        self._tell_new_notices(engine)
        return None

    def _move(self, order: MoveToProfile) -> None:
        """Model thread. Go on with another profile; where it cannot be used, with the one before."""
        try:
            moving.make_ready(order)
        except Exception as error:  # noqa: BLE001  told in the window, logged
            self.answered.emit(ProfileMoved(order, self._failures.failed(Task.MOVE, error).sentence, has_moved=False))
            return
        self._leave_text()
        self._close()
        gc.unfreeze()
        has_moved = True
        try:
            self._engine, sentence = moving.enter(order, self._open_profile)
        except Exception as error:  # noqa: BLE001  told in the window, logged
            has_moved, sentence = False, self._failures.failed(Task.MOVE, error).sentence
            self._go_back(order)
        gc.freeze()
        self._failures = FailureCounter()
        self.answered.emit(ProfileMoved(order, sentence, has_moved))
        self._n_notices = 0
        if self._engine is not None:
            self._tell_new_notices(self._engine)

    def _go_back(self, order: MoveToProfile) -> None:
        """Model thread. Open the profile before once more."""
        try:
            self._engine, sentence = moving.go_back(order, self._open_profile)
        except Exception as error:  # noqa: BLE001  told in the window, logged
            self._do_without(error)
            return
        if sentence:
            self.noticed.emit(sentence)

    def _do_without(self, error: Exception) -> None:
        """Model thread. Tell that the engine cannot be opened, and remember why."""
        failure = self._failures.failed(Task.OPEN, error)
        self._why_closed = failure.sentence
        self.failed.emit(failure)

    def _refuse_all(self) -> None:
        """Model thread. Let nobody wait for an engine that will not come."""
        if not self._why_closed:
            return  # it is still being opened: what waits stays in the box
        signals = {CorrectionAnswer: self.looked_at, ReadingProgress: self.answered, WorkerFailure: self.failed}
        for answer in refuse_all(self._mailbox, self._why_closed):
            signals[type(answer)].emit(answer)

    def _leave_text(self) -> None:
        """Model thread. Leave what is being read: it was for this profile."""
        left = self._orders.leave()
        if left is not None:
            self.answered.emit(left)

    def _carry_out_next(self, engine: EnginePort) -> bool:
        """Model thread. Do what the user wanted of a word; tell whether there was such a wish."""
        wish = self._mailbox.take_wish()
        if wish is None:
            return False
        with self._guarded(Task.WISH):
            self._carry_out(engine, wish)
            self.wish_done.emit(wish)
        return True

    def _carry_out(self, engine: EnginePort, wish: WordWish) -> None:
        """Model thread. Do one thing with one word."""
        if wish.wish is Wish.NEVER_OFFER:
            engine.wishes.never_offer(wish.word)
        elif wish.wish is Wish.OFFER_AGAIN:
            engine.wishes.offer_again(wish.word)
        else:
            commit = Commit(wish.place, wish.word, CommitSource.TYPED)
            self.learnt.emit(LearnOutcome(commit, engine.wishes.call_right(commit)))
            self._tell_new_notices(engine)

    def _predict(self, engine: EnginePort) -> None:
        """Model thread. Answer the newest question, unless predicting was given up."""
        request = self._mailbox.take_request()
        if request is None or self._failures.gave_up(Task.PREDICT):
            return
        with self._guarded(Task.PREDICT):
            suggestions = engine.predictor.predict_one(request.context, limit=request.limit)
            ghost = engine.ghosts.word_for(request.context)
            self.suggestions_ready.emit(PredictAnswer(request.revision, suggestions, ghost))
            self._find_phrase(engine, request)

    def _find_phrase(self, engine: EnginePort, request: PredictRequest) -> None:
        """Model thread. Answer the same question a second time, unless another one has come."""
        if request.phrase_from is None:
            return
        phrase = engine.ghosts.phrase_for(request.context, request.phrase_from, self._is_overtaken)
        if phrase is not None:
            self.phrase_ready.emit(PhraseAnswer(request.revision, request.context, phrase))

    def _is_overtaken(self) -> bool:
        """Model thread. Tell whether what is being worked out is wanted no more."""
        return self._mailbox.has_request or self._mailbox.is_stopping

    def _look_next(self, engine: EnginePort) -> bool:
        """Model thread. Look at the next finished word, or hear the next feedback; tell whether there was one."""
        look = self._mailbox.take_look()
        if isinstance(look, Feedback):
            self._hear(engine, look)
        elif look is not None:
            # Whoever asked waits for an answer: a failure is one, too.
            self.looked_at.emit(CorrectionAnswer(look.number, self._correct(engine, look)))
        return look is not None

    def _correct(self, engine: EnginePort, request: CorrectionRequest) -> Correction:
        """Model thread. Look at one word; one that cannot be looked at is let be."""
        correction = Correction(request.word)
        if not self._failures.gave_up(Task.CORRECT):
            with self._guarded(Task.CORRECT):
                correction = engine.corrector.correct(request.context, request.word)
        return correction

    def _hear(self, engine: EnginePort, feedback: Feedback) -> None:
        """Model thread. Remember what the user thought of a correction.

        Not a success of looking at words: it must not bring back corrections that were given up.
        """
        try:
            engine.corrector.hear(feedback)
        except Exception as error:  # noqa: BLE001  told in the window, logged, counted
            self.failed.emit(self._failures.failed(Task.CORRECT, error))
        self._tell_new_notices(engine)

    def _learn_next(self, engine: EnginePort) -> bool:
        """Model thread. Learn the oldest commit; tell whether there was one."""
        commit = self._mailbox.take_commit()
        if commit is None:
            return False
        if not self._failures.gave_up(Task.LEARN):
            with self._guarded(Task.LEARN):
                self.learnt.emit(LearnOutcome(commit, engine.learner.learn_one(commit)))
                self._tell_new_notices(engine)
        return True

    @contextmanager
    def _guarded(self, task: Task) -> Iterator[None]:
        """Model thread. Tell in the window what goes wrong in a task, log it and count it; go on behind it."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  no word and no question may end the thread
            self.failed.emit(self._failures.failed(task, error))
        else:
            self._failures.succeeded(task)

    def _tell_new_notices(self, engine: EnginePort) -> None:
        """Model thread. Pass on what the engine has to say since the last time: its notices only grow."""
        notices = engine.notices
        for sentence in notices[self._n_notices :]:
            self.noticed.emit(sentence)
        self._n_notices = len(notices)

    def _stop(self) -> None:
        """Model thread. Learn what is queued within the budget, close the engine, end the thread."""
        if self._has_stopped:
            return  # a wake-up that was on its way
        self._has_stopped = True
        deadline = time.monotonic() + STOP_BUDGET_MS / 1_000
        if self._engine is not None:
            while self._carry_out_next(self._engine) or self._look_next(self._engine):
                pass
            while time.monotonic() < deadline and self._learn_next(self._engine):
                pass
            self._orders.leave()
            doomed = self._carry_out_last(self._engine)
            self._close()
            for order in doomed:
                moving.empty(order)
        self.stopped.emit(WorkerStopped(self._mailbox.n_commits))
        QThread.currentThread().quit()

    def _carry_out_last(self, engine: EnginePort) -> list[MoveToProfile]:
        """Model thread. At the end, do what changes what is kept; return the profiles to be emptied once it is closed.

        What only shows something is wanted no more.
        """
        doomed = []
        while (order := self._mailbox.take_order()) is not None:
            if isinstance(order, ForgetWords | SetForm | RemoveProfile):
                self._orders.carry_out(engine, order)
            elif isinstance(order, MoveToProfile) and order.afresh:
                doomed.append(order)
        return doomed

    def _close(self) -> None:
        """Model thread. Make the profile durable and let go of the engine."""
        engine, self._engine = self._engine, None
        if engine is not None:
            with self._guarded(Task.CLOSE):
                engine.close()
