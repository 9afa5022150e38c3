"""From a prefix to the words that can complete it: a sorted table, and a range of it for every prefix."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.text.tokenizer import is_word
from engine.text.vocabulary import Vocabulary

_ONE_LETTER_WORDS = frozenset({"a", "i"})
_LAST = "\U0010ffff"
_APOSTROPHE = "'"
_TIMES_AS_COMMON = 7
"""So much more frequent a word with an apostrophe must be than the same letters without ("well", "its") to be meant."""
_OWN_WORDS = frozenset({"ill", "id"})
"""In text that leaves apostrophes out these are rarely what they say; at the beginning of a word they often are."""


def is_offered(token: str, blocked: Container[str] = ()) -> bool:
    """Tell whether a folded token may be suggested at all."""
    return is_word(token) and (len(token) > 1 or token in _ONE_LETTER_WORDS) and token not in blocked


class CandidateTable:
    """The words of a vocabulary in alphabetical order, with the entry that each has in it."""

    def __init__(self, vocabulary: Vocabulary, blocked: Container[str] = ()) -> None:
        """Sort the words; tokens that are no words, single letters, and what is blocked, are never offered."""
        listed = _sorted_entries(vocabulary, blocked)
        self.tokens: Sequence[str] = [vocabulary.tokens[entry] for entry in listed]
        """The words, folded."""
        self.entries: NDArray[np.int64] = np.array(listed, dtype=np.int64)
        """(N,) vocabulary entry of each word, in alphabetical order."""
        self._contracted = sorted(
            (token.replace(_APOSTROPHE, ""), index)
            for index, (token, entry) in enumerate(zip(self.tokens, listed, strict=True))
            if _APOSTROPHE in token and _is_meant(token, entry, vocabulary)
        )
        """Letters without the apostrophe, and position in the table."""

    def index_of(self, token: str) -> int | None:
        """Return the position of a folded word, or None where it is not listed."""
        index = bisect_left(self.tokens, token)
        return index if index < len(self.tokens) and self.tokens[index] == token else None

    def is_without_apostrophe(self, token: str) -> bool:
        """Tell whether a folded token is hardly a word of its own, but another one whose apostrophe is left out."""
        start = bisect_left(self._contracted, (token,))
        return start < len(self._contracted) and self._contracted[start][0] == token

    def contractions(self, prefix: str) -> list[int]:
        """Return the positions of words that go on a prefix if their apostrophe is left out: "dont" begins "don't"."""
        if not prefix or _APOSTROPHE in prefix:
            return []
        start, stop = (bisect_left(self._contracted, (key,)) for key in (prefix, prefix + _LAST))
        return [index for _, index in self._contracted[start:stop] if not self.tokens[index].startswith(prefix)]

    def range_of(self, prefix: str) -> tuple[int, int]:
        """Return start and stop of the words that begin with a folded prefix and go on behind it."""
        return _range_of(self.tokens, prefix)


class OwnTable:
    """The words that got a row by their use, in alphabetical order; it follows a list that grows at its end."""

    def __init__(self, blocked: Container[str] = (), shipped: CandidateTable | None = None) -> None:
        """Never hold what is ``blocked``; say which words the ``shipped`` table lists too."""
        self._blocked, self._shipped = blocked, shipped
        self._tokens: list[str] = []
        self._n_followed = 0
        self.places: NDArray[np.int64] = np.empty(0, np.int64)
        """(N,) place in the list of each word, in alphabetical order."""
        self.listed: list[int] = []
        """Positions in the shipped table of the words that stand in it as well: words of the lexicon."""

    def follow(self, tokens: Sequence[str]) -> None:
        """Take in the words that are new in the list."""
        for place in range(self._n_followed, len(tokens)):
            token = tokens[place]
            if token[0] != "<" and token not in self._blocked:  # "<": the place of a word that was forgotten
                at = bisect_left(self._tokens, token)
                self._tokens.insert(at, token)
                self.places = np.insert(self.places, at, place)
                position = self._shipped.index_of(token) if self._shipped else None
                if position is not None:
                    self.listed.append(position)
        self._n_followed = len(tokens)

    def completing(self, prefix: str) -> NDArray[np.int64]:
        """Return the places of the words that begin with a folded prefix and go on behind it."""
        start, stop = _range_of(self._tokens, prefix)
        return self.places[start:stop]


def _sorted_entries(vocabulary: Vocabulary, blocked: Container[str]) -> list[int]:
    """Return the entries of the words that may be offered, in the order of their tokens.

    Letter by letter: no other thread runs while Python sorts, and to sort all at once holds up the interface.
    """
    by_letter: dict[str, list[int]] = {}
    for entry, token in enumerate(vocabulary.tokens):
        if is_offered(token, blocked):
            by_letter.setdefault(token[0], []).append(entry)
    for entries in by_letter.values():
        entries.sort(key=vocabulary.tokens.__getitem__)
    return [entry for letter in sorted(by_letter) for entry in by_letter[letter]]


def _range_of(tokens: Sequence[str], prefix: str) -> tuple[int, int]:
    start = bisect_left(tokens, prefix)
    if prefix and start < len(tokens) and tokens[start] == prefix:
        start += 1  # the word that is already complete saves nothing
    return start, bisect_left(tokens, prefix + _LAST)


def _is_meant(token: str, entry: int, vocabulary: Vocabulary) -> bool:
    """Tell whether who types the letters of a word without its apostrophe is likely to mean it."""
    letters = token.replace(_APOSTROPHE, "")
    bare = vocabulary.find(letters)
    if letters in _OWN_WORDS:
        return False
    return bare is None or vocabulary.counts[entry] >= _TIMES_AS_COMMON * vocabulary.counts[bare]
