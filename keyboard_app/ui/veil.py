"""Focus mode: a veil over all paragraphs but the one where the caret is. Painted only; the text knows nothing of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QPlainTextEdit

_OPACITY = 0.66


def paint(editor: QPlainTextEdit, colour: QColor) -> None:
    """Paint the veil in the colour of the page, above and below the paragraph of the caret."""
    paragraph = editor.blockBoundingGeometry(editor.textCursor().block()).translated(editor.contentOffset())
    page = QRectF(editor.viewport().rect())
    above, below = QRectF(page), QRectF(page)
    above.setBottom(paragraph.top())
    below.setTop(paragraph.bottom())
    shade = QColor(colour)
    shade.setAlphaF(_OPACITY)
    painter = QPainter(editor.viewport())
    for part in (above, below):
        if part.height() > 0:
            painter.fillRect(part, shade)
    painter.end()
