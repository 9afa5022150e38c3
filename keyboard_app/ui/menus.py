"""The menus, and the actions behind them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from keyboard_app.settings import USUAL_LINE, WIDEST_LINE, Settings, ThemeChoice
from keyboard_app.ui.icons import line_icon
from keyboard_app.ui.theme import Theme

_THEME_NAMES = {ThemeChoice.SYSTEM: "As the &system", ThemeChoice.LIGHT: "&Light", ThemeChoice.DARK: "&Dark"}
_LINE_NAMES = {56: "&Narrow", USUAL_LINE: "&Usual", 96: "&Wide", WIDEST_LINE: "&Whole window"}
_Keys = QKeySequence.StandardKey | str


class Menus(QObject):
    """Builds the menu bar; the window connects the actions."""

    recent_chosen = Signal(object)
    theme_chosen = Signal(object)
    line_chosen = Signal(int)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._icons: dict[QAction, str] = {}
        keys = QKeySequence.StandardKey
        file_menu = self._menu("&File")
        self.new = self._action(file_menu, "&New", keys.New, "new")
        self.new.setShortcuts([QKeySequence(keys.New), QKeySequence("Ctrl+T")])
        self.open = self._action(file_menu, "&Open…", keys.Open, "open")
        self.recent = file_menu.addMenu("Open &recent")
        self.recent.triggered.connect(self._choose_recent)
        file_menu.addSeparator()
        self.save = self._action(file_menu, "&Save", keys.Save, "save")
        self.save_as = self._action(file_menu, "Save &as…", "Ctrl+Shift+S")
        file_menu.addSeparator()
        self.print = self._action(file_menu, "&Print…", keys.Print)
        self.export_pdf = self._action(file_menu, "&Export to PDF…", "")
        file_menu.addSeparator()
        self.close = self._action(file_menu, "&Close", "Ctrl+W")
        self.quit = self._action(file_menu, "&Quit", "Ctrl+Q")
        edit_menu = self._menu("&Edit")
        self.undo = self._action(edit_menu, "&Undo", keys.Undo, "undo")
        self.redo = self._action(edit_menu, "&Redo", keys.Redo, "redo")
        edit_menu.addSeparator()
        self.cut = self._action(edit_menu, "Cu&t", keys.Cut)
        self.copy = self._action(edit_menu, "&Copy", keys.Copy)
        self.paste = self._action(edit_menu, "&Paste", keys.Paste)
        self.select_all = self._action(edit_menu, "Select &all", keys.SelectAll)
        edit_menu.addSeparator()
        self.find = self._action(edit_menu, "&Find…", keys.Find, "find")
        self.find_next = self._action(edit_menu, "Find &next", "F3", "next")
        self.find_previous = self._action(edit_menu, "Find pre&vious", "Shift+F3", "previous")
        self.replace = self._action(edit_menu, "&Replace…", "Ctrl+H")
        self._build_view_menu()
        typing_menu = self._menu("&Typing")
        self.learning = self._action(typing_menu, "&Learn from what I type", "Ctrl+Shift+L")
        self.learning.setCheckable(True)

    def _build_view_menu(self) -> None:
        view_menu = self._menu("&View")
        self.next_tab = self._action(view_menu, "&Next document", "Ctrl+Tab")
        self.next_tab.setShortcuts([QKeySequence("Ctrl+Tab"), QKeySequence("Ctrl+PgDown")])
        self.previous_tab = self._action(view_menu, "&Previous document", "Ctrl+Shift+Tab")
        self.previous_tab.setShortcuts([QKeySequence("Ctrl+Shift+Tab"), QKeySequence("Ctrl+PgUp")])
        view_menu.addSeparator()
        self.larger = self._action(view_menu, "&Larger text", "Ctrl++")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._action(view_menu, "S&maller text", "Ctrl+-")
        self.usual = self._action(view_menu, "&Usual size", "Ctrl+0")
        self.font = self._action(view_menu, "&Font…", "")
        self.usual_font = self._action(view_menu, "Usual f&ont", "")
        self._build_line_menu(view_menu)
        view_menu.addSeparator()
        self.focus_mode = self._action(view_menu, "Focus on the &paragraph", "F9")
        self.focus_mode.setCheckable(True)
        self.full_screen = self._action(view_menu, "Full &screen", "F11")
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

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of ``theme``."""
        for action, icon in self._icons.items():
            action.setIcon(line_icon(icon, theme.colour("muted")))

    @Slot(QAction)
    def _choose_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    @Slot(QAction)
    def _choose_line(self, action: QAction) -> None:
        self.line_chosen.emit(action.data())

    @Slot(QAction)
    def _choose_recent(self, action: QAction) -> None:
        self.recent_chosen.emit(Path(action.data()))

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _action(self, menu: QMenu, title: str, keys: _Keys, icon: str = "") -> QAction:
        action = menu.addAction(title)
        action.setShortcut(QKeySequence(keys))
        if icon:
            self._icons[action] = icon
        return action


def _short(name: str) -> str:
    """Return a path with the user's own folder as ``~``."""
    path = Path(name)
    return f"~/{path.relative_to(Path.home())}" if path.is_relative_to(Path.home()) else name
