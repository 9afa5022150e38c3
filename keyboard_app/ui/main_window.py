"""The main window: arranges the widgets and connects what lies within it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from engine.values import Context
from keyboard_app.command_table import Command
from keyboard_app.key_table import KeyChanges, KeyTable
from keyboard_app.settings import USUAL_FONT_PT, Settings, StripSpot
from keyboard_app.ui.announcer import announce, spoken
from keyboard_app.ui.dialogs import Dialogs
from keyboard_app.ui.document_desk import DocumentDesk
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.file_drop import FileDrop
from keyboard_app.ui.find_bar import FindBar
from keyboard_app.ui.fonts import writing_font
from keyboard_app.ui.keys import all_spelled
from keyboard_app.ui.menus import Menus
from keyboard_app.ui.notice_bar import NoticeBar
from keyboard_app.ui.paper_desk import PaperDesk
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.private_mark import PrivateMark
from keyboard_app.ui.settings_desk import SettingsDesk
from keyboard_app.ui.status_line import StatusLine
from keyboard_app.ui.strip_place import StripPlace
from keyboard_app.ui.suggestion_bar import SuggestionBar
from keyboard_app.ui.tab_strip import TabStrip
from keyboard_app.ui.theme import Theme
from keyboard_app.ui.word_counter import WordCounter


class MainWindow(QMainWindow):
    """The open documents with their suggestion strip."""

    closing = Signal()

    def __init__(self, preferences: Preferences, theme: Theme, profile_folder: Path | None = None) -> None:
        """Show an empty document; without a ``profile_folder``, what is learned is for this session only."""
        super().__init__()
        self._preferences = preferences
        self._profile = ""
        self._shape: tuple[int, list[str], int] = (0, [], 0)
        self.editor = Editor(self)
        self.suggestion_bar = SuggestionBar(theme, self)
        self.find_bar = FindBar(self.editor, self)
        self.notice_bar = NoticeBar(self)
        self.private_mark = PrivateMark(self)
        self.status_line = StatusLine(self)
        self.menus = Menus(self)
        self.tabs = TabStrip(self)
        self._dialogs = dialogs = Dialogs(self)
        self.documents = DocumentDesk(self.editor, dialogs, self)
        self.paper = PaperDesk(self.documents, self.editor, dialogs, self)
        self.file_drop = FileDrop(self)
        self.settings = SettingsDesk(self, preferences, self.menus, self.editor, self._choose_font)
        self.settings.show_folder(profile_folder)
        self._words = WordCounter(self.editor, self.status_line, self)
        self._key_changes: KeyChanges | None = None
        self._arrange()
        self._connect_menus()
        self._connect_parts()
        self._follow_settings(preferences.settings)
        self.set_theme(theme)
        self._show_title()
        self._restore(preferences.settings.geometry)
        self.settings.greet(self._page)

    def _arrange(self) -> None:
        self._page = page = QWidget(self)
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.notice_bar)
        column.addWidget(self.private_mark)
        column.addWidget(self.find_bar)
        column.addWidget(self.editor, 1)
        column.addWidget(self.suggestion_bar)
        column.addWidget(self.status_line)
        self.strip_place = StripPlace(self.suggestion_bar, self.editor, column, self)
        self.setCentralWidget(page)
        self.setMinimumSize(480, 320)
        self.editor.setFocus()

    def _connect_menus(self) -> None:
        menus, documents, editor = self.menus, self.documents, self.editor
        menus.new.triggered.connect(documents.new)
        menus.open.triggered.connect(documents.open)
        menus.recent_chosen.connect(documents.open_file)
        menus.save.triggered.connect(documents.save)
        menus.save_as.triggered.connect(documents.save_as)
        menus.print.triggered.connect(self.paper.print)
        menus.export_pdf.triggered.connect(self.paper.export_pdf)
        menus.close.triggered.connect(documents.close_active)
        menus.next_tab.triggered.connect(documents.show_next)
        menus.previous_tab.triggered.connect(documents.show_previous)
        menus.quit.triggered.connect(self.close)
        menus.undo.triggered.connect(editor.undo_step)
        menus.redo.triggered.connect(editor.redo_step)
        menus.cut.triggered.connect(editor.cut_selection)
        menus.copy.triggered.connect(editor.copy)
        menus.paste.triggered.connect(editor.paste)
        menus.select_all.triggered.connect(editor.selectAll)
        menus.find.triggered.connect(self.find_bar.open)
        menus.replace.triggered.connect(self.find_bar.open_to_replace)
        menus.find_next.triggered.connect(self._find_next)
        menus.find_previous.triggered.connect(self._find_previous)
        menus.larger.triggered.connect(self._zoom_in)
        menus.smaller.triggered.connect(self._zoom_out)
        menus.usual.triggered.connect(self._zoom_back)
        menus.theme_chosen.connect(self._preferences.choose_theme)
        menus.line_chosen.connect(self._preferences.choose_line)
        menus.font.triggered.connect(self._choose_font)
        menus.usual_font.triggered.connect(lambda: self._preferences.choose_font(""))
        menus.focus_mode.toggled.connect(self._preferences.set_focus_mode)
        menus.full_screen.triggered.connect(self._toggle_full_screen)
        menus.announce.triggered.connect(self._announce)
        menus.strip.toggled.connect(self._preferences.show_strip)
        menus.ghost.toggled.connect(self._preferences.show_ghost)
        menus.at_caret.toggled.connect(self._preferences.put_strip_at_caret)
        menus.slots_chosen.connect(self._preferences.choose_slots)
        menus.learning.toggled.connect(self._preferences.set_learning)

    def _connect_parts(self) -> None:
        self._preferences.changed.connect(self._follow_settings)
        self._preferences.problem.connect(self.notice_bar.tell)
        self.status_line.learning_toggled.connect(self._preferences.set_learning)
        self.tabs.currentChanged.connect(self.documents.show_tab)
        self.tabs.close_asked.connect(self.documents.close_tab)
        self.documents.title_changed.connect(self._show_title)
        self.documents.replaced.connect(self.find_bar.refresh)
        self.documents.replaced.connect(self._show_place)
        self.documents.replaced.connect(self._words.count)
        self.documents.problem.connect(self.notice_bar.tell)
        self.documents.saved.connect(self.status_line.tell)
        self.paper.problem.connect(self.notice_bar.tell)
        self.paper.done.connect(self.status_line.tell)
        self.file_drop.dropped.connect(self.documents.open_file)
        self.documents.used.connect(self._preferences.remember)
        self.documents.gone.connect(self._preferences.forget)
        self.editor.margin_changed.connect(self.suggestion_bar.set_margin)
        self.editor.zoom_asked.connect(self._preferences.zoom)
        self.editor.escaped.connect(self.find_bar.put_away)
        self.editor.escaped.connect(self.notice_bar.put_away_plain)
        self.notice_bar.left.connect(self.editor.setFocus)
        self.editor.cursorPositionChanged.connect(self._show_place)
        self.find_bar.told.connect(self.status_line.tell)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything that the style sheet does not reach in the colours of ``theme``."""
        self.tabs.set_theme(theme)
        self.suggestion_bar.set_theme(theme)
        self.find_bar.set_theme(theme)
        self.notice_bar.set_theme(theme)
        self.status_line.set_theme(theme)
        self.menus.set_theme(theme)
        self.editor.set_colours(theme.colour("ghost"), theme.colour("surface"))
        self.editor.set_mark_colour(theme.colour("warning"))

    def show_profile(self, name: str, folder: Path | None) -> None:
        """Name a profile in the title, none where there is nothing special about it, and tell of its folder."""
        self._profile = name
        self.settings.show_folder(folder)
        self._show_title()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the counts from the beginning."""
        super().showEvent(event)
        self._show_place()
        self._words.count()

    def changeEvent(self, event: QEvent) -> None:
        """Leave the whole screen to the text: every key of the menus works without them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.menuBar().setVisible(not self.isFullScreen())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close unless the user wants to keep unsaved changes on screen."""
        if not self.documents.may_quit():
            event.ignore()
            return
        self._preferences.change(geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self._preferences.keep()
        event.accept()
        self.closing.emit()

    @Slot(object)
    def _follow_settings(self, settings: Settings) -> None:
        self.menus.show_settings(settings)
        if settings.keys != self._key_changes:
            self._follow_keys(settings)
        self.status_line.set_learning(settings.learning)
        self.editor.set_veil(settings.focus_mode)
        self.suggestion_bar.set_text_scale(settings.font_pt / USUAL_FONT_PT)
        self.strip_place.choose(shown=settings.show_strip, at_caret=settings.strip_spot is StripSpot.CARET)
        font = writing_font(settings.font_pt, settings.font_family)
        if (font.pointSize(), font.families(), settings.line_letters) != self._shape:
            self._shape = (font.pointSize(), font.families(), settings.line_letters)
            self.editor.setFont(font)
            self.editor.set_line(settings.line_letters)
            self.editor.ensureCursorVisible()

    def _follow_keys(self, settings: Settings) -> None:
        self._key_changes = settings.keys
        keys = KeyTable(settings.keys)
        self.menus.set_keys(keys)
        self.editor.set_keys(keys)
        self.suggestion_bar.set_keys(keys)
        self.status_line.set_keys(keys)

    @Slot()
    def _show_title(self) -> None:
        documents = self.documents
        profile = f" – {self._profile}" if self._profile else ""
        # At the end, as Qt puts the name of the program behind every title that does not end with it.
        self.setWindowTitle(f"{documents.active.name}[*]{profile} – Foretype")
        self.setWindowModified(documents.active.is_modified)
        titles = [f"• {document.name}" if document.is_modified else document.name for document in documents.all]
        self.tabs.show_tabs(titles, documents.active_index)

    @Slot()
    def _show_place(self) -> None:
        cursor = self.editor.textCursor()
        self.status_line.show_place(cursor.blockNumber() + 1, cursor.positionInBlock() + 1)

    @Slot()
    def _find_next(self) -> None:
        if self.find_bar.isHidden():
            self.find_bar.open()
        self.find_bar.find_next()

    @Slot()
    def _find_previous(self) -> None:
        if self.find_bar.isHidden():
            self.find_bar.open()
        self.find_bar.find_previous()

    @Slot()
    def _zoom_in(self) -> None:
        self._preferences.zoom(1)

    @Slot()
    def _zoom_out(self) -> None:
        self._preferences.zoom(-1)

    @Slot()
    def _zoom_back(self) -> None:
        self._preferences.zoom(0)

    @Slot()
    def _announce(self) -> None:
        bar, ghost = self.suggestion_bar, self.editor.ghost
        prefix = Context.before_caret(self.editor.caret_text().before).prefix if ghost else ""
        suggestions = spoken(bar.words, bar.message, prefix + ghost)
        announce(self.editor, ". ".join(filter(None, (suggestions, self.status_line.correction_spoken))))

    @Slot()
    def _choose_font(self) -> None:
        family = self._dialogs.ask_font(self.editor.font())
        if family is not None:
            self._preferences.choose_font(family)

    @Slot()
    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        key = all_spelled(self._preferences.keys.keys_of(Command.FULL_SCREEN)) if self.isFullScreen() else ""
        self.status_line.tell(f"{key} brings the menus back" if key else "")

    def _restore(self, geometry: str) -> None:
        """Bring back the window's place and size; a damaged one leaves the usual size."""
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace"))):
            self.resize(980, 680)
