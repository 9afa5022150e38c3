"""From a context to ranked suggestions; nothing here ever changes the model."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from engine.model import cells
from engine.model.parameters import Float32
from engine.model.state import State
from engine.prediction.blend import Blend, NextWord
from engine.prediction.candidates import CandidateTable, completions
from engine.prediction.reading import Reader, passage_before
from engine.text.casing import Place, cased, place_after
from engine.text.context import Context
from engine.text.normalize import normalize
from engine.text.tokenizer import fold
from engine.values import Suggestion, SuggestionKind, Suggestions

_KEPT_ANSWERS = 8
_LEAST_SHARE = 1e-30
"""Keeps logarithms finite."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A distribution with the scores of all candidates laid out for the prefix filter."""

    next_word: NextWord
    place: Place
    listed: Float32
    """(N,) probability of each word of the candidate table, in its order."""
    user: Float32
    """(U,) probability of each word of the user that the table lacks."""


class Predictor:
    """Ranks words for the caret. One distribution a committed word; a letter only narrows the candidates."""

    def __init__(self, blend: Blend, blocked: Container[str] = ()) -> None:
        """Rank what ``blend`` finds probable; folded tokens in ``blocked`` are never offered."""
        self.blend = blend
        self._reader = Reader(blend.model)
        self._answers: OrderedDict[str, _Answer] = OrderedDict()
        self._version = blend.version
        self.block(blocked)

    def block(self, blocked: Container[str]) -> None:
        """Never offer folded tokens in ``blocked`` from now on; what was blocked before and is not now, is offered."""
        self.blocked = blocked
        self._table = CandidateTable(self.blend.model.vocabulary, blocked)
        self._answers.clear()

    def predict_one(self, context: Context, limit: int = 3) -> Suggestions:
        """Return up to ``limit`` words that fit the prefix, most probable first, cased for their place."""
        answer = self._answer(context.left)
        prefix = fold(normalize(context.prefix))
        found, mass = self._best(answer, prefix, limit)
        kind = SuggestionKind.COMPLETION if prefix else SuggestionKind.NEXT_WORD
        items = tuple(
            Suggestion(cased(form, context.prefix, answer.place), math.log(max(p / mass, _LEAST_SHARE)), kind)
            for form, p in found
        )
        return Suggestions(context, items, self.blend.version)

    def next_word(self, context: Context) -> NextWord:
        """Return the distribution over the words that may follow the left text of a context; its prefix is not used."""
        return self._answer(context.left).next_word

    def network_probabilities(self, context: Context) -> Float32:
        """Return the network's own probability of every token, punctuation included, after a context: (n_rows,).

        The prefix counts as a finished word here.
        """
        tokens = passage_before(context.left + context.prefix + " ")
        return self.blend.model.probabilities(self.state_after(tuple(self.blend.model.rows_of(tokens))))

    def state_after(self, rows: tuple[int, ...]) -> State:
        """Return the recurrent state after a passage, by its rows."""
        return self._reader.state_after(rows)

    def _answer(self, left: str) -> _Answer:
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

    def _work_out(self, tokens: tuple[str, ...]) -> _Answer:
        blend = self.blend
        rows = tuple(blend.model.rows_of(tokens))
        next_word = blend.next_word(rows, blend.model.probabilities(self._reader.state_after(rows)))
        n_shipped = blend.model.n_shipped_rows
        unknown = next_word.blended[0]
        entries = np.concatenate([next_word.blended[:n_shipped], unknown * blend.lexicon_share])
        listed = entries[self._table.entries]
        return _Answer(next_word, place_after(tokens[-8:]), listed, next_word.blended[n_shipped:])

    def _best(self, answer: _Answer, prefix: str, limit: int) -> tuple[list[tuple[str, float]], float]:
        """Return form and probability of the best words that fit, and the probability of all that do."""
        model = self.blend.model
        start, stop = self._table.range_of(prefix)
        contracted = self._table.contractions(prefix)
        found = {
            int(self._table.entries[index]): float(answer.listed[index])
            for index in [*cells.top_k(answer.listed, limit, start, stop), *contracted]
        }
        best = [(p, model.vocabulary.forms[entry]) for entry, p in found.items()]
        own = [
            (float(answer.user[index]), model.user_forms[index])
            for index in completions(model.user_tokens, prefix)
            if model.user_tokens[index] not in self.blocked
        ]
        mass = float(answer.listed[start:stop].sum() + answer.listed[contracted].sum()) + sum(p for p, _ in own)
        best = sorted(best + own, key=lambda scored: -scored[0])
        return _distinct(best, limit), max(mass, _LEAST_SHARE)


def _distinct(best: list[tuple[float, str]], limit: int) -> list[tuple[str, float]]:
    """Drop the lower of two entries that differ in case only: a word of the lexicon that got a row by its use."""
    seen: dict[str, tuple[str, float]] = {}
    for p, form in best:
        seen.setdefault(fold(form), (form, p))
        if len(seen) == limit:
            break
    return list(seen.values())
