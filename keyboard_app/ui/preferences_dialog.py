"""All settings in one window with a search field; it stays open beside the text, and every change holds at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from keyboard_app.settings import Settings
from keyboard_app.ui.preference_pages import STORED, build_pages, what_is_stored
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.setting_rows import Row

_LIST_FRAME_PX = 28


class PreferencesDialog(QDialog):
    """Pages on the left, the settings of one on the right; while something is searched, those that fit of all."""

    def __init__(self, preferences: Preferences, choose_font: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self.resize(820, 580)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search the settings")
        self.search.setAccessibleName("Search the settings")
        self.search.setClearButtonEnabled(True)
        self.pages = QListWidget(self)
        self.pages.setAccessibleName("Pages")
        self._nothing = QLabel("No setting has these words.", self)
        self._nothing.setObjectName("hint")
        self._headings: list[QLabel] = []
        self._rows: list[tuple[Row, ...]] = []
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._all_rows(preferences, choose_font))
        self.pages.setFixedWidth(self.pages.sizeHintForColumn(0) + _LIST_FRAME_PX)
        self._arrange()
        self.pages.setCurrentRow(0)
        self.pages.currentRowChanged.connect(self._sift)
        self.search.textChanged.connect(self._sift)
        preferences.changed.connect(self._show_settings)
        self._show_settings(preferences.settings)
        self._sift()

    @property
    def visible_settings(self) -> list[str]:
        """Return the names of the settings on screen."""
        return [row.name for rows in self._rows for row in rows if not row.isHidden()]

    def row(self, name: str) -> Row:
        """Return the setting called ``name``."""
        return next(row for rows in self._rows for row in rows if row.name == name)

    def show_folder(self, folder: Path | None) -> None:
        """Tell where the open profile is kept; None where there is none."""
        self.row(STORED).tell(what_is_stored(folder))

    def open_at(self, page: int = 0) -> None:
        """Show a page, with the keys in the search field."""
        self.search.clear()
        self.pages.setCurrentRow(page)
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()

    def _all_rows(self, preferences: Preferences, choose_font: Callable[[], None]) -> QWidget:
        content = QWidget(self)
        content.setObjectName("settings")
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 4, 16, 12)
        column.addWidget(self._nothing)
        for name, rows in build_pages(preferences, choose_font):
            self.pages.addItem(name)
            heading = QLabel(name, content)
            heading.setObjectName("heading")
            heading.setIndent(0)
            column.addWidget(heading)
            for row in rows:
                column.addWidget(row)
            self._headings.append(heading)
            self._rows.append(rows)
        column.addStretch(1)
        return content

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.search)
        middle = QHBoxLayout()
        middle.addWidget(self.pages)
        middle.addWidget(self._area, 1)
        column.addLayout(middle, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName("Close the preferences")
        close.setIcon(QIcon())  # the style's own picture belongs to another family
        close.setAutoDefault(False)  # Enter in the search field is no wish to leave
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    @Slot(object)
    def _show_settings(self, settings: Settings) -> None:
        for rows in self._rows:
            for row in rows:
                row.show_settings(settings)

    @Slot()
    def _sift(self) -> None:
        """Show one page, or what fits the search of all of them."""
        wanted = self.search.text().casefold().split()
        page = self.pages.currentRow()
        self.pages.setEnabled(not wanted)
        found = False
        for index, (heading, rows) in enumerate(zip(self._headings, self._rows, strict=True)):
            fits = [row.matches(wanted) if wanted else index == page for row in rows]
            for row, fit in zip(rows, fits, strict=True):
                row.setVisible(fit)
            heading.setVisible(any(fits))
            found = found or any(fits)
        self._nothing.setVisible(not found)
        self._area.verticalScrollBar().setValue(0)
