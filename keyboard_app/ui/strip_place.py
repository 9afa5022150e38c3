"""Where the suggestion strip stands: below the text, or close to the caret, or nowhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout

from engine.values import Context
from keyboard_app.ui.caret import text_before, units
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.suggestion_bar import FLOATING_EDGE_PX, SuggestionBar

_GAP_PX = 6


class StripPlace(QObject):
    """Puts the strip into the window's column, or lets it float over the page where it hides no line being typed."""

    def __init__(self, bar: SuggestionBar, editor: Editor, column: QVBoxLayout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._editor = editor
        self._column = column
        self._index = column.indexOf(bar)
        self._shown, self._floats = True, False
        bar.changed.connect(self.refresh)
        editor.cursorPositionChanged.connect(self.refresh)
        editor.margin_changed.connect(self.refresh)
        editor.verticalScrollBar().valueChanged.connect(self.refresh)

    def choose(self, *, shown: bool, at_caret: bool) -> None:
        """Show the strip or not, at the caret or below the text."""
        self._shown = shown
        if at_caret is not self._floats:
            self._floats = at_caret
            if at_caret:
                self._column.removeWidget(self._bar)
                self._bar.setParent(self._editor)  # no window of its own: nothing can take the focus away
            else:
                self._column.insertWidget(self._index, self._bar)
            self._bar.set_floating(at_caret)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Follow the caret; a floating strip with nothing in it is out of sight."""
        if not self._floats:
            self._bar.setVisible(self._shown)
            return
        place = self._place() if self._shown and any(self._bar.words) else None
        if place is not None:
            self._bar.setGeometry(place)
            self._bar.raise_()
        self._bar.setVisible(place is not None)

    def _place(self) -> QRect | None:
        """Return where the strip goes: under the beginning of the word, so that it stands still while that is typed."""
        page = self._editor.viewport()
        caret = self._editor.textCursor()
        line = self._editor.cursorRect()
        if not page.rect().intersects(line):
            return None
        word = QTextCursor(caret)
        prefix = Context.before_caret(text_before(caret)).prefix
        word.setPosition(caret.position() - units(prefix))
        start = self._editor.cursorRect(word)
        left = start.left() if start.top() == line.top() else line.left()
        size = self._bar.floating_size().boundedTo(QSize(self._editor.width() - 2 * FLOATING_EDGE_PX, page.height()))
        below, above = line.bottom() + _GAP_PX, line.top() - _GAP_PX - size.height()
        if below + size.height() > page.height() and above < 0:
            return None
        top = below if below + size.height() <= page.height() else above
        corner = page.mapTo(self._editor, QPoint(left, top))
        most = self._editor.width() - size.width() - FLOATING_EDGE_PX
        return QRect(QPoint(max(FLOATING_EDGE_PX, min(corner.x(), most)), corner.y()), size)
