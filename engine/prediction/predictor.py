"""From a context to ranked suggestions; nothing here ever changes the model."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass, field

import numpy as np

from engine.model import cells
from engine.model.attention import Attention
from engine.model.parameters import Float32
from engine.model.spelling import CharacterNetwork
from engine.model.state import State
from engine.prediction.blend import Blend, NextWord
from engine.prediction.candidates import CandidateTable, OwnTable, is_offered
from engine.prediction.offering import OfferRules, Reserved, is_meant
from engine.prediction.reading import Reader, passage_before
from engine.prediction.spelling import LEAST_SHARE_SHOWN, LEAST_SHARE_SPELLED, Speller
from engine.text.casing import Place, cased, follows_name, place_after
from engine.text.context import Context
from engine.text.normalize import apostrophe_of, normalize
from engine.text.own_cases import OwnCases
from engine.text.tokenizer import fold
from engine.values import Suggestion, SuggestionKind, Suggestions

_KEPT_ANSWERS = 8
_LEAST_STEM = 4
_LOOKED_THROUGH = 20
"""Suggestions among which a word is looked for that was one; the strip shows five at most."""
_LONGEST_WATCHED = 40
"""Letters; a longer run is no word, and what was offered for each letter of it need not be worked out."""
_LEAST_SHARE = 1e-30
"""Keeps logarithms finite."""


@dataclass(frozen=True, slots=True)
class WordProbabilities:
    """A distribution with the scores of all candidates laid out for the prefix filter."""

    next_word: NextWord
    place: Place
    after_name: bool
    """Whether the word before has a large letter that is its own."""
    listed: Float32
    """(N,) probability of each word of the candidate table, in its order; 0 for words that are reserved."""
    user: Float32
    """(U,) probability of each word of the user that the table lacks."""
    speller: Speller | None
    """Of words that neither has."""
    shown: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    """The words, folded, that were on screen for a prefix and a number of suggestions, as far as that was asked."""


class Predictor:
    """Ranks words for the caret. One distribution a committed word; a letter only narrows the candidates."""

    def __init__(
        self,
        blend: Blend,
        blocked: Container[str] = (),
        character_network: CharacterNetwork | None = None,
        rules: OfferRules | None = None,
    ) -> None:
        """Rank what ``blend`` finds probable, and what a character network spells; never what is ``blocked``."""
        self.blend = blend
        self.attention = Attention()
        self.rules = rules or OfferRules()
        self.cases = OwnCases(blend.model.vocabulary, self.rules.two_cases)
        self._character_network = character_network
        self._reader = Reader(blend.model)
        self._answers: OrderedDict[str, WordProbabilities] = OrderedDict()
        self._version = blend.version
        self.block(blocked)

    def block(self, blocked: Container[str]) -> None:
        """Never offer folded tokens in ``blocked`` from now on; what was blocked before and is not now, is offered."""
        self.blocked = blocked
        self._table = CandidateTable(self.blend.model.vocabulary, blocked)
        self._reserved = Reserved(self._table, self.blend.model.vocabulary, self.rules)
        self._own, self._n_retired = OwnTable(blocked, self._table), self.blend.model.n_retired
        self._answers.clear()

    def predict_one(self, context: Context, limit: int = 3) -> Suggestions:
        """Return up to ``limit`` words that fit the prefix, most probable first, cased for their place.

        There are none where no word can stand: directly behind a mark that wants a space first.
        """
        if not context.takes_word:
            return Suggestions(context, (), self.blend.version)
        answer = self._answer(context.left)
        typed = normalize(context.prefix)
        found, mass = self._ranked(answer, typed, limit, self._passed_over(answer, typed, context.n_shown))
        kind = SuggestionKind.COMPLETION if typed else SuggestionKind.NEXT_WORD
        apostrophe = apostrophe_of(context.left, context.prefix)
        items = tuple(
            Suggestion(
                self.dressed(form, context.prefix, answer.place, after_name=answer.after_name).replace("'", apostrophe),
                math.log(max(p / mass, _LEAST_SHARE)),
                kind,
            )
            for form, p in found
        )
        return Suggestions(context, items, self.blend.version)

    def dressed(self, form: str, prefix: str, place: Place, *, after_name: bool) -> str:
        """Return a word in the case that its place, the word before it and the letters typed ask for."""
        if not self.blend.model.is_own(form):
            form = self.cases.form(form, prefix, after_name=after_name)
        return cased(form, prefix, place)

    def score_of(self, context: Context, word: str) -> tuple[float, float] | None:
        """Return the probability of a suggestion, and that of all words that fit the prefix; None if it is not one."""
        token = fold(normalize(word))
        found, mass = self._best(self._answer(context.left), normalize(context.prefix), _LOOKED_THROUGH)
        return next(((p, mass) for form, p in found if fold(form) == token), None)

    def next_word(self, context: Context) -> NextWord:
        """Return the distribution over the words that may follow the left text of a context; its prefix is not used."""
        return self._answer(context.left).next_word

    def words_after(self, left: str) -> WordProbabilities:
        """Return the probability of every word after a text, and what that text asks of its case."""
        return self._answer(left)

    def is_blocked(self, token: str) -> bool:
        """Tell whether a folded token is never offered."""
        return token in self.blocked

    def may_offer(self, row: int) -> bool:
        """Tell whether the word of a row may be offered unasked."""
        token = self.blend.model.token_of(row)
        is_reserved = token in self.rules.withheld and not is_meant(row, self.blend.counts)
        return is_offered(token, self.blocked) and not is_reserved

    @property
    def table(self) -> CandidateTable:
        """Return the words that may be offered, in the order of ``WordProbabilities.listed``."""
        return self._table

    def network_probabilities(self, context: Context) -> Float32:
        """Return the network's own probability of every token, punctuation included, after a context: (n_rows,).

        The prefix counts as a finished word here.
        """
        tokens = passage_before(context.left + context.prefix + " ")
        return self.blend.model.probabilities(self.state_after(tuple(self.blend.model.rows_of(tokens))))

    def state_after(self, rows: tuple[int, ...]) -> State:
        """Return the recurrent state after a passage, by its rows."""
        return self._reader.state_after(rows)

    def _answer(self, left: str) -> WordProbabilities:
        if self._version != self.blend.version:
            self._answers.clear()
            self._version = self.blend.version
        answer = self._answers.get(left)
        if answer is None:
            answer = self._work_out(passage_before(left))
            self._answers[left] = answer
            if len(self._answers) > _KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def _work_out(self, tokens: tuple[str, ...]) -> WordProbabilities:
        blend = self.blend
        rows = tuple(blend.model.rows_of(tokens))
        self._hear_last(rows)
        z = blend.model.project(self._reader.state_after(rows))
        next_word = blend.next_word(rows, z)
        n_shipped = blend.model.n_shipped_rows
        unknown = next_word.blended[0]
        entries = np.concatenate([next_word.blended[:n_shipped], unknown * blend.lexicon_share])
        listed = entries[self._table.entries]
        listed[self._own_words().listed] = 0.0  # they have rows now, and are not to count twice
        listed[self._reserved.places(blend.counts, tokens)] = 0.0
        speller = Speller(self._character_network, z) if self._character_network is not None else None
        place, after_name = place_after(tokens), follows_name(tokens)
        return WordProbabilities(next_word, place, after_name, listed, next_word.blended[n_shipped:], speller)

    def _hear_last(self, rows: tuple[int, ...]) -> None:
        """Let the last token of a passage say whether the user's counts belong here, if its place was answered."""
        for answer in self._answers.values():
            if answer.next_word.rows == rows[:-1]:
                self.blend.hear(answer.next_word, rows[-1])

    def _passed_over(self, answer: WordProbabilities, typed: str, n_shown: int) -> dict[str, int]:
        """Return the words that stood on screen before and still fit, with the letters typed when they first did."""
        passed: dict[str, int] = {}
        prefix = fold(typed)
        if not n_shown or len(prefix) > _LONGEST_WATCHED or self.attention.says_nothing:
            return passed
        for length in range(len(prefix)):
            key = (typed[:length], n_shown)
            if key not in answer.shown:
                found, _ = self._ranked(answer, typed[:length], n_shown, passed)
                answer.shown[key] = tuple(fold(form) for form, _ in found)
            passed = dict.fromkeys(answer.shown[key], length) | passed
            passed = {token: first for token, first in passed.items() if token.startswith(prefix[: length + 1])}
        return passed

    def _ranked(
        self, answer: WordProbabilities, typed: str, limit: int, passed_over: dict[str, int]
    ) -> tuple[list[tuple[str, float]], float]:
        """Return the best words as ``_best`` does, after those in ``passed_over`` have become less likely."""
        found, mass = self._best(answer, typed, limit + len(passed_over))
        if not passed_over:
            return found, mass
        shares = {token: self.attention.overlooked(n_typed) for token, n_typed in passed_over.items()}
        weighed = [(form, p * shares.get(fold(form), 1.0)) for form, p in found]
        lost = sum(p for _, p in found) - sum(p for _, p in weighed)
        return sorted(weighed, key=lambda scored: -scored[1])[:limit], max(mass - lost, _LEAST_SHARE)

    def _best(self, answer: WordProbabilities, typed: str, limit: int) -> tuple[list[tuple[str, float]], float]:
        """Return form and probability of the best words that go on what was typed, and the probability of all."""
        model, prefix = self.blend.model, fold(typed)
        start, stop = self._table.range_of(prefix)
        contracted = self._table.contractions(prefix)
        found = {
            int(self._table.entries[index]): float(answer.listed[index])
            for index in [*cells.top_k(answer.listed, limit, start, stop), *contracted]
        }
        in_capitals = self._asked_for(answer, start, stop, typed)
        own, of_own = self._best_own(answer, prefix, limit)
        mass = float(answer.listed[start:stop].sum() + answer.listed[contracted].sum()) + of_own
        mass += sum(in_capitals.values())
        spelled, p_spelled = self._spelled(answer, prefix, mass, found)
        best = [(p, model.vocabulary.forms[entry]) for entry, p in (found | in_capitals).items() if p > 0.0]
        best = sorted(best + own + spelled, key=lambda scored: -scored[0])
        return _distinct(best, limit), max(mass + p_spelled, _LEAST_SHARE)

    def _asked_for(self, answer: WordProbabilities, start: int, stop: int, typed: str) -> dict[int, float]:
        """Return entry and probability of the rare words in capitals whose capitals are typed."""
        places = [place for place in self._reserved.asked_for(start, stop, typed) if not answer.listed[place]]
        tokens = {int(self._table.entries[place]): self._table.tokens[place] for place in places}
        own = self.blend.model.is_own
        return {entry: self._probability(answer, token) for entry, token in tokens.items() if not own(token)}

    def _best_own(self, answer: WordProbabilities, prefix: str, limit: int) -> tuple[list[tuple[float, str]], float]:
        """Return probability and form of the user's best words that fit, and the probability of all that do."""
        model = self.blend.model
        places = self._own_words().completing(prefix)
        p = answer.user[places]
        best = [(float(p[index]), model.user_forms[places[index]]) for index in cells.top_k(p, limit)]
        return best, float(p.sum(dtype=np.float64))

    def _own_words(self) -> OwnTable:
        """Return the user's words as they are now."""
        model = self.blend.model
        if model.n_retired != self._n_retired:
            self._own, self._n_retired = OwnTable(self.blocked, self._table), model.n_retired
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
        model = self.blend.model
        share = max(float(answer.next_word.blended[0]) * self.blend.spelling_share, _LEAST_SHARE)
        p_all = share * answer.speller.probability(prefix)
        meant = listed + p_all + self._probability(answer, prefix)
        spelled = []
        for word, p in answer.speller.completions(prefix, LEAST_SHARE_SPELLED * meant / share):
            entry = model.vocabulary.find(word)
            if model.has_row(word) or word in self.rules.withheld or self._begins_blocked(word):
                continue
            if entry is not None:
                found[entry] = share * p + self._probability(answer, word)
            elif share * p >= LEAST_SHARE_SHOWN * meant:
                spelled.append((share * p, word))
        return spelled, p_all

    def _begins_blocked(self, word: str) -> bool:
        """Tell whether a spelled word is blocked, or is a form of one that is: no list holds every form."""
        return any(word[:length] in self.blocked for length in range(_LEAST_STEM, len(word) + 1))

    def _probability(self, answer: WordProbabilities, token: str) -> float:
        """Return the probability of a folded token that has a row or stands in the lexicon; 0 for any other."""
        row, p = self.blend.model.row_of(token), answer.next_word.blended
        return float(p[row]) if row else float(p[0]) * self.blend.share_of_unknown(token)


def _distinct(best: list[tuple[float, str]], limit: int) -> list[tuple[str, float]]:
    """Drop the lower of two entries that differ in case only: a word of the lexicon that got a row by its use."""
    seen: dict[str, tuple[str, float]] = {}
    for p, form in best:
        seen.setdefault(fold(form), (form, p))
        if len(seen) == limit:
            break
    return list(seen.values())
