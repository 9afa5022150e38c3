"""How the page looks: ghost text, the veil of focus mode, and lines of a readable width."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from keyboard_app.settings import USUAL_LINE
from keyboard_app.ui import ghost, marks, veil
from keyboard_app.ui.page import MARGIN_PX
from keyboard_app.ui.shaped_paragraph import ShapedParagraph

_NOTCH = 120
"""Eighths of a degree; touchpads and smooth wheels turn by less than that at a time."""


class PaperView(QPlainTextEdit):
    """Shows a text; ghost text and veil are painted and never in the document."""

    zoom_asked = Signal(int)
    margin_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._composing = False
        self._ghost = ""
        self._ghost_colour = QColor("grey")
        self._veil_colour = QColor("white")
        self._has_veil = False
        self._marks: tuple[tuple[int, int], ...] = ()
        self._mark_colour = QColor("grey")
        self._line_letters = USUAL_LINE
        self._shaped = ShapedParagraph()
        self._turned = 0  # the wheel with Ctrl, since the last notch
        self.cursorPositionChanged.connect(self.viewport().update)  # the veil goes with the caret
        self.cursorPositionChanged.connect(self._follow_caret)

    @property
    def ghost(self) -> str:
        """Return the ghost text on screen: whole words, as many as fit into the line."""
        return ghost.fitting(self, self._ghost) if self._ghost else ""

    def set_ghost(self, text: str) -> None:
        """Paint ``text`` after the caret, or nothing if it is empty."""
        if text != self._ghost:
            self._ghost = text
            self.viewport().update()

    def set_colours(self, ghost_text: QColor, page: QColor) -> None:
        """Paint the ghost text in one colour, and the veil in the colour of the page."""
        self._ghost_colour, self._veil_colour = ghost_text, page
        self.viewport().update()

    def set_marks(self, spans: Iterable[tuple[int, int]]) -> None:
        """Underline words, each from its first position to the one behind it."""
        marked = tuple(spans)
        if marked != self._marks:
            self._marks = marked
            self.viewport().update()

    def set_mark_colour(self, colour: QColor) -> None:
        """Underline words in ``colour``."""
        self._mark_colour = colour
        self.viewport().update()

    def set_veil(self, on: bool) -> None:
        """Dim all paragraphs but the one where the caret is, or none."""
        self._has_veil = on
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and over it the marks, the veil of focus mode and the ghost text."""
        super().paintEvent(event)
        if self._marks:
            marks.paint(self, self._marks, self._mark_colour)
        if self._has_veil:
            veil.paint(self, self._veil_colour)
        if self._ghost and not self._composing:
            ghost.paint(self, self.ghost, self._ghost_colour)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turn(event.angleDelta().y())
            event.accept()
            return
        super().wheelEvent(event)

    def _turn(self, eighths: int) -> None:
        """Zoom by one step for each whole notch."""
        left_over = self._turned if self._turned * eighths >= 0 else 0  # the way back begins anew
        steps = int((left_over + eighths) / _NOTCH)
        self._turned = left_over + eighths - steps * _NOTCH
        if steps:
            self.zoom_asked.emit(steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines at a readable width, in the middle of the window."""
        # The page has its new size by now, but the lines still stand where they stood in the old one.
        caret_was_visible = QRect(QPoint(), event.oldSize()).intersects(self.cursorRect())
        self.set_margins()
        super().resizeEvent(event)
        if caret_was_visible:
            self.ensureCursorVisible()

    @Slot()
    def _follow_caret(self) -> None:
        self._shaped.follow(self.textCursor())

    def set_line(self, letters: int) -> None:
        """Make the lines so many letters wide, where the window has the room."""
        self._line_letters = letters
        self.set_margins()

    def set_margins(self) -> None:
        """Fit the margins to the window and the font."""
        line_px = self.fontMetrics().averageCharWidth() * self._line_letters
        side = max(MARGIN_PX, (self.width() - line_px) // 2)
        self.setViewportMargins(side - MARGIN_PX, 0, side - MARGIN_PX, 0)
        self.margin_changed.emit(side)
