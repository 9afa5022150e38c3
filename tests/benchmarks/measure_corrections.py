"""Measure the corrections: how many typos are recognised, how many right words are called wrong, what a word costs.

    python tests/benchmarks/measure_corrections.py TEXT... [--words 1000] [--typos 500] [--seed 1] [--pairs FILE]

Each TEXT is read in order by an engine with an empty profile that learns every word, as it would from its writer. Every
word that is reached is looked at as it stands: a mark is a false one. Then words drawn by chance are spelled with one
slip of the error model (or joined to the next word), in the context that they stand in. With ``--pairs``, a file with
``typo->word`` on each line (as codespell's dictionary has it), the slips are those of people instead.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine import Commit, CommitSource, Context, open_engine
from engine.correction.error_model import P_MISSING_SPACE, slip

_WORD = re.compile(r"[A-Za-z][A-Za-z']*")
_LETTERS_A_WORD = 4.5
_CONTEXT = 2_000


@dataclass
class Counts:
    """What was counted over some texts."""

    words: int = 0
    marked: int = 0
    replaced: int = 0
    typos: int = 0
    found: int = 0
    found_first: int = 0
    put_right: int = 0
    put_wrong: int = 0
    typos_that_are_words: int = 0
    found_of_those: int = 0
    milliseconds: list[float] = field(default_factory=list)
    false_marks: list[str] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def as_figures(self) -> dict[str, object]:
        def share(part: int, whole: int) -> float:
            return round(part / max(1, whole), 4)

        others = self.typos - self.typos_that_are_words
        return {
            "right words": self.words,
            "wrongly marked": share(self.marked, self.words),
            "wrongly replaced": share(self.replaced, self.words),
            "typos": self.typos,
            "right word offered": share(self.found, self.typos),
            "right word first": share(self.found_first, self.typos),
            "typos that are words": share(self.typos_that_are_words, self.typos),
            "right word offered, of these": share(self.found_of_those, self.typos_that_are_words),
            "right word offered, of the others": share(self.found - self.found_of_those, others),
            "replaced by the right word": share(self.put_right, self.typos),
            "replaced by a wrong word": share(self.put_wrong, self.typos),
            "ms a word (p50, p95, p99)": [round(float(np.percentile(self.milliseconds, at)), 2) for at in (50, 95, 99)],
        }


class Typos:
    """Draws what comes out instead of a word."""

    def __init__(self, seed: int, pairs: Path | None) -> None:
        self._rng = random.Random(seed)
        self._pairs: dict[str, list[str]] = defaultdict(list)
        for line in pairs.read_text(encoding="utf-8").splitlines() if pairs else ():
            typo, _, words = line.strip().lower().partition("->")
            if "," not in words and typo.replace("'", "").isascii():
                self._pairs[words].append(typo)
        self._of_people = pairs is not None

    def of(self, word: str, after: str) -> tuple[str, str] | None:
        """Return a typo and what was meant, for a word and the text behind it; None where there is none."""
        meant = word.lower()
        if self._of_people:
            typo = self._rng.choice(self._pairs[meant]) if self._pairs.get(meant) else meant
        elif (follower := self._joined(after)) and len(meant) > 1:
            typo, meant = meant + follower, f"{meant} {follower}"
        else:
            typo = slip(meant, self._rng)
        if typo == meant or len(typo) < 2 or not _WORD.fullmatch(typo):
            return None
        return (typo.capitalize() if word[0].isupper() else typo), meant

    def _joined(self, after: str) -> str:
        """Return the next word, now and then: the one to which the missing space joins this one."""
        p = P_MISSING_SPACE / (P_MISSING_SPACE + _LETTERS_A_WORD * 0.02)
        follower = _WORD.match(after, 1) if after.startswith(" ") and self._rng.random() < p else None
        return follower.group().rstrip("'").lower() if follower else ""


def measure(path: Path, n_words: int, n_typos: int, typos: Typos) -> Counts:
    """Read a text as its writer would type it, and look at its words with and without typos."""
    text = path.read_text(encoding="utf-8").replace("’", "'").replace("‘", "'")
    places = list(_WORD.finditer(text))[:n_words]
    counts = Counts()
    with open_engine(None) as engine:
        engine.warm_up()
        known = engine.predictor.blend.model.vocabulary
        engine.corrector.correct(Context("How are "), "yuo")
        for number, place in enumerate(places):
            word = place.group().rstrip("'")
            context = Context(text[max(0, place.start() - _CONTEXT) : place.start()])
            engine.predictor.predict_one(context)  # it was asked for before the word was typed
            look(engine, context, word, counts)
            if counts.typos < n_typos * (number + 1) / len(places):
                made = typos.of(word, text[place.start() + len(word) : place.end() + 60])
                if made is not None:
                    look_at_typo(engine, context, *made, counts, is_word=made[0].lower() in known)
            engine.learner.learn_one(Commit(context, word, CommitSource.TYPED))
    return counts


def look(engine, context: Context, word: str, counts: Counts) -> None:
    began = time.perf_counter()
    answer = engine.corrector.correct(context, word)
    counts.milliseconds.append(1_000 * (time.perf_counter() - began))
    counts.words += 1
    counts.marked += bool(answer.items)
    counts.replaced += answer.is_certain
    if answer.items:
        counts.false_marks.append(f"{word}>{answer.items[0]}{'!' if answer.is_certain else ''}")


def look_at_typo(engine, context: Context, typo: str, meant: str, counts: Counts, *, is_word: bool) -> None:
    answer = engine.corrector.correct(context, typo)
    offered = [item.lower() for item in answer.items]
    found = meant in offered
    counts.typos += 1
    counts.found += found
    counts.found_first += offered[:1] == [meant]
    counts.typos_that_are_words += is_word
    counts.found_of_those += found and is_word
    counts.put_right += answer.is_certain and offered[0] == meant
    counts.put_wrong += answer.is_certain and offered[0] != meant


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=1_000)
    parser.add_argument("--typos", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--false-marks", action="store_true", help="list them")
    arguments = parser.parse_args()
    total, figures = Counts(), {}
    for path in arguments.texts:
        counts = measure(path, arguments.words, arguments.typos, Typos(arguments.seed, arguments.pairs))
        figures[path.name] = counts.as_figures() | (
            {"false marks": counts.false_marks} if arguments.false_marks else {}
        )
        total.add(counts)
    print(json.dumps(figures | {"all": total.as_figures()}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
