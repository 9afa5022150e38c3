"""Measure what the character network does on texts, learning off: with it and without it, letter by letter.

    python tests/benchmarks/measure_spelling.py TEXT... [--words 2000] [--json OUT]

Of the words that neither the network nor its lexicon lists: how many are offered before their last letter where they
stand for the first time. Of the spelled words that are shown: how many are right, by the share they had. What that
saves, and what a letter costs.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine import Context, open_engine
from engine.evaluation.simulated_typist import WORD
from engine.prediction.blend import Blend
from engine.prediction.predictor import Predictor
from engine.text.tokenizer import fold

HISTORY = 2_000


@dataclass
class Arm:
    """One way to predict, and what came of it."""

    predictor: Predictor
    keys: int = 0
    offered: Counter[str] = field(default_factory=Counter)
    """First sights that were offered before their last letter, by kind of word."""
    letter_ms: list[float] = field(default_factory=list)
    shown: list[tuple[float, bool]] = field(default_factory=list)
    """Of each spelled word shown with a letter: its share, and whether it was the word."""
    samples: list[str] = field(default_factory=list)

    def type(self, left: str, word: str) -> int | None:
        """Return after how many letters a word is offered; None if never."""
        known = self.predictor.blend.model.vocabulary
        for n_typed in range(len(word)):
            context = Context.before_caret(left[-HISTORY:] + word[:n_typed])
            began = time.thread_time()
            items = self.predictor.predict_one(context, 3).items
            if n_typed:
                self.letter_ms.append(1_000 * (time.thread_time() - began))
            for item in items:
                if fold(item.text) not in known:
                    right = fold(item.text) == fold(word)
                    self.shown.append((math.exp(item.log_prob), right))
                    self.samples.append(f"{word[:n_typed]}|{word[n_typed:]} {item.text} {math.exp(item.log_prob):.2f}")
            if fold(word) in {fold(item.text) for item in items}:
                return n_typed
        return None


@dataclass
class Sights:
    """First sights of words, by kind: listed, lexicon, unlisted."""

    seen: set[str] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)


def kind_of(word: str, vocabulary) -> str:
    entry = vocabulary.find(fold(word))
    if entry is None:
        return "unlisted"
    return "row" if entry < vocabulary.n_rows else "lexicon"


def measure(path: Path, arms: dict[str, Arm], n_words: int) -> dict[str, object]:
    """Type a text with every arm and return the figures."""
    sights, left, characters = Sights(), "", 0
    for line in path.read_text(encoding="utf-8").replace("’", "'").replace("‘", "'").splitlines():
        if sights.words.total() >= n_words:
            break
        free = dict.fromkeys(arms, 0)
        end = 0
        for match in WORD.finditer(line):
            characters += match.end() - end
            for name, arm in arms.items():
                arm.keys += match.start() - max(end, free[name])
            word, end = match.group(), match.end()
            kind = kind_of(word, next(iter(arms.values())).predictor.blend.model.vocabulary)
            first = fold(word) not in sights.seen
            sights.seen.add(fold(word))
            sights.words[kind] += 1
            sights.first[kind] += first
            for name, arm in arms.items():
                n_typed = arm.type(left + line[: match.start()], word)
                arm.keys += len(word) if n_typed is None else n_typed + 1
                free[name] = end + (n_typed is not None and line[end : end + 1] == " ")
                arm.offered[kind] += first and n_typed is not None and n_typed < len(word)
        characters += len(line) - end + 1
        for name, arm in arms.items():
            arm.keys += len(line) - max(end, min(free[name], len(line))) + 1
        left = (left + line + "\n")[-HISTORY:]
    return {
        "words": sights.words.total(),
        "characters": characters,
        "by_kind": dict(sights.words),
        "first_sights": dict(sights.first),
        "arms": {name: figures_of(arm, sights, characters) for name, arm in arms.items()},
    }


def figures_of(arm: Arm, sights: Sights, characters: int) -> dict[str, object]:
    p50, p95 = np.percentile(arm.letter_ms, (50, 95))
    return {
        "ks": round(1.0 - arm.keys / characters, 5),
        "offered_at_first_sight": {kind: round(arm.offered[kind] / n, 4) for kind, n in sights.first.items() if n},
        "letter_ms": {"p50": round(float(p50), 3), "p95": round(float(p95), 3)},
        "spelled_words_shown": len(arm.shown),
        "of_these_right": sum(right for _, right in arm.shown),
    }


def precision_by_share(shown: list[tuple[float, bool]]) -> list[dict[str, float]]:
    """Return how many spelled words have at least a share, and how many of them were right."""
    rows = []
    for least in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8):
        kept = [right for share, right in shown if share >= least]
        rows.append({"least_share": least, "shown": len(kept), "right": round(float(np.mean(kept or [0])), 3)})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--words", type=int, default=2_000)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    results: dict[str, object] = {}
    shown: list[tuple[float, bool]] = []
    with open_engine(None) as engine:
        engine.warm_up()
        blend = engine.predictor.blend
        plain = Blend(blend.model, blend.counts, blend.weights, blend.background)
        for path in arguments.texts:
            without = Predictor(plain, engine.predictor.blocked, rules=engine.predictor.rules)
            without._reader = engine.predictor._reader  # both read the same passages
            arms = {"with": Arm(engine.predictor), "without": Arm(without)}
            results[path.stem] = measure(path, arms, arguments.words)
            print(path.stem, json.dumps(results[path.stem]), flush=True)
            print("\n".join(arms["with"].samples[:12]), flush=True)
            shown += arms["with"].shown
    results["precision"] = precision_by_share(shown)
    print("\n".join(map(json.dumps, results["precision"])))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
