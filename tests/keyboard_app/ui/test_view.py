"""How the page looks: line width, typeface, focus mode, full screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase

from keyboard_app.settings import load_settings
from tests.keyboard_app.answers import answer


@pytest.fixture
def window(compose):
    return compose().window


def choose_line(window, letters):
    window.menus._lines[letters].trigger()


def test_lines_are_as_wide_as_the_user_wants_and_stay_so(window, tmp_path):
    window.resize(1600, 700)
    widths = []
    for letters in (56, 72, 96):
        choose_line(window, letters)
        widths.append(window.editor.viewport().width())
    assert widths == sorted(set(widths))
    assert load_settings(tmp_path / "settings.json")[0].line_letters == 96


def test_the_typeface_is_the_users_choice_and_the_usual_one_comes_back(window):
    usual = window.editor.font().families()
    family = QFontDatabase.families()[-1]
    answer(window, path=family)
    window.menus.font.trigger()
    assert window.editor.font().families()[0] == family
    assert window.editor.document().defaultFont().families()[0] == family
    window.menus.usual_font.trigger()
    assert window.editor.font().families() == usual
    assert not window.isWindowModified()


def test_a_typeface_dialog_that_is_put_away_changes_nothing(window):
    usual = window.editor.font().families()
    answer(window, path=None)
    window.menus.font.trigger()
    assert window.editor.font().families() == usual


def test_focus_mode_dims_the_other_paragraphs_and_follows_the_caret(qtbot, window):
    editor = window.editor
    editor.setPlainText("█████\n█████")

    def colours():
        picture = editor.viewport().grab().toImage()
        points = []
        for number in (0, 1):
            rect = editor.blockBoundingGeometry(editor.document().findBlockByNumber(number))
            top = rect.translated(editor.contentOffset()).top()
            points.append(picture.pixelColor(60, int(top) + 12).name())
        return points

    plain = colours()
    assert plain[0] == plain[1]
    window.menus.focus_mode.trigger()
    first = colours()
    assert first[0] == plain[0]
    assert first[1] != plain[1]
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert colours() == first[::-1]
    window.menus.focus_mode.trigger()
    assert colours() == plain


def test_f11_fills_the_screen_and_gives_it_back(qtbot, window):
    qtbot.keyClick(window.editor, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert window.menuBar().isHidden()
    assert window.status_line.message == "F11 brings the menus back"
    window.menus.full_screen.trigger()
    assert window.status_line.message == ""
    window.menus.full_screen.trigger()
    qtbot.keyClick(window.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not window.find_bar.isHidden()
    qtbot.keyClick(window.editor, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    assert not window.menuBar().isHidden()
