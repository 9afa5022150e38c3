"""What is known as tables: thousands of words cost only the rows on screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from engine.values import KnownWord

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WordsModel(QAbstractTableModel):
    """One row a word; the case of the word itself can be edited, unless it waits."""

    form_asked = Signal(str, str)
    _HEADERS = ("Word", "Uses", "Last used", "")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[KnownWord, ...] = ()
        self._words: list[KnownWord] = []
        """Those that are shown, as they are sorted."""
        self._wanted, self._own_only = "", True
        self._column, self._order = 2, Qt.SortOrder.DescendingOrder

    @property
    def n_known(self) -> int:
        """Count the words, shown or not."""
        return len(self._all)

    def show_words(self, words: tuple[KnownWord, ...]) -> None:
        """List other words."""
        self._all = words
        self._sift()

    def choose(self, wanted: str, *, own_only: bool) -> None:
        """Show the words that hold what is searched: all, or only those whose letters or case the user brought."""
        self._wanted, self._own_only = wanted.casefold().strip(), own_only
        self._sift()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._column, self._order = column, order
        self._sift()

    def _sift(self) -> None:
        """Filter and sort here: Qt would ask for every cell of ten thousand rows."""
        own_only, wanted, column = self._own_only, self._wanted, self._column
        shown = [word for word in self._all if not own_only or word.is_own or word.waits or word.is_recased]
        if wanted:
            shown = [word for word in shown if wanted in word.text.casefold()]
        self.beginResetModel()
        self._words = sorted(shown, key=_KEYS[column], reverse=self._order is Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def word_at(self, row: int) -> KnownWord:
        """Return the word of a row."""
        return self._words[row]

    def rowCount(self, parent: Index = _TOP) -> int:
        """Count the words."""
        return 0 if parent.isValid() else len(self._words)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a cell."""
        word, column = self._words[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return (word.text, f"{word.uses:,}", _day(word.last_used), _remark(word))[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == 1:
            return _RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the case of a word be edited."""
        flags = super().flags(index)
        is_editable = index.column() == 0 and not self._words[index.row()].waits
        return flags | Qt.ItemFlag.ItemIsEditable if is_editable else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another case; the table changes when it was done."""
        word = self._words[index.row()].text
        if role == Qt.ItemDataRole.EditRole and str(value) != word:
            self.form_asked.emit(word, str(value).strip())
        return False


def _remark(word: KnownWord) -> str:
    if word.waits:
        return "looks like a slip: not offered"
    if word.is_recased:
        return "written your way"
    return "" if word.is_own else "known from the start"


_KEYS: tuple[Callable[[KnownWord], Any], ...] = (
    lambda word: word.text.casefold(),
    lambda word: word.uses,
    lambda word: word.last_used,
    _remark,
)
"""What each column is sorted by."""


def _day(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d") if at else "–"
