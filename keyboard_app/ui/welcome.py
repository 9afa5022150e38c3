"""The first screen of the first start: what happens to the user's words, and then the ready editor."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from keyboard_app.command_table import Command
from keyboard_app.key_table import KeyTable
from keyboard_app.ui.keys import all_spelled, spelled, text_of

_WIDTH_PX = 560
_TITLE_SIZE = 1.7
"""Beside the other letters."""
_N_SENTENCES = 4
_TITLE = "Write. Foretype learns how you do."


class Welcome(QFrame):
    """Lies over the page until it is answered once; nothing waits behind it but the editor."""

    done = Signal(bool)
    """Carries whether to learn."""
    files_asked = Signal()
    """Comes after ``done`` where the user wants to hand over own writing to begin with."""
    typed = Signal(str)
    """Comes after ``done`` where typing a letter ended this screen: it belongs into the text."""

    def __init__(self, page: QWidget, keys: KeyTable, profile_folder: Path | None) -> None:
        super().__init__(page)
        self.setObjectName("welcome")
        self.setAccessibleName("Welcome to Foretype")
        self._page, self._keys = page, keys
        self._labels: list[QLabel] = []
        self._text = self._column()
        self.learning = QCheckBox("&Learn from what I type", self)
        self.learning.setAccessibleName("Learn from what I type")
        self.learning.setChecked(True)
        self.start = QPushButton("&Start writing", self)
        self.start.setAccessibleName("Start writing")
        self.start.setDefault(True)
        self.start.setAutoDefault(True)  # Enter is enough
        self.start.clicked.connect(self._finish)
        self.files = QPushButton("Learn from my &own writing…", self)
        self.files.setAccessibleName("Learn from my own writing")
        self.files.setAccessibleDescription("Choose text files of yours; you can write while they are read.")
        self.files.setAutoDefault(False)
        self.files.clicked.connect(self._finish_with_files)
        self._text.addSpacing(8)
        self._text.addWidget(self.learning)
        self._text.addSpacing(8)
        for button in (self.start, self.files):  # one below the other: large letters need the width
            self._text.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_folder(profile_folder)
        page.installEventFilter(self)
        self.setGeometry(page.rect())
        self.show()
        self.start.setFocus()

    def show_folder(self, folder: Path | None) -> None:
        """Tell where the open profile is kept; None where there is none."""
        sentences = _sentences(self._keys, folder)
        for label, sentence in zip(self._labels, sentences, strict=True):
            label.setText(sentence)
        self.start.setAccessibleDescription(" ".join([_TITLE, *sentences]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the page."""
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the focus on this screen: what lies behind it cannot be seen."""
        round_trip = (self.start, self.files, self.learning)
        here = next((place for place, control in enumerate(round_trip) if control.hasFocus()), 0)
        step, reason = (1, Qt.FocusReason.TabFocusReason) if forward else (-1, Qt.FocusReason.BacktabFocusReason)
        round_trip[(here + step) % len(round_trip)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter and Esc start the writing too, and whoever just begins to write."""
        letter = text_of(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.files.hasFocus():
            self._finish_with_files()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._finish()
        elif letter and not letter.isspace():
            self._finish()
            self.typed.emit(letter)
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        self._page.removeEventFilter(self)
        self.hide()
        self.done.emit(self.learning.isChecked())
        self.deleteLater()

    @Slot()
    def _finish_with_files(self) -> None:
        self._finish()
        self.files_asked.emit()

    def _column(self) -> QVBoxLayout:
        """Return the column of sentences in the middle; it scrolls where letters are large and the window small."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        content = QWidget(area)
        content.setObjectName("welcomeText")
        area.setWidget(content)
        row = QHBoxLayout(content)
        middle = QWidget(content)
        middle.setMaximumWidth(_WIDTH_PX)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        column = QVBoxLayout(middle)
        column.setSpacing(12)
        column.addStretch(1)
        inner = QVBoxLayout()
        inner.setSpacing(12)
        title = QLabel(_TITLE, middle)
        title.setObjectName("title")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * _TITLE_SIZE)
        title.setFont(font)
        title.setWordWrap(True)
        inner.addWidget(title)
        for _ in range(_N_SENTENCES):
            label = QLabel(middle)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            inner.addWidget(label)
            self._labels.append(label)
        column.addLayout(inner)
        column.addStretch(2)
        return inner


def _sentences(keys: KeyTable, profile_folder: Path | None) -> tuple[str, ...]:
    pause, help_key = (all_spelled(keys.keys_of(command)) for command in (Command.LEARNING, Command.KEYS_HELP))
    first = all_spelled((*keys.keys_of(Command.TAKE_GHOST), *keys.keys_of(Command.TAKE_FIRST)))
    second = " and ".join(spelled(key) for command in _OTHERS for key in keys.keys_of(command)[:1])
    pausing = (
        f"Learning can be paused at any time by {pause}, or by the switch at the bottom of the window. "
        "While it is paused, nothing you type is learned."
    )
    kept = (
        f"What it learns from them is kept in {profile_folder}, and nowhere else."
        if profile_folder is not None
        else "What it learns from them now is kept nowhere: this window has no profile, so it is for this session only."
    )
    taking = (
        f"{first} takes the first suggestion, {second} the others. Where none fits, just type on. "
        f"{help_key} shows all keys."
    )
    return (
        "Your words stay on this computer: Foretype has no part that uses the network.",
        kept,
        pausing,
        taking,
    )


_OTHERS = (Command.TAKE_SECOND, Command.TAKE_THIRD)
