"""How far learning from files has come, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from keyboard_app.typist.orders import ReadingProgress
from keyboard_app.ui.wording import shortened


class ReadingDialog(QDialog):
    """Stays beside the text: writing goes on meanwhile."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Learn from files")
        self.setMinimumWidth(440)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName("How much was learned")
        self.bar.setTextVisible(False)
        self.hint = QLabel("You can write on meanwhile. What is stopped goes on from there the next time.", self)
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.button = QPushButton("&Stop", self)
        self.button.setAccessibleName("Stop")
        self.button.clicked.connect(self._press)
        self._has_ended = True
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for part in (self.label, self.bar, self.hint):
            column.addWidget(part)
        column.addLayout(row)

    def begin(self) -> None:
        """Show that reading begins."""
        self._has_ended = False
        self.label.setText("Reading…")
        self.bar.setRange(0, 0)
        self._name_button("&Stop")
        self.show()

    def show_progress(self, progress: ReadingProgress) -> None:
        """Show how far it has come, or that it has ended."""
        self._has_ended = progress.has_ended
        self.bar.setRange(0, max(progress.n_words, 1))
        self.bar.setValue(progress.n_done)
        name = shortened(progress.name)
        going = f"“{name}”: {progress.n_done:,} of {progress.n_words:,} words"
        self.label.setText(progress.sentence if progress.has_ended else going)
        self._name_button("&Close" if progress.has_ended else "&Stop")

    def reject(self) -> None:
        """Stop the reading with the window: what goes on unseen cannot be stopped."""
        if not self._has_ended:
            self.stop_asked.emit()
        super().reject()

    @Slot()
    def _press(self) -> None:
        if self._has_ended:
            self.accept()
        else:
            self.stop_asked.emit()

    def _name_button(self, text: str) -> None:
        self.button.setText(text)
        self.button.setAccessibleName(text.replace("&", ""))
