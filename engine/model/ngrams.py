"""What the user wrote, counted: an interpolated Kneser-Ney trigram that changes with every word.

Kneser and Ney 1995, "Improved backing-off for m-gram language modeling"; interpolated form of Chen and Goodman 1999,
equation 20. Only the trigrams are stored: the lower orders count *kinds* of contexts and follow from them, so the same
trigrams give the same model in whatever order they came.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

DISCOUNT = 0.8
"""D of Kneser-Ney, taken from every count and given to the next shorter context."""
_KEPT_LAID_OUT = 256
"""Contexts."""

Float32 = NDArray[np.float32]
_Key = TypeVar("_Key")


class Trigram(NamedTuple):
    """Two tokens and the word after them, by their rows."""

    before: int
    last: int
    word: int


class Match(NamedTuple):
    """How well the user's text knows a context: what the weight of its prediction depends on."""

    order: int
    """2 where both tokens before were seen together, 1 where only the last was, else 0."""
    total: int
    """How many words were counted after the longest context that was seen."""


class NgramCounts:
    """Counts of the user's words by the two tokens before them; words only, while contexts may hold any token."""

    def __init__(self) -> None:
        self._trigrams: dict[tuple[int, int], dict[int, int]] = {}
        self._bigrams: dict[int, dict[int, int]] = {}
        """word -> number of different tokens seen before (last, word)."""
        self._words: dict[int, int] = {}
        """word -> number of different tokens seen before it."""
        self._word_table: Float32 = np.zeros(1_024, np.float32)
        """The same by row: to read every word of a long dictionary takes longer than to pass over the other rows."""
        self._trigram_totals: dict[tuple[int, int], int] = {}
        self._bigram_totals: dict[int, int] = {}
        self._word_total = 0
        self._laid_out: OrderedDict[int | tuple[int, int], tuple[NDArray[np.int64], Float32]] = OrderedDict()
        """Words and counts after contexts that were asked about lately: to read long dictionaries takes long."""
        self.version = 0
        """Count of changes."""

    def add(self, trigram: Trigram, times: int = 1) -> None:
        """Count a word after its context."""
        before, last, word = trigram
        context = (before, last)
        self._forget_laid_out(context)
        after = self._trigrams.setdefault(context, {})
        self._trigram_totals[context] = self._trigram_totals.get(context, 0) + times
        after[word] = after.get(word, 0) + times
        self.version += 1
        if after[word] > times:
            return
        after_last = self._bigrams.setdefault(last, {})
        after_last[word] = after_last.get(word, 0) + 1
        self._bigram_totals[last] = self._bigram_totals.get(last, 0) + 1
        if after_last[word] > 1:
            return
        self._words[word] = self._words.get(word, 0) + 1
        self._word_total += 1
        if word >= self._word_table.size:
            self._word_table = np.pad(self._word_table, (0, word + 1))  # twice as long: seldom
        self._word_table[word] = self._words[word]

    def remove(self, trigram: Trigram, times: int = 1) -> None:
        """Undo ``add``."""
        before, last, word = trigram
        context = (before, last)
        self._forget_laid_out(context)
        self.version += 1
        _decrement(self._trigram_totals, context, times)
        if not _decrement_inner(self._trigrams, context, word, times):
            return
        _decrement(self._bigram_totals, last, 1)
        if _decrement_inner(self._bigrams, last, word, 1):
            _decrement(self._words, word, 1)
            self._word_total -= 1
            self._word_table[word] -= 1

    def times(self, word: int, last: int | None = None, before: int | None = None) -> int:
        """Return how often a word was counted in all, after one token, or after two."""
        if last is not None and before is not None:
            return self._trigrams.get((before, last), {}).get(word, 0)
        return sum(after.get(word, 0) for context, after in self._trigrams.items() if last in (None, context[1]))

    def forget(self, rows: AbstractSet[int]) -> None:
        """Remove every trigram that one of some tokens is a part of."""
        for trigram, count in [counted for counted in self if not rows.isdisjoint(counted[0])]:
            self.remove(trigram, count)

    def __iter__(self) -> Iterator[tuple[Trigram, int]]:
        """Yield every trigram with its count."""
        for (before, last), after in self._trigrams.items():
            for word, count in after.items():
                yield Trigram(before, last, word), count

    def match(self, before: int, last: int) -> Match:
        """Return how well a context is known."""
        if total := self._trigram_totals.get((before, last)):
            return Match(2, total)
        if total := self._bigram_totals.get(last):
            return Match(1, total)
        return Match(0, self._word_total)

    def n_kinds_before(self, word: int) -> int:
        """Return how many different tokens stood before a word: twice after the same one counts once."""
        return self._words.get(word, 0)

    def kinds_before(self, words: NDArray[np.int64]) -> Float32:
        """Return the same for many words (N,) at once."""
        kinds, known = np.zeros(words.size, np.float32), words < self._word_table.size
        kinds[known] = self._word_table[words[known]]
        return kinds

    def probability(self, trigram: Trigram) -> float:
        """Return the probability of one word after its context, among the words of the user."""
        before, last, word = trigram
        p = 0.0
        levels = (
            (self._words, self._word_total),
            (self._bigrams.get(last), self._bigram_totals.get(last, 0)),
            (self._trigrams.get((before, last)), self._trigram_totals.get((before, last), 0)),
        )
        for counts, total in levels:
            if counts:
                p = (max(counts.get(word, 0) - DISCOUNT, 0.0) + DISCOUNT * len(counts) * p) / total
        return p

    def mass(self, before: int, last: int) -> float:
        """Return what the probabilities of all words after a context add up to: less than 1, for words never seen."""
        mass = 0.0
        levels = (
            (self._words, self._word_total),
            (self._bigrams.get(last), self._bigram_totals.get(last, 0)),
            (self._trigrams.get((before, last)), self._trigram_totals.get((before, last), 0)),
        )
        for counts, total in levels:
            if counts:
                mass = 1.0 - DISCOUNT * len(counts) / total * (1.0 - mass)
        return mass

    def probabilities(self, before: int, last: int, n_rows: int) -> Float32:
        """Return ``probability`` for every row at once, shape (n_rows,)."""
        p = np.zeros(n_rows, np.float32)
        if self._word_total:
            of_words = p[: self._word_table.size]
            of_words += np.maximum(self._word_table[:n_rows] - DISCOUNT, 0.0) / self._word_total
        context = (before, last)
        levels = (
            (last, self._bigrams.get(last), self._bigram_totals.get(last, 0)),
            (context, self._trigrams.get(context), self._trigram_totals.get(context, 0)),
        )
        for key, counts, total in levels:
            if counts:
                p *= np.float32(DISCOUNT * len(counts) / total)
                words, seen = self._lay_out(key, counts)
                p[words] += np.maximum(seen - DISCOUNT, 0.0) / total
        return p

    def _lay_out(self, key: int | tuple[int, int], counts: dict[int, int]) -> tuple[NDArray[np.int64], Float32]:
        """Return the words after a context and their counts as arrays."""
        laid_out = self._laid_out.get(key)
        if laid_out is None:
            words = np.fromiter(counts.keys(), np.int64, len(counts))
            laid_out = self._laid_out[key] = words, np.fromiter(counts.values(), np.float32, len(counts))
            if len(self._laid_out) > _KEPT_LAID_OUT:
                self._laid_out.popitem(last=False)
        return laid_out

    def _forget_laid_out(self, context: tuple[int, int]) -> None:
        """Lay out what follows a context anew the next time: it changes."""
        self._laid_out.pop(context, None)
        self._laid_out.pop(context[1], None)


def _decrement(counts: dict[_Key, int], key: _Key, times: int) -> bool:
    """Count down; tell whether nothing is left, and leave no entry then."""
    counts[key] -= times
    if counts[key] > 0:
        return False
    del counts[key]
    return True


def _decrement_inner(counts: dict[_Key, dict[int, int]], key: _Key, word: int, times: int) -> bool:
    """Count down what follows ``key``; tell whether nothing is left of ``word``."""
    gone = _decrement(counts[key], word, times)
    if not counts[key]:
        del counts[key]
    return gone
