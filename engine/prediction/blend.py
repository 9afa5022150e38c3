"""The probability of the next word: network, shipped n-grams, the user's counts and latest words, on one scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model import cells
from engine.model.background import Background
from engine.model.continuous_cache import ContinuousCache, Recall
from engine.model.interpolation import InterpolationWeights, bucket_name, bucket_of, bucket_of_recall
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
    z: Float32
    """(D,) the projected state after it."""
    network: Float32
    """(n_rows,) probability by the network and the shipped n-grams; 0 for tokens that are not words."""
    match: Match
    word_share: float
    """Probability that a word follows at all, and not a mark, by the network and the shipped n-grams."""
    weight: float
    """Of the user's counts, in this text, against the network."""
    recall: Recall | None
    """What the user's latest words say; None where there are none."""
    blended: Float32
    """(n_rows,) probability of each row."""

    @property
    def before_and_last(self) -> tuple[int, int]:
        """The two tokens that the counts look at."""
        return (self.rows[-2] if len(self.rows) > 1 else 0), self.rows[-1]


class Parts(NamedTuple):
    """One number for each part of the blend."""

    network: float
    counts: float
    recent: float


class Blend:
    """Network and shipped n-grams, into which the user's counts are mixed, and into both the latest words."""

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
        self.cache = ContinuousCache(model.config.n_embedding)
        self.standing = Standing()
        """Of the counts, against the network alone."""
        self.standing_of_recent = Standing(first=0.0)
        """Of the latest words, against all the rest: they have to show first that they belong in a text."""
        self._shipped_words = word_mask(model.vocabulary)
        self.spelling_share = spelling_share
        self.lexicon_share = lexicon_shares(model.vocabulary, 1.0 - spelling_share)
        """(len(vocabulary) - n_rows,) share of each word of the lexicon in the probability of ``<unknown>``."""

    @property
    def version(self) -> int:
        """Changes with anything that changes a distribution: what was learned, and what the text at hand has shown."""
        n_own_rows = self.model.n_rows - self.model.n_shipped_rows
        learned = self.model.version + n_own_rows + self.counts.version + self.cache.version
        return learned + self.standing.version + self.standing_of_recent.version

    def next_word(self, rows: tuple[int, ...], z: Float32) -> NextWord:
        """Blend what all parts expect after a passage, whose projected state is z (D,)."""
        return self.mix(rows, z, cells.softmax(self.model.logits(z)))

    def mix(self, rows: tuple[int, ...], z: Float32, network: Float32) -> NextWord:
        """Blend a distribution of the network over all tokens, (n_rows,), with what all other parts expect."""
        words, word_share = self._words(rows, network)
        before, last = (rows[-2] if len(rows) > 1 else 0), rows[-1]
        match = self.counts.match(before, last)
        weight = self._weight(match, rows)
        blended = words
        if weight:
            blended = np.float32(1.0 - weight) * words
            blended += np.float32(weight) * self.counts.probabilities(before, last, words.size)
            blended /= np.float32(self._mass(weight, before, last))
        recall = self.cache.recall(z)
        if recall is not None:
            weight_of_recent = self._weight_of_recent(recall, rows)
            blended = np.float32(1.0 - weight_of_recent) * blended
            recall.add_to(blended, weight_of_recent)
        return NextWord(rows, z, words, match, word_share, weight, recall, blended)

    def components(self, answer: NextWord, word: str) -> Parts:
        """Return the probability of a word by each part, for the passage of ``answer``."""
        row = self.model.row_of(word)
        if row:
            return self._of_row(answer, row)
        return Parts(float(answer.network[0]) * self.share_of_unknown(word), 0.0, 0.0)

    def _of_row(self, answer: NextWord, row: int) -> Parts:
        """Return the probability of a row by each part; the network's is 0 where the row is newer than ``answer``."""
        return Parts(
            float(answer.network[row]) if row < answer.network.size else 0.0,
            self.counts.probability(Trigram(*answer.before_and_last, row)),
            answer.recall.probability(row) if answer.recall is not None else 0.0,
        )

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

    def shares(self, answer: NextWord) -> Parts:
        """Return what the probabilities of ``components`` are multiplied by, as the weights stand now, to be added."""
        weight = self._weight(self.counts.match(*answer.before_and_last), answer.rows)
        mass = self._mass(weight, *answer.before_and_last)
        recent = self._weight_of_recent(answer.recall, answer.rows) if answer.recall is not None else 0.0
        return Parts((1.0 - recent) * (1.0 - weight) / mass, (1.0 - recent) * weight / mass, recent)

    def hear(self, answer: NextWord, row: int) -> None:
        """Let a word that came after a passage, by its row, say whether what is the user's belongs in this text."""
        if not row:  # it has none yet
            return
        parts = self._of_row(answer, row)
        if not parts.network:  # a mark, or a row newer than the answer
            return
        p_rest = self._without_recent(answer, parts)
        if answer.match.total:  # else the counts left the place open
            self.standing.hear(answer.rows, row, math.log(p_rest / parts.network))
        if answer.recall is not None:
            weight = self.weights.weight(bucket_of_recall(answer.recall))
            gain = math.log((1.0 - weight) + weight * parts.recent / p_rest)
            self.standing_of_recent.hear(answer.rows, row, gain)

    def teach_weights(self, answer: NextWord, word: str) -> dict[str, tuple[float, float]]:
        """Move the weights of the place of ``answer`` towards the parts that foretold the word that came there.

        Return what was moved, by the name of its bucket, as it was before.
        """
        parts = self.components(answer, word)
        told = []
        if answer.match.total:
            told.append((bucket_of(answer.match), parts.network, parts.counts))
        if answer.recall is not None:
            told.append((bucket_of_recall(answer.recall), self._without_recent(answer, parts), parts.recent))
        before = {bucket_name(bucket): self.weights.state_of(bucket_name(bucket)) for bucket, _, _ in told}
        for bucket, p_rest, p_part in told:
            self.weights.update(bucket, p_rest, p_part)
        return before

    def loss(self, answer: NextWord, word: str) -> float:
        """Return the cross entropy (nats) of a word under the blend as it stands now."""
        p = sum(share * part for share, part in zip(self.shares(answer), self.components(answer, word), strict=True))
        return _nats(p)

    def loss_without_recent(self, answer: NextWord, word: str) -> float:
        """Return the same for network and counts alone, were the text the user's own."""
        return _nats(self._without_recent(answer, self.components(answer, word)))

    def _words(self, rows: tuple[int, ...], network: Float32) -> tuple[Float32, float]:
        """Return a distribution of network and n-grams over words alone, and what they had before among all tokens."""
        n_shipped = self._shipped_words.size
        words = self.background.mix(rows, network)
        words = words.copy() if words is network else words
        words[:n_shipped] *= self._shipped_words
        share = float(words.sum())
        if share == 0.0:  # so sure of a mark are only weights from elsewhere; which word would come they do not say
            words[:n_shipped] = self._shipped_words / self._shipped_words.sum()
            return words, share
        words /= np.float32(share)
        return words, share

    def _weight(self, match: Match, rows: tuple[int, ...]) -> float:
        """Return what the user's counts weigh after a passage: as such contexts teach, if they belong in the text."""
        return self.weights.weight(bucket_of(match)) * self.standing.share(rows) if match.total else 0.0

    def _weight_of_recent(self, recall: Recall, rows: tuple[int, ...]) -> float:
        """Return what the latest words weigh after a passage."""
        return self.weights.weight(bucket_of_recall(recall)) * self.standing_of_recent.share(rows)

    def _without_recent(self, answer: NextWord, parts: Parts) -> float:
        """Return the probability that network and counts, as they are now, give a word with these parts.

        If the counts belong here: what is learned must not depend on how the text stood, as that is not kept.
        """
        match = self.counts.match(*answer.before_and_last)
        weight = self.weights.weight(bucket_of(match)) if match.total else 0.0
        p_both = (1.0 - weight) * parts.network + weight * parts.counts
        return p_both / self._mass(weight, *answer.before_and_last)

    def _mass(self, weight: float, before: int, last: int) -> float:
        """Return what a blend adds up to before it is brought to 1: the counts leave some to words never seen."""
        return 1.0 - weight * (1.0 - self.counts.mass(before, last)) if weight else 1.0


def _nats(p: float) -> float:
    return float(-np.log(np.maximum(_FLOOR, p)))  # NumPy's maximum, unlike Python's, lets NaN be seen


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
