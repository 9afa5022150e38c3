"""From a prefix to the words that can complete it: a sorted table, and a range of it for every prefix."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.text.tokenizer import is_word
from engine.text.vocabulary import Vocabulary

_ONE_LETTER_WORDS = frozenset({"a", "i", "o", "u"})
_LAST = "\U0010ffff"


class CandidateTable:
    """The words of a vocabulary in alphabetical order, with the entry that each has in it."""

    def __init__(self, vocabulary: Vocabulary, blocked: Container[str] = ()) -> None:
        """Sort the words; tokens that are no words, single letters, and what is blocked, are never offered."""
        listed = sorted(
            (token, entry)
            for entry, token in enumerate(vocabulary.tokens)
            if is_word(token) and (len(token) > 1 or token in _ONE_LETTER_WORDS) and token not in blocked
        )
        self._tokens = [token for token, _ in listed]
        self.entries: NDArray[np.int64] = np.array([entry for _, entry in listed], dtype=np.int64)
        """(N,) vocabulary entry of each word, in alphabetical order."""

    def range_of(self, prefix: str) -> tuple[int, int]:
        """Return start and stop of the words that begin with a folded prefix and go on behind it."""
        start = bisect_left(self._tokens, prefix)
        if prefix and start < len(self._tokens) and self._tokens[start] == prefix:
            start += 1  # the word that is already complete saves nothing
        return start, bisect_left(self._tokens, prefix + _LAST)


def completions(tokens: Sequence[str], prefix: str) -> list[int]:
    """Return the positions of the tokens that begin with a folded prefix and go on behind it."""
    return [index for index, token in enumerate(tokens) if token.startswith(prefix) and token != prefix]
