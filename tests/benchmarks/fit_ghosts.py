"""Calibrate the ghost text of the shipped model on text that it was not trained on.

    python tests/benchmarks/fit_ghosts.py SOURCES... [--words 500] [--output resources/calibration.json]

SOURCES are the files that the model was trained on (.txt or .txt.xz): the end of each was held out
(``engine.training.mixture``), and only that is read. For each number of words the best candidate before every letter,
and behind the last one, is a case, right or wrong; logistic regression finds the line between the log odds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from engine import open_engine
from engine.evaluation.ghosts import watch
from engine.training.corpus import read_blocks
from engine.training.mixture import HELD_OUT_SHARE

ROOT = Path(__file__).parents[2]
NEWTON_STEPS = 50


def held_out_lines(path: Path, max_words: int) -> list[str]:
    """Return the last lines of a source, a little less than was held out, and not more than so many words."""
    text = "".join(read_blocks(path))
    lines, n_words = [], 0
    for line in reversed(text[int(len(text) * (1 - 0.9 * HELD_OUT_SHARE)) :].splitlines()[1:]):
        if n_words >= max_words:
            break
        lines.append(line)
        n_words += len(line.split())
    return lines[::-1]


def cases_of(engine, lines: list[str]) -> list[tuple[int, float, bool]]:
    """Return the number of words, probability and truth of the candidates at every moment."""
    return [
        (one.n_words, one.p, one.is_right)
        for word in watch(engine, lines, sys.maxsize)
        for moment in word.moments
        for one in (moment.word, *moment.phrases)
        if one
    ]


def fit(p: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Return slope and offset of the most likely line, by Newton's method."""
    p = np.clip(p, 1e-12, 1 - 1e-6)
    x = np.stack([np.log(p / (1 - p)), np.ones_like(p)], axis=1)
    beta = np.array([1.0, 0.0])
    for _ in range(NEWTON_STEPS):
        q = 1 / (1 + np.exp(-x @ beta))
        hessian = (x * (q * (1 - q))[:, None]).T @ x + 1e-6 * np.eye(2)
        beta += np.linalg.solve(hessian, x.T @ (right - q))
    return round(float(beta[0]), 3), round(float(beta[1]), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=500, help="words read of each source (500)")
    parser.add_argument("--output", type=Path, default=ROOT / "resources" / "calibration.json")
    arguments = parser.parse_args()
    by_length = defaultdict(list)
    with open_engine(None) as engine:
        engine.warm_up()
        for source in arguments.sources:
            cases = cases_of(engine, held_out_lines(source, arguments.words))
            for n_words, p, right in cases:
                by_length[n_words].append((p, right))
            print(source.name, len(cases), flush=True)
    lines, n_cases = {}, {}
    for n_words, cases in sorted(by_length.items()):
        p, right = np.array(cases, dtype=float).T
        lines[str(n_words)], n_cases[str(n_words)] = fit(p, right), len(cases)
    figures = {"calibration": lines, "cases": n_cases, "made_by": "tests/benchmarks/fit_ghosts.py"}
    arguments.output.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
