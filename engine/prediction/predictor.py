"""From a context to ranked suggestions; nothing here ever changes the model.

The one thing that asking changes is how far the text at hand is known to be the user's own (``engine.model.standing``),
and that is a version of its own: the same context, asked of the same version, is answered the same.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass, replace

from engine.errors import EngineError
from engine.model.attention import IN_A_PHRASE, Attention
from engine.model.parameters import Float32
from engine.model.spelling import CharacterNetwork
from engine.model.state import State
from engine.prediction.blend import Blend, NextWord
from engine.prediction.candidates import CandidateTable, is_offered
from engine.prediction.continuing import Continuations, Following
from engine.prediction.offering import OfferRules, is_meant
from engine.prediction.ranking import LEAST_SHARE, WordProbabilities, WordRanker
from engine.prediction.reading import Reader, passage_before
from engine.text.casing import Place, cased, follows_name, place_after
from engine.text.context import Context
from engine.text.normalize import apostrophe_of, normalize
from engine.text.own_cases import OwnCases
from engine.text.tokenizer import as_token, fold
from engine.values import Suggestion, SuggestionKind, Suggestions

_KEPT_ANSWERS = 8
_LOOKED_THROUGH = 20
"""Suggestions among which a word is looked for that was one; the strip shows five at most."""
_LONGEST_WATCHED = 40
"""Letters; a longer run is no word, and what was offered for each letter of it need not be worked out."""
_WORTH_OF_A_PHRASE = 1.0
"""Keys that a phrase of two words saves where it is right, beside those that a word in its place would, for a user who
overlooks none: where it is wrong, its words make room."""
_WORTH_IF_OVERLOOKED = 0.4
"""The same for one who may overlook it, or of whom nothing is known: it often begins with a word that is not meant."""
_LEAST_PHRASE = 0.06
"""Share in the probability of all words that fit; less likely phrases would be noise."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    """What may stand in a slot."""

    form: str
    """The word, or the first one of a phrase, as it is written inside a sentence."""
    p: float
    following: str = ""
    """The second word of a phrase; empty for a word."""


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
        self._continuations = Continuations(blend)
        self._answers: OrderedDict[str, WordProbabilities] = OrderedDict()
        self._version = blend.version
        self._n_blocks = 0
        self.block(blocked)

    def block(self, blocked: Container[str]) -> None:
        """Never offer folded tokens in ``blocked`` from now on; what was blocked before and is not now, is offered."""
        self.blocked = blocked
        self._ranker = WordRanker(self.blend, blocked, self._character_network, self.rules)
        self._answers.clear()
        self._n_blocks += 1

    @property
    def version(self) -> int:
        """Changes with anything that changes a suggestion."""
        return self.blend.version + self.attention.version + self.cases.version + self._n_blocks

    def predict_one(self, context: Context, limit: int = 3) -> Suggestions:
        """Return up to ``limit`` words that fit the prefix, most probable first, cased for their place.

        The last of them may give its place to a phrase that is likely to save more.
        There are none where no word can stand: directly behind a mark that wants a space first. Raises EngineError
        where ``limit`` is below 1.
        """
        if limit < 1:
            raise EngineError(f"{limit} suggestions were asked for; ask for 1 or more.")
        if not context.takes_word:
            return Suggestions(context, (), self.version)
        answer = self._answer(context.left)
        typed = normalize(context.prefix)
        passed_over = self._passed_over(answer, typed, context)
        found, mass = self._ranked(answer, typed, limit, passed_over, phrases=context.phrases)
        kind = SuggestionKind.COMPLETION if typed else SuggestionKind.NEXT_WORD
        apostrophe = apostrophe_of(context.left, context.prefix)
        items = tuple(
            Suggestion(
                self._text_of(one, answer, context.prefix).replace("'", apostrophe),
                math.log(max(one.p / mass, LEAST_SHARE)),
                SuggestionKind.PHRASE if one.following else kind,
            )
            for one in found
        )
        return Suggestions(context, items, self.version)

    def dressed(self, form: str, prefix: str, place: Place, *, after_name: bool) -> str:
        """Return a word in the case that its place, the word before it and the letters typed ask for."""
        if not self.blend.model.is_own(form):
            form = self.cases.form(form, prefix, after_name=after_name)
        return cased(form, prefix, place)

    def probability_of(self, context: Context, word: str) -> tuple[float, float] | None:
        """Return the probability of a suggestion, and that of all words that fit the prefix; None if it is not one."""
        token = as_token(word)
        found, mass = self._ranker.best(self._answer(context.left), normalize(context.prefix), _LOOKED_THROUGH)
        return next(((p, mass) for form, p in found if fold(form) == token), None)

    def next_word(self, context: Context) -> NextWord:
        """Return the distribution over the words that may follow the left text of a context; its prefix is not used."""
        return self._answer(context.left).next_word

    def declined_at(self, context: Context) -> tuple[str, ...]:
        """Return the words, folded, that were not taken along with the word before the caret."""
        if context.declined is not None:
            return context.declined
        tokens, declined = self._answer(context.left).tokens, self.attention.declined
        return declined.words if tokens and fold(tokens[-1]) == declined.behind else ()

    def words_after(self, left: str) -> WordProbabilities:
        """Return the probability of every word after a text, and what that text asks of its case."""
        return self._answer(left)

    def is_blocked(self, token: str) -> bool:
        """Tell whether a folded token is never offered."""
        return token in self.blocked

    def following(self, rows: tuple[int, ...], before_last: State) -> Following:
        """Return what may follow a passage that nobody has typed yet, less the words that are not offered unasked.

        See ``Continuations.after``.
        """
        known = self._continuations.after(rows, before_last)
        return replace(known, words=tuple((row, p) for row, p in known.words if self._may_offer(row)))

    def _may_offer(self, row: int) -> bool:
        """Tell whether the word of a row may be offered unasked."""
        token = self.blend.model.token_of(row)
        is_reserved = token in self.rules.withheld and not is_meant(row, self.blend.counts)
        return is_offered(token, self.blocked) and not is_reserved

    @property
    def table(self) -> CandidateTable:
        """Return the words that may be offered, in the order of ``WordProbabilities.listed``."""
        return self._ranker.table

    def network_probabilities(self, context: Context) -> Float32:
        """Return the network's own probability of every token, punctuation included, after a context: (n_rows,).

        The prefix counts as a finished word here.
        """
        tokens = passage_before(context.left + context.prefix + " ", self.blend.model.has_row)
        return self.blend.model.probabilities(self.state_after(tuple(self.blend.model.rows_of(tokens))))

    def state_after(self, rows: tuple[int, ...]) -> State:
        """Return the recurrent state after a passage, by its rows."""
        return self._reader.state_after(rows)

    def _answer(self, left: str) -> WordProbabilities:
        self._let_go_of_old_answers()
        answer = self._answers.get(left)
        if answer is None:
            answer = self._work_out(passage_before(left, self.blend.model.has_row))
            self._answers[left] = answer
            if len(self._answers) > _KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def _let_go_of_old_answers(self) -> None:
        if self._version != self.blend.version:
            self._answers.clear()
            self._version = self.blend.version

    def _work_out(self, tokens: tuple[str, ...]) -> WordProbabilities:
        rows = tuple(self.blend.model.rows_of(tokens))
        self._hear_last(rows)
        z = self.blend.model.project(self._reader.state_after(rows))
        return self._ranker.lay_out(self.blend.next_word(rows, z), tokens)

    def _hear_last(self, rows: tuple[int, ...]) -> None:
        """Let the last token of a passage say whether the user's counts belong here, if its place was answered."""
        for answer in self._answers.values():
            if answer.next_word.rows == rows[:-1]:
                self.blend.hear(answer.next_word, rows[-1])
        self._let_go_of_old_answers()

    def _passed_over(self, answer: WordProbabilities, typed: str, context: Context) -> dict[str, int]:
        """Return the words that stood on screen before and still fit, with the letters typed when they first did.

        A phrase stands there with its first word, and is less likely when that is; its second word has stood there
        where the first was finished without it.
        """
        prefix, n_shown, phrases = fold(typed), context.n_shown, context.phrases
        if not n_shown or len(prefix) > _LONGEST_WATCHED or self.attention.says_nothing:
            return {}
        declined = self.declined_at(context)
        passed = dict.fromkeys(declined, IN_A_PHRASE)
        for length in range(len(prefix)):
            key = (typed[:length], n_shown, phrases, declined)
            if key not in answer.shown:
                found, _ = self._ranked(answer, typed[:length], n_shown, passed, phrases=phrases)
                answer.shown[key] = tuple(fold(one.form) for one in found if not one.following)
            passed = dict.fromkeys(answer.shown[key], length) | passed
            passed = {token: first for token, first in passed.items() if token.startswith(prefix[: length + 1])}
        return passed

    def _ranked(
        self, answer: WordProbabilities, typed: str, limit: int, passed_over: dict[str, int], *, phrases: bool
    ) -> tuple[list[_Ranked], float]:
        """Return what is to stand in so many slots, and the probability of all words that fit.

        What is in ``passed_over`` has become less likely.
        """
        best, mass = self._ranker.best(answer, typed, limit + len(passed_over))
        shares = {token: self.attention.overlooked(n_typed) for token, n_typed in passed_over.items()}
        weighed = sorted((_Ranked(form, p * shares.get(fold(form), 1.0)) for form, p in best), key=lambda one: -one.p)
        lost = sum(p for _, p in best) - sum(one.p for one in weighed)
        found, mass = weighed[:limit], max(mass - lost, LEAST_SHARE)
        phrase = self._phrase(answer, found, limit, mass) if phrases else None
        if phrase is not None:
            found = sorted([*found[: limit - 1], phrase], key=lambda one: -one.p)
        return found, mass

    def _phrase(self, answer: WordProbabilities, words: list[_Ranked], limit: int, mass: float) -> _Ranked | None:
        """Return the first word and what is likeliest behind it, where that saves more than the word in the last slot.

        Whoever takes it saves the key that would take the second word; who misses the word in the last slot types
        another letter, and maybe more.
        """
        if limit <= 1 or not words:
            return None
        first, model = words[0], self.blend.model
        overlooked = self.attention.overlooked(IN_A_PHRASE)
        worth = overlooked * _WORTH_IF_OVERLOOKED + (1.0 - overlooked) * _WORTH_OF_A_PHRASE
        least = max(_LEAST_PHRASE * mass, words[limit - 1].p / worth if len(words) >= limit else 0.0)
        row = model.row_of(fold(first.form))
        if not row or first.p <= least:  # what is spelled has no row
            return None
        rows = answer.next_word.rows
        following = self.following((*rows, row), self.state_after(rows)).words
        if not following:
            return None
        second, p = following[0][0], first.p * following[0][1]
        return _Ranked(first.form, p, model.form_of(second)) if p > least else None

    def _text_of(self, one: _Ranked, answer: WordProbabilities, prefix: str) -> str:
        """Return a suggestion as it is to stand in the text."""
        first = self.dressed(one.form, prefix, answer.place, after_name=answer.after_name)
        if not one.following:
            return first
        tokens = (*answer.tokens, first)
        return f"{first} {self.dressed(one.following, '', place_after(tokens), after_name=follows_name(tokens))}"
