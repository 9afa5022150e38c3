"""A text on paper: laid out anew for a printer or a PDF, black on white whatever the window's colours are."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument

_PAPER_PT = 11
_DOTS_AN_INCH = 300


def print_on(device: QPagedPaintDevice, text: str, font: QFont) -> None:
    """Lay ``text`` out in pages, with their numbers, and paint them on ``device``."""
    sheet = QTextDocument()
    paper_font = QFont(font)
    paper_font.setPointSize(_PAPER_PT)
    sheet.setDefaultFont(paper_font)
    sheet.setPlainText(text)
    sheet.print_(device)


def pdf_of(text: str, title: str, font: QFont) -> bytes:
    """Return ``text`` as a PDF of A4 pages."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Foretype")
    writer.setResolution(_DOTS_AN_INCH)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    print_on(writer, text, font)
    del writer  # it writes the end of the file when it goes
    return bytes(buffer.data().data())
