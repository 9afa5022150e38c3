"""What the suggestions save, counted in the window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from keyboard_app.figures.day import Figures, local_today
from keyboard_app.figures.records import FILE_NAME, FiguresFile
from keyboard_app.settings import load_settings
from keyboard_app.ui.day_chart import DayChart
from keyboard_app.ui.theme import load_theme
from tests.keyboard_app.answers import Answers

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

Key = Qt.Key
TODAY = local_today()


def take_turn(qtbot, window):
    qtbot.keyClicks(window.editor, "tu")
    qtbot.waitUntil(lambda: window.suggestion_bar.words == ("turn", "turned", "turning"))
    qtbot.keyClick(window.editor, Key.Key_Tab)
    qtbot.waitUntil(lambda: window.editor.raw_text().endswith("turn "))


def open_statistics(qtbot, application):
    application.desk.release()
    with qtbot.waitSignal(application.statistics.keeper.read_out):
        application.window.menus.statistics.trigger()
    qtbot.wait(1)
    return application.statistics.dialog


def counted(application):
    """Return what is in the file after the application has ended."""
    application.desk.release()
    application.statistics.end()
    file = FiguresFile.open(application.profile_folder)
    try:
        return sum(file.read().values(), Figures())
    finally:
        file.close()


def test_keys_saved_are_what_came_in_beyond_the_key_that_took_it(qtbot, application):
    take_turn(qtbot, application.window)
    figures = counted(application)
    assert application.window.editor.raw_text() == "turn "
    assert (figures.keys_saved, figures.n_from_ghost, figures.n_words) == (2, 1, 1)


@pytest.mark.parametrize("typed", [" ", "."])
def test_the_automatic_space_is_not_saved_where_it_was_typed_or_gave_way(qtbot, application, typed):
    take_turn(qtbot, application.window)
    qtbot.keyClicks(application.window.editor, typed)
    assert counted(application).keys_saved == 1


def test_a_click_counts_as_taken_from_the_strip(qtbot, application):
    window = application.window
    qtbot.keyClicks(window.editor, "tu")
    qtbot.waitUntil(lambda: window.suggestion_bar.words == ("turn", "turned", "turning"))
    qtbot.mouseClick(window.suggestion_bar.slot_buttons[0], Qt.MouseButton.LeftButton)
    figures = counted(application)
    assert (figures.n_from_ghost, figures.n_from_strip) == (0, 1)


def test_the_window_shows_what_was_counted_and_follows_it(qtbot, application):
    take_turn(qtbot, application.window)
    dialog = open_statistics(qtbot, application)
    assert dialog.facts[0].value.text() == "2"
    assert dialog.facts[0].value.accessibleName() == "Keys saved today: 2"
    assert not dialog.charts[0].isHidden()
    take_turn(qtbot, application.window)
    application.desk.release()
    application.statistics.write()
    qtbot.waitUntil(lambda: dialog.facts[0].value.text() == "4")


def test_before_anything_is_counted_it_says_so_kindly(qtbot, application):
    dialog = open_statistics(qtbot, application)
    assert "Nothing is counted yet" in dialog.hint.text()
    assert all(chart.isHidden() for chart in dialog.charts)
    assert not dialog.erase.isEnabled()


def test_counting_can_be_switched_off(qtbot, application, tmp_path):
    dialog = open_statistics(qtbot, application)
    dialog.counting.click()
    assert "off" in dialog.hint.text()
    application.preferences.keep()
    assert not load_settings(tmp_path / "settings.json")[0].statistics
    take_turn(qtbot, application.window)
    assert counted(application) == Figures()


def test_the_figures_can_be_erased_after_a_question(qtbot, application):
    take_turn(qtbot, application.window)
    dialog = open_statistics(qtbot, application)
    application.statistics._dialogs = Answers(erase=False)
    dialog.erase.click()
    application.statistics.write()
    qtbot.wait(20)
    assert dialog.facts[0].value.text() == "2"
    application.statistics._dialogs = Answers(erase=True)
    dialog.erase.click()
    qtbot.waitUntil(lambda: not dialog.erase.isEnabled())
    assert counted(application) == Figures()


def test_figures_are_counted_while_learning_is_paused(qtbot, application):
    application.preferences.set_learning(False)
    take_turn(qtbot, application.window)
    assert counted(application).keys_saved == 2


def test_a_file_that_cannot_be_used_is_told_once_and_typing_goes_on(qtbot, application):
    (application.profile_folder / FILE_NAME).mkdir(parents=True)
    take_turn(qtbot, application.window)
    application.desk.release()
    application.statistics.write()
    qtbot.waitUntil(lambda: "statistics" in application.window.notice_bar.sentence)
    take_turn(qtbot, application.window)
    assert application.window.editor.raw_text() == "turn turn "


@pytest.fixture
def full(qtbot, application):
    dialog = open_statistics(qtbot, application)
    some = Figures(100, 80, 60, 20, 4, 320, 500, 120_000, 4, 24.0, 12.0)
    dialog.show_figures({TODAY: some, TODAY - timedelta(days=2): some}, TODAY)
    qtbot.wait(1)
    return dialog


def test_the_arrow_keys_go_from_day_to_day_and_say_its_figures(qtbot, full):
    box = full.charts[0]
    assert box.picked.text().endswith(": 320")
    qtbot.keyClick(box.drawing, Key.Key_Left)
    assert box.picked.text().endswith("nothing counted")
    qtbot.keyClick(box.drawing, Key.Key_Home)
    qtbot.keyClick(box.drawing, Key.Key_End)
    assert box.picked.text().endswith(": 320")


def test_each_chart_says_to_a_screen_reader_what_it_shows(full):
    for box in full.charts:
        assert box.drawing.accessibleName()
        assert box.drawing.accessibleDescription().count(";") == 1  # two days


@pytest.mark.parametrize("name", ["light", "dark"])
def test_charts_are_drawn_in_the_colours_of_the_theme(full, name):
    theme = load_theme(name)
    full.set_theme(theme)
    for drawing in full.findChildren(DayChart):
        image = drawing.grab().toImage()
        colours = {
            image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
        }
        assert theme.colour("accent").name() in colours
        assert theme.colour("surface").name() in colours


def test_nothing_in_the_window_is_cut_off(full):
    for label in full.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap():
            assert label.width() >= label.minimumSizeHint().width()
