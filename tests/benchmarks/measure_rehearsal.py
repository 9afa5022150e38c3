"""Type texts with rests, in which what was learned is gone over, and without: what that is worth, and what it takes.

    python tests/benchmarks/measure_rehearsal.py TEXT... [--words 4000] [--rest-every 1000] [--rate R] [--weight W]
        [--others TEXT...]

Loss is that of each word as it is handed to the learner, before anything is learned of it; that of the words before the
first rest is left out. OTHERS are texts of other people, of which the first 400 words are read with learning off, at
the end: what one text costs another.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from listening import Listener

from engine import Commit, LearnReport, open_engine
from engine.evaluation.simulated_typist import SimulatedTypist
from engine.learning.rehearsal import RehearsalRule
from engine.text.context import WINDOW_CHARACTERS, Context
from engine.text.tokenizer import is_word, tokenize

N_OF_OTHERS = 400


class Resting(Listener):
    """An engine whose user rests after so many words; with no rule, nothing is made of it."""

    def __init__(self, engine, every: int, rule: RehearsalRule | None) -> None:
        super().__init__(engine)
        self._engine, self._every, self._rule = engine, every, rule
        self.reports: list[dict[str, float]] = []

    def learn(self, commit: Commit) -> LearnReport:
        report = self._engine.learner.learn_one(commit)
        if self._rule is not None and len(self.losses) % self._every == 0:
            self._rest(self._rule)
        return report

    def _rest(self, rule: RehearsalRule) -> None:
        rehearsal = self._engine.learner.rehearse(rule)
        n_steps = 0
        while rehearsal is not None and not rehearsal.go_on():
            n_steps += 1
        if rehearsal is not None:
            report = rehearsal.report
            self.reports.append({
                "kept": report.kept, "lessons": report.n_lessons, "before": round(report.loss_before, 3),
                "after": round(report.loss_after, 3), "s": round(report.elapsed_ms / 1_000, 1), "steps": n_steps,
            })  # fmt: skip


def loss_on(engine, text: str) -> float:
    """Return the mean loss of the first words of a text; nothing is learned."""
    losses, left = [], ""
    for token in tokenize(text):
        if is_word(token):
            context = Context(left[-WINDOW_CHARACTERS:])
            losses.append(engine.predictor.blend.loss(engine.predictor.next_word(context), token))
            if len(losses) == N_OF_OTHERS:
                break
        left += token + " "
    return float(np.mean(losses))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=4_000)
    parser.add_argument("--rest-every", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=RehearsalRule.rate)
    parser.add_argument("--weight", type=float, default=RehearsalRule.weight)
    parser.add_argument("--others", nargs="*", type=Path, default=[])
    arguments = parser.parse_args()
    rule = replace(RehearsalRule(), rate=arguments.rate, weight=arguments.weight)
    for path in arguments.texts:
        lines = path.read_text(encoding="utf-8").splitlines()
        figures: dict[str, object] = {"text": path.stem, "words": arguments.words}
        for name, given in (("without", None), ("with", rule)):
            with open_engine(None) as engine:
                typist = Resting(engine, arguments.rest_every, given)
                buckets = (
                    SimulatedTypist(typist, learning=True, phrases=False).type_lines(lines, arguments.words).buckets
                )
                later = buckets[1:] or buckets
                figures[name] = {
                    "ks": round(1.0 - sum(b.keys for b in later) / sum(b.characters for b in later), 4),
                    "loss": round(float(np.mean(typist.losses[arguments.rest_every :])), 4),
                    "others": [round(loss_on(engine, other.read_text(encoding="utf-8")), 4)
                               for other in arguments.others],
                    "rests": typist.reports,
                }  # fmt: skip
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
