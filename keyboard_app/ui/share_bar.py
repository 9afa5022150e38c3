"""A bar of parts beside one another; what it shows stands in words below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from keyboard_app.ui.reasons import Reason
from keyboard_app.ui.theme import Theme

_GAP_PX = 2.0
_ROUND_PX = 6.0
_HEIGHT = 1.4
"""Beside a line of text."""


class ShareBar(QWidget):
    """As wide as there is room; each part as wide as its percent."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reasons: tuple[Reason, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Parts of the reason")

    def show_reasons(self, reasons: tuple[Reason, ...]) -> None:
        """Draw other parts."""
        self._reasons = reasons
        self.setAccessibleDescription(", ".join(f"{one.percent} % {one.name}" for one in reasons))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line of text in height."""
        return QSize(60 * self.fontMetrics().averageCharWidth(), round(_HEIGHT * self.fontMetrics().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the parts with gaps between them, round at both ends of the whole."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), _ROUND_PX, _ROUND_PX)
        painter.setClipPath(whole)
        room = self.width() - _GAP_PX * max(0, len(self._reasons) - 1)
        left = 0.0
        for reason in self._reasons:
            width = room * reason.percent / 100.0
            painter.fillRect(QRectF(left, 0.0, width, self.height()), self._theme.colour(reason.colour))
            left += width + _GAP_PX
        painter.end()


class Swatch(QWidget):
    """A small field in the colour of a part, beside its words."""

    def __init__(self, colour: QColor, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setFixedSize(14, 14)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawRoundedRect(self.rect(), 4, 4)
        painter.end()
