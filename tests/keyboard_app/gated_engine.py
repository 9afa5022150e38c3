"""An engine behind a gate: its answers wait until the test lets them through."""

from __future__ import annotations

from threading import Event

from engine.values import Commit, Context, LearnReport, Suggestions


class GatedEngine:
    """Passes everything on to another engine, and keeps what it was told."""

    def __init__(self, open_engine) -> None:
        self._open = open_engine
        self._engine = None
        self._gate = Event()
        self._gate.set()
        self.commits: list[Commit] = []

    @property
    def predictor(self) -> GatedEngine:
        return self

    @property
    def learner(self) -> GatedEngine:
        return self

    @property
    def ghosts(self):
        return self._engine.ghosts

    @property
    def wishes(self):
        return self._engine.wishes

    @property
    def corrector(self):
        return self._engine.corrector

    @property
    def notices(self) -> tuple[str, ...]:
        return ()

    @property
    def is_held(self) -> bool:
        return not self._gate.is_set()

    def hold(self) -> None:
        """Let no answer through."""
        self._gate.clear()

    def let_go(self) -> None:
        """Let all answers through."""
        self._gate.set()

    def predict_one(self, context: Context, limit: int = 3) -> Suggestions:
        self._gate.wait()
        return self._engine.predictor.predict_one(context, limit)

    def learn_one(self, commit: Commit) -> LearnReport:
        self.commits.append(commit)
        return self._engine.learner.learn_one(commit)

    def warm_up(self) -> None:
        self._engine.warm_up()

    def prepare_to_learn(self) -> None:
        self._engine.prepare_to_learn()

    def close(self) -> None:
        self._engine.close()

    def open(self) -> tuple[GatedEngine, tuple[str, ...]]:
        """Be the opener of the model thread."""
        self._engine = self._open()
        return self, ()
