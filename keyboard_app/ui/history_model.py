"""The learning events as a table: thousands of them cost only the rows on screen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.values import PastEvent
from keyboard_app.ui.history_wording import beside, change, effect, moment, subject, told, took

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_HEADERS = ("When", "You wrote", "What was shown", "Its chance there", "What it did", "Took")
_MEANINGS = {
    3: "How much Foretype expected the word in that place, before and after it learned it",
    4: "Every word is counted; the model itself is adapted where it had offered other words",
    5: "How long learning took; it goes on beside your typing and never holds it up",
}
_TOLD = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)


class EventsModel(QAbstractTableModel):
    """One row a learning event, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[PastEvent, ...] = ()
        self._events: list[PastEvent] = []
        """Those that are shown."""
        self._wanted, self._adapted_only = "", False

    @property
    def n_known(self) -> int:
        """Count the events, shown or not."""
        return len(self._all)

    def show_events(self, events: tuple[PastEvent, ...]) -> None:
        """List other events."""
        self._all = events
        self._sift()

    def choose(self, wanted: str, *, adapted_only: bool) -> None:
        """Show the events whose word holds what is searched: all of them, or only those that changed the model."""
        self._wanted, self._adapted_only = wanted.casefold().strip(), adapted_only
        self._sift()

    def event_at(self, row: int) -> PastEvent:
        """Return the event of a row."""
        return self._events[row]

    def rowCount(self, parent: Index = _TOP) -> int:
        """Count the events."""
        return 0 if parent.isValid() else len(self._events)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns, and say what they mean."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return _MEANINGS.get(section)
        return _HEADERS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a cell."""
        event, column = self._events[index.row()], index.column()
        if role in _TOLD:
            return told(event)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == len(_HEADERS) - 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (moment(event.at), subject(event), beside(event), change(event), effect(event), took(event))[column]

    def _sift(self) -> None:
        shown = [event for event in self._all if event.updated or not self._adapted_only]
        if self._wanted:
            shown = [event for event in shown if self._wanted in subject(event).casefold()]
        self.beginResetModel()
        self._events = shown
        self.endResetModel()
