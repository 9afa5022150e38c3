"""The run of a bench: group after group, each printed as soon as it is measured."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass

from engine.evaluation.bench.engine_groups import QUICK, USUAL, Effort, measure_engine
from engine.evaluation.bench.figures import Figure, Group
from engine.evaluation.bench.machine import this_machine
from keyboard_app import __version__
from keyboard_app.commands.bench.application import measure_disk, measure_idle, measure_memory, measure_startup
from keyboard_app.commands.bench.table import machine_lines, table_of
from keyboard_app.commands.progress import StageLine


@dataclass(frozen=True, slots=True)
class _Session:
    """How long the application is watched."""

    starts: int
    keys: int
    idle_s: float


_USUAL_SESSION, _QUICK_SESSION = _Session(starts=10, keys=300, idle_s=20.0), _Session(starts=1, keys=10, idle_s=1.0)


def report(wanted: Collection[str], *, quick: bool = False, as_json: bool = False) -> None:
    """Measure the groups that are wanted, and print them as a table, or all at once as JSON."""
    machine, line = this_machine(), StageLine()
    if not as_json:
        print(machine_lines(machine))
    groups: list[Group] = []
    word_step: Figure | None = None
    try:
        for group in _measure(wanted, line, quick=quick):
            groups.append(group)
            word_step = word_step or group.figure("word_step")
            line.clear()
            if not as_json:
                print(f"\n{table_of(group, word_step)}", flush=True)
    finally:
        line.clear()
    if as_json:
        figures = {group.key: group.as_figures() for group in groups}
        print(
            json.dumps(
                {"foretype": __version__, "quick": quick, "machine": asdict(machine), "groups": figures}, indent=1
            )
        )


def _measure(wanted: Collection[str], line: StageLine, *, quick: bool) -> Iterator[Group]:
    effort, session = (QUICK, _QUICK_SESSION) if quick else (USUAL, _USUAL_SESSION)
    yield from measure_engine(wanted, effort, line.begin, line.tell)
    yield from _measure_application(wanted, effort, session, line)


def _measure_application(
    wanted: Collection[str], effort: Effort, session: _Session, line: StageLine
) -> Iterator[Group]:
    if "startup" in wanted:
        line.begin("startup")
        yield measure_startup(session.starts, line.tell)
    if "memory" in wanted:
        line.begin("memory")
        yield measure_memory(effort.words, session.keys, line.tell)
    if "idle" in wanted:
        line.begin("idle")
        yield measure_idle(session.idle_s, line.tell)
    if "disk" in wanted:
        yield measure_disk()
