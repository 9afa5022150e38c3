"""How the page looks: line width, typeface, focus mode, full screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

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
    window._preferences.keep()
    assert load_settings(tmp_path / "settings.json")[0].line_letters == 96


def test_the_line_of_the_caret_stays_on_screen_when_the_window_gets_smaller(qtbot, window):
    editor = window.editor
    for font_pt in (14, 28):
        window._preferences.change(font_pt=font_pt)
        window.resize(980, 680)
        qtbot.waitUntil(lambda: window.width() == 980)
        editor.setPlainText("A line of text.\n" * 200)
        cursor = editor.textCursor()
        cursor.setPosition(editor.document().findBlockByNumber(9).position())
        editor.setTextCursor(cursor)
        QApplication.processEvents()
        window.resize(480, 330)
        qtbot.waitUntil(lambda: window.width() == 480)
        QApplication.processEvents()
        assert editor.viewport().rect().contains(editor.cursorRect())


def test_a_text_that_is_read_elsewhere_stays_where_it_is_when_the_window_gets_smaller(qtbot, window):
    editor = window.editor
    editor.setPlainText("A line of text.\n" * 200)
    editor.verticalScrollBar().setValue(100)
    QApplication.processEvents()
    window.resize(980, 500)
    qtbot.waitUntil(lambda: window.height() == 500)
    QApplication.processEvents()
    assert editor.verticalScrollBar().value() == 100


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
