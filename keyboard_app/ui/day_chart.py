"""Draws a chart over days; the arrow keys or the mouse go from day to day, and what is said is there in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from keyboard_app.figures.charts import Chart, day_name
from keyboard_app.ui.theme import Theme

_LINES_OF_HEIGHT = 8
"""How many lines of text a chart is high."""
_COLOURS = ("accent", "ghost")
"""Of the lines of a chart, in their order."""
_GAP_PX = 6
_BAR_SHARE = 0.7
_DOT_PX = 3.0
_KEY_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class DayChart(QWidget):
    """A chart of bars or lines with one day picked out."""

    picked = Signal(str)
    """The day that is picked out, in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chart: Chart | None = None
        self._picked = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart) -> None:
        """Draw ``chart`` from now on; the last day is picked out."""
        self._chart = chart
        self.setAccessibleName(chart.name)
        self.setAccessibleDescription(f"{chart.meaning} {chart.told_whole()}")
        if not 0 <= self._picked < len(chart.days):
            self._picked = len(chart.days) - 1
        self._pick(self._picked)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for some lines of height; the layout gives the width."""
        return QSize(40 * self.fontMetrics().averageCharWidth(), _LINES_OF_HEIGHT * self.fontMetrics().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the day before or after, or to the first or last."""
        last = len(self._chart.days) - 1 if self._chart else 0
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        key = Qt.Key(event.key())
        if key in _KEY_STEPS:
            self._pick(min(max(self._picked + _KEY_STEPS[key], 0), last))
        elif key in ends:
            self._pick(ends[key])
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pick the day under the mouse out."""
        if self._chart is not None:
            field = self._field()
            index = int((event.position().x() - field.left()) / field.width() * len(self._chart.days))
            if 0 <= index < len(self._chart.days):
                self._pick(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, the scale, and the values."""
        del event
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour("accent" if self.hasFocus() else "border"), 1))
        painter.setBrush(self._colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        field = self._field()
        self._paint_scale(painter, field, self._chart)
        if self._chart.bars:
            self._paint_bars(painter, field, self._chart)
        else:
            self._paint_lines(painter, field, self._chart)
        painter.end()

    # Steps

    def _pick(self, index: int) -> None:
        self._picked = index
        if self._chart is not None:
            told = self._chart.told(index)
            self.setToolTip(told)
            self.picked.emit(told)
        self.update()

    def _colour(self, name: str) -> QColor:
        return self._theme.colour(name)

    def _field(self) -> QRectF:
        """Return where the values are drawn: right of the scale, above the dates."""
        metrics = self.fontMetrics()
        chart = self._chart
        widest = metrics.horizontalAdvance(chart.wording(_scale_top(chart))) if chart else 0
        left, below = widest + 3 * _GAP_PX, metrics.height() + _GAP_PX
        return QRectF(self.rect()).adjusted(left, metrics.height() / 2 + _GAP_PX, -2 * _GAP_PX, -below - _GAP_PX)

    def _paint_scale(self, painter: QPainter, field: QRectF, chart: Chart) -> None:
        """Draw three lines with their values, the picked day, and the dates at both ends."""
        height = painter.fontMetrics().height()
        width = field.width() / len(chart.days)
        painter.fillRect(
            QRectF(field.left() + self._picked * width, field.top(), width, field.height()), self._colour("hover")
        )
        for part in (0.0, 0.5, 1.0):
            y = field.bottom() - part * field.height()
            painter.setPen(QPen(self._colour("border"), 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(self._colour("muted"))
            room = QRectF(0, y - height / 2, field.left() - _GAP_PX, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, chart.wording(part * _scale_top(chart)))
        dates = QRectF(field.left(), field.bottom() + _GAP_PX, field.width(), height)
        painter.drawText(dates, Qt.AlignmentFlag.AlignLeft, day_name(chart.days[0]))
        painter.drawText(dates, Qt.AlignmentFlag.AlignRight, day_name(chart.days[-1]))
        if len(chart.lines) > 1:
            self._paint_legend(painter, dates, chart)

    def _paint_legend(self, painter: QPainter, room: QRectF, chart: Chart) -> None:
        """Name the colours, in the middle between the dates."""
        metrics = painter.fontMetrics()
        size = metrics.height() / 2
        widths = [size + _GAP_PX + metrics.horizontalAdvance(line.name) for line in chart.lines]
        left = room.center().x() - (sum(widths) + 3 * _GAP_PX * (len(widths) - 1)) / 2
        for line, name, width in zip(chart.lines, _COLOURS, widths, strict=False):
            painter.fillRect(QRectF(left, room.center().y() - size / 2, size, size), self._colour(name))
            painter.drawText(
                QRectF(left + size + _GAP_PX, room.top(), width, room.height()), Qt.AlignmentFlag.AlignLeft, line.name
            )
            left += width + 3 * _GAP_PX

    def _paint_bars(self, painter: QPainter, field: QRectF, chart: Chart) -> None:
        width = field.width() / len(chart.days)
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(len(chart.days)):
            foot = field.bottom()
            for line, name in zip(chart.lines, _COLOURS, strict=False):
                height = (line.values[index] or 0.0) / _scale_top(chart) * field.height()
                left = field.left() + (index + (1 - _BAR_SHARE) / 2) * width
                painter.setBrush(self._colour(name))
                painter.drawRect(QRectF(left, foot - height, _BAR_SHARE * width, height))
                foot -= height

    def _paint_lines(self, painter: QPainter, field: QRectF, chart: Chart) -> None:
        for line, name in zip(chart.lines, _COLOURS, strict=False):
            points = list(_points(line.values, field, _scale_top(chart)))
            painter.setPen(QPen(self._colour(name), 2))
            painter.setBrush(self._colour(name))
            for one, other in pairwise(points):
                painter.drawLine(one, other)
            for point in points:
                painter.drawEllipse(point, _DOT_PX, _DOT_PX)


def _points(values: tuple[float | None, ...], field: QRectF, top: float) -> Iterator[QPointF]:
    width = field.width() / len(values)
    for index, value in enumerate(values):
        if value is not None:
            yield QPointF(field.left() + (index + 0.5) * width, field.bottom() - value / top * field.height())


def _scale_top(chart: Chart) -> float:
    """Return a round number above every value."""
    if chart.top <= 0:
        return 1.0
    unit = 1.0
    while unit > chart.top:
        unit /= 10
    while unit * 10 <= chart.top:
        unit *= 10
    return next(unit * step for step in (1, 2, 4, 5, 8, 10) if unit * step >= chart.top)
