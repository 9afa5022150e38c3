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
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.text.tokenizer import fold
from keyboard_app.typist.orders import KnowledgeShown
from keyboard_app.ui.history_page import HistoryPage
from keyboard_app.ui.kept_rows import KeptRows
from keyboard_app.ui.knowledge_models import WordsModel
from keyboard_app.ui.panel_parts import RowTable, SearchField, button
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
    take_back_asked = Signal(int)
    """Carries the id of the event that is named; 0 where none is."""
    export_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What Foretype knows about you")
        self.resize(880, 580)
        self.words = WordsModel(self)
        self.history = HistoryPage(self)
        self.search = SearchField("Search the words", self)
        self.own_only = QCheckBox("&Only my own words", self)
        self.own_only.setAccessibleName("Only my own words")
        self.own_only.setChecked(True)
        self.word_table = RowTable("Words", self)
        self.word_table.setModel(self.words)
        self.word_table.setSortingEnabled(True)
        self.word_table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
        self.word_table.installEventFilter(self)
        self._kept = KeptRows(self.word_table, self.words, lambda row: fold(self.words.word_at(row).text))
        self._later: KnowledgeShown | None = None
        """What came while a word was edited, which another list would end."""
        self.profiles = ProfilePage(self)
        self._nothing = ""
        """What to say of an empty list: nothing, until the model said that it is empty."""
        self.count = QLabel(self)
        self.count.setObjectName("hint")
        self.forget = button("&Forget…", "Forget the selected words", self)
        self.recase = button("Change the &case", "Change the case of the selected word", self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.export = button("&Export…", "Export what was learned", self)
        self.export.setEnabled(False)
        self._arrange()
        self._connect()
        self._follow_selection()

    def allow_profiles(self) -> None:
        """Show the page of profiles: this window may change them."""
        self.tabs.setTabVisible(_PROFILES, True)

    def enter(self) -> None:
        """Come to the front, ready for letters; what was searched before the panel was closed is searched no more."""
        if not self.isVisible():
            self.search.clear()
            self.history.search.clear()
            self.tell("")
        self.show()
        self.raise_()
        self.activateWindow()
        page = self.tabs.currentWidget()
        if page is self.profiles:
            self.profiles.list.setFocus()
            return
        field = self.history.search if page is self.history else self.search
        field.setFocus()
        field.selectAll()

    def tell(self, sentence: str) -> None:
        """Show a sentence at the foot, until there is another."""
        self.message.setText(sentence)
        self.message.setAccessibleName(sentence)

    def show_knowledge(self, known: KnowledgeShown) -> None:
        """Show what is known now; what is searched, selected and edited stays, and how it is sorted."""
        if self.word_table.is_editing:
            self._later = known
            return
        self._later, self._nothing = None, _NOTHING
        first, top = self._kept.first, self._kept.top
        self.words.show_words(known.words)
        self._kept.put_on_top(top)
        if first >= 0 and self._kept.first < 0 and self.words.rowCount():
            self.word_table.selectRow(min(first, self.words.rowCount() - 1))  # what was selected was forgotten
        self.history.show_history(
            known.events, can_take_back=known.can_take_back, last_event=known.last_event, is_kept=known.is_kept
        )
        self.export.setEnabled(known.is_kept)
        self._count()

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
        self.search.gone_down.connect(self.word_table.setFocus)
        self.word_table.itemDelegate().closeEditor.connect(self._catch_up)
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
        self._count()

    def _count(self) -> None:
        shown, known = self.words.rowCount(), self.words.n_known
        self.count.setText(f"{shown:,} of {known:,} words that you used" if known else self._nothing)
        self._follow_selection()

    @Slot()
    def _follow_selection(self) -> None:
        rows = self.word_table.selectionModel().selectedRows()
        self.forget.setEnabled(bool(rows))
        self.recase.setEnabled(len(rows) == 1 and not self.words.word_at(rows[0].row()).waits)

    @Slot()
    def _catch_up(self) -> None:
        """Show what came while a word was edited."""
        if self._later is not None:
            self.show_knowledge(self._later)

    @Slot()
    def _ask_forget(self) -> None:
        self.forget_asked.emit(self.selected)
        self.word_table.setFocus()  # the button is shut where nothing is left: keys would go to any other one

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
        foot.addWidget(self.message, 1)
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
