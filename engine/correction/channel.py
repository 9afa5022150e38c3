"""What may have been meant by a word: a noisy channel over the words that fit the context.

For each word w that a few slips turn into what was typed, t:  log P(w | context) + log P(t | w).  Against them stands
that t was meant as it is: log P(t | context) where t is known, else that it is a new word made of such letters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.correction.error_model import P_MISSING_SPACE
from engine.correction.misspellings import Misspellings
from engine.correction.table import SpellingTable
from engine.prediction.predictor import Predictor
from engine.prediction.ranking import WordProbabilities
from engine.text.letters import LetterModel
from engine.text.tokenizer import fold

_LEAST_P = 1e-12
"""Keeps logarithms finite."""
_P_NEW = 0.01
"""Probability that a word is one that nobody has heard of."""
_P_MISSPELT = 0.1
"""Probability that a word on the list of misspellings comes out that way, from who spells it so."""
_GAIN_OF_REMEMBERED = 6.0
"""Nats that a correction gains which the user has taken before."""
_N_NEAR = 9
"""Words that are looked at, by score."""
_WORTH_READING = 2.0
"""Nats: two words that fit so much worse than one, by how common they are, are not read in their context."""
_WORTH_OFFERING = 7.0
"""Nats: what is so much less likely than the best is not what was meant."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What may have been meant, with its score in nats, best first; and the score of what was typed."""

    scored: tuple[tuple[float, str], ...]
    as_typed: float

    @property
    def log_odds(self) -> float:
        """Return the log of how much likelier a typo is than none."""
        if not self.scored:
            return -math.inf
        return float(np.logaddexp.reduce([score for score, _ in self.scored])) - self.as_typed

    @property
    def log_odds_of_first(self) -> float:
        """Return the log of how much likelier the best correction is than all others and the typed word together."""
        if not self.scored:
            return -math.inf
        others = [score for score, _ in self.scored[1:]]
        return self.scored[0][0] - float(np.logaddexp.reduce([*others, self.as_typed]))


class Channel:
    """Scores words by the predictor's model, which it only reads; the table of spellings is made at the first use."""

    def __init__(self, predictor: Predictor, misspellings: Misspellings) -> None:
        self._predictor = predictor
        self._misspellings = misspellings
        self._table = predictor.table
        self._listed = SpellingTable(())
        self._own = SpellingTable(())
        self._own_version = (0, 0)

    @cached_property
    def _letters(self) -> LetterModel:
        return LetterModel(self._predictor.blend.model.vocabulary)

    def weigh(self, left: str, token: str, remembered: str = "") -> Weighed:
        """Score what may have been meant by a folded word after a text; ``remembered`` is what was, the last time."""
        probabilities = self._predictor.words_after(left)
        scores = self._near(token, probabilities)
        as_typed = self._score_as_typed(token, probabilities)
        if token in self._misspellings:
            meant = self._misspellings[token]
            scores[meant] = max(scores.get(meant, -math.inf), self._log_p(left, meant) + math.log(_P_MISSPELT))
        scores |= self._two_words(left, token, probabilities, max(as_typed, *scores.values(), -math.inf))
        for form in scores:
            scores[form] += _GAIN_OF_REMEMBERED * (fold(form) == remembered)
        scored = sorted(((score, form) for form, score in scores.items()), reverse=True)
        return Weighed(tuple(item for item in scored if item[0] > scored[0][0] - _WORTH_OFFERING), as_typed)

    def is_word(self, token: str) -> bool:
        """Tell whether a folded word is in the vocabulary, and not as a misspelling of another one."""
        return self._predictor.blend.model.vocabulary.find(token) is not None and not self._is_misspelt(token)

    def is_settled(self, own_word: int) -> bool:
        """Tell whether a word of the user stood in two kinds of places: once may have been a typo itself."""
        blend = self._predictor.blend
        return blend.counts.n_kinds_before(blend.model.n_shipped_rows + own_word) > 1

    def _is_misspelt(self, token: str) -> bool:
        return token in self._misspellings or self._predictor.table.is_without_apostrophe(token)

    def _near(self, token: str, probabilities: WordProbabilities) -> dict[str, float]:
        """Score the words that a slip or two turn into ``token``."""
        model, table = self._predictor.blend.model, self._predictor.table
        if not len(self._listed) or table is not self._table:  # other words may be offered since the last time
            self._table, self._listed = table, SpellingTable(table.tokens)
        own_words = model.user_tokens
        if self._own_version != (len(own_words), model.n_retired):  # one was added, or was forgotten
            self._own_version, self._own = (len(own_words), model.n_retired), SpellingTable(own_words)
        scores: dict[str, float] = {}
        near = self._own.near(token)
        for word, cost in zip(near.words.tolist(), near.costs.tolist(), strict=True):
            own = own_words[word]
            if own == token or word >= probabilities.user.size or self._predictor.is_blocked(own):
                continue
            if self.is_settled(word):
                scores[model.user_forms[word]] = _log(probabilities.user[word]) - cost
        near = self._listed.near(token)
        log_p = np.log(np.maximum(probabilities.listed[near.words], _LEAST_P)) - near.costs
        for index in np.argsort(-log_p)[:_N_NEAR]:
            word = int(near.words[index])
            if table.tokens[word] != token and not self._is_misspelt(table.tokens[word]):
                scores[model.vocabulary.forms[table.entries[word]]] = float(log_p[index])
        return scores

    def _two_words(self, left: str, token: str, probabilities: WordProbabilities, best: float) -> dict[str, float]:
        """Score the two words that a missing space may have joined; the second is read after the first."""
        vocabulary, table = self._predictor.blend.model.vocabulary, self._predictor.table
        n_counted = max(1, vocabulary.counts[1])
        guessed = []
        for at in range(1, len(token)):
            first, second = table.index_of(token[:at]), table.index_of(token[at:])
            if first is not None and second is not None:
                p_second = vocabulary.counts[table.entries[second]] / n_counted
                score = _log(probabilities.listed[first]) + _log(p_second * P_MISSING_SPACE)
                guessed.append((score, f"{vocabulary.forms[table.entries[first]]} {token[at:]}"))
        worth = [words for score, words in sorted(guessed, reverse=True)[:1] if score > best - _WORTH_READING]
        return {words: self._log_p(left, words) + math.log(P_MISSING_SPACE) for words in worth}

    def _log_p(self, left: str, words: str) -> float:
        """Return the log probability of words in a row, each read after the one before it."""
        table, total = self._predictor.table, 0.0
        for word in words.split():
            index = table.index_of(fold(word))
            total += _log(self._predictor.words_after(left).listed[index] if index is not None else 0.0)
            left += word + " "
        return total

    def _score_as_typed(self, token: str, probabilities: WordProbabilities) -> float:
        """Return the log probability that a folded word was meant as it is."""
        new = math.log(_P_NEW) + self._letters.log_prob(token)
        return max(-self._predictor.blend.loss(probabilities.next_word, token), new) if self.is_word(token) else new


def _log(probability: float) -> float:
    return math.log(max(float(probability), _LEAST_P))
