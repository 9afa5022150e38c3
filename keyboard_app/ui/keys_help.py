"""Help > Keys: the table of keys as it is now."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from keyboard_app.command_table import TABLE
from keyboard_app.key_table import KeyTable
from keyboard_app.ui.keys import all_spelled


class KeysHelp(QDialog):
    """Lists what each key does; the preferences are where to change it."""

    change_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.resize(760, 560)
        self.table = QTreeWidget(self)
        self.table.setAccessibleName("Keys and what they do")
        self.table.setHeaderLabels(["What it does", "Keys"])
        self.table.setRootIsDecorated(False)
        self.table.setItemsExpandable(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        change = buttons.addButton("Change &keys…", QDialogButtonBox.ButtonRole.ActionRole)
        change.setAccessibleName("Change keys")
        change.clicked.connect(self._ask_change)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.table)
        column.addWidget(buttons)

    def show_keys(self, keys: KeyTable) -> None:
        """List the keys that work now."""
        self.table.clear()
        for name, entries in groupby(TABLE, lambda entry: entry.group):
            group = QTreeWidgetItem(self.table, [name])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            for entry in entries:
                QTreeWidgetItem(group, [entry.description, all_spelled(keys.keys_of(entry.command)) or "–"])
        self.table.expandAll()
        for column in range(2):
            self.table.resizeColumnToContents(column)

    @Slot()
    def _ask_change(self) -> None:
        self.accept()
        self.change_asked.emit()
