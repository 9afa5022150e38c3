"""Sentences that the user should see and may answer or put away: at the top of the window, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from keyboard_app.ui.announcer import announce
from keyboard_app.ui.icons import line_icon
from keyboard_app.ui.keys import spelled
from keyboard_app.ui.theme import Theme

_KEY = Qt.Key.Key_F6
"""Goes to a notice and back, as in browsers; where there is none it is anybody's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a notice: what it says, and what it does."""

    name: str
    act: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Notice:
    sentence: str
    choices: tuple[Choice, ...] = ()


class NoticeBar(QWidget):
    """Shows one notice at a time, the newest, and says it; hidden while there is none."""

    left = Signal()
    """Whoever was in it is to go on writing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Notice")
        self._waiting: list[_Notice] = []
        self._present = _Notice("")
        self._buttons: list[QPushButton] = []
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QToolButton(self)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setToolTip("Put this notice away")
        self._close.setAccessibleName("Put this notice away")
        self._close.clicked.connect(self.put_away)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 8, 12, 8)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        QShortcut(QKeySequence(_KEY), self).activated.connect(self._enter_or_leave)
        self.hide()

    @property
    def sentence(self) -> str:
        """Return the sentence on screen; empty where there is none."""
        return self._label.text() if not self.isHidden() else ""

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons of the notice on screen."""
        return tuple(self._buttons)

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show ``sentence``; the notice before comes back when this is put away."""
        self._put(_Notice(sentence))

    def ask(self, sentence: str, *choices: Choice) -> None:
        """Show ``sentence`` with a button for each choice; any of them puts it away."""
        self._put(_Notice(sentence, choices))

    def withdraw(self, sentence: str) -> None:
        """Take a notice back that no longer holds."""
        self._waiting = [notice for notice in self._waiting if notice.sentence != sentence]
        if self.sentence == sentence:
            self.put_away()

    @Slot()
    def put_away(self) -> None:
        """Show the notice before, or nothing."""
        if self._waiting:
            self._show(self._waiting.pop())
        else:
            self._show(_Notice(""))
            self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the colours of ``theme``."""
        self._close.setIcon(line_icon("close", theme.colour("notice_text")))

    def showEvent(self, event: QShowEvent) -> None:
        """Say the notice when it comes into sight: what is told before the window is there nobody would hear."""
        super().showEvent(event)
        if not event.spontaneous():
            self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put any notice away by Esc, a question too: the user has gone to it."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    @Slot()
    def put_away_plain(self) -> None:
        """Put a notice away that asks nothing; a question stays until it is answered."""
        if self.sentence and not self._buttons:
            self.put_away()

    @Slot()
    def _enter_or_leave(self) -> None:
        if self._has_focus():
            self.left.emit()
        else:
            first = self._buttons[0] if self._buttons else self._close
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _has_focus(self) -> bool:
        return any(control.hasFocus() for control in (*self._buttons, self._close))

    def _say(self) -> None:
        if self._present.sentence:
            answers = (f"{b.accessibleName()}: {spelled(b.shortcut().toString())}." for b in self._buttons)
            announce(self, " ".join([self._present.sentence, *answers]))

    def _put(self, notice: _Notice) -> None:
        if self.sentence and self.sentence != notice.sentence:
            self._waiting.append(self._present)
        self._show(notice)

    def _show(self, notice: _Notice) -> None:
        if self._has_focus():
            self.left.emit()  # before Qt gives the focus of a button that goes to whatever comes next
        was_in_sight = self.isVisible()
        self._present = notice
        self._label.setText(notice.sentence)
        self._label.setAccessibleName(notice.sentence)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(choice) for choice in notice.choices]
        for control, following in pairwise((*self._buttons, self._close)):
            QWidget.setTabOrder(control, following)  # the buttons are the last that were made in the window
        self.show()
        if was_in_sight:
            self._say()

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(f"&{choice.name}", self)  # Alt and its first letter, for hands that stay on the keys
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(choice.name)
        button.clicked.connect(lambda: self._choose(choice))
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def _choose(self, choice: Choice) -> None:
        self.put_away()
        choice.act()
