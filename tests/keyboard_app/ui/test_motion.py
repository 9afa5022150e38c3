"""Things on screen fade or do not, as the user or the system wants it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractAnimation, QStandardPaths, Qt
from PySide6.QtWidgets import QApplication

from keyboard_app.settings import MotionChoice, Settings, load_settings, save_settings
from keyboard_app.ui.fading_label import FadingLabel
from keyboard_app.ui.motion import MotionControl, system_files_reduce_motion


@pytest.fixture
def config(tmp_path, monkeypatch):
    """Let the system's settings lie in an empty folder, and no tool be installed."""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "text", "reduces"),
    [
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0.5\n", False),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=much\n", False),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n", True),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n", True),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=1\n", False),
        ("gtk-3.0/settings.ini", "\0\xff", False),
    ],
)
def test_the_systems_own_settings_are_heeded(qapp, config, file, text, reduces):
    assert not system_files_reduce_motion()
    write(config / file, text)
    assert system_files_reduce_motion() is reduces
    control = MotionControl()
    control.choose(MotionChoice.SYSTEM)
    assert control.moves is not reduces
    control.end()


@pytest.mark.parametrize(("said", "moves"), [("false", False), ("true", True), ("No such schema", True)])
def test_gnome_is_asked_without_waiting_for_it(qtbot, config, said, moves):
    write(
        config / "bin" / "gsettings",
        f'#!/bin/sh\n[ "$*" = "get org.gnome.desktop.interface enable-animations" ] && echo {said}\n',
    )
    (config / "bin" / "gsettings").chmod(0o755)
    control = MotionControl()
    control.choose(MotionChoice.SYSTEM)
    assert control.moves
    qtbot.waitUntil(lambda: control._gnome is None)
    assert control.moves is moves


def test_an_answer_of_the_system_does_not_overrule_the_user(qtbot, config):
    write(config / "bin" / "gsettings", "#!/bin/sh\necho false\n")
    (config / "bin" / "gsettings").chmod(0o755)
    control = MotionControl()
    control.choose(MotionChoice.SYSTEM)
    control.choose(MotionChoice.FULL)
    qtbot.waitUntil(lambda: control._gnome is None)
    assert control.moves


def test_a_tool_that_hangs_does_not_hold_up_the_end(qtbot, config):
    write(config / "bin" / "gsettings", "#!/bin/sh\nexec /bin/sleep 60\n")
    (config / "bin" / "gsettings").chmod(0o755)
    control = MotionControl()
    control.choose(MotionChoice.SYSTEM)
    control.end()
    assert control._gnome is None


@pytest.mark.parametrize("moves", [True, False])
def test_a_sentence_fades_or_goes_at_once(qtbot, moves):
    label = FadingLabel()
    qtbot.addWidget(label)
    label.set_motion(moves)
    label.tell("Saved", 1)
    qtbot.waitUntil(lambda: not label._stay.isActive())
    assert (label._fade.state() is QAbstractAnimation.State.Running) is moves
    assert bool(label.text()) is moves
    qtbot.waitUntil(lambda: label.text() == "")


def test_the_choice_holds_at_once_and_is_kept(compose, tmp_path):
    application = compose()
    application.preferences.change(motion=MotionChoice.REDUCED)
    assert not application.window.status_line._message._fades
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_FadeMenu)
    application.preferences.keep()
    assert load_settings(tmp_path / "settings.json")[0].motion is MotionChoice.REDUCED
    application.preferences.change(motion=MotionChoice.FULL)
    assert application.window.status_line._message._fades


def test_a_choice_that_cannot_be_read_is_the_systems(tmp_path):
    save_settings(Settings(), tmp_path / "settings.json")
    text = (tmp_path / "settings.json").read_text(encoding="utf-8").replace('"motion": "system"', '"motion": "wild"')
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    settings, notices = load_settings(tmp_path / "settings.json")
    assert settings.motion is MotionChoice.SYSTEM
    assert "motion" in notices[0]
