"""Find and replace: a bar above the page with the number of matches, highlights, next and previous."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from keyboard_app.timers import put_off
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.icons import line_icon
from keyboard_app.ui.matches import Match, find_all, highlight, nearest, replace_all
from keyboard_app.ui.replace_row import ReplaceRow
from keyboard_app.ui.theme import Theme, load_theme

_PAUSE_MS = 120
"""After such a pause a text, or what to find in it, that changed is searched: in a long one that takes a while."""


class FindBar(QWidget):
    """Finds the text in its field, whatever its case; hidden until it is asked for."""

    closed = Signal()
    told = Signal(str)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Find")
        self._editor = editor
        self._theme = load_theme("light")
        self._matches: list[Match] = []
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("Find in the text")
        self._field.setAccessibleName("Find in the text")
        self._field.setMaximumWidth(360)
        self._field.installEventFilter(self)
        self._count = QLabel(self)
        self.replacing = ReplaceRow(self)
        self.replacing.field.installEventFilter(self)
        self.replacing.replace_asked.connect(self.replace_one)
        self.replacing.all_asked.connect(self.replace_all)
        self._buttons = {
            "previous": self._button("Previous match", self.find_previous),
            "next": self._button("Next match", self.find_next),
            "close": self._button("Close the find bar", self.put_away),
        }
        self._arrange()
        self._is_sought = False  # what is in the field was typed, and is to be found from the caret on
        self._later = put_off(self, _PAUSE_MS, self._search)
        self._field.textChanged.connect(self._seek_later)
        editor.textChanged.connect(self._refresh_later)
        self.hide()

    @property
    def field(self) -> QLineEdit:
        """Return the field that holds what to find."""
        return self._field

    @property
    def count_text(self) -> str:
        """Return how many matches the bar tells of."""
        return self._count.text()

    @Slot()
    def open(self) -> None:
        """Show the bar, with the selected words in its field."""
        self._show(replacing=False)

    @Slot()
    def open_to_replace(self) -> None:
        """Show the bar with the row for replacing."""
        self._show(replacing=True)

    @Slot()
    def put_away(self) -> None:
        """Hide the bar and its highlights, and go back to the text."""
        self._catch_up()
        self.hide()
        self._matches = []
        self._editor.setExtraSelections([])
        self._editor.setFocus()
        self.closed.emit()

    @Slot()
    def find_next(self) -> None:
        """Select the match after the caret, or the first one."""
        self._catch_up()
        self._select(nearest(self._matches, self._editor.textCursor().selectionEnd(), forward=True))

    @Slot()
    def find_previous(self) -> None:
        """Select the match before the caret, or the last one."""
        self._catch_up()
        self._select(nearest(self._matches, self._editor.textCursor().selectionStart(), forward=False))

    @Slot()
    def replace_one(self) -> None:
        """Replace the match that is selected, and select the next one; select one first if none is."""
        self._catch_up()
        cursor = self._editor.textCursor()
        if Match(cursor.selectionStart(), cursor.selectionEnd()) in self._matches:
            cursor.insertText(self.replacing.field.text())
            self._editor.setTextCursor(cursor)
            self.refresh()
        self.find_next()

    @Slot()
    def replace_all(self) -> None:
        """Replace all matches in one step, and tell how many there were."""
        self._catch_up()
        matches = find_all(self._editor.raw_text(), self._field.text(), most=None)
        replace_all(self._editor.document(), matches, self.replacing.field.text())
        self.refresh()
        self.told.emit(f"Replaced {len(matches):,} {'match' if len(matches) == 1 else 'matches'}")

    def set_theme(self, theme: Theme) -> None:
        """Draw icons and highlights in the colours of ``theme``."""
        self._theme = theme
        for name, button in self._buttons.items():
            button.setIcon(line_icon(name, theme.colour("muted")))
        self._highlight()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter, Shift+Enter and Esc work while a field has the focus."""
        if watched is self._field and event.type() == QEvent.Type.FocusOut:
            self._catch_up()  # later it would pull the caret away from where the user goes on
        if (
            watched not in (self._field, self.replacing.field)
            or not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
        ):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            backwards = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            forwards = self.find_next if watched is self._field else self.replace_one
            (self.find_previous if backwards else forwards)()
        else:
            return False
        return True

    def _button(self, name: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(slot)
        return button

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 7, 12, 7)
        row = QHBoxLayout()
        column.addLayout(row)
        column.addWidget(self.replacing)
        row.addWidget(self._field, 1)
        row.addWidget(self._buttons["previous"])
        row.addWidget(self._buttons["next"])
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._buttons["close"])

    def _show(self, *, replacing: bool) -> None:
        self.replacing.setVisible(replacing)
        selected = self._editor.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self._field.setText(selected)
        self.show()
        self._field.setFocus()
        self._field.selectAll()
        self.refresh()

    @Slot()
    def _refresh_later(self) -> None:
        if not self.isHidden():
            self._later.start()

    @Slot()
    def refresh(self) -> None:
        """Find again in a text that changed, or in another one; the caret stays."""
        self._later.stop()
        self._is_sought = False
        if self.isHidden():
            return
        self._matches = find_all(self._editor.raw_text(), self._field.text())
        self._highlight()

    @Slot()
    def _seek_later(self) -> None:
        """Find what is being typed into the field, from the caret on, once no further letter comes."""
        self._is_sought = True
        self.replacing.set_possible(bool(self._field.text()))
        self._refresh_later()

    def _catch_up(self) -> None:
        """Find now what was put off: a key wants to go on from there."""
        if self._later.isActive():
            self._search()

    @Slot()
    def _search(self) -> None:
        is_sought = self._is_sought
        self.refresh()
        if is_sought:
            self._select(nearest(self._matches, self._editor.textCursor().selectionStart(), forward=True))

    def _select(self, match: Match | None) -> None:
        if match is not None:
            cursor = self._editor.textCursor()
            match.select_in(cursor)
            self._editor.setTextCursor(cursor)
            self._editor.centerCursor()
        self._highlight()

    def _highlight(self) -> None:
        here = highlight(self._editor, self._matches, self._theme) if not self.isHidden() else None
        self.replacing.set_possible(bool(self._matches))
        if not self._field.text():
            self._count.setText("")
        elif not self._matches:
            self._count.setText("No match")
        else:
            total = f"{len(self._matches):,}"
            self._count.setText(f"{here + 1:,} of {total}" if here is not None else f"{total} found")
