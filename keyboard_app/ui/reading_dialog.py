"""How far learning from files has come, with a way to stop it, and to put it aside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from keyboard_app.typist.orders import ReadingProgress
from keyboard_app.ui.panel_parts import button
from keyboard_app.ui.wording import shortened

_HINT = "You can write on meanwhile. Esc puts this window aside; “Learn from files” in the menu brings it back."


class ReadingDialog(QDialog):
    """Stays beside the text, and never takes a key that was meant for it: writing goes on meanwhile."""

    stop_asked = Signal()
    more_asked = Signal()
    put_aside = Signal()
    """The window is gone, though the files are still being read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setWindowTitle("Learn from files")
        self.setMinimumWidth(440)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName("How much was learned")
        self.bar.setTextVisible(False)
        self.hint = QLabel(_HINT, self)
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.aside = button("Put &aside", "Put this window aside", self)
        self.more = button("&More files…", "Learn from more files", self)
        self.button = button("&Stop", "Stop", self)
        self.aside.clicked.connect(self.reject)
        self.more.clicked.connect(self.more_asked)
        self.button.clicked.connect(self._press)
        self._has_ended = True
        self._arrange()

    def begin(self) -> None:
        """Show that reading begins, or that there is more to read; the keys stay where they are."""
        if self._has_ended:
            self.label.setText("Reading…")
            self.bar.setRange(0, 0)
            self._follow_end(has_ended=False)
        self.show()

    def come_back(self) -> None:
        """Come to the front, with the keys: somebody asked for it."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.aside.setFocus()  # the one button that does no harm when it is pressed in haste

    def show_progress(self, progress: ReadingProgress) -> None:
        """Show how far it has come, or that it has ended."""
        self.bar.setRange(0, max(progress.n_words, 1))
        self.bar.setValue(progress.n_done)
        self.label.setText(progress.sentence if progress.has_ended else how_far(progress))
        if progress.has_ended is not self._has_ended:
            self._follow_end(has_ended=progress.has_ended)

    def reject(self) -> None:
        """Go back to the text; only the button stops the reading."""
        super().reject()
        self._window.activateWindow()
        if not self._has_ended:
            self.put_aside.emit()

    @Slot()
    def _press(self) -> None:
        if self._has_ended:
            self.accept()
        else:
            self.stop_asked.emit()

    def _follow_end(self, *, has_ended: bool) -> None:
        self._has_ended = has_ended
        text = "&Close" if has_ended else "&Stop"
        self.button.setText(text)
        self.button.setAccessibleName(text.replace("&", ""))
        if has_ended and not self.button.hasFocus() and self.isActiveWindow():
            self.button.setFocus()  # before the others go, and the keys with them
        for part in (self.hint, self.aside, self.more):
            part.setVisible(not has_ended)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.aside)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for part in (self.label, self.bar, self.hint):
            column.addWidget(part)
        column.addLayout(row)


def how_far(progress: ReadingProgress) -> str:
    """Return how far a file was learned."""
    return f"“{shortened(progress.name)}”: {progress.n_done:,} of {progress.n_words:,} words"
