"""A label whose text fades away after a while, or just goes."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QWidget

_FADE_MS = 900


class FadingLabel(QLabel):
    """Shows a sentence for some seconds, then lets it fade."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setEnabled(False)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setDuration(_FADE_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.InQuad)
        self._fade.finished.connect(self.clear)
        self._fades = True
        self._stay = QTimer(self)
        self._stay.setSingleShot(True)
        self._stay.timeout.connect(self._start_fading)

    def tell(self, sentence: str, stay_ms: int) -> None:
        """Show ``sentence`` for ``stay_ms``."""
        self._fade.stop()
        self._effect.setEnabled(False)
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self._stay.start(stay_ms)

    @property
    def stays(self) -> bool:
        """Tell whether a sentence is on screen that has not begun to go."""
        return self._stay.isActive()

    def set_motion(self, moves: bool) -> None:
        """Let the text fade, or go at once."""
        self._fades = moves

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sentence, cut short where there is no room for it."""
        del event
        painter = QPainter(self)
        sentence = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), self.isEnabled(), sentence, self.foregroundRole()
        )
        painter.end()

    @Slot()
    def _start_fading(self) -> None:
        if not self._fades:
            self.clear()
            return
        self._effect.setOpacity(1.0)
        self._effect.setEnabled(True)
        self._fade.start()
