"""Keep the paragraph of the caret shaped.

Qt throws the glyphs of a paragraph away as soon as its lines are broken. Painting would then find and shape
them once more, which takes as long as the key itself where the paragraph is long.
"""

from __future__ import annotations

from PySide6.QtGui import QTextCursor


class ShapedParagraph:
    """Lets one paragraph at a time keep its glyphs: about 24 bytes a letter."""

    def __init__(self) -> None:
        self._kept = QTextCursor()  # unlike a block, it may outlive its document

    def follow(self, caret: QTextCursor) -> None:
        """Keep the glyphs of the caret's paragraph from its next change on, and no more those of the one before."""
        layout = caret.block().layout()
        if layout.cacheEnabled():
            return
        if not self._kept.isNull():
            self._kept.block().layout().setCacheEnabled(False)
        self._kept = QTextCursor(caret.block())
        self._kept.setKeepPositionOnInsert(True)  # a line break before it begins another paragraph
        layout.setCacheEnabled(True)
