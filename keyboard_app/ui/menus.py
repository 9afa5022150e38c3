"""The menus, and the actions behind them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from keyboard_app.command_table import Command
from keyboard_app.key_table import KeyTable
from keyboard_app.settings import USUAL_LINE, WIDEST_LINE, Settings, StripSpot, ThemeChoice
from keyboard_app.typist.manner import SLOT_CHOICES
from keyboard_app.ui.icons import line_icon
from keyboard_app.ui.theme import Theme

_THEME_NAMES = {ThemeChoice.SYSTEM: "As the &system", ThemeChoice.LIGHT: "&Light", ThemeChoice.DARK: "&Dark"}
_LINE_NAMES = {56: "&Narrow", USUAL_LINE: "&Usual", 96: "&Wide", WIDEST_LINE: "W&hole window"}


class Menus(QObject):
    """Builds the menu bar; the window connects the actions."""

    recent_chosen = Signal(object)
    theme_chosen = Signal(object)
    line_chosen = Signal(int)
    slots_chosen = Signal(int)
    profile_chosen = Signal(str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._icons: dict[QAction, str] = {}
        self._actions: dict[Command, QAction] = {}
        file_menu = self._menu("&File")
        self.new = self._action(file_menu, "&New", Command.NEW, "new")
        self.open = self._action(file_menu, "&Open…", Command.OPEN, "open")
        self.recent = file_menu.addMenu("Open &recent")
        self.recent.triggered.connect(self._choose_recent)
        file_menu.addSeparator()
        self.save = self._action(file_menu, "&Save", Command.SAVE, "save")
        self.save_as = self._action(file_menu, "Save &as…", Command.SAVE_AS)
        file_menu.addSeparator()
        self.print = self._action(file_menu, "&Print…", Command.PRINT)
        self.export_pdf = self._action(file_menu, "&Export to PDF…", Command.EXPORT_PDF)
        file_menu.addSeparator()
        self.close = self._action(file_menu, "&Close", Command.CLOSE)
        self.quit = self._action(file_menu, "&Quit", Command.QUIT)
        edit_menu = self._menu("&Edit")
        self.undo = self._action(edit_menu, "&Undo", Command.UNDO, "undo")
        self.redo = self._action(edit_menu, "&Redo", Command.REDO, "redo")
        edit_menu.addSeparator()
        self.cut = self._action(edit_menu, "Cu&t", Command.CUT)
        self.copy = self._action(edit_menu, "&Copy", Command.COPY)
        self.paste = self._action(edit_menu, "&Paste", Command.PASTE)
        self.select_all = self._action(edit_menu, "Select &all", Command.SELECT_ALL)
        edit_menu.addSeparator()
        self.find = self._action(edit_menu, "&Find…", Command.FIND, "find")
        self.find_next = self._action(edit_menu, "Find &next", Command.FIND_NEXT, "next")
        self.find_previous = self._action(edit_menu, "Find pre&vious", Command.FIND_PREVIOUS, "previous")
        self.replace = self._action(edit_menu, "Rep&lace…", Command.REPLACE)
        edit_menu.addSeparator()
        self.preferences = self._action(edit_menu, "Pr&eferences…", Command.PREFERENCES)
        self._build_view_menu()
        self._build_typing_menu()
        help_menu = self._menu("&Help")
        self.keys_help = self._action(help_menu, "&Keys", Command.KEYS_HELP)
        self.about = help_menu.addAction("&About Foretype")

    def _build_view_menu(self) -> None:
        view_menu = self._menu("&View")
        self.next_tab = self._action(view_menu, "&Next document", Command.NEXT_TAB)
        self.previous_tab = self._action(view_menu, "&Previous document", Command.PREVIOUS_TAB)
        view_menu.addSeparator()
        self.larger = self._action(view_menu, "&Larger text", Command.LARGER)
        self.smaller = self._action(view_menu, "S&maller text", Command.SMALLER)
        self.usual = self._action(view_menu, "&Usual size", Command.USUAL_SIZE)
        self.font = view_menu.addAction("&Font…")
        self.usual_font = view_menu.addAction("Usual f&ont")
        self._build_line_menu(view_menu)
        view_menu.addSeparator()
        self.focus_mode = self._action(view_menu, "Focus on the para&graph", Command.FOCUS_MODE)
        self.focus_mode.setCheckable(True)
        self.full_screen = self._action(view_menu, "Full &screen", Command.FULL_SCREEN)
        group = QActionGroup(self)
        self._themes: dict[ThemeChoice, QAction] = {}
        colours = view_menu.addMenu("&Colours")
        for choice, name in _THEME_NAMES.items():
            action = colours.addAction(name)
            action.setCheckable(True)
            action.setData(choice)
            group.addAction(action)
            self._themes[choice] = action
        group.triggered.connect(self._choose_theme)

    def _build_typing_menu(self) -> None:
        typing_menu = self._menu("&Typing")
        self.strip = self._action(typing_menu, "&Suggestion strip", Command.SHOW_STRIP)
        self.ghost = self._action(typing_menu, "&Ghost text", Command.SHOW_GHOST)
        self.at_caret = typing_menu.addAction("Strip at the &caret")
        self.announce = self._action(typing_menu, "Sa&y the suggestions", Command.ANNOUNCE)
        group = QActionGroup(self)
        counts = typing_menu.addMenu("&Number of suggestions")
        self._counts = {count: counts.addAction(f"&{count}") for count in SLOT_CHOICES}
        for count, action in self._counts.items():
            action.setCheckable(True)
            action.setData(count)
            group.addAction(action)
        group.triggered.connect(self._choose_count)
        typing_menu.addSeparator()
        self.learning = self._action(typing_menu, "&Learn from what I type", Command.LEARNING)
        self.private = self._action(typing_menu, "&Private document", Command.PRIVATE)
        self.take_back = self._action(typing_menu, "Take &back what was learned last", Command.TAKE_BACK)
        self.word_is_right = self._action(typing_menu, "This word is &right", Command.WORD_IS_RIGHT)
        self.why = self._action(typing_menu, "&Why this word?", Command.WHY)
        self.never_suggest = self._action(typing_menu, "Never suggest the &first again", Command.NEVER_SUGGEST)
        for action in (self.strip, self.ghost, self.at_caret, self.learning, self.private):
            action.setCheckable(True)
        typing_menu.addSeparator()
        self.knowledge = self._action(typing_menu, "What Foretype &knows about you…", Command.KNOWLEDGE)
        self.learn_files = self._action(typing_menu, "Learn from f&iles…", Command.LEARN_FILES)
        self.statistics = self._action(typing_menu, "S&tatistics…", Command.STATISTICS)
        self._build_profile_menu(typing_menu)

    def _build_profile_menu(self, typing_menu: QMenu) -> None:
        self.profiles = typing_menu.addMenu("Pr&ofile")
        self._profile_names = QActionGroup(self)
        self._profile_names.triggered.connect(self._choose_profile)
        self._below_profiles = self.profiles.addSeparator()
        self.new_profile = self.profiles.addAction("&New profile…")
        self.import_profile = self.profiles.addAction("&Import a profile…")
        self.export_profile = self.profiles.addAction("&Export this profile…")
        self.afresh = self.profiles.addAction("Start &afresh…")
        self.profiles.setEnabled(False)

    def show_profiles(self, names: Sequence[str], present: str) -> None:
        """List the profiles, with the one that is open checked; its name may be empty."""
        for action in self._profile_names.actions():
            self.profiles.removeAction(action)
            self._profile_names.removeAction(action)
            action.deleteLater()
        for name in names:
            action = QAction(name.replace("&", "&&"), self._profile_names)
            action.setCheckable(True)
            action.setChecked(name == present)
            action.setData(name)
            self.profiles.insertAction(self._below_profiles, action)
        self.export_profile.setEnabled(bool(present))
        self.afresh.setEnabled(bool(present))
        self.profiles.setEnabled(True)

    def _build_line_menu(self, view_menu: QMenu) -> None:
        group = QActionGroup(self)
        self._lines: dict[int, QAction] = {}
        widths = view_menu.addMenu("Line &width")
        for letters, name in _LINE_NAMES.items():
            action = widths.addAction(name)
            action.setCheckable(True)
            action.setData(letters)
            group.addAction(action)
            self._lines[letters] = action
        group.triggered.connect(self._choose_line)

    @Slot(object)
    def show_settings(self, settings: Settings) -> None:
        """Check what is chosen, and list the recent files."""
        self._themes[settings.theme].setChecked(True)
        self.learning.setChecked(settings.learning)
        self.strip.setChecked(settings.show_strip)
        self.ghost.setChecked(settings.show_ghost)
        self.at_caret.setChecked(settings.strip_spot is StripSpot.CARET)
        self.at_caret.setEnabled(settings.show_strip)
        self._counts[settings.n_slots].setChecked(True)
        self.focus_mode.setChecked(settings.focus_mode)
        self.usual_font.setEnabled(bool(settings.font_family))
        if settings.line_letters in self._lines:
            self._lines[settings.line_letters].setChecked(True)
        self.recent.clear()
        self.recent.setEnabled(bool(settings.recent_files))
        for name in settings.recent_files:
            action = self.recent.addAction(_short(name).replace("&", "&&"))
            action.setToolTip(name)
            action.setData(name)

    def set_keys(self, keys: KeyTable) -> None:
        """Give each action its keys."""
        for command, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in keys.keys_of(command)])

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of ``theme``."""
        for action, icon in self._icons.items():
            action.setIcon(line_icon(icon, theme.colour("muted")))

    @Slot(QAction)
    def _choose_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    @Slot(QAction)
    def _choose_profile(self, action: QAction) -> None:
        self.profile_chosen.emit(action.data())

    @Slot(QAction)
    def _choose_line(self, action: QAction) -> None:
        self.line_chosen.emit(action.data())

    @Slot(QAction)
    def _choose_count(self, action: QAction) -> None:
        self.slots_chosen.emit(action.data())

    @Slot(QAction)
    def _choose_recent(self, action: QAction) -> None:
        self.recent_chosen.emit(Path(action.data()))

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _action(self, menu: QMenu, title: str, command: Command, icon: str = "") -> QAction:
        action = menu.addAction(title)
        self._actions[command] = action
        self._window.addAction(action)  # its keys work while the menu bar is out of sight, too
        if icon:
            self._icons[action] = icon
        return action


def _short(name: str) -> str:
    """Return a path with the user's own folder as ``~``."""
    path = Path(name)
    return f"~/{path.relative_to(Path.home())}" if path.is_relative_to(Path.home()) else name
