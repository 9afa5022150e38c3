"""The second row of the find bar: what to put in place of what was found."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget


class ReplaceRow(QWidget):
    """A field and two buttons; the find bar knows what they are about."""

    replace_asked = Signal()
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Replace by")
        self.field.setAccessibleName("Replace by")
        self.field.setMaximumWidth(360)
        self._one = QPushButton("Re&place", self)  # Alt+R belongs to what a notice may ask: Reload, Recover
        self._all = QPushButton("Replace &all", self)
        self._one.setAccessibleName("Replace this match")
        self._all.setAccessibleName("Replace all matches")
        self._one.clicked.connect(self.replace_asked)
        self._all.clicked.connect(self.all_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(self._one)
        row.addWidget(self._all)
        row.addStretch(1)

    def set_possible(self, possible: bool) -> None:
        """Let the buttons be pressed where there is something to replace."""
        self._one.setEnabled(possible)
        self._all.setEnabled(possible)
