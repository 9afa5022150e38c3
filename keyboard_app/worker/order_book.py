"""Carries out, in the model thread, what the user asks of all that was learned; reads and rehearses in slices."""

from __future__ import annotations

import time
from collections import deque

from keyboard_app import profiles
from keyboard_app.typist.orders import (
    EngineOrder,
    ExplainWord,
    ExportProfile,
    ForgetWords,
    KnowledgeShown,
    LearnTexts,
    LeaveRehearsal,
    OrderDone,
    ReadingProgress,
    Rehearse,
    Rehearsed,
    RemoveProfile,
    SetForm,
    ShowKnowledge,
    StopReading,
    TakeBack,
    WordExplained,
)
from keyboard_app.worker.port import EnginePort, ReadingPort, RehearsalPort

SLICE_MS = 8
"""Reading lets go after so long, so that a question waits no longer than one word."""

Answer = KnowledgeShown | OrderDone | ReadingProgress | Rehearsed | WordExplained


class OrderBook:
    """Knows which texts are being read, and whether there is a rehearsal. Model thread only."""

    def __init__(self) -> None:
        self._texts: deque[tuple[str, str]] = deque()
        self._name = ""
        self._reading: ReadingPort | None = None
        self._n_new = 0
        self._rehearsal: RehearsalPort | None = None

    @property
    def is_reading(self) -> bool:
        """Tell whether a text is being read, or waits to be."""
        return self._reading is not None or bool(self._texts)

    def carry_out(self, engine: EnginePort, order: EngineOrder) -> Answer | None:
        """Carry one order out and return what to answer."""
        if isinstance(order, ShowKnowledge):
            knowledge = engine.knowledge
            return KnowledgeShown(knowledge.words(), knowledge.events(), knowledge.can_take_back)
        if isinstance(order, ExplainWord):
            return WordExplained(order.word, engine.explainer.explain(order.place, order.word))
        if isinstance(order, LearnTexts):
            self._n_new = 0
            self._texts.extend(order.texts)
            return None
        if isinstance(order, StopReading):
            return self.stop()
        if isinstance(order, Rehearse | LeaveRehearsal):
            self._rehearsal = engine.rehearse() if isinstance(order, Rehearse) else None
            return None
        return OrderDone(order, _change(engine, order))

    def read_on(self, engine: EnginePort) -> ReadingProgress:
        """Read for one slice; only while ``is_reading``."""
        if self._reading is None:
            self._name, text = self._texts.popleft()
            self._reading = engine.read_text(text)
        reading = self._reading
        deadline = time.monotonic() + SLICE_MS / 1_000
        n_before = reading.n_new
        while not reading.is_done:
            reading.go_on()
            if time.monotonic() >= deadline:
                break
        self._n_new += reading.n_new - n_before
        progress = ReadingProgress(self._name, reading.n_done, reading.n_words)
        if reading.is_done:
            self._leave()
            if not self._texts:
                return self._end(progress, f"Learned {self._n_new:,} words" if self._n_new else _NOTHING_NEW)
        return progress

    @property
    def is_rehearsing(self) -> bool:
        """Tell whether there is a rehearsal to go on with."""
        return self._rehearsal is not None

    def rehearse_on(self) -> Rehearsed | None:
        """Do one step of the rehearsal; return what came of it when it has ended."""
        rehearsal = self._rehearsal
        if rehearsal is None or not rehearsal.go_on():
            return None
        self._rehearsal = None
        return Rehearsed(rehearsal.report) if rehearsal.report is not None else None

    def leave_rehearsal(self) -> None:
        """Let go of the rehearsal: what it did so far changed nothing."""
        self._rehearsal = None

    def stop(self) -> ReadingProgress | None:
        """Leave the rehearsal, and the texts; what was learned of these stays."""
        self.leave_rehearsal()
        if not self.is_reading:
            return None
        done, n_words = (self._reading.n_done, self._reading.n_words) if self._reading else (0, 0)
        self._leave()
        self._texts.clear()
        stopped = f"Stopped after {self._n_new:,} words; the same files go on from there"
        return self._end(ReadingProgress(self._name, done, n_words), stopped)

    def _leave(self) -> None:
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def _end(self, progress: ReadingProgress, sentence: str) -> ReadingProgress:
        return ReadingProgress(progress.name, progress.n_done, progress.n_words, has_ended=True, sentence=sentence)


_NOTHING_NEW = "Nothing new: these files hold no words, or were learned before"


def _change(engine: EnginePort, order: ForgetWords | SetForm | TakeBack | ExportProfile | RemoveProfile) -> str:
    """Carry out an order about what is known, and say what came of it."""
    if isinstance(order, RemoveProfile):
        profiles.reset(order.folder)
        return f"Removed “{order.name}” with everything that it knew"
    knowledge = engine.knowledge
    if isinstance(order, ForgetWords):
        engine.forget_all(order.words)
        return f"Forgot “{order.words[0]}”" if len(order.words) == 1 else f"Forgot {len(order.words):,} words"
    if isinstance(order, SetForm):
        done = knowledge.set_form(order.word, order.form)
        return f"It is “{order.form}” from now on" if done else "Only the case of a word can be changed"
    if isinstance(order, TakeBack):
        word = knowledge.take_back()
        return f"Took back what “{word}” taught" if word else "There is nothing to take back"
    knowledge.export(order.path)
    return f"Exported to “{order.path.name}”"
