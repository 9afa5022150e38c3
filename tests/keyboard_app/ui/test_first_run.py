"""The first start, and the help."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from keyboard_app import __version__
from keyboard_app.command_table import ENTRIES, TABLE, Command
from keyboard_app.settings import load_settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

Key = Qt.Key


@pytest.fixture
def first(compose):
    return compose(first_time=True)


def test_the_first_start_tells_what_happens_to_the_words(first):
    welcome = first.window.settings.welcome
    said = " ".join(label.text() for label in welcome.findChildren(QLabel))
    assert welcome.isVisible()
    for fact in ("stay on this computer", "no part that uses the network", f"{first.profile_folder}, and", "paused"):
        assert fact in said
    assert "Ctrl+Shift+L" in said
    assert "stay on this computer" in welcome.start.accessibleDescription()


def test_the_first_start_says_so_where_there_is_no_profile_to_keep_words_in(first):
    welcome = first.window.settings.welcome
    first.window.settings.show_folder(None)
    said = " ".join(label.text() for label in welcome.findChildren(QLabel))
    assert "is kept nowhere: this window has no profile" in said
    assert str(first.profile_folder) not in said
    assert "kept nowhere" in welcome.start.accessibleDescription()


def test_enter_ends_it_in_a_ready_editor_and_it_never_comes_again(qtbot, first, compose, tmp_path):
    welcome = first.window.settings.welcome
    assert first.window.focusWidget() is welcome.start
    qtbot.keyClick(welcome.start, Key.Key_Return)
    assert first.window.focusWidget() is first.window.editor
    assert welcome.isHidden()
    first.preferences.keep()
    assert load_settings(tmp_path / "settings.json")[0].welcomed
    assert compose().window.settings.welcome is None


def test_who_just_begins_to_write_is_taken_at_their_word(first, qtbot):
    welcome = first.window.settings.welcome
    qtbot.keyClick(welcome.start, "H")
    qtbot.keyClicks(first.window.editor, "ello")
    assert welcome.isHidden()
    assert first.window.editor.raw_text() == "Hello"


def test_learning_can_be_refused_before_the_first_word(qtbot, first):
    welcome = first.window.settings.welcome
    qtbot.keyClick(welcome.start, Key.Key_Backtab)
    assert first.window.focusWidget() is welcome.learning
    qtbot.keyClick(welcome.learning, Key.Key_Space)
    qtbot.keyClick(welcome.learning, Key.Key_Escape)
    assert not first.preferences.settings.learning
    assert first.window.focusWidget() is first.window.editor


class OwnFiles:
    """Someone who hands files over."""

    def __init__(self, files):
        self.files = files

    def ask_files(self, title, folder):
        return self.files


@pytest.mark.parametrize("how", ["click", "Enter"])
def test_own_writing_can_be_handed_over_at_once(qtbot, first, how, tmp_path):
    (tmp_path / "letter.txt").write_text("My own words.", encoding="utf-8")
    first.readings.dialogs = OwnFiles((tmp_path / "letter.txt",))
    ordered = []
    first.readings.ordered.connect(ordered.append)
    welcome = first.window.settings.welcome
    if how == "click":
        qtbot.mouseClick(welcome.files, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(welcome.start, Key.Key_Tab)
        assert first.window.focusWidget() is welcome.files
        qtbot.keyClick(welcome.files, Key.Key_Return)
    assert [file for order in ordered for file in order.files] == [tmp_path / "letter.txt"]
    assert first.preferences.settings.welcomed
    assert welcome.isHidden()


def test_it_covers_the_page_and_follows_its_size(qtbot, first):
    welcome, page = first.window.settings.welcome, first.window.centralWidget()
    first.window.resize(700, 500)
    qtbot.waitUntil(lambda: welcome.geometry() == page.rect())
    assert welcome.findChild(QScrollArea).width() == page.width()


def help_rows(table):
    groups = [table.topLevelItem(index) for index in range(table.topLevelItemCount())]
    items = [group.child(index) for group in groups for index in range(group.childCount())]
    return {item.text(0): item.text(1) for item in items}


def test_f1_shows_the_keys_as_they_are_now(qtbot, compose):
    application = compose()
    window, keys = application.window, application.preferences.keys
    application.preferences.set_keys(keys.with_keys(Command.FIND, ["F8"]).with_tab(takes=False))
    qtbot.keyClick(window.editor, Key.Key_F1)
    rows = help_rows(window.settings.keys_help.table)
    assert set(rows) == {entry.description for entry in TABLE}
    assert rows[ENTRIES[Command.FIND].description] == "F8"
    assert rows[ENTRIES[Command.TAKE_FIRST].description] == "Alt+1"
    window.settings.keys_help.change_asked.emit()
    assert ENTRIES[Command.FIND].description in window.settings.preferences_dialog.visible_settings


def test_about_tells_version_and_licences(compose):
    window = compose().window
    window.menus.about.trigger()
    text = window.settings.about.text.toPlainText()
    assert all(part in text for part in (__version__, "MIT", "LGPL", "NOTICE.md"))
