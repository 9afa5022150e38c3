"""Carries out, in the model thread, what the user asks of all that was learned; reads and rehearses in slices."""

from __future__ import annotations

from keyboard_app import profiles
from keyboard_app.typist.orders import (
    EngineOrder,
    ExplainWord,
    ExportProfile,
    FileRefused,
    ForgetWords,
    KnowledgeShown,
    LearnFiles,
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
from keyboard_app.worker.file_reader import FileReader
from keyboard_app.worker.port import EnginePort, KnowledgePort, RehearsalPort

Answer = FileRefused | KnowledgeShown | OrderDone | ReadingProgress | Rehearsed | WordExplained


class OrderBook:
    """Knows which files are being read, and whether there is a rehearsal. Model thread only."""

    def __init__(self) -> None:
        self._reader = FileReader()
        self._rehearsal: RehearsalPort | None = None

    @property
    def is_reading(self) -> bool:
        """Tell whether a file is being read, or waits to be."""
        return self._reader.is_reading

    def carry_out(self, engine: EnginePort, order: EngineOrder) -> Answer | None:
        """Carry one order out and return what to answer."""
        if isinstance(order, ShowKnowledge):
            return _shown(engine.knowledge)
        if isinstance(order, ExplainWord):
            return WordExplained(order.word, engine.explainer.explain(order.place, order.word))
        if isinstance(order, LearnFiles):
            self._reader.add(order.files)
            return None
        if isinstance(order, StopReading):
            return self.stop(engine)
        if isinstance(order, Rehearse | LeaveRehearsal):
            self._rehearsal = engine.rehearse() if isinstance(order, Rehearse) else None
            return None
        return OrderDone(order, _change(engine, order))

    def read_on(self, engine: EnginePort) -> ReadingProgress | FileRefused:
        """Read for one slice; only while ``is_reading``."""
        return self._reader.read_on(engine)

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

    def stop(self, engine: EnginePort, cause: str = "") -> ReadingProgress | None:
        """Leave the rehearsal, and the files, of which the rest is for another time; ``cause`` is what went wrong."""
        self.leave_rehearsal()
        return self._reader.stop(goes_on=engine.knowledge.is_kept, cause=cause)

    def leave(self) -> ReadingProgress | None:
        """Leave the rehearsal and the files for good: another profile is opened, or none."""
        self.leave_rehearsal()
        return self._reader.stop(goes_on=False)


def _shown(knowledge: KnowledgePort) -> KnowledgeShown:
    return KnowledgeShown(
        knowledge.words(), knowledge.events(), knowledge.can_take_back, knowledge.last_event, knowledge.is_kept
    )


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
        if order.event and order.event != knowledge.last_event:
            return "Something was learned since; look again"
        word = knowledge.take_back()
        return f"Took back what “{word}” taught" if word else "There is nothing to take back"
    knowledge.export(order.path)
    return f"Exported to “{order.path.name}”"
