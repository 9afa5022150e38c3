"""Where a finished word stands in a page, however the text around it changes. UTF-16 ends here."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

_LONGEST_GAP = 4
"""Characters between a word and a caret that is still said to stand behind it."""


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
        return cls(caret.document(), caret.position() - _units(text_before[at:]))

    @property
    def start(self) -> int:
        """Return the position of the first letter."""
        return self._cursor.position()

    def end_of(self, word: str) -> int:
        """Return the position behind the last letter."""
        return self.start + _units(word)

    def is_in(self, page: QTextDocument) -> bool:
        """Tell whether the place is in ``page``, and that page still there."""
        return not self._cursor.isNull() and self._cursor.document() is page

    def reads(self, word: str) -> bool:
        """Tell whether just ``word`` stands here, and no letter or digit joins it."""
        line, start = self._line()
        before, after = line[start - 1 : start] if start else "", line[start + _units(word) :][:1]
        return line[start:].startswith(word) and not before.isalnum() and not after.isalnum()

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
        line, start = self._line()
        behind = line[start + _units(word) :][:2]
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

    def _line(self) -> tuple[str, int]:
        """Return the paragraph, with every UTF-16 unit as one character, and where in it the place is."""
        return _by_units(self._cursor.block().text()), self._cursor.positionInBlock()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _by_units(text: str) -> str:
    """Return ``text`` with characters beyond 16 bits doubled, so that Qt's positions count its characters."""
    return text if text.isascii() else "".join(c * 2 if ord(c) > 0xFFFF else c for c in text)
