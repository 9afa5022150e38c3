"""The windows beside the text: preferences, the table of keys, about; and the screen of the first start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from keyboard_app.ui.about import AboutDialog
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.keys_help import KeysHelp
from keyboard_app.ui.menus import Menus
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.preferences_dialog import PreferencesDialog
from keyboard_app.ui.welcome import Welcome

_KEYS_PAGE = 1


class SettingsDesk(QObject):
    """Makes each window when it is first asked for: starting must not wait for what few people open."""

    def __init__(
        self, window: QWidget, preferences: Preferences, menus: Menus, editor: Editor, choose_font: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._editor = editor
        self._choose_font = choose_font
        self._folder: Path | None = None
        self.preferences_dialog: PreferencesDialog | None = None
        self.keys_help: KeysHelp | None = None
        self.about: AboutDialog | None = None
        self.welcome: Welcome | None = None
        self._learn_files = menus.learn_files
        menus.preferences.triggered.connect(self.open_preferences)
        menus.keys_help.triggered.connect(self.show_keys)
        menus.about.triggered.connect(self.show_about)

    def show_folder(self, folder: Path | None) -> None:
        """Tell where the open profile is kept from now on; None where there is none."""
        self._folder = folder
        if self.welcome is not None:
            self.welcome.show_folder(folder)
        if self.preferences_dialog is not None:
            self.preferences_dialog.show_folder(folder)

    def greet(self, page: QWidget) -> None:
        """Show the screen of the first start, if this is one."""
        if not self._preferences.settings.welcomed:
            self.welcome = Welcome(page, self._preferences.keys, self._folder)
            self.welcome.done.connect(self._begin)
            self.welcome.typed.connect(self._pass_on)
            self.welcome.files_asked.connect(self._learn_files.trigger)

    @Slot()
    def open_preferences(self) -> None:
        """Show the preferences."""
        self._open_preferences_at(0)

    @Slot()
    def show_keys(self) -> None:
        """Show the table of keys."""
        if self.keys_help is None:
            self.keys_help = KeysHelp(self._window)
            self.keys_help.change_asked.connect(lambda: self._open_preferences_at(_KEYS_PAGE))
        self.keys_help.show_keys(self._preferences.keys)
        self.keys_help.show()
        self.keys_help.table.setFocus()

    @Slot()
    def show_about(self) -> None:
        """Show version and licences."""
        if self.about is None:
            self.about = AboutDialog(self._window)
        self.about.show()

    def _open_preferences_at(self, page: int) -> None:
        if self.preferences_dialog is None:
            self.preferences_dialog = PreferencesDialog(self._preferences, self._choose_font, self._window)
            self.preferences_dialog.show_folder(self._folder)
        self.preferences_dialog.open_at(page)

    @Slot(bool)
    def _begin(self, learning: bool) -> None:
        """Leave the first screen for the editor, for good."""
        self.welcome = None
        self._preferences.change(welcomed=True, learning=learning)
        self._editor.setFocus()

    @Slot(str)
    def _pass_on(self, letter: str) -> None:
        """Give the editor the letter that was typed before it could be seen."""
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(self._editor, key)
