"""The page of the history: what was learned when, told in sentences, with a way back for the last."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QLabel, QVBoxLayout, QWidget

from engine.values import PastEvent
from keyboard_app.ui.history_model import EventsModel
from keyboard_app.ui.history_wording import told
from keyboard_app.ui.kept_rows import KeptRows
from keyboard_app.ui.panel_parts import RowTable, SearchField, button
from keyboard_app.ui.wording import shortened

_NOTHING = "Nothing yet: each word that you finish appears here, with what it taught."
_NOT_KEPT = "This session has no profile: it learns all the same, but keeps no history of it."
_NO_MATCH = "No event fits what you search."
_WIDTHS = (115, 115, 0, 175, 170, 76)
"""Pixels of each column; the others share what is left."""


class HistoryPage(QWidget):
    """Asks through its signal; shows what it is told."""

    take_back_asked = Signal(int)
    """Carries the id of the event that the button names; 0 where it names none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events = EventsModel(self)
        self.search = SearchField("Search the history", self)
        self.adapted_only = QCheckBox("Only what &adapted the model", self)
        self.adapted_only.setAccessibleName("Only what adapted the model")
        self.table = RowTable("Learning events", self)
        self.table.setModel(self.events)
        self._kept = KeptRows(self.table, self.events, lambda row: self.events.event_at(row).id)
        self._nothing, self._named = "", 0
        """What to say of an empty history: nothing, until the model said that it is empty."""
        self.story = QLabel(self)
        self.story.setWordWrap(True)
        self.count = QLabel(self)
        self.count.setObjectName("hint")
        self.take_back = button("&Take back the last", "Take back the last", self)
        self.take_back.setEnabled(False)
        self.take_back.setToolTip("What was learned last can be taken back, until something else is learned.")
        self._arrange()
        self.search.textChanged.connect(self._sift)
        self.adapted_only.toggled.connect(self._sift)
        self.search.gone_down.connect(self.table.setFocus)
        self.take_back.clicked.connect(self._ask_take_back)
        self.table.selectionModel().selectionChanged.connect(self._tell)

    def show_history(
        self, events: tuple[PastEvent, ...], *, can_take_back: bool, last_event: int = 0, is_kept: bool = True
    ) -> None:
        """Show what was learned; what is searched and which event is selected stays.

        ``last_event`` is the id of the one that can be taken back, ``is_kept`` says whether there is a history at all.
        """
        top = self._kept.top
        self.events.show_events(events)
        self._kept.put_on_top(top)
        self._nothing, self._named = _NOTHING if is_kept else _NOT_KEPT, last_event if can_take_back else 0
        last = next((event for event in events if event.id == self._named), None)
        word = f"“{shortened(last.word)}”" if last is not None else "the last"
        self.take_back.setText(f"&Take back {word}")
        self.take_back.setAccessibleName(f"Take back {word}")
        self.take_back.setEnabled(can_take_back)
        self._count()
        self._tell()

    @Slot()
    def _ask_take_back(self) -> None:
        self.take_back_asked.emit(self._named)
        self.table.setFocus()  # the button is shut when that is done: keys would go to any other one

    @property
    def _selected(self) -> PastEvent | None:
        rows = self.table.selectionModel().selectedRows()
        return self.events.event_at(rows[0].row()) if rows else None

    @Slot()
    def _sift(self) -> None:
        self.events.choose(self.search.text(), adapted_only=self.adapted_only.isChecked())
        self._count()
        self._tell()

    def _count(self) -> None:
        shown, known = self.events.rowCount(), self.events.n_known
        self.count.setText(f"{shown:,} of the latest {known:,} events" if known else "")

    @Slot()
    def _tell(self) -> None:
        """Tell of the selected event in sentences, else of the newest that is shown."""
        event = self._selected
        if event is None and self.events.rowCount():
            event = self.events.event_at(0)
        nothing = _NO_MATCH if self.events.n_known else self._nothing
        self.story.setText(told(event) if event is not None else nothing)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.adapted_only)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.take_back)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.story)
        column.addLayout(foot)
        header = self.table.horizontalHeader()
        for section, width in enumerate(_WIDTHS):
            if width:
                self.table.setColumnWidth(section, width)
            else:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
