"""How many uses it takes until a word that no vocabulary lists is offered.

    python tests/benchmarks/measure_new_words.py TEXT... [--words 500] [--uses 6]

Of each text, words are drawn that neither the network nor its lexicon lists and that come at least twice. The engine
sees each of their uses, in the order of the text, with the 400 characters before it, and learns nothing else of the
text: so it knows less of the writer than it would, and has less to mistake for the word. Before each use it is asked
for three words after no letter, one and two; without a letter, only where what stands before it has stood before it
already. Printed are how often the word had been used when it was first among the three (only words that were asked for
again count), and how many of those that had been used so often were among them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import regex

from engine import Commit, CommitSource, Context, open_engine
from engine.text.normalize import normalize
from engine.text.secrets import MASK, mask_secrets
from engine.text.tokenizer import WORD, fold, tokenize

_WORD = regex.compile(WORD)
BEFORE = 400
N_SLOTS = 3
LETTERS = (0, 1, 2)
LEAST_USES = 2


@dataclass
class Tracked:
    """One word on its way."""

    uses: int = 0
    before: set[str] = field(default_factory=set)
    """Words that have come before it."""
    asked: set[tuple[int, int]] = field(default_factory=set)
    """Letters typed and earlier uses with which it was asked for."""
    offered: set[tuple[int, int]] = field(default_factory=set)
    """Those of them with which it was offered."""
    held_back: bool = False
    """Whether its first use was not learned: it looked like a slip of the keys or a secret."""


def uses_of(text: str, vocabulary) -> dict[str, list[tuple[int, int]]]:
    """Return the places of every word that the vocabulary lacks and that is no part of a secret."""
    places = defaultdict(list)
    for match in _WORD.finditer(text):
        if MASK not in match.group() and fold(match.group()) not in vocabulary:
            places[fold(match.group())].append(match.span())
    return places


def offered_after(engine, left: str, word: str) -> tuple[set[int], int | None, tuple[str, ...]]:
    """Return after which of ``LETTERS`` a word is offered, after how many at all, and what was shown last."""
    found: set[int] = set()
    first, shown = None, ()
    for n_typed in range(len(word)):
        if first is not None and n_typed > max(LETTERS):
            break
        items = engine.predictor.predict_one(Context.before_caret(left + word[:n_typed]), N_SLOTS).items
        shown = tuple(item.text for item in items)
        if fold(word) in map(fold, shown):
            first = n_typed if first is None else first
            found.add(n_typed)
    return found & set(LETTERS), first, shown


def use(engine, tracked: Tracked, left: str, word: str) -> None:
    """Ask for a word before it is used once more, then let it be learned."""
    found, first, shown = offered_after(engine, left, word)
    last = set(tokenize(left)[-1:])
    for n_letters in LETTERS:
        if n_letters or not tracked.uses or last & tracked.before:
            tracked.asked.add((n_letters, tracked.uses))
    tracked.offered |= tracked.asked & {(n_letters, tracked.uses) for n_letters in found}
    source = CommitSource.TYPED if first is None else CommitSource.ACCEPTED
    learned = engine.learner.learn_one(Commit(Context(left), word, source, shown))
    tracked.held_back |= not tracked.uses and (not learned.word or bool(learned.meant))
    tracked.before |= last
    tracked.uses += 1


def measure(text: str, n_words: int, most: int, rng: random.Random) -> list[Tracked]:
    """Return what became of some new words of a text."""
    text = mask_secrets(normalize(text))
    with open_engine(None) as engine:
        places = uses_of(text, engine.predictor.blend.model.vocabulary)
        often = sorted(word for word, spans in places.items() if len(spans) >= LEAST_USES)
        tracked = {word: Tracked() for word in rng.sample(often, min(n_words, len(often)))}
        spans = sorted(span for word in tracked for span in places[word][: most + 1])
        for start, end in spans:
            word = text[start:end]
            use(engine, tracked[fold(word)], text[max(0, start - BEFORE) : start], word)
    return list(tracked.values())


def report(words: list[Tracked], most: int) -> None:
    print(f"{len(words)} words; the first use of {sum(word.held_back for word in words)} was held back")
    for n_letters in LETTERS:
        # A word that was never asked for again says nothing of how soon it would have been offered.
        asked = [word for word in words if any(letters == n_letters and uses for letters, uses in word.asked)]
        firsts = Counter(
            min((uses for letters, uses in word.offered if letters == n_letters), default=None) for word in asked
        )
        again = {n: [(n_letters, n) in word.offered for word in words if (n_letters, n) in word.asked]
                 for n in range(most + 1)}  # fmt: skip
        figures = {
            "letters": n_letters,
            "words": len(asked),
            "first offered after uses": {n: firsts[n] for n in range(most + 1) if firsts[n]} | {"never": firsts[None]},
            "share offered after uses": {n: f"{sum(said) / len(said):.0%} of {len(said)}"
                                         for n, said in again.items() if said},
        }  # fmt: skip
        print(json.dumps(figures), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--uses", type=int, default=6)
    arguments = parser.parse_args()
    rng = random.Random(11)
    words: list[Tracked] = []
    for index, path in enumerate(arguments.texts):
        left = arguments.words - len(words)
        n_words = -(-left // (len(arguments.texts) - index))
        words += measure(path.read_text(encoding="utf-8"), n_words, arguments.uses, rng)
        print(f"{path.name}: {len(words)} words so far", flush=True)
    report(words, arguments.uses)


if __name__ == "__main__":
    main()
