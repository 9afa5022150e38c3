"""The strip of three steady slots below the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QStackedLayout, QWidget

from keyboard_app.command_table import SLOTS
from keyboard_app.key_table import KeyTable
from keyboard_app.ui.slot_button import SlotButton
from keyboard_app.ui.theme import Theme

N_SLOTS = 3
_OVERHANG_PX = 12
"""The frames stand out a little, so that the words in them begin near where the lines do."""
_HEIGHT_PX = 66


class SuggestionBar(QWidget):
    """Shows words, best first, or one message; emits the slot that was clicked."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestionBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Suggestions")
        self.setFixedHeight(_HEIGHT_PX)
        self._slots = tuple(SlotButton(theme, first=number == 0, parent=self) for number in range(N_SLOTS))
        self.set_keys(KeyTable())
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.idClicked.connect(self.chosen)
        self._message = QLabel(self)
        self._message.setObjectName("barMessage")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._row_of_slots())
        self._pages.addWidget(self._message)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what stands in the slots."""
        return tuple(slot.word for slot in self._slots)

    @property
    def message(self) -> str:
        """Return the message on screen; empty while slots are."""
        return self._message.text() if self._pages.currentWidget() is self._message else ""

    @property
    def slot_buttons(self) -> tuple[SlotButton, ...]:
        """Return the slots, best first."""
        return self._slots

    def show_words(self, words: Sequence[str]) -> None:
        """Put ``words`` into the slots; an empty string leaves a slot empty."""
        for slot, word in zip(self._slots, words, strict=True):
            slot.set_word(word)
        self._pages.setCurrentIndex(0)

    def show_message(self, sentence: str) -> None:
        """Show ``sentence`` in place of the slots."""
        self._message.setText(sentence)
        self._message.setAccessibleName(sentence)
        self._pages.setCurrentWidget(self._message)

    def set_keys(self, keys: KeyTable) -> None:
        """Print the keys that take the words."""
        for command, slot in zip(SLOTS, self._slots, strict=False):
            slot.set_keys(keys.keys_of(command))

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        for slot in self._slots:
            slot.set_theme(theme)

    @Slot(int)
    def set_margin(self, side_px: int) -> None:
        """Keep the slots under the lines of the text."""
        self._row.setContentsMargins(side_px - _OVERHANG_PX, 10, side_px - _OVERHANG_PX, 12)

    def _row_of_slots(self) -> QWidget:
        page = QWidget(self)
        self._row = QHBoxLayout(page)
        self._row.setSpacing(10)
        for number, slot in enumerate(self._slots):
            self._row.addWidget(slot, 1)
            self._group.addButton(slot, number)
        return page
