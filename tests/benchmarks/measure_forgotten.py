"""How far a forgotten word is gone: what a profile offers afterwards, beside one that never saw it.

    python tests/benchmarks/measure_forgotten.py TYPED READ... [--words 1000] [--contexts 1000]

Two engines learn the first words of TYPED, each as a rejection, so that the network learns at once. One of them learns
an invented word after every hundred words besides, and forgets it in the end. Then both are asked what they offer in
places of the texts READ, before any letter.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

from engine import Commit, CommitSource, Context, open_engine
from engine.evaluation.simulated_typist import WORD

INVENTED, BEFORE = "Quendolin", "I went with "
EVERY = 100
SHOWN = ("the", "of", "and")


def places(path: Path) -> Iterator[tuple[Context, str]]:
    """Yield the words of a text, each with the line before it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        for match in WORD.finditer(line):
            yield Context(line[: match.start()]), match.group()


def rejected(context: Context, word: str) -> Commit:
    return Commit(context, word, CommitSource.TYPED, tuple(one for one in SHOWN if one != word.lower()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("typed", type=Path)
    parser.add_argument("read", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=1_000)
    parser.add_argument("--contexts", type=int, default=1_000)
    arguments = parser.parse_args()
    with open_engine(None) as saw, open_engine(None) as never_saw:
        for index, place in enumerate(itertools.islice(places(arguments.typed), arguments.words)):
            for engine in (saw, never_saw):
                engine.learner.learn_one(rejected(*place))
            if index % EVERY == EVERY // 2:
                saw.learner.learn_one(rejected(Context(BEFORE), INVENTED))
        uses = saw.learner.book.uses[INVENTED.lower()]
        saw.forget(INVENTED)
        each = arguments.contexts // len(arguments.read)
        contexts = [context for path in arguments.read for context, _ in itertools.islice(places(path), each)]
        offered = [
            [[item.text for item in engine.predictor.predict_one(context).items] for engine in (saw, never_saw)]
            for context in contexts
        ]
    found = {
        "uses": uses,
        "contexts": len(contexts),
        "same_list": sum(one == two for one, two in offered),
        "same_first": sum(one[:1] == two[:1] for one, two in offered),
        "same_three_in_any_order": sum(set(one) == set(two) for one, two in offered),
        "with_the_word": sum(INVENTED in " ".join(one) for one, _ in offered),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
