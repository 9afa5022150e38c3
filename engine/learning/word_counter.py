"""What is learned of every finished word at once: its row, its case, its counts, and how well it was foretold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.learning.book import WordBook
from engine.learning.tiers import Tier
from engine.model.ngrams import Trigram
from engine.prediction.blend import Blend, NextWord
from engine.text.casing import Place, follows_name, place_after, shows_own_case
from engine.text.context import Context
from engine.text.own_cases import CaseHabit, OwnCases
from engine.text.tokenizer import fold, tokenize

_NEAR = 8
"""Tokens before a word that say what case its place asks for."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting one word did, before the network learned anything."""

    row: int
    new_position: int | None
    """Its place among the words with a row of their own; None where it had one."""
    trigram: Trigram
    weights_before: Mapping[str, tuple[float, float]]
    """Of the blend, by the name of their bucket, those that moved."""
    form_before: str | None
    """None where the word is new."""
    habits: tuple[CaseHabit, CaseHabit] | None
    """How the user wrote the word before, and now; None where this use says nothing of it."""


class WordCounter:
    """Counts finished words into the blend, the book and the habits of case."""

    def __init__(self, blend: Blend, cases: OwnCases, book: WordBook, tiers: Tier) -> None:
        self._blend, self._cases, self._book, self._tiers = blend, cases, book, tiers

    def count(self, context: Context, answer: NextWord, word: str) -> Counted:
        """Count a word, with a row of its own where it is new, and let the blend hear how well it was foretold.

        ``answer`` is what the blend expected at its place.
        """
        blend, model = self._blend, self._blend.model
        blend.hear(answer, model.row_of(word))  # before it is counted, and then was to be expected
        weights_before = blend.teach_weights(answer, word)
        is_new = not model.has_row(word)
        tokens = tokenize(context.left)[-_NEAR:]
        is_inside = place_after(tokens) is Place.INSIDE  # at the start of a sentence case says little
        row = model.add_row(word, None if is_inside else model.vocabulary.form_of(fold(word)))
        form_before = None if is_new else self.usual_form(row)
        if is_inside and fold(word) not in self._book.fixed:
            model.set_form(row, word)
        says_case = row < model.n_shipped_rows and shows_own_case(tokens, word)
        habits = self._cases.note(word, after_name=follows_name(tokens)) if says_case else None
        trigram = Trigram(*answer.before_and_last, row)
        if Tier.COUNTS in self._tiers:
            blend.counts.add(trigram)
        self._book.count(fold(word))
        position = row - model.n_shipped_rows if is_new else None
        return Counted(row, position, trigram, weights_before, form_before, habits)

    def usual_form(self, row: int) -> str:
        """Return how this user writes a word inside a sentence, as far as that is known."""
        model = self._blend.model
        return self._cases.usual(model.token_of(row)) if row < model.n_shipped_rows else model.form_of(row)
