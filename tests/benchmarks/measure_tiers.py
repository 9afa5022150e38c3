"""Type texts with each part of learning alone and together: keys saved, guesses, loss of the words, and what it costs.

    python tests/benchmarks/measure_tiers.py TEXT... [--words 2000] [--tiers nothing network ...] [--json FILE]

Loss is that of each word of the user as it is handed to the learner, before anything is learned of it. Milliseconds are
of processor time, so that other work on the machine says little: of learning a word, and of all that a word took, the
questions for suggestions included. What FILE holds already is not typed again.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from listening import Listener

from engine import Commit, LearnReport, open_engine
from engine.evaluation.simulated_typist import SimulatedTypist
from engine.learning.tiers import ALL_TIERS, Tier

TIERS = {
    "nothing": Tier(0), "counts": Tier.COUNTS, "cache": Tier.CACHE, "network": Tier.NETWORK,
    "attention": Tier.ATTENTION, "rejections": Tier.NETWORK | Tier.ATTENTION,
    "at once": Tier.COUNTS | Tier.CACHE, "words": Tier.COUNTS | Tier.CACHE | Tier.NETWORK, "all": ALL_TIERS,
}  # fmt: skip


class TimedLearner(Listener):
    """Learns, where it is to, and notes the time that takes."""

    def __init__(self, engine, learns: bool) -> None:
        super().__init__(engine)
        self._learner, self._learns = engine.learner, learns
        self.milliseconds = 0.0

    def learn(self, commit: Commit) -> LearnReport:
        if not self._learns:
            return super().learn(commit)
        began = time.process_time()
        report = self._learner.learn_one(commit)
        self.milliseconds += 1_000.0 * (time.process_time() - began)
        return report


def type_with(tiers: Tier, lines: list[str], n_words: int) -> dict[str, float]:
    """Return the figures of one text, typed on an empty profile."""
    with open_engine(None, tiers=tiers) as engine:
        listener = TimedLearner(engine, learns=bool(tiers))
        began = time.process_time()
        total = SimulatedTypist(listener, learning=True).type_lines(lines, n_words).total
        spent = 1_000.0 * (time.process_time() - began)
    return {
        **{name: total.as_figures()[name] for name in ("words", "ks", "top1", "top3")},
        "loss": round(float(np.mean(listener.losses)), 4),
        "learning_ms_a_word": round(listener.milliseconds / total.words, 2),
        "ms_a_word": round(spent / total.words, 2),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=2_000)
    parser.add_argument("--tiers", nargs="+", choices=TIERS, default=list(TIERS))
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found: dict[str, dict[str, dict[str, float]]] = {}
    if arguments.json and arguments.json.exists():
        found = json.loads(arguments.json.read_text(encoding="utf-8"))
    for path in arguments.texts:
        lines = path.read_text(encoding="utf-8").splitlines()
        of_text = found.setdefault(path.stem, {})
        for name in arguments.tiers:
            if name not in of_text:
                of_text[name] = type_with(TIERS[name], lines, arguments.words)
                print(json.dumps({"text": path.stem, "tiers": name, **of_text[name]}), flush=True)
                if arguments.json:
                    arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name in arguments.tiers:
        rows = [of_text[name] for of_text in found.values() if name in of_text]
        means = {figure: round(float(np.mean([row[figure] for row in rows])), 4) for figure in rows[0]}
        print(json.dumps({"mean of": len(rows), "tiers": name, **means}))


if __name__ == "__main__":
    main()
