"""Measure what it is worth to make room for other words where one was passed over, for people who look more or less.

    python tests/benchmarks/measure_attention.py TEXTS... [--words 1500]

The simulated typist never overlooks a word. Here are typists who do: each suggestion that fits is missed with some
probability, each time it stands there; or they look at the strip only now and then. Every one of them types each text
twice with learning on: once as it is, and once with an engine that learns nothing of how they look.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from pathlib import Path

from engine import open_engine
from engine.evaluation.simulated_typist import SimulatedTypist, Tally
from engine.learning.tiers import ALL_TIERS, Tier

Looks = Callable[[random.Random, int], bool]
"""Whether a typist looks at the strip, with so many letters of the word typed."""
TYPISTS: dict[str, Looks] = {
    "overlooks nothing": lambda rng, n_typed: True,
    "overlooks one in ten": lambda rng, n_typed: rng.random() >= 0.1,
    "overlooks three in ten": lambda rng, n_typed: rng.random() >= 0.3,
    "overlooks one in two": lambda rng, n_typed: rng.random() >= 0.5,
    "overlooks four in five": lambda rng, n_typed: rng.random() >= 0.8,
    "looks after the first letter": lambda rng, n_typed: n_typed >= 1,
    "looks after three letters": lambda rng, n_typed: n_typed >= 3,
    "looks after every second letter": lambda rng, n_typed: n_typed % 2 == 0,
}


class LookingTypist(SimulatedTypist):
    """Takes what fits only where they look."""

    def __init__(self, engine, looks: Looks) -> None:
        super().__init__(engine, learning=True)
        self._looks, self._rng = looks, random.Random(1)

    def _sees(self, _n_typed: int) -> bool:
        return self._looks(self._rng, _n_typed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=1_500)
    arguments = parser.parse_args()
    print(f"{'':34s}   as it is   without     gain   overlooked at first sight")
    for name, looks in TYPISTS.items():
        with_it, without, overlooked = Tally(), Tally(), 0.0
        for path in arguments.texts:
            lines = path.read_text("utf-8").splitlines()
            tally, rate = typed(lines, arguments.words, looks, learns_looking=True)
            with_it.add(tally)
            overlooked += rate / len(arguments.texts)
            without.add(typed(lines, arguments.words, looks, learns_looking=False)[0])
        gain = with_it.keystroke_savings - without.keystroke_savings
        print(
            f"{name:34s} {with_it.keystroke_savings:9.2%} {without.keystroke_savings:9.2%} {100 * gain:+8.2f} "
            f"{overlooked:9.2f}",
            flush=True,
        )


def typed(lines: list[str], n_words: int, looks: Looks, *, learns_looking: bool) -> tuple[Tally, float]:
    """Return what one typist saved, and how much the engine came to believe that they overlook."""
    with open_engine(None, tiers=ALL_TIERS if learns_looking else ALL_TIERS & ~Tier.ATTENTION) as engine:
        return LookingTypist(engine, looks).type_lines(lines, n_words).total, engine.predictor.attention.overlooked(0)


if __name__ == "__main__":
    main()
