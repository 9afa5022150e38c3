"""What is selected in a table stays selected while its model is filled anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QObject,
    Slot,
)
from PySide6.QtWidgets import QTableView

KeyOf = Callable[[int], Hashable]
"""Tells by what a row is known again."""


class KeptRows(QObject):
    """Puts the selection and the current row of a table back after each reset of the model that it shows."""

    def __init__(self, table: QTableView, model: QAbstractTableModel, key_of: KeyOf) -> None:
        """Follow ``model``, which the table has by now: it must have forgotten its rows before they are put back."""
        super().__init__(table)
        self._table, self._model, self._key_of = table, model, key_of
        self._selected: set[Hashable] = set()
        self._current: tuple[Hashable, int] | None = None
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._put_back)

    @property
    def first(self) -> int:
        """Return the first selected row; -1 where none is."""
        return min((index.row() for index in self._table.selectionModel().selectedRows()), default=-1)

    @property
    def top(self) -> Hashable | None:
        """Return by what the topmost row on screen is known; None at the very top."""
        row = self._table.rowAt(0)
        return self._key_of(row) if row > 0 else None

    def put_on_top(self, key: Hashable | None) -> None:
        """Scroll to where a row has gone."""
        row = None if key is None else self._row_of(key)
        if row is None:
            self._table.scrollToTop()
        else:
            self._table.scrollTo(self._model.index(row, 0), QTableView.ScrollHint.PositionAtTop)

    @Slot()
    def _remember(self) -> None:
        self._selected = {self._key_of(index.row()) for index in self._table.selectionModel().selectedRows()}
        current = self._table.currentIndex()
        self._current = (self._key_of(current.row()), current.column()) if current.isValid() else None

    @Slot()
    def _put_back(self) -> None:
        chosen = self._table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        if self._current is not None and (row := self._row_of(self._current[0])) is not None:
            chosen.setCurrentIndex(self._model.index(row, self._current[1]), flags.NoUpdate)
        if not self._selected:
            return
        found = (row for row in range(self._model.rowCount()) if self._key_of(row) in self._selected)
        selection = QItemSelection()
        for first, last in _runs(found):
            selection.select(self._model.index(first, 0), self._model.index(last, self._model.columnCount() - 1))
        chosen.select(selection, flags.ClearAndSelect)

    def _row_of(self, key: Hashable) -> int | None:
        return next((row for row in range(self._model.rowCount()) if self._key_of(row) == key), None)


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of the rows that follow one another: thousands of them are one selection."""
    first = last = -2
    for row in rows:
        if row != last + 1:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last
