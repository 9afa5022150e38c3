"""A quiet line of dots under words that may be typos. Painted only; the text knows nothing of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

_DOT_PX = 2.0
_GAP_IN_DOTS = 1.6


def paint(editor: QPlainTextEdit, spans: Iterable[tuple[int, int]], colour: QColor) -> None:
    """Underline the pieces of text from the first to the second position of each span."""
    painter = QPainter(editor.viewport())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, _DOT_PX, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, _GAP_IN_DOTS])
    painter.setPen(pen)
    for start, end in spans:
        block = editor.document().findBlock(start)
        if block.isValid() and block.isVisible():
            _underline(editor, painter, block, start - block.position(), end - block.position())
    painter.end()


def _underline(editor: QPlainTextEdit, painter: QPainter, block: QTextBlock, start: int, end: int) -> None:
    corner = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).topLeft()
    line = block.layout().lineForTextPosition(start)
    if not line.isValid() or corner.y() > editor.viewport().height():
        return
    end = min(end, line.textStart() + line.textLength())
    left, right = (float(line.cursorToX(position)[0]) for position in (start, end))  # type: ignore[index]
    y = corner.y() + line.y() + line.ascent() + min(line.descent(), 2 * _DOT_PX)
    left, right = sorted((left, right))
    painter.drawLine(QPointF(corner.x() + left + 1, y), QPointF(corner.x() + right - 1, y))
