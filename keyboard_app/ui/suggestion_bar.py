"""The strip of steady slots, below the text or close to the caret."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QStackedLayout, QWidget

from keyboard_app.command_table import SLOTS, Command
from keyboard_app.key_table import KeyTable
from keyboard_app.typist.manner import SLOT_CHOICES, Manner
from keyboard_app.ui.slot_button import SlotButton
from keyboard_app.ui.theme import Theme

_ABOVE_PX, _BELOW_PX = 10, 12
_OVERHANG_PX = 12
"""The frames stand out a little, so that the words in them begin near where the lines do."""
_FLOATING_MARGIN_PX = 6
_NARROW_SIDE_PX = 32
FLOATING_EDGE_PX = 8
"""Between a floating strip and the edges of the page."""


class SuggestionBar(QWidget):
    """Shows words, best first, or one message; emits the slot that was clicked, if its word is still the same."""

    chosen = Signal(int)
    menu_asked = Signal(str, QPoint)
    """A menu is wanted for the word in a slot, at a place of the screen."""
    changed = Signal()
    """Other words stand in the slots, or the strip has another size."""
    room_changed = Signal()
    """There are more or fewer slots, as the window or the letters have another size."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestionBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Suggestions")
        self._slots = tuple(SlotButton(theme, first=number == 0, parent=self) for number in range(max(SLOT_CHOICES)))
        self.set_keys(KeyTable())
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._pressed = ""
        self._group.idPressed.connect(self._remember)
        self._group.idClicked.connect(self._choose)
        self._message = QLabel(self)
        self._message.setObjectName("barMessage")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._row_of_slots())
        self._pages.addWidget(self._message)
        self._side_px, self._floats = _NARROW_SIDE_PX, False
        self._count = self._wished = len(self._slots)
        self.set_count(Manner().n_slots)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what stands in the slots."""
        return tuple(slot.word for slot in self.slot_buttons)

    @property
    def message(self) -> str:
        """Return the message on screen; empty while slots are."""
        return self._message.text() if self._pages.currentWidget() is self._message else ""

    @property
    def slot_buttons(self) -> tuple[SlotButton, ...]:
        """Return the slots on screen, best first."""
        return self._slots[: self._count]

    def show_words(self, words: Sequence[str]) -> None:
        """Put ``words`` into the slots; an empty string leaves a slot empty."""
        words = tuple(words)
        changes = words != self.words or bool(self.message)
        for slot, word in zip(self.slot_buttons, words, strict=True):
            slot.set_word(word)
        self._pages.setCurrentIndex(0)
        if changes:
            self.changed.emit()

    def show_message(self, sentence: str) -> None:
        """Show ``sentence`` in place of the slots."""
        self._message.setText(sentence)
        self._message.setAccessibleName(sentence)
        self._pages.setCurrentWidget(self._message)
        self.changed.emit()

    def set_keys(self, keys: KeyTable) -> None:
        """Print the keys that take the words."""
        for command, slot in zip(SLOTS, self._slots, strict=True):
            slot.set_keys(keys.keys_of(command))
        self._slots[0].set_keys(keys.keys_of(SLOTS[0]), keys.keys_of(Command.TAKE_GHOST))

    def set_ghost_apart(self, apart: bool) -> None:
        """Tell the first slot that the keys of the ghost take something else than its word, or that they do not."""
        self._slots[0].lend_keys(apart)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        for slot in self._slots:
            slot.set_theme(theme)

    @Slot(int)
    def set_margin(self, side_px: int) -> None:
        """Keep the slots under the lines of the text; five of them need more room than that."""
        self._side_px = side_px - _OVERHANG_PX
        self._fit()

    def set_count(self, count: int) -> None:
        """Show so many slots, as far as there is room for them."""
        self._wished = count
        self._fit()

    def set_floating(self, floats: bool) -> None:
        """Be a small frame over the page, or a part of the window."""
        self._floats = floats
        self.setProperty("floating", floats)
        self.style().unpolish(self)
        self.style().polish(self)
        self._fit()

    def set_text_scale(self, scale: float) -> None:
        """Make the words larger as the text is."""
        for slot in self._slots:
            slot.set_text_scale(max(1.0, scale))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Show as many slots as there is room for by now."""
        super().showEvent(event)
        self._fit()

    def floating_size(self) -> QSize:
        """Return how large the strip wants to be at the caret."""
        hint = self._slots[0].sizeHint()
        width = hint.width() * self._count + self._row.spacing() * (self._count - 1)
        return QSize(width + 2 * _FLOATING_MARGIN_PX, self.height())

    @Slot(int)
    def _remember(self, number: int) -> None:
        self._pressed = self._slots[number].word

    @Slot(int)
    def _choose(self, number: int) -> None:
        """Pass a click on, unless an answer put another word into the slot while the button was down.

        A word of which nearly nothing can be seen is not taken by a click either; its key takes it.
        """
        if self._slots[number].word == self._pressed and self._slots[number].can_be_read:
            self.chosen.emit(number)

    def _fit(self) -> None:
        """Fit the margins and the height to what the strip shows."""
        height = self._slots[0].sizeHint().height()
        if self._floats:
            margin = _FLOATING_MARGIN_PX
            self._row.setContentsMargins(margin, margin, margin, margin)
            self.setFixedHeight(height + 2 * margin)
        else:
            side = self._own_side_px
            self._row.setContentsMargins(side, _ABOVE_PX, side, _BELOW_PX)
            self.setFixedHeight(height + _ABOVE_PX + _BELOW_PX)
        self._fit_count()
        self.changed.emit()

    def _fit_count(self) -> None:
        """Show no more slots than words can be read in: the last ones go first."""
        count = min(self._wished, self._most_slots())
        if count == self._count:
            return
        self._count = count
        for number, slot in enumerate(self._slots):
            slot.setVisible(number < count)
            if number >= count:
                slot.set_word("")
        self.room_changed.emit()

    def _most_slots(self) -> int:
        """Return for how many slots there is room; for all of them while nothing is on screen yet."""
        around = self.parentWidget()
        if around is None or not around.isVisible():
            return len(self._slots)
        margin = _FLOATING_MARGIN_PX + FLOATING_EDGE_PX if self._floats else self._own_side_px
        spacing, least = self._row.spacing(), self._slots[0].least_width
        return max(1, (around.width() - 2 * margin + spacing) // (least + spacing))

    @property
    def _own_side_px(self) -> int:
        return self._side_px if self._wished <= Manner().n_slots else min(self._side_px, _NARROW_SIDE_PX)

    def _row_of_slots(self) -> QWidget:
        page = QWidget(self)
        self._row = QHBoxLayout(page)
        self._row.setSpacing(10)
        for number, slot in enumerate(self._slots):
            self._row.addWidget(slot, 1)
            self._group.addButton(slot, number)
            slot.menu_asked.connect(self.menu_asked)
        return page
