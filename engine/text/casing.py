"""Give a suggestion the case that its place asks for; the network itself never sees case."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from engine.text.tokenizer import SENTENCE_ENDS, TIE, is_word

_OPENING = frozenset(mark + TIE for mark in "\"'([{*_") | frozenset("([{")
"""Marks that may stand between the end of a sentence and the first word of the next."""
_SHOUTED_WORDS = 2
"""So many words in capitals before the caret show that the typist goes on in capitals."""


class Place(Enum):
    """What the text before a word asks of its case."""

    INSIDE = "inside a sentence"
    SENTENCE_START = "at the start of a sentence"
    SHOUTED = "after words in capitals"


def place_after(tokens: Sequence[str]) -> Place:
    """Return the place behind tokens (in their own case); no tokens at all is the start of a text."""
    index = len(tokens) - 1
    while index >= 0 and tokens[index] in _OPENING:
        index -= 1
    if index < 0 or tokens[index] in SENTENCE_ENDS:
        return Place.SENTENCE_START
    words = [token for token in tokens[-6:] if is_word(token)][-_SHOUTED_WORDS:]
    if len(words) == _SHOUTED_WORDS and all(len(word) > 1 and word.isupper() for word in words):
        return Place.SHOUTED
    return Place.INSIDE


def cased(form: str, prefix: str, place: Place) -> str:
    """Return a word as it should be offered.

    ``form`` is the word as it stands inside a sentence (London, iPhone, word). A typist who has begun the word decides:
    capitals stay capitals, and a small letter at the start of a sentence stays small.
    """
    letters = [letter for letter in prefix if letter.isalpha()]
    if letters:
        if len(letters) > 1 and prefix.isupper():
            return form.upper()
        return _capitalised(form) if letters[0].isupper() else form
    if place is Place.SHOUTED:
        return form.upper()
    return _capitalised(form) if place is Place.SENTENCE_START else form


def _capitalised(form: str) -> str:
    """Return a form with its first letter large; one with capitals inside (iPhone) stays as it is."""
    return form if any(letter.isupper() for letter in form) else form[:1].upper() + form[1:]
