"""What is on offer in the slots: the newest answer, as far as it still fits the text at the caret."""

from __future__ import annotations

from dataclasses import replace

import regex

from engine.text.normalize import normalize
from engine.values import Context, Suggestion, Suggestions

TAIL_CHARACTERS = 200
"""So much of the left context tells two places apart; all of it slides when the engine's window does."""

_NEXT_WORD = regex.compile(r"\s*([\p{L}\p{M}'’]+)")

Slots = tuple[Suggestion | None, ...]


def same_place(one: Context, other: Context) -> bool:
    """Tell whether the words of two contexts begin at the same place of the same text."""
    return one.left[-TAIL_CHARACTERS:] == other.left[-TAIL_CHARACTERS:]


class Offer:
    """Keeps the newest answer and says what of it stands in each slot."""

    def __init__(self, n_slots: int) -> None:
        self._n_slots = n_slots
        self._answer: Suggestions | None = None

    def take_answer(self, answer: Suggestions) -> None:
        """Keep ``answer`` in place of the one before."""
        self._answer = answer

    def clear(self) -> None:
        """Offer nothing until the next answer."""
        self._answer = None

    def is_exact(self, context: Context) -> bool:
        """Tell whether the answer was made for exactly this place and these letters."""
        answer = self._answer
        return answer is not None and same_place(answer.context, context) and answer.context.prefix == context.prefix

    def slots(self, context: Context) -> Slots:
        """Return what stands in each slot; a slot whose word no longer fits stays empty, the others do not move."""
        empty: Slots = (None,) * self._n_slots
        answer = self._answer
        if answer is None or not same_place(answer.context, context):
            return empty
        items: Slots = answer.items[: self._n_slots]
        if answer.context.prefix != context.prefix:
            items = tuple(item if item and completes(item.text, context.prefix) else None for item in items)
        return (items + empty)[: self._n_slots]


class Sightings:
    """All that was on offer while one word was typed, letter by letter."""

    def __init__(self) -> None:
        self._place = Context("")
        self._by_prefix: dict[str, tuple[str, ...]] = {}

    def add(self, context: Context, shown: tuple[str, ...]) -> None:
        """Remember what was on offer at ``context``; another place starts afresh."""
        if not same_place(self._place, context):
            self._by_prefix.clear()
        self._place = context
        self._by_prefix[context.prefix] = shown

    def at(self, place: Context) -> tuple[str, ...]:
        """Return what was on offer at ``place``, each word once."""
        words = (word for shown in self._by_prefix.values() for word in shown)
        return tuple(dict.fromkeys(words)) if same_place(self._place, place) else ()

    def before_last_letter(self, context: Context) -> tuple[str, ...]:
        """Return what was on offer before the last letter of the word at ``context`` was typed.

        Behind that letter, words that it turned down are on offer no more.
        """
        return self._by_prefix.get(context.prefix[:-1], ()) if same_place(self._place, context) else ()


def completes(text: str, prefix: str) -> bool:
    """Tell whether ``text`` begins with the typed letters, whatever their case and their kind of apostrophe."""
    begun = normalize(prefix)
    # letter by letter: folded, "ß" would begin with "ss", and the rest of such a word would not go on it
    return normalize(text)[: len(begun)].casefold() == begun.casefold()


def word_behind(after: str) -> str:
    """Return the word that follows the caret, empty where none does."""
    match = _NEXT_WORD.match(after)
    return match.group(1) if match else ""


def without_doubled(suggestions: Suggestions, after: str) -> Suggestions:
    """Return suggestions less the word that stands behind the caret already, unless the user has begun to type it."""
    following = normalize(word_behind(after)).casefold()
    if not following or suggestions.context.prefix:
        return suggestions
    return replace(
        suggestions, items=tuple(item for item in suggestions.items if normalize(item.text).casefold() != following)
    )
