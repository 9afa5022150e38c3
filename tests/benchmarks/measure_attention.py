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
from statistics import mean
from typing import NamedTuple

from engine import open_engine
from engine.evaluation.simulated_typist import SimulatedTypist, Tally
from engine.learning.tiers import ALL_TIERS, Tier
from engine.model.attention import IN_A_PHRASE

Looks = Callable[[random.Random, int], bool]
"""Whether a typist looks at the strip, with so many letters of the word typed."""


class Person(NamedTuple):
    """How somebody looks at suggestions."""

    looks: Looks
    takes_phrases: bool = True


PEOPLE = {
    "overlooks nothing": Person(lambda rng, n_typed: True),
    "overlooks one in ten": Person(lambda rng, n_typed: rng.random() >= 0.1),
    "overlooks three in ten": Person(lambda rng, n_typed: rng.random() >= 0.3),
    "overlooks one in two": Person(lambda rng, n_typed: rng.random() >= 0.5),
    "overlooks four in five": Person(lambda rng, n_typed: rng.random() >= 0.8),
    "looks after the first letter": Person(lambda rng, n_typed: n_typed >= 1),
    "looks after three letters": Person(lambda rng, n_typed: n_typed >= 3),
    "looks after every second letter": Person(lambda rng, n_typed: n_typed % 2 == 0),
    "overlooks nothing but phrases": Person(lambda rng, n_typed: True, takes_phrases=False),
}


class LookingTypist(SimulatedTypist):
    """Takes what fits only where they look, and phrases only if they take such."""

    def __init__(self, engine, person: Person) -> None:
        super().__init__(engine, learning=True)
        self._person, self._rng = person, random.Random(1)

    def _sees(self, _n_typed: int) -> bool:
        return self._person.looks(self._rng, _n_typed)

    def _wants(self, _text: str) -> bool:
        return self._person.takes_phrases or " " not in _text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=1_500)
    arguments = parser.parse_args()
    print(f"{'':34s}   as it is   without     gain   overlooked at first sight, in a phrase")
    for name, person in PEOPLE.items():
        with_it, without, rates = Tally(), Tally(), []
        for path in arguments.texts:
            lines = path.read_text("utf-8").splitlines()
            tally, overlooked = typed(lines, arguments.words, person, learns_looking=True)
            with_it.add(tally)
            rates.append(overlooked)
            without.add(typed(lines, arguments.words, person, learns_looking=False)[0])
        gain = with_it.keystroke_savings - without.keystroke_savings
        at_first, in_a_phrase = (mean(rate) for rate in zip(*rates, strict=True))
        print(
            f"{name:34s} {with_it.keystroke_savings:9.2%} {without.keystroke_savings:9.2%} {100 * gain:+8.2f} "
            f"{at_first:9.2f} {in_a_phrase:9.2f}",
            flush=True,
        )


def typed(lines: list[str], n_words: int, person: Person, *, learns_looking: bool) -> tuple[Tally, tuple[float, float]]:
    """Return what one typist saved, and how often the engine came to believe that they overlook a word, a phrase."""
    with open_engine(None, tiers=ALL_TIERS if learns_looking else ALL_TIERS & ~Tier.ATTENTION) as engine:
        total = LookingTypist(engine, person).type_lines(lines, n_words).total
        attention = engine.predictor.attention
        return total, (attention.overlooked(0), attention.overlooked(IN_A_PHRASE))


if __name__ == "__main__":
    main()
