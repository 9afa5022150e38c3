"""Paint ghost text after the caret, as much of it as the line has room for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QPlainTextEdit

from keyboard_app.ui.page import CURSOR_WIDTH_PX


def fitting(editor: QPlainTextEdit, text: str) -> str:
    """Return the words of ``text`` that fit behind the caret, the first one in any case: what is taken must be seen."""
    metrics, room = QFontMetricsF(editor.font()), _room(editor)
    while metrics.horizontalAdvance(text) > room and " " in text.strip():
        text = text[: text.rstrip().rfind(" ")]
    return text


def paint(editor: QPlainTextEdit, text: str, colour: QColor) -> None:
    """Paint ``text`` behind the caret of ``editor``, cut short where the line ends."""
    cursor = editor.textCursor()
    line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
    if not line.isValid():
        return
    rect = editor.cursorRect()
    metrics, room = QFontMetricsF(editor.font()), _room(editor)
    if room < metrics.averageCharWidth() * 2:
        return
    painter = QPainter(editor.viewport())
    painter.setFont(editor.font())
    painter.setPen(colour)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(rect.left() + CURSOR_WIDTH_PX, rect.top() + line.ascent()), shown)
    painter.end()


def _room(editor: QPlainTextEdit) -> float:
    """Return the pixels from behind the caret, which would hide the stroke of an I, to the end of the page."""
    return float(editor.viewport().width() - editor.cursorRect().left() - CURSOR_WIDTH_PX)
