"""Measure what the character network does on texts, learning off: with it and without it, letter by letter.

    python tests/benchmarks/measure_spelling.py TEXT... [--words 2000] [--rare] [--json OUT]

Of the words that neither the network nor its lexicon lists: how many are offered before their last letter where they
stand for the first time. Of the spelled words that are shown: how many are right, by the share they had. What that
saves, and what a letter costs. With ``--rare`` only words without a row are typed, where they stand for the first time;
the text between them is given: so a whole book takes a minute.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter
from dataclasses import dataclass, field, replace
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

    def take(self, left: str, word: str, first_kind: str | None) -> int:
        """Type a word until it is offered, and count; ``first_kind`` is its kind at its first sight."""
        n_typed = self.type(left, word)
        self.keys += n_typed + (n_typed < len(word))
        if first_kind is not None:
            self.offered[first_kind] += n_typed < len(word)
        return n_typed

    def type(self, left: str, word: str) -> int:
        """Return after how many letters a word is offered; all of them if never."""
        known = self.predictor.blend.model.vocabulary
        for n_typed in range(len(word)):
            context = replace(Context.before_caret(left[-HISTORY:] + word[:n_typed]), phrases=False)
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
        return len(word)


@dataclass
class Sights:
    """Sights of words, by kind: row, lexicon, unlisted."""

    seen: set[str] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)

    def meet(self, word: str, vocabulary) -> tuple[str, bool]:
        """Count a word; return its kind, and whether it stands there for the first time."""
        kind, is_first = kind_of(word, vocabulary), fold(word) not in self.seen
        self.seen.add(fold(word))
        self.words[kind] += 1
        self.first[kind] += is_first
        return kind, is_first


def kind_of(word: str, vocabulary) -> str:
    entry = vocabulary.find(fold(word))
    if entry is None:
        return "unlisted"
    return "row" if entry < vocabulary.n_rows else "lexicon"


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").replace("’", "'").replace("‘", "'").splitlines()


def vocabulary_of(arms: dict[str, Arm]):
    return next(iter(arms.values())).predictor.blend.model.vocabulary


def measure(path: Path, arms: dict[str, Arm], n_words: int) -> dict[str, object]:
    """Type a text with every arm and return the figures."""
    sights, vocabulary, left, characters = Sights(), vocabulary_of(arms), "", 0
    for line in lines_of(path):
        if sights.words.total() >= n_words:
            break
        free = dict.fromkeys(arms, 0)
        end = 0
        for match in WORD.finditer(line):
            characters += match.end() - end
            for name, arm in arms.items():
                arm.keys += match.start() - max(end, free[name])
            word, end = match.group(), match.end()
            kind, is_first = sights.meet(word, vocabulary)
            for name, arm in arms.items():
                n_typed = arm.take(left + line[: match.start()], word, kind if is_first else None)
                free[name] = end + (n_typed < len(word) and line[end : end + 1] == " ")
        characters += len(line) - end + 1
        for name, arm in arms.items():
            arm.keys += len(line) - max(end, min(free[name], len(line))) + 1
        left = (left + line + "\n")[-HISTORY:]
    return report_of(arms, sights, characters)


def measure_rare(path: Path, arms: dict[str, Arm]) -> dict[str, object]:
    """Type only the words without a row, each where it stands first, with every arm; return the figures."""
    sights, vocabulary, left, characters, n_later = Sights(), vocabulary_of(arms), "", 0, 0
    for line in lines_of(path):
        for match in WORD.finditer(line):
            word = match.group()
            kind, is_first = sights.meet(word, vocabulary)
            if kind == "row" or not is_first:
                continue
            n_spaces = int(line[match.end() : match.end() + 1] == " ")
            characters += len(word) + n_spaces
            typed = {name: arm.take(left + line[: match.start()], word, kind) for name, arm in arms.items()}
            for name, arm in arms.items():
                arm.keys += n_spaces * (typed[name] == len(word))
            n_later += kind == "lexicon" and typed["with"] > typed["without"]
        left = (left + line + "\n")[-HISTORY:]
    return report_of(arms, sights, characters) | {"lexicon_words_later": n_later}


def report_of(arms: dict[str, Arm], sights: Sights, characters: int) -> dict[str, object]:
    return {
        "words": sights.words.total(),
        "characters": characters,
        "by_kind": dict(sights.words),
        "first_sights": dict(sights.first),
        "arms": {name: figures_of(arm, characters) for name, arm in arms.items()},
    }


def figures_of(arm: Arm, characters: int) -> dict[str, object]:
    p50, p95 = np.percentile(arm.letter_ms, (50, 95))
    return {
        "keys": arm.keys,
        "ks": round(1.0 - arm.keys / characters, 5),
        "offered_at_first_sight": dict(arm.offered),
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
    parser.add_argument("--rare", action="store_true")
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
            results[path.stem] = measure_rare(path, arms) if arguments.rare else measure(path, arms, arguments.words)
            print(path.stem, json.dumps(results[path.stem]), flush=True)
            print("\n".join(arms["with"].samples[:12]), flush=True)
            shown += arms["with"].shown
    results["precision"] = precision_by_share(shown)
    print("\n".join(map(json.dumps, results["precision"])))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
