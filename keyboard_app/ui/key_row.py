"""One command and its key in the preferences."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLineEdit, QPushButton, QWidget

from keyboard_app.command_table import ENTRIES, Command
from keyboard_app.settings import Settings
from keyboard_app.ui.keys import all_spelled, spelled
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.setting_rows import Row

_FIELD_WIDTH_PX = 150


class KeyRow(Row):
    """A field that takes the next key pressed in it, and a button that brings the usual keys back."""

    def __init__(self, preferences: Preferences, command: Command) -> None:
        self._preferences, self._command = preferences, command
        name = ENTRIES[command].description
        both = QWidget()
        self.field = QKeySequenceEdit(both)
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(_FIELD_WIDTH_PX)
        self.usual = QPushButton("Usual", both)
        self.usual.setAutoDefault(False)  # Enter in the search field changes no key
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.field)
        line.addWidget(self.usual)
        super().__init__(name, "", both)
        self._words += " key keys"
        self.field.setAccessibleName(f"Key: {name}")
        inner = self.field.findChild(QLineEdit)  # has the focus, and so speaks, in the field's place
        assert isinstance(inner, QLineEdit)
        self._inner = inner
        self._inner.setAccessibleName(f"Key: {name}")
        self.usual.setAccessibleName(f"Usual keys: {name}")
        self.field.editingFinished.connect(self._choose)
        self.usual.clicked.connect(self._bring_back)

    def show_settings(self, settings: Settings) -> None:
        """Show the key, the others that do the same, and who else was given one of them."""
        del settings
        table = self._preferences.keys
        keys = table.chosen_keys(self._command)
        blocker = QSignalBlocker(self.field)
        self.field.setKeySequence(QKeySequence(keys[0] if keys else ""))
        blocker.unblock()
        self.usual.setEnabled(keys != ENTRIES[self._command].keys)
        sentences = [f"Also {all_spelled(keys[1:])}."] if keys[1:] else []
        for key, rival in table.rivals(self._command):
            keeps = key in table.keys_of(self._command)
            outcome = "which does not get it" if keeps else "which keeps it"
            sentences.append(f"{spelled(key)} is also a key of “{ENTRIES[rival].description}”, {outcome}.")
        self.hint.setText(" ".join(sentences))
        self.hint.setVisible(bool(sentences))
        clashes = bool(table.rivals(self._command))
        if self.hint.property("warning") is not clashes:
            self.hint.setProperty("warning", clashes)
            self.hint.style().unpolish(self.hint)
            self.hint.style().polish(self.hint)
        self._inner.setAccessibleDescription(self.hint.text())

    @Slot()
    def _choose(self) -> None:
        """Put the new key in the place of the first one; a cleared field leaves the command without keys."""
        key = self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        table = self._preferences.keys
        before = table.chosen_keys(self._command)
        if key != (before[0] if before else ""):
            self._preferences.set_keys(table.with_keys(self._command, (key, *before[1:]) if key else ()))

    @Slot()
    def _bring_back(self) -> None:
        self._preferences.set_keys(self._preferences.keys.with_usual_keys(self._command))
