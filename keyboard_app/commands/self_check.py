"""``foretype self-check``: does everything that the window relies on work on this machine? Needs no display."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from engine.errors import EngineError
from engine.values import Commit, CommitSource, Context, LearnReport, Suggestions
from keyboard_app import __version__
from keyboard_app.worker.port import EnginePort

Result = TypeVar("Result")
Opener = Callable[[Path], EnginePort]
_QUESTION = "How are "
_PLACE = "We will meet at the old bridge with "
_INVENTED = "Zorblaxia"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare that the command takes no arguments."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Check step by step with the real engine; return 0, or 1 with the cause on stderr."""
    del arguments
    return check(_open_real)


def check(opener: Opener) -> int:
    """Check the engine that ``opener`` opens; print one line a step."""
    print(f"foretype {__version__}, Python {sys.version.split()[0]}")
    try:
        with tempfile.TemporaryDirectory(prefix="foretype-check-") as folder:
            _check_steps(opener, Path(folder) / "profile")
    except (EngineError, OSError) as error:
        sys.stderr.write(f"foretype self-check failed: {error}\n")
        return 1
    except Exception as error:  # noqa: BLE001  whatever is broken here: the cause in one sentence is what was asked for
        sys.stderr.write(f"foretype self-check failed: {type(error).__name__}: {error}\n")
        return 1
    print("everything works")
    return 0


def _check_steps(opener: Opener, profile: Path) -> None:
    """Open, compile, predict, learn, save, and open again."""
    engine = _step("compile the kernels, open the shipped model", lambda: opener(profile))
    try:
        _step("warm up", engine.warm_up)
        _step(f"predict after “{_QUESTION.strip()}”", lambda: _predict(engine, _QUESTION), _words_of)
        _step(f"learn “{_INVENTED}”", lambda: _learn(engine), _effect_of)
    finally:
        _step("save in a temporary profile", engine.close)
    engine = _step("open the profile again", lambda: opener(profile))
    try:
        _step(f"still know “{_INVENTED}”", lambda: _recall(engine), _words_of)
    finally:
        engine.close()


def _step(name: str, work: Callable[[], Result], describe: Callable[[Result], str] | None = None) -> Result:
    began = time.perf_counter()
    result = work()
    elapsed_ms = (time.perf_counter() - began) * 1_000
    detail = f": {describe(result)}" if describe else ""
    print(f"ok  {name}{detail} ({elapsed_ms:,.0f} ms)", flush=True)
    return result


def _open_real(profile: Path) -> EnginePort:
    from engine import open_engine

    return open_engine(profile)


def _predict(engine: EnginePort, text: str) -> Suggestions:
    answer = engine.predictor.predict_one(Context.before_caret(text), limit=3)
    if not answer.items:
        raise EngineError(f"Nothing was predicted after “{text.strip()}”; the model is not usable.")
    return answer


def _learn(engine: EnginePort) -> LearnReport:
    shown = tuple(item.text for item in _predict(engine, _PLACE).items)
    commit = Commit(Context.before_caret(_PLACE), _INVENTED, CommitSource.TYPED, shown)
    report = engine.learner.learn_one(commit)
    if not report.loss_after < report.loss_before:
        raise EngineError(f"Learning “{_INVENTED}” did not make it likelier ({_effect_of(report)}).")
    return report


def _recall(engine: EnginePort) -> Suggestions:
    answer = engine.predictor.predict_one(Context.before_caret(_PLACE + _INVENTED[:3]), limit=3)
    if _INVENTED not in (item.text for item in answer.items):
        raise EngineError(f"“{_INVENTED}” was learned and saved, but is not offered after opening the profile again.")
    return answer


def _words_of(answer: Suggestions) -> str:
    return ", ".join(item.text for item in answer.items)


def _effect_of(report: LearnReport) -> str:
    return f"{report.loss_before:.2f} → {report.loss_after:.2f} nats"
