"""One slot of the suggestion strip: a word, and the key that takes it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from keyboard_app.ui.keys import all_spelled, spelled
from keyboard_app.ui.theme import Theme

_PADDING_PX = 12
_CHIP_PADDING_PX = 6
_USUAL_LETTERS = 18
_LEAST_LETTERS = 10
"""What has room for fewer is no slot: most words would be cut short in it."""
_LEAST_SEEN = 6
"""Letters of a word that is cut short, if anybody is to know it."""
_WORD_SIZE, _KEY_SIZE = 1.15, 0.82
"""Beside the interface's own letters."""


class SlotButton(QPushButton):
    """A steady place for one suggestion; never takes the focus away from the text."""

    menu_asked = Signal(str, QPoint)
    """The word in the slot, and where on the screen a menu is wanted."""

    def __init__(self, theme: Theme, *, first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slot")
        self.setProperty("first", first)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._own_keys: tuple[str, ...] = ()
        self._ghost_keys: tuple[str, ...] = ()
        self._lends = False
        self._first = first
        self._text_scale = 1.0
        self._theme = theme
        self._word = ""
        self._mark_vacancy()

    @property
    def word(self) -> str:
        """Return the word in the slot; empty where there is none."""
        return self._word

    def set_word(self, word: str) -> None:
        """Put ``word`` into the slot, or empty it."""
        if word == self._word:
            return
        was_vacant = not self._word
        self._word = word
        if was_vacant is bool(word):
            self._mark_vacancy()
        else:
            self._name_it()
        self.update()

    def set_keys(self, keys: tuple[str, ...], ghost_keys: tuple[str, ...] = ()) -> None:
        """Print the first of the keys that take this word, those of the ghost before its own; tell of the others."""
        self._own_keys, self._ghost_keys = keys, ghost_keys
        self._name_it()
        self.update()

    def lend_keys(self, lends: bool) -> None:
        """Leave the keys of the ghost to it while it offers more than this word."""
        if lends is not self._lends:
            self._lends = lends
            self._name_it()
            self.update()

    def set_text_scale(self, scale: float) -> None:
        """Make word and key larger as the text is."""
        self._text_scale = scale
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for a usual word and its key; the layout stretches it."""
        metrics = QFontMetrics(self._font(_WORD_SIZE))
        width = metrics.averageCharWidth() * _USUAL_LETTERS + 3 * _PADDING_PX
        return QSize(width, metrics.height() + 2 * _PADDING_PX)

    @property
    def least_width(self) -> int:
        """Return how wide a slot must be to be one: as long as a word, without its key."""
        return QFontMetrics(self._font(_WORD_SIZE)).averageCharWidth() * _LEAST_LETTERS + 2 * _PADDING_PX

    @property
    def can_be_read(self) -> bool:
        """Tell whether the word is on screen, or enough of it to know it."""
        seen = self._elided()
        return seen == self._word or len(seen) > _LEAST_SEEN

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu where there is a word."""
        if self._word:
            self.menu_asked.emit(self._word, event.globalPos())
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the key and the word."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = self._chip()
        if chip is not None:
            self._paint_chip(painter, chip)
        self._paint_word(painter, _PADDING_PX if chip is None else int(chip.right()) + _PADDING_PX)
        painter.end()

    @property
    def _keys(self) -> tuple[str, ...]:
        return self._own_keys if self._lends else (*self._ghost_keys, *self._own_keys)

    def _mark_vacancy(self) -> None:
        vacant = not self._word
        self.setProperty("vacant", vacant)
        self.setEnabled(not vacant)
        self.setCursor(Qt.CursorShape.ArrowCursor if vacant else Qt.CursorShape.PointingHandCursor)
        self.style().unpolish(self)
        self.style().polish(self)
        self._name_it()

    def _name_it(self) -> None:
        keys = all_spelled(self._keys)
        name = f"Suggestion {self._word}" if self._word else "No suggestion"
        self.setAccessibleName(f"{name}, {keys}" if keys else name)
        hint = f"{self._word}  ({keys})" if keys else self._word
        self.setToolTip(hint if self._word else "")

    def _chip(self) -> QRectF | None:
        """Return where the key stands; None where there is none, or the word needs its place."""
        may_stand_here = [spelled(keys[0]) for keys in (self._ghost_keys, self._own_keys) if keys]
        if not may_stand_here:
            return None
        metrics = QFontMetrics(self._font(_KEY_SIZE))
        # As wide as the widest of them, so that the word stands still when another one comes.
        width = max(metrics.horizontalAdvance(name) for name in may_stand_here) + 2 * _CHIP_PADDING_PX
        height = metrics.height() + 4
        chip = QRectF(_PADDING_PX, (self.height() - height) / 2, width, height)
        word_px = QFontMetrics(self._font(_WORD_SIZE)).horizontalAdvance(self._word)
        return chip if chip.right() + _PADDING_PX + word_px + _PADDING_PX <= self.width() else None

    def _paint_chip(self, painter: QPainter, chip: QRectF) -> None:
        """Paint the key in its frame, or leave its place empty while the key is lent."""
        if not self._keys:
            return
        name = "ghost" if not self._word else "accent" if self._first else "muted"
        frame = "accent_border" if self._first and self._word else "border"
        painter.setFont(self._font(_KEY_SIZE))
        painter.setPen(QPen(self._theme.colour(frame), 1))
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self._theme.colour(name))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, spelled(self._keys[0]))

    def _font(self, size: float) -> QFont:
        """Return the interface's font, whatever widget this slot stands in, so many times as large."""
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * self._text_scale * size)
        return font

    def _paint_word(self, painter: QPainter, left: int) -> None:
        painter.setFont(self._font(_WORD_SIZE))
        painter.setPen(self._theme.colour("text"))
        room = QRect(left, 0, max(0, self.width() - left - _PADDING_PX), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._elided())

    def _elided(self) -> str:
        """Return what is seen of the word: it is cut short only where it does not fit without its key either."""
        metrics = QFontMetrics(self._font(_WORD_SIZE))
        return metrics.elidedText(self._word, Qt.TextElideMode.ElideMiddle, self.width() - 2 * _PADDING_PX)
