"""The text of one document as Qt holds it, apart from the editor that shows it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

MARGIN_PX = 44
"""Belongs to the page: a ghost that does not fit into the line may reach into it."""
CURSOR_WIDTH_PX = 2


def new_page(text: str, parent: QObject) -> QTextDocument:
    """Return a page with ``text`` on it and nothing to undo."""
    page = QTextDocument(parent)
    layout = QPlainTextDocumentLayout(page)
    layout.setCursorWidth(CURSOR_WIDTH_PX)
    page.setDocumentLayout(layout)
    page.setDocumentMargin(MARGIN_PX)
    page.setPlainText(text)
    # Qt takes the margin for a change of the text, which can be undone.
    page.clearUndoRedoStacks()
    page.setModified(False)
    return page


def caret_place(page: QTextDocument, position: int) -> int:
    """Return ``position``, or the place for a caret next before it: none is behind the text or inside an emoji."""
    position = min(position, page.characterCount() - 1)
    block = page.findBlock(position)
    layout, start = block.layout(), block.position()
    if layout.isValidCursorPosition(position - start):
        return position
    return start + layout.previousCursorPosition(position - start)


def raw_text(page: QTextDocument) -> str:
    """Return the whole text as it is; Qt's own plain text turns fixed spaces into ordinary ones."""
    return page.toRawText().replace("\u2029", "\n")
