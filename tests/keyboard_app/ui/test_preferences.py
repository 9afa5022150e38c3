"""All settings in one window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QListWidget,
)

from keyboard_app.command_table import ENTRIES, Command
from keyboard_app.ghost_figures import shipped_figures, told
from keyboard_app.settings import Settings, StripSpot, load_settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do


@pytest.fixture
def dialog(qtbot, application):
    window = application.window
    qtbot.keyClick(window.editor, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return window.settings.preferences_dialog


def key_row(dialog, command):
    return dialog.row(ENTRIES[command].description)


def test_ctrl_comma_opens_it_beside_the_text_with_the_keys_in_the_search_field(dialog):
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.focusWidget() is dialog.search


def test_a_change_holds_at_once_and_is_kept(application, dialog, tmp_path):
    dialog.row("Size of the text").box.setValue(22)
    assert application.window.editor.font().pointSize() == 22
    dialog.row("Show the strip of suggestions").box.click()
    assert application.window.suggestion_bar.isHidden()
    place = dialog.row("Place of the strip").box
    place.setCurrentIndex(1)
    place.activated.emit(1)
    application.preferences.keep()
    settings = load_settings(tmp_path / "settings.json")[0]
    assert (settings.font_pt, settings.show_strip, settings.strip_spot) == (22, False, StripSpot.CARET)


def test_what_is_changed_in_the_menus_shows_in_the_dialog(application, dialog):
    application.window.menus.focus_mode.trigger()
    application.window.menus._counts[5].trigger()
    assert dialog.row("Focus on the paragraph").box.isChecked()
    assert dialog.row("Number of suggestions").box.currentText() == "Five"


def test_search_finds_settings_on_all_pages_and_says_when_there_is_none(qtbot, dialog):
    assert "Colours" not in dialog.visible_settings
    qtbot.keyClicks(dialog.search, "dark whole")
    assert dialog.visible_settings == ["Colours"]
    dialog.search.setText("GHOST")
    assert "Show the ghost text" in dialog.visible_settings
    assert ENTRIES[Command.TAKE_WORD].description in dialog.visible_settings
    dialog.search.setText("zzz")
    assert dialog.visible_settings == []
    assert not dialog._nothing.isHidden()
    dialog.search.clear()
    assert dialog._nothing.isHidden()
    assert "Place of the strip" in dialog.visible_settings


def test_a_key_is_changed_by_pressing_it_and_the_usual_one_comes_back(qtbot, application, dialog):
    row = key_row(dialog, Command.SAVE)
    qtbot.keyClick(row.field, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: application.preferences.keys.keys_of(Command.SAVE) == ("F2",))
    assert application.window.menus.save.shortcut() == QKeySequence("F2")
    row.usual.click()
    assert application.preferences.settings.keys == ()
    assert not row.usual.isEnabled()


def test_a_key_that_is_taken_is_shown_with_who_has_it(application, dialog):
    application.preferences.set_keys(application.preferences.keys.with_keys(Command.FIND, ["Ctrl+S"]))
    hint = key_row(dialog, Command.FIND).hint
    assert hint.text() == "Ctrl+S is also a key of “Save”, which does not get it."
    assert hint.property("warning")
    assert key_row(dialog, Command.SAVE).hint.text() == "Ctrl+S is also a key of “Find”, which keeps it."
    key_row(dialog, Command.FIND).usual.click()
    assert hint.text() == ""


@pytest.mark.parametrize(("has_focus", "size"), [(False, 14), (True, 15)])
def test_the_wheel_changes_a_number_only_where_the_focus_is(qtbot, application, dialog, has_focus, size):
    dialog.open_at(2)
    box = dialog.row("Size of the text").box
    if has_focus:
        dialog.activateWindow()
        box.setFocus()
        qtbot.waitUntil(box.hasFocus)
    middle = QPointF(box.rect().center())
    none, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    turn = QWheelEvent(middle, middle, QPoint(), QPoint(0, 120), buttons, none, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(box, turn)
    assert application.preferences.settings.font_pt == size


def test_tab_is_given_back_to_indentation_by_a_box(application, dialog):
    dialog.row("Tab takes the ghost text, or the first suggestion").box.click()
    assert application.preferences.keys.keys_of(Command.TAKE_FIRST) == ("Alt+1",)


def test_everything_in_it_has_a_name_and_the_search_field_a_way_out_by_tab(qtbot, dialog):
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QKeySequenceEdit, QListWidget)
    operable = [widget for kind in kinds for widget in dialog.findChildren(kind) if widget.objectName()[:3] != "qt_"]
    own = [widget for widget in operable if not isinstance(widget.parent(), (QLineEdit, QComboBox))]
    assert len(own) > 40
    for widget in own:
        assert widget.accessibleName(), widget
    for page in range(dialog.pages.count()):
        dialog.open_at(page)
        seen = []
        while dialog.focusWidget() not in seen:
            seen.append(dialog.focusWidget())
            dialog.focusNextChild()
        rows = [dialog.row(name) for name in dialog.visible_settings]
        assert dialog.pages in seen
        for widget in own:
            if any(row.isAncestorOf(widget) for row in rows) and widget.isEnabled():
                assert widget in seen, widget.accessibleName()


def test_a_key_field_is_no_trap_for_the_tab_key(qtbot, dialog):
    dialog.open_at(1)
    field = key_row(dialog, Command.TAKE_SECOND).field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is not field
    assert field.keySequence() == QKeySequence("Alt+2")


def test_it_tells_where_everything_is_stored(application, dialog):
    text = dialog.row("What is stored").hint.text()
    assert f"numbers a day: {application.profile_folder}\n" in text
    assert all(name in text for name in ("recovery", "settings.json", "foretype.log"))


def test_it_says_so_where_nothing_of_what_is_learned_is_stored(application, dialog):
    application.window.settings.show_folder(None)
    assert "numbers a day: nowhere, as this window has no profile" in dialog.row("What is stored").hint.text()
    dialog.search.setText("no profile")
    assert dialog.visible_settings == ["What is stored"]


def test_it_shows_every_setting_that_a_person_can_change(dialog):
    shown = {row._field for rows in dialog._rows for row in rows if hasattr(row, "_field")}
    elsewhere = {"font_family", "keys", "welcomed", "recent_files", "geometry", "profile"}
    assert shown | elsewhere == set(Settings.__dataclass_fields__)


def test_beside_a_threshold_stands_what_was_measured_for_it(dialog):
    for name, rows in (
        ("Ghost text only if likely by", shipped_figures().words),
        ("Phrases in the ghost text only if likely by", shipped_figures().phrases),
    ):
        row = dialog.row(name)
        for percent, _, _ in rows:
            row.box.setValue(percent)
            assert told(rows, percent) in row.hint.text()
            assert told(rows, percent) in row.box.accessibleDescription()
