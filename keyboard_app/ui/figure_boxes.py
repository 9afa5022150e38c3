"""The parts of the statistics: a figure with its sentence, a chart with its."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from keyboard_app.figures.charts import Chart, Fact
from keyboard_app.ui.day_chart import DayChart
from keyboard_app.ui.theme import Theme

_LARGE = 1.9
"""How large a figure is beside the other letters."""


class FactBox(QFrame):
    """A figure in large letters, its name above it and what it counts below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("fact")
        self._name, self.value, self._meaning = QLabel(self), QLabel(self), QLabel(self)
        self._meaning.setObjectName("hint")
        font = self.value.font()
        font.setPointSizeF(font.pointSizeF() * _LARGE)
        self.value.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(2)
        for label in (self._name, self.value, self._meaning):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self._name.setWordWrap(True)
        self._meaning.setWordWrap(True)
        column.addStretch(1)

    def show_fact(self, fact: Fact) -> None:
        """Show a figure."""
        self._name.setText(fact.name)
        self.value.setText(fact.value)
        self.value.setAccessibleName(f"{fact.name}: {fact.value}")
        self._meaning.setText(fact.meaning)


class ChartBox(QWidget):
    """A chart, with its name, the values of the day that is picked out, and what it shows."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.drawing = DayChart(theme, self)
        self._name, self.picked, self._meaning = QLabel(self), QLabel(self), QLabel(self)
        self._name.setObjectName("heading")
        self._name.setIndent(0)
        self._meaning.setObjectName("hint")
        self._meaning.setWordWrap(True)
        self.picked.setWordWrap(True)
        self.picked.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.drawing.picked.connect(self.picked.setText)
        line = QHBoxLayout()
        line.addWidget(self._name)
        line.addWidget(self.picked, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 6)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.drawing)
        column.addWidget(self._meaning)

    def show_chart(self, chart: Chart) -> None:
        """Show a chart; one with no value at all is left out."""
        self._name.setText(chart.name)
        self._meaning.setText(chart.meaning)
        self.drawing.show_chart(chart)
        self.setVisible(not chart.is_empty)
