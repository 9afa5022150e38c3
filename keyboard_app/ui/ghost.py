"""Paint ghost text after the caret, as much of it as the line has room for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QPlainTextEdit

from keyboard_app.ui.page import CURSOR_WIDTH_PX

_LEAST_LETTERS = 2
"""Room for so many letters of middling width there must be."""


def fitting(editor: QPlainTextEdit, text: str) -> str:
    """Return the words of ``text`` that fit behind the caret: what is taken must be seen.

    The first one may be cut short, but nothing is returned where hardly a letter of it could be seen.
    """
    metrics, room = QFontMetricsF(editor.font()), _room(editor)
    if room < metrics.averageCharWidth() * _LEAST_LETTERS:
        return ""
    while metrics.horizontalAdvance(text) > room and " " in text.strip():
        text = text[: text.rstrip().rfind(" ")]
    return text


def paint(editor: QPlainTextEdit, text: str, colour: QColor) -> None:
    """Paint ``text``, as much as is fitting, behind the caret of ``editor``, cut short where the line ends."""
    cursor = editor.textCursor()
    line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
    if not text or not line.isValid():
        return
    rect = editor.cursorRect()
    metrics, room = QFontMetricsF(editor.font()), _room(editor)
    painter = QPainter(editor.viewport())
    painter.setFont(editor.font())
    painter.setPen(colour)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(rect.left() + CURSOR_WIDTH_PX, rect.top() + line.ascent()), shown)
    painter.end()


def _room(editor: QPlainTextEdit) -> float:
    """Return the pixels from behind the caret, which would hide the stroke of an I, to the end of the page."""
    return float(editor.viewport().width() - editor.cursorRect().left() - CURSOR_WIDTH_PX)
