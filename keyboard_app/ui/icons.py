"""Icons of one family, drawn in the colour that the theme asks for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import icon_path

_SIZES = (16, 20, 24, 32, 48)


def line_icon(name: str, colour: QColor) -> QIcon:
    """Return the line icon ``name`` in ``colour``."""
    drawing = icon_path(name).read_text(encoding="utf-8").replace("currentColor", colour.name())
    renderer = QSvgRenderer(QByteArray(drawing.encode("utf-8")))
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_drawn(renderer, size))
    return icon


def application_icon() -> QIcon:
    """Return the icon of the application itself."""
    renderer = QSvgRenderer(str(icon_path("foretype")))
    icon = QIcon()
    for size in (*_SIZES, 64, 128, 256):
        icon.addPixmap(_drawn(renderer, size))
    return icon


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
