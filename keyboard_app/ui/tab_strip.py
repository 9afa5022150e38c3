"""The tabs above the page; out of sight while one document is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from keyboard_app.ui.icons import line_icon
from keyboard_app.ui.theme import Theme, load_theme
from keyboard_app.ui.wording import shortened

_SIDE = QTabBar.ButtonPosition.RightSide


class TabStrip(QTabBar):
    """Shows the names of the open documents; a click shows one, its cross or the middle button closes it."""

    close_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tabStrip")
        self.setAccessibleName("Documents")
        self.setAutoHide(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)  # rather scroll than read “Unt…d 3”
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Tab switches; the keys stay with the text
        self._theme = load_theme("light")

    def show_tabs(self, titles: Sequence[str], active: int) -> None:
        """Show ``titles`` and mark the active one, without telling anybody."""
        blocker = QSignalBlocker(self)
        while self.count() > len(titles):
            self.removeTab(self.count() - 1)
        while self.count() < len(titles):
            self.setTabButton(self.addTab(""), _SIDE, self._cross())
        for index, title in enumerate(titles):
            self.setTabText(index, shortened(title).replace("&", "&&"))
            self.setTabToolTip(index, title)
            self.tabButton(index, _SIDE).setAccessibleName(f"Close {title}")
        self.setCurrentIndex(active)
        blocker.unblock()

    def set_theme(self, theme: Theme) -> None:
        """Draw the crosses in the colours of ``theme``."""
        self._theme = theme
        for cross in self.findChildren(QToolButton, "tabCross"):
            cross.setIcon(line_icon("close", theme.colour("muted")))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close a tab with the middle button."""
        index = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and index >= 0:
            self.close_asked.emit(index)
            return
        super().mouseReleaseEvent(event)

    def _cross(self) -> QToolButton:
        cross = QToolButton(self)
        cross.setObjectName("tabCross")
        cross.setToolTip("Close this document")
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.setIcon(line_icon("close", self._theme.colour("muted")))
        cross.clicked.connect(lambda: self.close_asked.emit(self._index_of(cross)))
        return cross

    def _index_of(self, cross: QToolButton) -> int:
        return next(index for index in range(self.count()) if self.tabButton(index, _SIDE) is cross)
