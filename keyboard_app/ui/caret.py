"""Between Qt's UTF-16 positions and plain strings: how long a string is there, and what stands around the caret."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

WINDOW_UNITS = 1_000
"""At least so much text before the caret is read, where there is so much, and at most twice as much.

The window starts at a multiple of this, so that what stands before a word stays the same string while the word is
typed: the predictor then knows the place again.
"""
_AFTER_UNITS = 200


def units(text: str) -> int:
    """Return how many positions ``text`` takes in a page: two for an emoji, one for each half of one."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_before(cursor: QTextCursor) -> str:
    """Return the end of the text that stands left of the caret."""
    caret = cursor.position()
    start = max(0, (caret - WINDOW_UNITS) // WINDOW_UNITS * WINDOW_UNITS)
    text = _between(cursor.document(), start, caret)
    return _from_first_space(text) if start else text


def text_after(cursor: QTextCursor) -> str:
    """Return the beginning of the rest of the caret's line."""
    block = cursor.block()
    end = min(block.position() + block.length() - 1, cursor.position() + _AFTER_UNITS)
    text = _between(cursor.document(), cursor.position(), end)
    return text[:-1] if text and _is_half(text[-1]) else text


def _between(document: QTextDocument, start: int, end: int) -> str:
    span = QTextCursor(document)
    span.setPosition(start)
    span.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return span.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")


def _from_first_space(text: str) -> str:
    """Leave out what may be half a word or half a character at the start of the window."""
    for index, character in enumerate(text[:100]):
        if character.isspace():
            return text[index:]
    return text[1:] if text and _is_half(text[0]) else text


def _is_half(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"
