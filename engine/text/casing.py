"""Give a suggestion the case that its place asks for; the network itself never sees case."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from engine.text.tokenizer import LINE, SENTENCE_ENDS, TIE, is_word

_OPENING = frozenset(mark + TIE for mark in "\"'([{*_") | frozenset("([{")
"""Marks that may stand between the end of a sentence and the first word of the next."""
_CLOSING = frozenset("\"')]}")
"""Marks that may stand between the last word of a sentence that a full stop ends and the next one."""
_BULLETS = frozenset(mark + tie for mark in "-•*—·" for tie in ("", TIE))
_QUOTE = '"' + TIE
_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "vs", "prof", "capt", "gen", "col", "lt", "sgt", "rev", "hon"}
)
"""Words that a full stop stands behind in the middle of a sentence; single letters are others ("e.g.", "John F.")."""
_SHOUTED_WORDS = 2
"""So many words in capitals before the caret show that the typist goes on in capitals."""
_NEAR = 8
"""Tokens before a word that say whether the last of them is a name."""
_SMALL_STARTS = 3
"""So many sentences begun small, one after another, show that the typist begins them so."""


class Place(Enum):
    """What the text before a word asks of its case."""

    INSIDE = "inside a sentence"
    SENTENCE_START = "at the start of a sentence"
    SHOUTED = "after words in capitals"


def place_after(tokens: Sequence[str]) -> Place:
    """Return the place behind tokens (in their own case); no tokens at all is the start of a text."""
    if _begins_sentence(tokens, len(tokens)):
        return Place.INSIDE if _begins_small(tokens) else Place.SENTENCE_START
    words = [token for token in tokens[-6:] if is_word(token) and len(token) > 1][-_SHOUTED_WORDS:]
    if len(words) == _SHOUTED_WORDS and all(word.isupper() for word in words):
        return Place.SHOUTED
    return Place.INSIDE


def shows_own_case(tokens: Sequence[str], word: str) -> bool:
    """Tell whether the case of a word behind tokens is its own, and neither that of a sentence nor of shouting."""
    if _begins_sentence(tokens, len(tokens)) or place_after(tokens) is Place.SHOUTED:
        return False
    last = tokens[-1]
    return not (_is_shouted(word) and is_word(last) and _is_shouted(last))


def follows_name(tokens: Sequence[str]) -> bool:
    """Tell whether the last of some tokens has a large letter that is its own, and not that of a sentence."""
    tokens = tokens[-_NEAR:]
    if not tokens or not is_word(tokens[-1]) or not tokens[-1][0].isupper():
        return False
    is_pronoun = tokens[-1].partition("'")[0] == "I"
    return not is_pronoun and not _begins_sentence(tokens, len(tokens) - 1)


def cased(form: str, prefix: str, place: Place) -> str:
    """Return a word as it should be offered.

    ``form`` is the word as it stands inside a sentence (London, iPhone, word). A typist who has begun the word decides:
    capitals stay capitals, and a small letter at the start of a sentence stays small.
    """
    letters = [letter for letter in prefix if letter.isalpha()]
    if letters:
        if prefix.isupper() and (len(letters) > 1 or place is Place.SHOUTED):
            # "CP" may begin "CPython", and "AP" the plural of "API"; "PA" does not begin "Paris".
            has_capitals_inside = form != form.capitalize() and not form.isupper()
            return form if has_capitals_inside and form.startswith(prefix) else form.upper()
        return _capitalised(form) if letters[0].isupper() else form
    if place is Place.SHOUTED:
        return form.upper()
    return _capitalised(form) if place is Place.SENTENCE_START else form


def _capitalised(form: str) -> str:
    """Return a form with its first letter large; one with capitals inside (iPhone) stays as it is.

    So does one whose first letter would become two: it would be another word.
    """
    first = form[:1].title()
    return form if len(first) > 1 or any(letter.isupper() for letter in form) else first + form[1:]


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _begins_sentence(tokens: Sequence[str], index: int) -> bool:
    """Tell whether a word at ``index`` is the first of a sentence; spoken words begin one behind a comma."""
    before = index - 1
    while before >= 0 and tokens[before] in _OPENING:
        before -= 1
    if 0 <= before < index - 1 and tokens[before] == "," and tokens[before + 1] == _QUOTE:
        return True
    if before >= 0 and tokens[before] in _BULLETS:
        return before == 0 or tokens[before - 1] == LINE
    while before > 0 and tokens[before] in _CLOSING and tokens[before - 1] in {".", *_CLOSING}:
        before -= 1
    return before < 0 or (tokens[before] in SENTENCE_ENDS and not _abbreviates(tokens, before))


def _abbreviates(tokens: Sequence[str], stop: int) -> bool:
    """Tell whether the full stop at ``stop`` belongs to the word before it."""
    word = tokens[stop - 1] if stop else ""
    if tokens[stop] != "." or not is_word(word):
        return False
    return (len(word) == 1 and word != "I") or word.lower() in _ABBREVIATIONS


def _begins_small(tokens: Sequence[str]) -> bool:
    """Tell whether the last sentences before the caret, or the last item of the list that it stands in, began small."""
    starts = [index for index, token in enumerate(tokens) if is_word(token) and _begins_sentence(tokens, index)]
    if tokens and tokens[-1] in _BULLETS:
        starts = [index for index in starts if index and tokens[index - 1] in _BULLETS][-1:]
        return bool(starts) and tokens[starts[0]].islower()
    last = starts[-_SMALL_STARTS:]
    return len(last) == _SMALL_STARTS and all(tokens[index].islower() for index in last)
