"""What a screen reader is told, read over the real accessibility bus by a client of the system."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SYSTEM_PYTHON = "/usr/bin/python3"
CLIENT_WORKS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
SECONDS = 240


def missing() -> str:
    """Return what this machine lacks to read a window over the bus; empty where it has everything."""
    for program in ("xvfb-run", "dbus-run-session", SYSTEM_PYTHON):
        if shutil.which(program) is None:
            return program
    if not any(Path(folder, "at-spi-bus-launcher").exists() for folder in ("/usr/libexec", "/usr/lib/at-spi2-core")):
        return "at-spi2-core"
    client = subprocess.run([SYSTEM_PYTHON, "-c", CLIENT_WORKS], capture_output=True, check=False)
    return "gir1.2-atspi-2.0 with python3-gi" if client.returncode else ""


@pytest.fixture(scope="module")
def report():
    lacks = missing()
    if lacks:
        pytest.skip(f"no client for the accessibility bus here: {lacks} is not installed")
    window = [sys.executable, str(TESTS / "window_to_read.py"), SYSTEM_PYTHON, str(TESTS / "accessibility_client.py")]
    done = subprocess.run(
        ["xvfb-run", "-a", "dbus-run-session", "--", *window],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        cwd=TESTS.parents[1],
        env={
            **os.environ,
            "PYTHONPATH": str(TESTS.parents[1]),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        },
    )
    found = [line for line in done.stdout.splitlines() if line.startswith("{")]  # the bus writes there too
    assert found, done.stderr
    told = json.loads(found[-1])
    assert "read" in told, done.stderr
    return told


@pytest.fixture(scope="module")
def controls(report):
    return report["read"]


def names(controls, role):
    return [control["name"] for control in controls if control["role"] == role and control["showing"]]


def test_the_text_is_read_without_the_ghost_and_with_the_caret(controls):
    text = next(control for control in controls if control["name"] == "Text")
    assert text["role"] == "text"
    assert text["text"] == "quick tu"
    assert text["caret"] == len("quick tu")
    assert text["focused"]


def test_every_suggestion_is_a_button_that_says_its_word_and_its_keys(controls):
    buttons = names(controls, "push button")
    assert buttons == ["Suggestion turn, Tab or Alt+1", "Suggestion turned, Alt+2", "Suggestion turning, Alt+3"]


def test_everything_that_can_be_used_has_a_name(controls):
    roles = {"push button", "check box", "menu item", "page tab", "combo box", "radio button"}
    usable = [control for control in controls if control["role"] in roles or "text" in control]
    assert len(usable) > 50
    assert [control for control in usable if not control["name"]] == []


def test_menus_and_the_state_of_learning_are_there(controls):
    assert names(controls, "menu item") == ["File", "Edit", "View", "Typing", "Help"]
    assert names(controls, "check box") == ["Learning on"]
    assert any(name.startswith("Untitled") for name in names(controls, "frame"))


def test_typing_is_told_letter_by_letter_and_the_ghost_never(report):
    inserted = [event["data"] for event in report["heard"] if event["event"] == "object:text-changed:insert"]
    assert inserted[0] == "r"
    assert set(inserted) <= {"r", "turn "}  # the second is what is taken at the end
    moved = [event["detail"] for event in report["heard"] if event["event"] == "object:text-caret-moved"]
    assert moved[0] == len("quick tur")


def test_the_suggestions_are_said_when_they_are_asked_for(report):
    said = [event["data"] for event in report["heard"] if event["event"] == "object:announcement"]
    assert said == ["1: turn, 2: turned, 3: turning"]


def test_the_focus_is_told_when_it_goes_to_the_find_bar_and_back(report):
    focused = [e["name"] for e in report["heard"] if e["event"] == "object:state-changed:focused" and e["detail"]]
    assert focused == ["Find in the text", "Text"]


def test_a_suggestion_can_be_taken_over_the_bus(report):
    assert report["pressed"]
    assert report["document"] == "quick turn "
    text = next(control for control in report["read_again"] if control["name"] == "Text")
    assert text["text"] == "quick turn "
