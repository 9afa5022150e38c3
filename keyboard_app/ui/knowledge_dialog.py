"""What Foretype knows about its user: the words, to be searched, recased and forgotten; and how each was learned."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from keyboard_app.typist.orders import KnowledgeShown
from keyboard_app.ui.history_page import HistoryPage
from keyboard_app.ui.knowledge_models import WordsModel
from keyboard_app.ui.panel_parts import button, table
from keyboard_app.ui.profile_page import ProfilePage

_PAGE_MARGIN_PX = 9
_PROFILES = 2
"""The number of their tab."""
_NOTHING = "Nothing yet: the words that you write appear here."


class KnowledgeDialog(QDialog):
    """Pages of words, of events and of profiles; it asks through its signals, and shows what it is told."""

    forget_asked = Signal(object)
    """Carries the words."""
    form_asked = Signal(str, str)
    take_back_asked = Signal()
    export_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What Foretype knows about you")
        self.resize(880, 580)
        self.words = WordsModel(self)
        self.history = HistoryPage(self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search the words")
        self.search.setAccessibleName("Search the words")
        self.search.setClearButtonEnabled(True)
        self.own_only = QCheckBox("&Only my own words", self)
        self.own_only.setAccessibleName("Only my own words")
        self.own_only.setChecked(True)
        self.word_table = table("Words", self)
        self.word_table.setModel(self.words)
        self.word_table.setSortingEnabled(True)
        self.word_table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
        self.word_table.installEventFilter(self)
        self.profiles = ProfilePage(self)
        self.count = QLabel(_NOTHING, self)
        self.count.setObjectName("hint")
        self.forget = button("&Forget…", "Forget the selected words", self)
        self.recase = button("Change the &case", "Change the case of the selected word", self)
        self.export = button("&Export…", "Export what was learned", self)
        self._arrange()
        self._connect()
        self._follow_selection()

    def allow_profiles(self) -> None:
        """Show the page of profiles: this window may change them."""
        self.tabs.setTabVisible(_PROFILES, True)

    def show_knowledge(self, known: KnowledgeShown) -> None:
        """Show what is known now; what is searched and how it is sorted stays."""
        self.words.show_words(known.words)
        self.history.show_history(known.events, can_take_back=known.can_take_back)
        self._sift()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the Delete key forget."""
        if watched is not self.word_table or not isinstance(event, QKeyEvent) or not self.selected:
            return False
        is_delete = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Delete
        if is_delete:
            self._ask_forget()
        return is_delete

    @property
    def selected(self) -> tuple[str, ...]:
        """Return the selected words."""
        rows = self.word_table.selectionModel().selectedRows()
        return tuple(self.words.word_at(row.row()).text for row in rows)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._sift)
        self.own_only.toggled.connect(self._sift)
        self.word_table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.words.modelReset.connect(self._follow_selection)
        self.forget.clicked.connect(self._ask_forget)
        self.recase.clicked.connect(self._edit)
        self.history.take_back_asked.connect(self.take_back_asked)
        self.export.clicked.connect(self.export_asked)
        self.words.form_asked.connect(self.form_asked)

    @Slot()
    def _sift(self) -> None:
        self.words.choose(self.search.text(), own_only=self.own_only.isChecked())
        shown, known = self.words.rowCount(), self.words.n_known
        self.count.setText(f"{shown:,} of {known:,} words that you used" if known else _NOTHING)
        self._follow_selection()

    @Slot()
    def _follow_selection(self) -> None:
        rows = self.word_table.selectionModel().selectedRows()
        self.forget.setEnabled(bool(rows))
        self.recase.setEnabled(len(rows) == 1 and not self.words.word_at(rows[0].row()).waits)

    @Slot()
    def _ask_forget(self) -> None:
        self.forget_asked.emit(self.selected)

    @Slot()
    def _edit(self) -> None:
        rows = self.word_table.selectionModel().selectedRows()
        if rows:
            self.word_table.edit(rows[0])

    def _arrange(self) -> None:
        self.tabs = tabs = QTabWidget(self)
        tabs.setAccessibleName("Words, history and profiles")
        tabs.addTab(self._words_page(), "&Words")
        tabs.addTab(self.history, "&History")
        tabs.addTab(self.profiles, "&Profiles")
        tabs.setTabVisible(_PROFILES, False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setIcon(QIcon())  # the style's own picture belongs to another family
        close.setAccessibleName("Close what Foretype knows")
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(_PAGE_MARGIN_PX, 0, _PAGE_MARGIN_PX, 0)
        foot.addWidget(self.export)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(tabs, 1)
        column.addLayout(foot)

    def _words_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(*(_PAGE_MARGIN_PX,) * 4)
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.own_only)
        column.addLayout(head)
        column.addWidget(self.word_table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.recase)
        foot.addWidget(self.forget)
        column.addLayout(foot)
        self.word_table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.word_table.setColumnWidth(3, 230)
        return page
