"""Bring any string into the one form that the engine reads: NFC, plain quotes, plain spaces, line feeds."""

from __future__ import annotations

import unicodedata

APOSTROPHES = "'’‘ʼ＇"
"""Every character that people use as an apostrophe; the first is the one the engine knows."""

_TYPED_APOSTROPHES = frozenset("'’")
"""Those that a suggestion may hold: the others are marks of other scripts, or single quotes that open."""

_REPLACED = {
    **{ord(mark): "'" for mark in APOSTROPHES},
    **{ord(mark): '"' for mark in "“”„‟«»"},
    **{
        ord(space): " "
        for space in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
    },
    **{ord(line_end): "\n" for line_end in "\u2028\u2029\u0085\v\f\r"},
    # Invisible marks: they would split a word that looks whole.
    **{ord(invisible): None for invisible in "\u00ad\u200b\u2060\ufeff"},
    ord("…"): "...",
    ord("–"): "—",
    # Half of a pair of UTF-16, which stands for nothing and cannot be written to a file.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def normalize(text: str) -> str:
    """Return ``text`` in NFC with plain apostrophes, quotes, spaces and line ends; idempotent, for any string."""
    text = text.replace("\r\n", "\n")
    if text.isascii():
        return text.replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    # NFC comes last: dropping an invisible mark may bring a letter and its accent together.
    return unicodedata.normalize("NFC", text.translate(_REPLACED))


def apostrophe_of(left: str, prefix: str) -> str:
    """Return the apostrophe that a typist uses: the one in the word begun, else the last inside a word before it."""
    for text in (prefix, left):
        for index in range(len(text) - 1, 0, -1):
            if text[index] in _TYPED_APOSTROPHES and text[index - 1].isalpha():
                return text[index]
    return APOSTROPHES[0]


def storable(text: str) -> str:
    """Return ``text`` with whatever UTF-8 cannot hold replaced; it normalizes to the same as before."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text
