"""Matches in the text: find them all, mark them, step from one to the next."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from keyboard_app.ui.caret import units
from keyboard_app.ui.theme import Theme

MOST_MATCHES = 5_000
_MOST_HIGHLIGHTS = 500


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A piece of the text, in Qt's UTF-16 positions."""

    start: int
    end: int

    def select_in(self, cursor: QTextCursor) -> None:
        """Select this match."""
        cursor.setPosition(self.start)
        cursor.setPosition(self.end, QTextCursor.MoveMode.KeepAnchor)


def find_all(text: str, wanted: str, most: int | None = MOST_MATCHES) -> list[Match]:
    """Return the places where ``wanted`` stands, whatever its case; the first ``most`` of them."""
    if not wanted:
        return []
    found: list[Match] = []
    done = position = 0
    for hit in re.finditer(re.escape(wanted), text, re.IGNORECASE):
        position += units(text[done : hit.start()])
        length = units(hit.group())
        found.append(Match(position, position + length))
        position += length
        done = hit.end()
        if len(found) == most:
            break
    return found


def nearest(matches: list[Match], position: int, *, forward: bool) -> Match | None:
    """Return the next match from ``position`` on, or the last one before it; going round at the ends."""
    if not matches:
        return None
    index = bisect_left(matches, Match(position, 0))
    return matches[index % len(matches)] if forward else matches[index - 1]


def highlight(editor: QPlainTextEdit, matches: list[Match], theme: Theme) -> int | None:
    """Mark the matches around the caret; return the number of the one that is selected."""
    caret = editor.textCursor()
    here = Match(caret.selectionStart(), caret.selectionEnd())
    index = bisect_left(matches, here)
    is_match = index < len(matches) and matches[index] == here
    first = max(0, index - _MOST_HIGHLIGHTS // 2)
    editor.setExtraSelections(
        [
            _mark(editor, match, theme.colour("match_here" if match == here else "match"))
            for match in matches[first : first + _MOST_HIGHLIGHTS]
        ]
    )
    return index if is_match else None


def replace_all(page: QTextDocument, matches: Sequence[Match], text: str) -> None:
    """Put ``text`` in place of every match, as one undo step."""
    cursor = QTextCursor(page)
    cursor.beginEditBlock()
    for match in reversed(matches):  # from the end, so that the places before stay where they are
        match.select_in(cursor)
        cursor.insertText(text)
    cursor.endEditBlock()


def _mark(editor: QPlainTextEdit, match: Match, colour: QColor) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    cursor = QTextCursor(editor.document())
    match.select_in(cursor)
    mark.cursor = cursor
    mark.format.setBackground(colour)
    return mark
