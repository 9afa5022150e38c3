"""The mark above a private document: what it means, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

_SENTENCE = "Private document: nothing that you type here is learned."


class PrivateMark(QWidget):
    """Hidden while the document is an ordinary one."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("privateMark")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_SENTENCE)
        self.leave = QPushButton("Learn here again", self)
        self.leave.setAccessibleName("Learn here again")
        self.leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 12, 6)
        row.addWidget(QLabel(_SENTENCE, self), 1)
        row.addWidget(self.leave)
        self.hide()
