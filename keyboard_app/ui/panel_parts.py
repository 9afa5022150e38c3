"""Parts that the pages of the panel share."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPushButton, QTableView, QWidget

_BY_KEY = frozenset({
    Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
})  # fmt: skip
"""How the focus comes to a table, other than by a click on the row that is meant."""


class RowTable(QTableView):
    """A table of rows without lines; whoever comes to it by a key finds a row selected, and none is skipped."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def is_editing(self) -> bool:
        """Tell whether a cell is being edited."""
        return self.state() is QAbstractItemView.State.EditingState

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select a row, if none is."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY and not self.selectionModel().hasSelection() and self.model().rowCount():
            self.selectRow(max(self.currentIndex().row(), 0))


class SearchField(QLineEdit):
    """A field for what is searched, with a way down to what was found."""

    gone_down = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by the key that points down: there is nothing below in one line."""
        if event.key() == Qt.Key.Key_Down:
            self.gone_down.emit()
        else:
            super().keyPressEvent(event)


def button(text: str, name: str, parent: QWidget) -> QPushButton:
    """Return a button that Enter does not press from elsewhere."""
    made = QPushButton(text, parent)
    made.setAccessibleName(name)
    made.setAutoDefault(False)
    return made
