"""Counts words when the user pauses: of the text, and of what is selected in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from keyboard_app.document.counting import count_words, length_wording
from keyboard_app.timers import put_off
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.status_line import StatusLine

_PAUSE_MS = 300
_COUNTED_CHARACTERS = 500_000
"""In a longer text, counting words would hold up the keys."""


class WordCounter(QObject):
    """Keeps the count in the status line right."""

    def __init__(self, editor: Editor, status: StatusLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._status = status
        self._later = put_off(self, _PAUSE_MS, self.count)
        editor.textChanged.connect(self._later.start)
        editor.selectionChanged.connect(self._later.start)

    @Slot()
    def count(self) -> None:
        """Count at once."""
        if self._editor.document().characterCount() > _COUNTED_CHARACTERS:
            self._status.show_length("")
            return
        selected = self._editor.textCursor().selectedText()
        self._status.show_length(length_wording(count_words(self._editor.raw_text()), count_words(selected)))
