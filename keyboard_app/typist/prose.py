"""What counts as prose: addresses, numbers, code and secrets are neither finished words nor worth learning."""

from __future__ import annotations

import regex

APOSTROPHES = "'’‘ʼ＇"
"""The characters of a word that are not letters; the same as the engine's."""

_BREAKERS = frozenset("@/\\_=&%~|$^#<>+`")
"""Typed directly after a word, these make it a part of something that is not prose."""

_LONGEST_CHUNK = 200
_CLEAN_CHUNK = regex.compile(
    rf"""
    [\p{{Ps}}\p{{Pi}}"*_#]*   # opening brackets, quotation marks, emphasis, hashtags
    [\p{{L}}\p{{M}}{APOSTROPHES}\p{{Pd}}\p{{Ps}}\p{{Pi}}\p{{Pf}}"*…,;!?]*  # words and what may stand between them
    """,
    regex.VERBOSE,
)


def breaks_prose(character: str) -> bool:
    """Tell whether a word directly followed by ``character`` belongs to an address, a number or code."""
    return character in _BREAKERS or character.isdigit()


def chunk_before(left: str) -> str:
    """Return the characters between the last white space and the end of ``left``."""
    if not left or left[-1].isspace():
        return ""
    return left[-_LONGEST_CHUNK:].rsplit(maxsplit=1)[-1]


def is_clean_chunk(chunk: str) -> bool:
    """Tell whether a word that follows ``chunk`` without a space is still a word of prose."""
    return _CLEAN_CHUNK.fullmatch(chunk) is not None


def bare_word(prefix: str) -> str:
    """Return the typed letters without the quotation marks that close around them."""
    return prefix.rstrip(APOSTROPHES)
