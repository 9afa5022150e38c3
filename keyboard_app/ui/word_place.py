"""Where a finished word stands in a page, however the text around it changes."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

from keyboard_app.ui.caret import units

_LONGEST_GAP = 4
"""Characters between a word and a caret that is still said to stand behind it."""
_LONGEST_CHARACTER = 2
"""UTF-16 units."""


class WordPlace:
    """The beginning of a word; it moves with the text, and stays where a word is taken out and another put in."""

    def __init__(self, page: QTextDocument, start: int) -> None:
        self._cursor = QTextCursor(page)
        self._cursor.setPosition(start)
        self._cursor.setKeepPositionOnInsert(True)

    @classmethod
    def before(cls, caret: QTextCursor, text_before: str, word: str) -> WordPlace | None:
        """Return the place of ``word``, which stands before ``caret`` with a mark or two between them."""
        at = text_before.rfind(word)
        if at < 0 or len(text_before) - at - len(word) > _LONGEST_GAP:
            return None
        return cls(caret.document(), caret.position() - units(text_before[at:]))

    @property
    def start(self) -> int:
        """Return the position of the first letter."""
        return self._cursor.position()

    def end_of(self, word: str) -> int:
        """Return the position behind the last letter."""
        return self.start + units(word)

    def is_in(self, page: QTextDocument) -> bool:
        """Tell whether the place is in ``page``, and that page still there."""
        return not self._cursor.isNull() and self._cursor.document() is page

    def reads(self, word: str) -> bool:
        """Tell whether just ``word`` stands here, and no letter or digit joins it."""
        start, end = self.start, self.end_of(word)
        if self._text(start, end) != word:
            return False
        before, after = self._text(start - _LONGEST_CHARACTER, start), self._text(end, end + _LONGEST_CHARACTER)
        return not before[-1:].isalnum() and not after[:1].isalnum()

    def gap_to(self, caret: QTextCursor, word: str) -> str | None:
        """Return what stands between ``word`` and a caret behind it; None where letters do, or much else."""
        gap = QTextCursor(self._cursor.document())
        end = self.end_of(word)
        if caret.hasSelection() or not end <= caret.position() <= end + _LONGEST_GAP:
            return None
        gap.setPosition(end)
        gap.setPosition(caret.position(), QTextCursor.MoveMode.KeepAnchor)
        text = gap.selectedText().replace("\u2029", "\n")
        return None if any(character.isalnum() for character in text) else text

    def following(self, word: str) -> str:
        """Return the two characters behind ``word``; the end of a line is one of them, that of the text is none."""
        end = self.end_of(word)
        behind = self._text(end, end + 2 * _LONGEST_CHARACTER).partition("\u2029")[0][:2]
        return behind + "\n" if self._cursor.block().next().isValid() else behind

    def replace(self, old: str, new: str) -> None:
        """Put ``new`` in place of ``old`` as one undo step; no caret behind it moves."""
        cursor = QTextCursor(self._cursor)
        cursor.setKeepPositionOnInsert(False)
        cursor.beginEditBlock()
        cursor.setPosition(self.start)  # its anchor has moved on with what was inserted before
        cursor.setPosition(self.end_of(old), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new)
        cursor.endEditBlock()

    def _text(self, start: int, end: int) -> str:
        """Return what stands between two positions: paragraphs end with U+2029, and beyond the page there are zeros.

        This is asked for every mark at every key: to read the whole paragraph, or to select in it, for which Qt shapes
        its letters, would take the longer the longer it is.
        """
        if self._cursor.isNull():
            return ""  # the page is gone
        halves = "".join(map(self._cursor.document().characterAt, range(start, end)))
        if halves.isprintable():  # surrogates are not
            return halves
        return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
