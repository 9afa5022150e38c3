"""Everything that is measured of the engine itself, in one run of one process."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.bench.figures import Group
from engine.evaluation.bench.network import measure_network
from engine.evaluation.bench.sampling import Told
from engine.evaluation.bench.typing_steps import measure_keystrokes, measure_learning
from engine.opening import Engine, open_engine


@dataclass(frozen=True, slots=True)
class Effort:
    """How often things are measured."""

    rounds: int
    """Of the contenders' turns."""
    words: int
    """Of the passage, that are typed."""
    updates: int


USUAL, QUICK = Effort(rounds=200, words=150, updates=40), Effort(rounds=4, words=4, updates=2)
ENGINE_GROUPS = ("network", "keystroke", "learning")


def measure_engine(wanted: Collection[str], effort: Effort, begin: Told, tell: Told) -> Iterator[Group]:
    """Yield the groups that are wanted; what predicts is measured before anything is learned.

    ``begin`` hears the name of each group, ``tell`` how far it is.
    """
    if not set(ENGINE_GROUPS) & set(wanted):
        return
    begin("opening the model, and compiling if need be")
    with _opened_to_measure() as engine:
        measures: dict[str, Callable[[], Group]] = {
            "network": lambda: measure_network(engine.predictor.blend.model, effort.rounds, tell),
            "keystroke": lambda: measure_keystrokes(engine, effort.words, tell),
            "learning": lambda: measure_learning(engine, effort.updates, effort.words, tell),
        }
        for name, measure in measures.items():
            if name in wanted:
                begin(name)
                yield measure()


@contextmanager
def _opened_to_measure() -> Iterator[Engine]:
    """Open the shipped model on an empty profile, with its kernels compiled."""
    with (
        tempfile.TemporaryDirectory(prefix="foretype-bench-") as folder,
        open_engine(Path(folder) / "profile") as engine,
    ):
        engine.warm_up()
        gc.freeze()  # as the model thread does
        try:
            yield engine
        finally:
            gc.unfreeze()
