"""Sentences that the user should see and may put away: at the top of the window, never in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from keyboard_app.ui.icons import line_icon
from keyboard_app.ui.theme import Theme


class NoticeBar(QWidget):
    """Shows one sentence at a time, the newest; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Notice")
        self._waiting: list[str] = []
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QToolButton(self)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.setToolTip("Put this notice away")
        self._close.setAccessibleName("Put this notice away")
        self._close.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.addWidget(self._label, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def sentence(self) -> str:
        """Return the sentence on screen; empty where there is none."""
        return self._label.text() if not self.isHidden() else ""

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show ``sentence``; the one before comes back when this is put away."""
        if self.sentence and self.sentence != sentence:
            self._waiting.append(self.sentence)
        self._show(sentence)

    @Slot()
    def put_away(self) -> None:
        """Show the sentence before, or nothing."""
        if self._waiting:
            self._show(self._waiting.pop())
        else:
            self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the colours of ``theme``."""
        self._close.setIcon(line_icon("close", theme.colour("notice_text")))

    def _show(self, sentence: str) -> None:
        self._label.setText(sentence)
        self._label.setAccessibleName(sentence)
        self.show()
