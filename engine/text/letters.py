"""What words look like, letter by letter."""

from __future__ import annotations

from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from engine.text.vocabulary import Vocabulary

_SMOOTHING = 5.0
"""So many times every letter counts as seen after two others, by how often it follows the last of them."""
_LEAST_WORDS_TO_READ = 10_000
"""From fewer words no mean can be told."""
_WORDS_AT_ONCE = 4_096
"""All of them laid out for counting would take as much memory as half of the network."""
_NOTHING = np.empty(0)


class LetterModel:
    """How probable each letter is after two others, by the words of a vocabulary; accents and case aside."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Count the trigrams of all listed words, some thousands at once."""
        words = [token for token in vocabulary.tokens if token.isascii() and token.isalpha()]
        self._knows_words = len(vocabulary) >= _LEAST_WORDS_TO_READ
        n = len(ascii_lowercase) + 1
        counts = np.zeros((n, n, n))
        for start in range(0, len(words), _WORDS_AT_ONCE):
            counts += _trigram_counts("  " + "  ".join(words[start : start + _WORDS_AT_ONCE]) + "  ")
        pairs = counts.sum(axis=0) + 0.5
        backed_off = pairs / pairs.sum(axis=1, keepdims=True)
        totals = counts.sum(axis=2, keepdims=True)
        self._log_probs = np.log((counts + _SMOOTHING * backed_off) / (totals + _SMOOTHING))

    def mean_log_prob(self, word: str) -> float:
        """Return the mean natural log probability of each letter and of the end; 0 for what cannot be told."""
        log_probs = self._of_each(word) if self._knows_words else _NOTHING
        return float(log_probs.mean()) if log_probs.size else 0.0

    def log_prob(self, word: str) -> float:
        """Return the natural log probability of all letters and of the end; 0 for what is not of these letters."""
        return float(self._of_each(word).sum())

    def _of_each(self, word: str) -> NDArray[np.float64]:
        plain = word.lower().replace("'", "")
        if not (plain.isascii() and plain.isalpha()):
            return _NOTHING  # another language: what a machine draws, and what is judged for slips, is plain
        codes = _codes("  " + plain + " ")
        log_probs: NDArray[np.float64] = self._log_probs[codes[:-2], codes[1:-1], codes[2:]]
        return log_probs


def _trigram_counts(text: str) -> NDArray[np.int64]:
    """Return how often each code stands after two others, (27, 27, 27)."""
    codes, n = _codes(text), len(ascii_lowercase) + 1
    places = (codes[:-2] * n + codes[1:-1]) * n + codes[2:]
    return np.bincount(places, minlength=n**3).reshape(n, n, n)


def _codes(text: str) -> NDArray[np.int64]:
    """Return 0 for a space and 1 to 26 for the letters."""
    raw = np.frombuffer(text.encode("ascii"), np.uint8).astype(np.int64)
    return np.where(raw == ord(" "), 0, raw - ord("a") + 1)
