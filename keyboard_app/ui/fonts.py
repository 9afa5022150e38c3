"""Which typefaces to use where the system has no wish of its own."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

_READABLE = (
    "Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Ubuntu", "Cantarell",
    "Noto Sans", "Open Sans", "Liberation Sans", "Nimbus Sans", "DejaVu Sans",
)  # fmt: skip
_NO_WISH = {"sans serif", "sans", "sans-serif", ""}
_SMALLEST_INTERFACE_PT = 10


def installed_families() -> list[str]:
    """Return the readable typefaces that this machine has, best first."""
    present = set(QFontDatabase.families())
    return [family for family in _READABLE if family in present]


def interface_font(system: QFont) -> QFont:
    """Return the font of menus and labels: the system's, unless that is only a placeholder."""
    font = QFont(system)
    families = installed_families()
    if font.family().lower() in _NO_WISH and families:
        font.setFamilies(families)
    if 0 < font.pointSize() < _SMALLEST_INTERFACE_PT:
        font.setPointSize(_SMALLEST_INTERFACE_PT)
    return font


def writing_font(size_pt: int, family: str = "") -> QFont:
    """Return the font of the text: the user's choice, where this machine has it."""
    font = QFont()
    families = [family, *installed_families()] if family else installed_families()
    if families:
        font.setFamilies(families)
    font.setPointSize(size_pt)
    return font
