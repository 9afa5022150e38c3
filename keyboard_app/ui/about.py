"""Help > About: which version this is, and whose work is in it."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QTextBrowser, QVBoxLayout, QWidget

from keyboard_app import __version__
from keyboard_app.ui.icons import application_icon

_ICON_PX = 64
_LICENCES = (
    ("Foretype", "MIT"),
    ("Qt for Python", "LGPL 3"),
    ("NumPy", "BSD 3-Clause"),
    ("Numba", "BSD 2-Clause"),
    ("regex", "Apache 2.0"),
    ("safetensors", "Apache 2.0"),
    ("platformdirs", "MIT"),
    ("psutil", "BSD 3-Clause"),
)


class AboutDialog(QDialog):
    """Name, version and licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Foretype")
        self.resize(480, 520)
        picture = QLabel(self)
        picture.setPixmap(application_icon().pixmap(_ICON_PX))
        picture.setAccessibleName("Foretype")
        rows = "".join(f"<tr><td>{name}&nbsp;&nbsp;</td><td>{licence}</td></tr>" for name, licence in _LICENCES)
        self.text = QTextBrowser(self)
        self.text.setHtml(
            f"<h3>Foretype {__version__}</h3>"
            "<p>A text editor that predicts the next word and learns its user’s way of writing, wholly offline.</p>"
            f"<p>Runs on Qt {qVersion()}.</p><table>{rows}</table>"
            "<p>The texts that the model was trained on, with their authors and licences, "
            "are listed in NOTICE.md beside the program.</p>"
        )
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName("About Foretype")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        for widget in (picture, self.text, buttons):
            column.addWidget(widget)
