from __future__ import annotations

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from keyboard_app import power
from keyboard_app.typist.orders import LeaveRehearsal, Rehearse
from keyboard_app.ui import rest_desk
from tests.keyboard_app.by_hand import HandTimer


@pytest.fixture
def resting(monkeypatch, compose):
    """Return a window whose user rests when the test says so, and the orders that come of it."""
    monkeypatch.setattr(rest_desk, "put_off", HandTimer)

    def make(*, on_battery=False, **changes):
        app = compose()
        orders = []
        app.rests.ordered.connect(orders.append)
        app.rests._on_battery = lambda: on_battery
        app.preferences.change(**{"rehearsal": True, **changes})
        return app, orders

    return make


def rest(app):
    """Type a little, and rest."""
    QTest.keyClicks(app.window.editor, "turn ")
    app.rests._rest.strike()


def test_whoever_rests_from_typing_lets_the_model_go_over_what_it_learned(resting):
    app, orders = resting()
    assert app.rests._rest.interval_ms == rest_desk.REST_MS
    rest(app)
    assert orders == [Rehearse()]
    assert not app.rests._rest.isActive()
    for _ in range(3):
        app.rests._look.strike()
    assert orders == [Rehearse()]


def test_who_is_away_for_long_is_not_asked_about_for_ever(resting):
    app, orders = resting()
    rest(app)
    for _ in range(rest_desk._MOST_LOOKS):
        app.rests._look.strike()
    assert not app.rests._look.isActive()
    assert orders == [Rehearse()]


def test_the_first_key_ends_the_rest_wherever_it_is_pressed(resting):
    app, orders = resting(show_strip=False, show_ghost=False)
    rest(app)
    QTest.keyClick(app.window, Qt.Key.Key_Shift)
    assert orders == [Rehearse(), LeaveRehearsal()]
    assert not app.rests._look.isActive()
    rest(app)
    assert orders == [Rehearse(), LeaveRehearsal(), Rehearse()]


def test_every_key_puts_the_rest_off(resting):
    app, orders = resting()
    for letter in "turning":
        n_starts = app.rests._rest.n_starts
        QTest.keyClicks(app.window.editor, letter)
        assert app.rests._rest.n_starts > n_starts
    assert not orders


@pytest.mark.parametrize("changes", [{"learning": False}, {"rehearsal": False}, {"on_battery": True}])
def test_it_does_not_where_that_is_switched_off_or_on_battery(resting, changes):
    app, orders = resting(**changes)
    rest(app)
    assert not orders
    assert not app.rests._look.isActive()


def test_a_plug_that_is_drawn_in_a_rest_ends_it(resting):
    app, orders = resting()
    rest(app)
    app.rests._look.strike()
    assert orders == [Rehearse()]
    app.rests._on_battery = lambda: True
    app.rests._look.strike()
    assert orders == [Rehearse(), LeaveRehearsal()]
    QTest.keyClick(app.window, Qt.Key.Key_Shift)
    assert orders == [Rehearse(), LeaveRehearsal()]


def test_learning_that_is_paused_in_a_rest_ends_it(resting):
    app, orders = resting()
    rest(app)
    app.preferences.change(learning=False)
    app.rests._look.strike()
    assert orders == [Rehearse(), LeaveRehearsal()]


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
