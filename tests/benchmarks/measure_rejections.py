"""Measure what rejections do to the live model: loss of the typed word before and after, and what an update costs.

    python tests/benchmarks/measure_rejections.py TEXT [--rejections 200]

The simulated typist types TEXT with learning on; every rejection (a word typed to its end past the suggestions) is
measured on the shipped model with an empty profile. What the gate keeps out (secrets, slips) is counted apart:
nothing is learned from it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
from pathlib import Path

import numpy as np

from engine import Commit, LearnReport, open_engine
from engine.evaluation.simulated_typist import SimulatedTypist


class RecordingLearner:
    """Passes commits on, and keeps the reports of those that moved weights."""

    def __init__(self, learner, limit: int) -> None:
        self._learner = learner
        self._limit = limit
        self.rejected: list[LearnReport] = []
        self.counted: list[LearnReport] = []
        self.n_kept_out = 0
        self.n_rolled_back = 0

    def learn_one(self, commit: Commit) -> LearnReport:
        report = self._learner.learn_one(commit)
        if not report.word or report.meant:
            self.n_kept_out += commit.rejects
        elif commit.rejects:
            self.rejected.append(report)
            self.n_rolled_back += not report.updated
        else:
            self.counted.append(report)
        if len(self.rejected) >= self._limit:
            raise StopIteration
        return report


class WatchedEngine:
    """An engine whose learner is watched."""

    def __init__(self, engine, limit: int) -> None:
        self.predictor = engine.predictor
        self.learner = RecordingLearner(engine.learner, limit)


def quantiles(values: list[float]) -> dict[str, float]:
    marks = {"p5": 5, "p25": 25, "p50": 50, "p75": 75, "p95": 95}
    return {"mean": round(float(np.mean(values)), 3)} | {
        name: round(float(np.percentile(values, at)), 3) for name, at in marks.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--rejections", type=int, default=200)
    arguments = parser.parse_args()
    lines = arguments.text.read_text(encoding="utf-8").splitlines()
    with open_engine(None) as engine:
        engine.warm_up()
        watched = WatchedEngine(engine, arguments.rejections)
        with contextlib.suppress(StopIteration):
            SimulatedTypist(watched, learning=True).type_lines(lines, max_words=10**9)
    rejected, counted = watched.learner.rejected, watched.learner.counted
    changes = [report.loss_after - report.loss_before for report in rejected]
    figures = {
        "text": arguments.text.name,
        "rejections": len(rejected),
        "loss_before": quantiles([report.loss_before for report in rejected]),
        "loss_after": quantiles([report.loss_after for report in rejected]),
        "change": quantiles(changes),
        "share_lowered": round(float(np.mean(np.array(changes) < 0)), 3),
        "kept_out": watched.learner.n_kept_out,
        "rolled_back": watched.learner.n_rolled_back,
        "rejection_ms": quantiles([report.elapsed_ms for report in rejected]),
        "other_words_ms": quantiles([report.elapsed_ms for report in counted]),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
