"""What the suggestions save, in figures and charts, each with a sentence that says what it counts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from keyboard_app.figures.charts import charts_of, facts_of
from keyboard_app.figures.tally import FiguresByDay
from keyboard_app.ui.figure_boxes import ChartBox, FactBox
from keyboard_app.ui.theme import Theme

_COLUMNS = 2
_EMPTY = (
    "Nothing is counted yet. Write a few sentences and take a suggestion or two: the first figures appear here as you "
    "go. Only numbers are kept, one row a day, on this computer."
)
_OFF = "Counting is off. Figures from before stay until you erase them."


class StatisticsDialog(QDialog):
    """Stays open beside the text; the figures follow what is typed."""

    counting_chosen = Signal(bool)
    erase_asked = Signal()

    def __init__(self, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What the suggestions save")
        self.resize(760, 640)
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self._facts_place = QWidget(self)
        self.facts = [FactBox(self._facts_place) for _ in facts_of({}, today)]
        self.charts = [ChartBox(theme, self) for _ in charts_of({}, today)]
        self.counting = QCheckBox("&Count from now on", self)
        self.counting.setAccessibleName("Count from now on")
        self.erase = QPushButton("&Erase the figures…", self)
        self.erase.setAccessibleName("Erase the figures")
        self.erase.setAutoDefault(False)
        self._arrange()
        self.counting.toggled.connect(self.counting_chosen)
        self.erase.clicked.connect(self.erase_asked)
        self.show_figures({}, today)

    def show_figures(self, history: FiguresByDay, today: date) -> None:
        """Show what was counted on each day."""
        for fact_box, fact in zip(self.facts, facts_of(history, today), strict=True):
            fact_box.show_fact(fact)
        for chart_box, chart in zip(self.charts, charts_of(history, today), strict=True):
            chart_box.show_chart(chart)
        self._facts_place.setVisible(bool(history))
        self.erase.setEnabled(bool(history))
        self._say_why_empty()

    def show_counting(self, on: bool) -> None:
        """Show whether anything is counted."""
        blocker = QSignalBlocker(self.counting)
        self.counting.setChecked(on)
        blocker.unblock()
        self._say_why_empty()

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of ``theme``."""
        for box in self.charts:
            box.drawing.set_theme(theme)

    # Steps

    def _say_why_empty(self) -> None:
        """Say why there is nothing, or nothing new, to see."""
        counts, has_figures = self.counting.isChecked(), self.erase.isEnabled()
        self.hint.setText(_EMPTY if counts else _OFF)
        self.hint.setVisible(not (counts and has_figures))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 12)
        column.addWidget(self._scrolled(), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setIcon(QIcon())  # the style's own picture belongs to another family
        close.setAccessibleName("Close the statistics")
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 8, 0)
        foot.addWidget(self.counting)
        foot.addStretch(1)
        foot.addWidget(self.erase)
        foot.addWidget(buttons)
        column.addLayout(foot)

    def _scrolled(self) -> QScrollArea:
        content = QWidget(self)
        content.setObjectName("settings")
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 12, 16, 8)
        column.addWidget(self.hint)
        column.addWidget(self._facts_place)
        grid = QGridLayout(self._facts_place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for place, box in enumerate(self.facts):
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
            grid.setColumnStretch(place % _COLUMNS, 1)
        for chart in self.charts:
            column.addWidget(chart)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area
