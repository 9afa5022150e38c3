"""One setting each: a name, a control and a sentence about it; what is changed holds at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from keyboard_app.settings import Settings
from keyboard_app.ui.preferences import Preferences

_CONTROL_WIDTH_PX = 190
_NUMBER_MARGIN_PX = 6


class Row(QWidget):
    """A setting as it stands in the dialog; search finds it by the words in it."""

    def __init__(self, name: str, hint: str, control: QWidget | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._words = f"{name} {hint}".casefold()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 8)
        column.setSpacing(3)
        if isinstance(control, QCheckBox):
            column.addWidget(control)
        else:
            line = QHBoxLayout()
            label = QLabel(name, self)
            label.setWordWrap(True)
            line.addWidget(label, 1)
            if control is not None:
                line.addWidget(control)
            column.addLayout(line)
        self.hint = QLabel(hint, self)
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.hint)
        self.hint.setVisible(bool(hint))
        if control is not None:
            control.setAccessibleName(name)
            control.setAccessibleDescription(hint)
        if isinstance(control, (QComboBox, QSpinBox)):
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the page: whoever scrolls past a number does not mean to change it."""
        passes_by = event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus()
        if passes_by:
            event.ignore()
        return passes_by

    def tell(self, hint: str) -> None:
        """Put another sentence under the name."""
        self._words = f"{self.name} {hint}".casefold()
        self.hint.setText(hint)

    def matches(self, wanted: Sequence[str]) -> bool:
        """Tell whether every wanted word stands in this setting's name or sentence."""
        return all(word in self._words for word in wanted)

    def show_settings(self, settings: Settings) -> None:
        """Show what is chosen now."""


class FlagRow(Row):
    """Something that is on or off."""

    def __init__(self, preferences: Preferences, field: str, name: str, hint: str) -> None:
        self.box = QCheckBox(name)
        super().__init__(name, hint, self.box)
        self._field = field
        self.box.toggled.connect(lambda on: preferences.change(**{field: on}))

    def show_settings(self, settings: Settings) -> None:
        """Show whether it is on."""
        blocker = QSignalBlocker(self.box)
        self.box.setChecked(getattr(settings, self._field))
        blocker.unblock()


class ChoiceRow(Row):
    """One of a few."""

    def __init__(
        self,
        preferences: Preferences,
        field: str,
        name: str,
        hint: str,
        choices: Sequence[tuple[Enum | int | str, str]],
    ) -> None:
        self.box = QComboBox()
        self.box.setMinimumWidth(_CONTROL_WIDTH_PX)
        super().__init__(name, hint, self.box)
        self._preferences, self._field = preferences, field
        self._values = [value for value, _ in choices]
        self.box.addItems([wording for _, wording in choices])
        self.box.activated.connect(self._choose)

    def show_settings(self, settings: Settings) -> None:
        """Show which one is chosen; none, where it is not in the list."""
        value = getattr(settings, self._field)
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._preferences.change(**{self._field: self._values[index]})


class NumberRow(Row):
    """A number between two bounds; what it means may be told behind the hint."""

    def __init__(
        self,
        preferences: Preferences,
        field: str,
        name: str,
        hint: str,
        bounds: tuple[int, int],
        unit: str,
        meaning: Callable[[int], str] | None = None,
    ) -> None:
        self.box = QSpinBox()
        self.box.setMinimumWidth(_CONTROL_WIDTH_PX)
        super().__init__(name, hint, self.box)
        self._field, self._hint, self._meaning = field, hint, meaning
        self.box.lineEdit().setTextMargins(_NUMBER_MARGIN_PX, 0, 0, 0)  # the style sheet does not reach it
        self.box.setRange(*bounds)
        self.box.setSuffix(unit)
        self.box.valueChanged.connect(lambda number: preferences.change(**{field: number}))

    def show_settings(self, settings: Settings) -> None:
        """Show the number, and what it means."""
        blocker = QSignalBlocker(self.box)
        self.box.setValue(getattr(settings, self._field))
        blocker.unblock()
        if self._meaning is not None:
            self.hint.setText(f"{self._hint}\n{self._meaning(self.box.value())}")
            self.box.setAccessibleDescription(self.hint.text())


class TabRow(Row):
    """Whether Tab takes the ghost text."""

    def __init__(self, preferences: Preferences) -> None:
        name = "Tab takes the ghost text, or the first suggestion"
        self.box = QCheckBox(name)
        super().__init__(name, "Off, Tab indents; the first suggestion has a key of its own.", self.box)
        self.box.toggled.connect(lambda on: preferences.set_keys(preferences.keys.with_tab(takes=on)))
        self._tab_takes: Callable[[], bool] = lambda: preferences.keys.tab_takes

    def show_settings(self, settings: Settings) -> None:
        """Show whether it does."""
        del settings
        blocker = QSignalBlocker(self.box)
        self.box.setChecked(self._tab_takes())
        blocker.unblock()
