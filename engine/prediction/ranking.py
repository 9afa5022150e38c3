"""From one distribution to the best of the words that fit a prefix: listed, the user's own, and spelled ones."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

import numpy as np

from engine.model import cells
from engine.model.parameters import Float32
from engine.model.spelling import CharacterNetwork
from engine.prediction.blend import Blend, NextWord
from engine.prediction.candidates import CandidateTable, OwnTable
from engine.prediction.offering import OfferRules, Reserved
from engine.prediction.spelling import LEAST_SHARE_SHOWN, LEAST_SHARE_SPELLED, Speller
from engine.text.casing import Place, follows_name, place_after
from engine.text.tokenizer import fold

LEAST_SHARE = 1e-30
"""Keeps divisions and logarithms finite."""
_LEAST_STEM = 4


@dataclass(frozen=True, slots=True)
class WordProbabilities:
    """A distribution with the scores of all candidates laid out for the prefix filter."""

    next_word: NextWord
    tokens: tuple[str, ...]
    """The passage that was read."""
    place: Place
    after_name: bool
    """Whether the word before has a large letter that is its own."""
    listed: Float32
    """(N,) probability of each word of the candidate table, in its order; 0 for words that are reserved."""
    user: Float32
    """(U,) probability of each word of the user that the table lacks."""
    speller: Speller | None
    """Of words that neither has."""
    shown: dict[tuple[str, int, bool, tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict)
    """The words, folded, that were on screen for a prefix, a number of suggestions, phrases among them or not, and
    words that were declined, as far as that was asked."""


class WordRanker:
    """Finds the words that go on a prefix; like all of prediction it never changes the model."""

    def __init__(
        self, blend: Blend, blocked: Container[str], character_network: CharacterNetwork | None, rules: OfferRules
    ) -> None:
        """Rank what ``blend`` finds probable, and what a character network spells; never what is ``blocked``."""
        vocabulary = blend.model.vocabulary
        self._blend, self._blocked, self._network, self._rules = blend, blocked, character_network, rules
        self.table = CandidateTable(vocabulary, blocked)
        """The words that may be offered, in the order of ``WordProbabilities.listed``."""
        self._reserved = Reserved(self.table, vocabulary, rules)
        self._own, self._n_retired = OwnTable(blocked, self.table), blend.model.n_retired

    def lay_out(self, next_word: NextWord, tokens: tuple[str, ...]) -> WordProbabilities:
        """Return what may follow a passage, whose tokens are given, laid out for ``best``."""
        blend = self._blend
        n_shipped = blend.model.n_shipped_rows
        unknown = next_word.blended[0]
        entries = np.concatenate([next_word.blended[:n_shipped], unknown * blend.lexicon_share])
        listed = entries[self.table.entries]
        listed[self._own_words().listed] = 0.0  # they have rows now, and are not to count twice
        listed[self._reserved.places(blend.counts, tokens)] = 0.0
        speller = Speller(self._network, next_word.z) if self._network is not None else None
        place, after_name = place_after(tokens), follows_name(tokens)
        return WordProbabilities(next_word, tokens, place, after_name, listed, next_word.blended[n_shipped:], speller)

    def best(self, answer: WordProbabilities, typed: str, limit: int) -> tuple[list[tuple[str, float]], float]:
        """Return form and probability of the best words that go on what was typed, and the probability of all."""
        model, prefix = self._blend.model, fold(typed)
        start, stop = self.table.range_of(prefix)
        contracted = self.table.contractions(prefix)
        found = {
            int(self.table.entries[index]): float(answer.listed[index])
            for index in [*cells.top_k(answer.listed, limit, start, stop), *contracted]
        }
        in_capitals = self._asked_for(answer, start, stop, typed)
        own, of_own = self._best_own(answer, prefix, limit)
        mass = float(answer.listed[start:stop].sum() + answer.listed[contracted].sum()) + of_own
        mass += sum(in_capitals.values())
        spelled, p_spelled = self._spelled(answer, prefix, mass, found)
        best = [(p, model.vocabulary.forms[entry]) for entry, p in (found | in_capitals).items() if p > 0.0]
        best = sorted(best + own + spelled, key=lambda scored: -scored[0])
        return _distinct(best, limit), max(mass + p_spelled, LEAST_SHARE)

    def _asked_for(self, answer: WordProbabilities, start: int, stop: int, typed: str) -> dict[int, float]:
        """Return entry and probability of the rare words in capitals whose capitals are typed."""
        places = [place for place in self._reserved.asked_for(start, stop, typed) if not answer.listed[place]]
        tokens = {int(self.table.entries[place]): self.table.tokens[place] for place in places}
        own = self._blend.model.is_own
        return {entry: self._probability(answer, token) for entry, token in tokens.items() if not own(token)}

    def _best_own(self, answer: WordProbabilities, prefix: str, limit: int) -> tuple[list[tuple[float, str]], float]:
        """Return probability and form of the user's best words that fit, and the probability of all that do."""
        model = self._blend.model
        places = self._own_words().completing(prefix)
        p = answer.user[places]
        best = [(float(p[index]), model.user_forms[places[index]]) for index in cells.top_k(p, limit)]
        return best, float(p.sum(dtype=np.float64))

    def _own_words(self) -> OwnTable:
        """Return the user's words as they are now."""
        model = self._blend.model
        if model.n_retired != self._n_retired:
            self._own, self._n_retired = OwnTable(self._blocked, self.table), model.n_retired
        self._own.follow(model.user_tokens)
        return self._own

    def _spelled(
        self, answer: WordProbabilities, prefix: str, listed: float, found: dict[int, float]
    ) -> tuple[list[tuple[float, str]], float]:
        """Return spelled words that are likely enough to be shown, and the probability of everything spelled.

        ``listed`` is the probability of all other words that fit. What is spelled for a word of the lexicon is added
        to what that has in ``found``.
        """
        if answer.speller is None or not prefix:
            return [], 0.0
        model = self._blend.model
        share = max(float(answer.next_word.blended[0]) * self._blend.spelling_share, LEAST_SHARE)
        p_all = share * answer.speller.probability(prefix)
        meant = listed + p_all + self._probability(answer, prefix)
        spelled = []
        for word, p in answer.speller.completions(prefix, LEAST_SHARE_SPELLED * meant / share):
            entry = model.vocabulary.find(word)
            if model.has_row(word) or word in self._rules.withheld or self._begins_blocked(word):
                continue
            if entry is not None:
                found[entry] = share * p + self._probability(answer, word)
            elif share * p >= LEAST_SHARE_SHOWN * meant:
                spelled.append((share * p, word))
        return spelled, p_all

    def _begins_blocked(self, word: str) -> bool:
        """Tell whether a spelled word is blocked, or is a form of one that is: no list holds every form."""
        return any(word[:length] in self._blocked for length in range(_LEAST_STEM, len(word) + 1))

    def _probability(self, answer: WordProbabilities, token: str) -> float:
        """Return the probability of a folded token that has a row or stands in the lexicon; 0 for any other."""
        row, p = self._blend.model.row_of(token), answer.next_word.blended
        return float(p[row]) if row else float(p[0]) * self._blend.share_of_unknown(token)


def _distinct(best: list[tuple[float, str]], limit: int) -> list[tuple[str, float]]:
    """Drop the lower of two entries that differ in case only: a word of the lexicon that got a row by its use."""
    seen: dict[str, tuple[str, float]] = {}
    for p, form in best:
        seen.setdefault(fold(form), (form, p))
        if len(seen) == limit:
            break
    return list(seen.values())
