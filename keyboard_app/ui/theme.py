"""Colours, palette and style sheet; light or dark as the system is, unless the user chose."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from keyboard_app.settings import ThemeChoice
from resources import icon_path, theme_text


@dataclass(frozen=True)
class Theme:
    """A table of named colours."""

    name: str
    colours: dict[str, str]

    def colour(self, name: str) -> QColor:
        """Return the colour called ``name``."""
        return QColor(self.colours[name])

    def style_sheet(self) -> str:
        """Return the application's style sheet in these colours."""
        sheet = re.sub(r"@(\w+)", lambda match: self.colours[match[1]], theme_text("foretype.qss"))
        return re.sub(r"\$(\w+)", lambda match: icon_path(f"{match[1]}-{self.name}").as_posix(), sheet)

    def palette(self) -> QPalette:
        """Return the palette for whatever the style sheet does not reach."""
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("ghost"))
        return palette


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "ghost",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
}


def load_theme(name: str) -> Theme:
    """Return the shipped theme ``name``: ``light`` or ``dark``."""
    return Theme(name, json.loads(theme_text(f"{name}.json")))


class ThemeControl(QObject):
    """Keeps the application in the theme that the user or the system wants."""

    changed = Signal(object)

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._choice = ThemeChoice.SYSTEM
        self.theme = load_theme("light")
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    def choose(self, choice: ThemeChoice) -> None:
        """Use the theme of the user's choice."""
        self._choice = choice
        # The system's own parts, such as the title bar, follow where the platform can do that.
        self._application.styleHints().setColorScheme(_SCHEMES[choice])
        self._apply()

    @Slot()
    def _follow_system(self) -> None:
        self._apply()

    def _apply(self) -> None:
        dark = self._choice is ThemeChoice.DARK
        if self._choice is ThemeChoice.SYSTEM:
            dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.theme = load_theme("dark" if dark else "light")
        self._application.setPalette(self.theme.palette())
        self._application.setStyleSheet(self.theme.style_sheet())
        self.changed.emit(self.theme)


_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
}
