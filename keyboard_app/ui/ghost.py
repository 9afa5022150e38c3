"""Paint ghost text after the caret."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QPlainTextEdit


def paint(editor: QPlainTextEdit, text: str, colour: QColor) -> None:
    """Paint ``text`` behind the caret of ``editor``, cut short where the line ends."""
    cursor = editor.textCursor()
    line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
    if not line.isValid():
        return
    rect = editor.cursorRect()
    left = float(rect.left())
    metrics = QFontMetricsF(editor.font())
    room = editor.viewport().width() - left
    if room < metrics.averageCharWidth() * 2:
        return
    painter = QPainter(editor.viewport())
    painter.setFont(editor.font())
    painter.setPen(colour)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(left, rect.top() + line.ascent()), shown)
    painter.end()
