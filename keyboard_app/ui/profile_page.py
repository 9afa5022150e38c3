"""The page of profiles: which there are, which one is open, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget

from keyboard_app.ui.panel_parts import button

_WHAT_IT_IS = (
    "A profile is all that Foretype has learned from you: words, counts, what the model changed, and the statistics. "
    "You can keep several, for example one for work and one for letters; only the one that is open learns."
)
_NO_PROFILE = "What you type in this window is learned for this session only. Open a profile to keep it."


class ProfilePage(QWidget):
    """Asks through its signals; shows what it is told."""

    chosen = Signal(str)
    new_asked = Signal()
    import_asked = Signal()
    afresh_asked = Signal()
    remove_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._present = ""
        self.hint = QLabel(_WHAT_IT_IS, self)
        self.hint.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Profiles")
        self.list.itemActivated.connect(self._choose)
        self.list.currentRowChanged.connect(self._follow_row)
        self.open = button("&Open it", "Open the selected profile", self)
        self.remove = button("&Remove…", "Remove the selected profile", self)
        self.new = button("&New…", "Make a new profile", self)
        self.importing = button("&Import…", "Import a profile from a file", self)
        self.afresh = button("Start &afresh…", "Forget everything that this profile knows", self)
        self.open.clicked.connect(self._choose)
        self.remove.clicked.connect(self._ask_remove)
        self.new.clicked.connect(self.new_asked)
        self.importing.clicked.connect(self.import_asked)
        self.afresh.clicked.connect(self.afresh_asked)
        self._arrange()

    def show_profiles(self, names: Sequence[str], present: str) -> None:
        """List the profiles; ``present`` is the one that is open, or empty."""
        self._present = present
        self.hint.setText(_WHAT_IT_IS if present else _NO_PROFILE)
        self.list.clear()
        for name in names:
            self.list.addItem(f"{name}  (open now)" if name == present else name)
            self.list.item(self.list.count() - 1).setData(Qt.ItemDataRole.UserRole, name)
        self.list.setCurrentRow(list(names).index(present) if present in names else 0)
        self.afresh.setEnabled(bool(present))
        self._follow_row()

    @property
    def selected(self) -> str:
        """Return the name of the selected profile; empty where there is none."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    @Slot()
    def _follow_row(self) -> None:
        for control in (self.open, self.remove):
            control.setEnabled(self.selected not in ("", self._present))

    @Slot()
    def _ask_remove(self) -> None:
        self.remove_asked.emit(self.selected)
        self.list.setFocus()  # the button is shut when that is done: keys would go to any other one

    @Slot()
    def _choose(self) -> None:
        if self.selected not in ("", self._present):
            self.chosen.emit(self.selected)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addWidget(self.remove)
        row.addStretch(1)
        for control in (self.new, self.importing, self.afresh):
            row.addWidget(control)
        column.addLayout(row)
