"""The probability of the next word: network, shipped n-grams and the user's counts, on one scale, for every word."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.model.background import Background
from engine.model.interpolation import InterpolationWeights
from engine.model.language_model import LanguageModel
from engine.model.ngrams import Match, NgramCounts, Trigram
from engine.model.parameters import Float32
from engine.model.standing import Standing
from engine.text.tokenizer import fold, is_word
from engine.text.vocabulary import Vocabulary

_FLOOR = 1e-9
"""Probability of a word that nobody has heard of; keeps losses finite."""


@dataclass(frozen=True, slots=True)
class NextWord:
    """One distribution over the words that may follow a passage, given that a word follows."""

    rows: tuple[int, ...]
    """The passage that was read."""
    network: Float32
    """(n_rows,) probability by the network and the shipped n-grams; 0 for tokens that are not words."""
    match: Match
    word_share: float
    """Probability that a word follows at all, and not a mark, by the network and the shipped n-grams."""
    weight: float
    """Of the user's counts, in this text."""
    blended: Float32
    """(n_rows,) probability of each row."""

    @property
    def before_and_last(self) -> tuple[int, int]:
        """The two tokens that the counts look at."""
        return (self.rows[-2] if len(self.rows) > 1 else 0), self.rows[-1]


class Blend:
    """Network, shipped n-grams, counts and their weights, read together."""

    def __init__(
        self,
        model: LanguageModel,
        counts: NgramCounts,
        weights: InterpolationWeights,
        background: Background,
        spelling_share: float = 0.0,
    ) -> None:
        """Read the parts together; ``spelling_share`` of the probability of ``<unknown>`` goes to spelled words."""
        self.model, self.counts, self.weights, self.background = model, counts, weights, background
        self.standing = Standing()
        self._shipped_words = word_mask(model.vocabulary)
        self.spelling_share = spelling_share
        self.lexicon_share = lexicon_shares(model.vocabulary, 1.0 - spelling_share)
        """(len(vocabulary) - n_rows,) share of each word of the lexicon in the probability of ``<unknown>``."""

    @property
    def version(self) -> int:
        """Changes with anything that changes a prediction."""
        return self.model.version + self.model.n_rows - self.model.n_shipped_rows + self.counts.version

    def next_word(self, rows: tuple[int, ...], network: Float32) -> NextWord:
        """Blend a distribution of the network over all tokens, (n_rows,), with the counts for the same passage."""
        words, word_share = self._words(rows, network)
        before, last = (rows[-2] if len(rows) > 1 else 0), rows[-1]
        match = self.counts.match(before, last)
        weight = self._weight(match, rows)
        blended = words
        if weight:
            blended = np.float32(1.0 - weight) * words
            blended += np.float32(weight) * self.counts.probabilities(before, last, words.size)
            blended /= np.float32(self._mass(weight, before, last))
        return NextWord(rows, words, match, word_share, weight, blended)

    def components(self, answer: NextWord, word: str) -> tuple[float, float]:
        """Return the probability of a word by the network and by the counts, for the passage of ``answer``."""
        row = self.model.row_of(word)
        if row:
            return self._of_row(answer, row)
        return float(answer.network[0]) * self.share_of_unknown(word), 0.0

    def _of_row(self, answer: NextWord, row: int) -> tuple[float, float]:
        """Return the probability of a row by the network, 0 where it is newer than ``answer``, and by the counts."""
        p_network = float(answer.network[row]) if row < answer.network.size else 0.0
        return p_network, self.counts.probability(Trigram(*answer.before_and_last, row))

    def share_of_unknown(self, word: str) -> float:
        """Return what a word without a shipped row has of the probability of ``<unknown>``; 0 if it is not listed."""
        entry = self.model.vocabulary.find(fold(word))
        return float(self.lexicon_share[entry - self._shipped_words.size]) if entry else 0.0

    def shipped_words(self, rows: tuple[int, ...], network: Float32) -> Float32:
        """Return what network and n-grams expect of the shipped words after a passage, (n_shipped_rows,), adding to 1.

        ``network`` is a distribution over the shipped tokens; what is no word gets 0.
        """
        return self._words(rows, network)[0]

    def shipped_probability(self, words: Float32, word: str) -> float:
        """Return the probability of a word, listed or not, under a distribution over the shipped words."""
        row = self.model.vocabulary.row_of(fold(word))
        return float(words[row]) if row else float(words[0]) * self.share_of_unknown(word)

    def shares(self, answer: NextWord) -> tuple[float, float]:
        """Return what the probabilities of ``components`` are multiplied by, as the weights stand now, to be added."""
        weight = self._weight(self.counts.match(*answer.before_and_last), answer.rows)
        mass = self._mass(weight, *answer.before_and_last)
        return (1.0 - weight) / mass, weight / mass

    def hear(self, answer: NextWord, row: int) -> None:
        """Let a word that came after a passage, by its row, say whether the user's counts belong in this text."""
        if not row or not answer.match.total:  # a word that has no row yet, or a place that the counts left open
            return
        p_network, p_counts = self._of_row(answer, row)
        if not p_network:  # a mark, or a row newer than the answer
            return
        weight = self.weights.weight(answer.match)
        p_both = (1.0 - weight) * p_network + weight * p_counts
        gain = math.log(p_both / p_network / self._mass(weight, *answer.before_and_last))
        self.standing.hear(answer.rows, row, gain)

    def loss(self, answer: NextWord, word: str) -> float:
        """Return the cross entropy (nats) of a word under the blend as it stands now."""
        p = sum(share * part for share, part in zip(self.shares(answer), self.components(answer, word), strict=True))
        return float(-np.log(np.maximum(_FLOOR, p)))  # NumPy's maximum, unlike Python's, lets NaN be seen

    def _words(self, rows: tuple[int, ...], network: Float32) -> tuple[Float32, float]:
        """Return a distribution of network and n-grams over words alone, and what they had before among all tokens."""
        n_shipped = self._shipped_words.size
        words = self.background.mix(rows, network)
        words = words.copy() if words is network else words
        words[:n_shipped] *= self._shipped_words
        share = float(words.sum())
        words /= np.float32(share)
        return words, share

    def _weight(self, match: Match, rows: tuple[int, ...]) -> float:
        """Return what the user's counts weigh after a passage: as such contexts teach, if they belong in the text."""
        return self.weights.weight(match) * self.standing.share(rows) if match.total else 0.0

    def _mass(self, weight: float, before: int, last: int) -> float:
        """Return what a blend adds up to before it is brought to 1: the counts leave some to words never seen."""
        return 1.0 - weight * (1.0 - self.counts.mass(before, last)) if weight else 1.0


def word_mask(vocabulary: Vocabulary) -> Float32:
    """Return 1 for the rows that are words, and for ``<unknown>``, which stands for words; else 0; shape (n_rows,)."""
    mask = np.array([is_word(token) for token in vocabulary.tokens[: vocabulary.n_rows]], dtype=np.float32)
    mask[0] = 1.0
    return mask


def lexicon_shares(vocabulary: Vocabulary, most: float = 1.0) -> Float32:
    """Return how the probability of ``<unknown>`` falls to the words of the lexicon: by their counts, at most ``most``.

    What they leave is for words that are not listed, as often as the training text had such words.
    """
    counts: NDArray[np.float32] = np.array(vocabulary.counts[vocabulary.n_rows :], dtype=np.float32)
    return counts / np.float32(max(1.0, vocabulary.counts[0], counts.sum() / most))
