"""The size of the text by Ctrl and the wheel, and when it is written down."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from keyboard_app.document.errors import DocumentError
from keyboard_app.settings import LARGEST_FONT_PT, USUAL_FONT_PT, load_settings, save_settings


@pytest.fixture
def kept(monkeypatch):
    """The sizes that were written down, in their order."""
    sizes = []

    def keep(settings, path):
        sizes.append(settings.font_pt)
        save_settings(settings, path)

    monkeypatch.setattr("keyboard_app.ui.preferences.save_settings", keep)
    return sizes


def strike(preferences):
    """Let the changes have come to rest."""
    assert preferences._rest.isActive()
    preferences._rest.timeout.emit()
    assert not preferences._rest.isActive()


def turn(window, *eighths, modifier=Qt.KeyboardModifier.ControlModifier, sideways=0):
    """Turn the wheel over the text by so many eighths of a degree, one event each."""
    page = window.editor.viewport()
    middle = QPointF(page.rect().center())
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    for y in eighths:
        QApplication.sendEvent(
            page, QWheelEvent(middle, middle, QPoint(), QPoint(sideways, y), buttons, modifier, phase, False)
        )


@pytest.mark.parametrize(
    ("eighths", "steps"),
    [
        ([120], 1),
        ([-120], -1),
        ([10] * 12, 1),  # a touchpad, or a wheel without notches
        ([-10] * 12, -1),
        ([10] * 11, 0),
        ([0, 0, 0], 0),
        ([360], 3),
        ([100, 100], 1),
        ([100, 0, 20], 1),
        ([100, -120], -1),  # a notch back is one whatever was left over
        ([90] * 4, 3),
    ],
)
def test_a_notch_is_one_step_in_however_many_pieces_it_comes(application, eighths, steps):
    turn(application.window, *eighths)
    assert application.preferences.settings.font_pt == USUAL_FONT_PT + steps
    assert application.window.editor.font().pointSize() == USUAL_FONT_PT + steps


def test_turning_sideways_or_without_ctrl_leaves_the_size_as_it_is(application):
    turn(application.window, 0, 0, sideways=240)
    turn(application.window, 120, -240, modifier=Qt.KeyboardModifier.NoModifier)
    assert application.preferences.settings.font_pt == USUAL_FONT_PT


def test_the_size_is_written_once_when_the_wheel_rests(qtbot, application, tmp_path, kept):
    turn(application.window, *[120] * 6)
    assert kept == []
    qtbot.waitUntil(lambda: kept == [USUAL_FONT_PT + 6])
    assert load_settings(tmp_path / "settings.json")[0].font_pt == USUAL_FONT_PT + 6
    assert not application.preferences._rest.isActive()


def test_the_size_is_not_lost_when_the_window_is_closed_before_the_wheel_rests(application, tmp_path, kept):
    application.window.close()
    application.window.show()
    kept.clear()
    turn(application.window, 120, 120)
    application.window.close()
    assert kept[-1:] == [USUAL_FONT_PT + 2]
    assert load_settings(tmp_path / "settings.json")[0].font_pt == USUAL_FONT_PT + 2


def test_no_change_lets_the_disk_hold_up_the_window_and_all_are_written_together(application, tmp_path, kept):
    turn(application.window, 120)
    application.preferences.set_focus_mode(True)
    application.window.documents.open_file(tmp_path / "settings.json")
    assert kept == []
    strike(application.preferences)
    settings = load_settings(tmp_path / "settings.json")[0]
    assert (settings.font_pt, settings.focus_mode) == (USUAL_FONT_PT + 1, True)
    assert settings.recent_files == (str(tmp_path / "settings.json"),)
    assert kept == [USUAL_FONT_PT + 1]


def test_what_is_as_it_was_is_not_written(application, kept):
    application.preferences.change(font_pt=LARGEST_FONT_PT)
    strike(application.preferences)
    turn(application.window, 120, 120)
    assert not application.preferences._rest.isActive()
    application.preferences.set_focus_mode(True)
    application.preferences.set_focus_mode(False)
    strike(application.preferences)
    assert kept == [LARGEST_FONT_PT]


def test_which_profile_it_is_is_written_at_once_as_the_next_start_reads_it(application, tmp_path, kept):
    turn(application.window, 120)
    application.preferences.change(profile="work")
    assert load_settings(tmp_path / "settings.json")[0].profile == "work"
    assert kept == [USUAL_FONT_PT + 1]


def test_a_size_that_cannot_be_written_is_told(qtbot, application, monkeypatch):
    def refuse(settings, path):
        raise DocumentError("The settings could not be saved.")

    with monkeypatch.context() as patch:
        patch.setattr("keyboard_app.ui.preferences.save_settings", refuse)
        turn(application.window, 120)
        qtbot.waitUntil(lambda: application.window.notice_bar.sentence == "The settings could not be saved.")
