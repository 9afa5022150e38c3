from __future__ import annotations

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from keyboard_app import power
from keyboard_app.typist.orders import LeaveRehearsal, Rehearse
from keyboard_app.ui import rest_desk


@pytest.fixture
def resting(monkeypatch, compose):
    """Return a window whose user rests after a moment, and the orders that come of it."""
    monkeypatch.setattr(rest_desk, "REST_MS", 60)
    monkeypatch.setattr(rest_desk, "LOOK_MS", 20)

    def make(*, on_battery=False, **changes):
        app = compose()
        orders = []
        app.rests.ordered.connect(orders.append)
        app.rests._on_battery = lambda: on_battery
        app.preferences.change(**{"rehearsal": True, **changes})
        return app, orders

    return make


def test_whoever_rests_from_typing_lets_the_model_go_over_what_it_learned(qtbot, resting):
    app, orders = resting()
    QTest.keyClicks(app.window.editor, "turn ")
    qtbot.waitUntil(lambda: orders == [Rehearse()])
    qtbot.wait(150)
    assert orders == [Rehearse()]


def test_the_first_key_ends_the_rest_wherever_it_is_pressed(qtbot, resting):
    app, orders = resting(show_strip=False, show_ghost=False)
    QTest.keyClicks(app.window.editor, "turn ")
    qtbot.waitUntil(lambda: orders == [Rehearse()])
    QTest.keyClick(app.window, Qt.Key.Key_Shift)
    assert orders == [Rehearse(), LeaveRehearsal()]
    QTest.keyClicks(app.window.editor, "turn ")
    qtbot.waitUntil(lambda: orders == [Rehearse(), LeaveRehearsal(), Rehearse()])


def test_every_key_puts_the_rest_off(qtbot, resting):
    app, orders = resting()
    for letter in "turning":
        QTest.keyClicks(app.window.editor, letter)
        qtbot.wait(20)
        assert not orders


@pytest.mark.parametrize("changes", [{"learning": False}, {"rehearsal": False}, {"on_battery": True}])
def test_it_does_not_where_that_is_switched_off_or_on_battery(qtbot, resting, changes):
    app, orders = resting(**changes)
    QTest.keyClicks(app.window.editor, "turn ")
    qtbot.wait(200)
    assert not orders


def test_a_plug_that_is_drawn_in_a_rest_ends_it(qtbot, resting):
    app, orders = resting()
    QTest.keyClicks(app.window.editor, "turn ")
    qtbot.waitUntil(lambda: orders == [Rehearse()])
    qtbot.wait(60)
    assert orders == [Rehearse()]
    app.rests._on_battery = lambda: True
    qtbot.waitUntil(lambda: orders == [Rehearse(), LeaveRehearsal()])
    QTest.keyClick(app.window, Qt.Key.Key_Shift)
    qtbot.wait(60)
    assert orders == [Rehearse(), LeaveRehearsal()]


def test_learning_that_is_paused_in_a_rest_ends_it(qtbot, resting):
    app, orders = resting()
    QTest.keyClicks(app.window.editor, "turn ")
    qtbot.waitUntil(lambda: orders == [Rehearse()])
    app.preferences.change(learning=False)
    qtbot.waitUntil(lambda: orders == [Rehearse(), LeaveRehearsal()])


class Battery:
    def __init__(self, power_plugged):
        self.power_plugged = power_plugged


@pytest.mark.parametrize(
    ("says", "expected"), [(Battery(False), True), (Battery(True), False), (Battery(None), False), (None, False)]
)
def test_a_machine_is_on_battery_if_it_says_so(monkeypatch, says, expected):
    monkeypatch.setattr(psutil, "sensors_battery", lambda: says, raising=False)
    assert power.is_on_battery() is expected


def test_a_machine_that_cannot_say_is_not_on_battery(monkeypatch):
    def fail():
        raise OSError("no such folder")

    monkeypatch.setattr(psutil, "sensors_battery", fail, raising=False)
    assert not power.is_on_battery()
