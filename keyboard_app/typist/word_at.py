"""The word that the caret stands in, at the end of, or behind."""

from __future__ import annotations

import regex

from engine.values import Context
from keyboard_app.typist.prose import APOSTROPHES, bare_word

_REST_OF_WORD = regex.compile(rf"[\p{{L}}\p{{M}}{APOSTROPHES}]*")
_BEHIND_WORD = regex.compile(r"(?r)[^\p{L}\p{M}\n]*\Z")
"""Marks and spaces between a word and a caret in the same line; searched from the end."""


def word_at(before: str, after: str) -> tuple[Context, str] | None:
    """Return the place and the letters of the word around the caret, else of the one before it in the line."""
    context = Context.before_caret(before)
    if context.prefix:
        rest = _REST_OF_WORD.match(after)
        word = context.prefix + (rest.group() if rest else "")
    else:
        gap = _BEHIND_WORD.search(before)
        context = Context.before_caret(before[: gap.start()] if gap else before)
        word = context.prefix
    word = bare_word(word)
    return (Context(left=context.left), word) if word else None
