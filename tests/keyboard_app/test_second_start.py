"""Foretype started twice, as two real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow

PATIENCE_S = 180


@pytest.fixture
def start(tmp_path):
    """Start Foretype with a home of its own; whoever still runs at the end is killed."""
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
    places = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("DATA", "CONFIG", "STATE")}
    environment = {**os.environ, **places, "XDG_RUNTIME_DIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    started = []

    def run(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "keyboard_app", *arguments], cwd=tmp_path, env=environment, stderr=subprocess.PIPE
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_until(holds):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def opened(tmp_path):
    """Return the names of the files that windows opened, by the settings that they write then.

    A window answers a later start first and opens its files afterwards, so they may come after that start has ended.
    """
    try:
        settings = json.loads((tmp_path / "config" / "foretype" / "settings.json").read_text("utf-8"))
    except FileNotFoundError:
        return set()
    return {name.rsplit("/", 1)[-1] for name in settings.get("recent_files", [])}


def test_a_second_start_hands_its_files_over_and_ends(start, tmp_path):
    first = start("one.txt")
    wait_until(lambda: opened(tmp_path) == {"one.txt"})
    second = start("two.txt", "three.txt")
    assert second.wait(PATIENCE_S) == 0
    wait_until(lambda: opened(tmp_path) == {"one.txt", "two.txt", "three.txt"})
    assert first.poll() is None


def test_a_start_without_a_name_goes_to_the_profile_that_was_chosen_last(start, tmp_path):
    (tmp_path / "config" / "foretype").mkdir(parents=True)
    (tmp_path / "config" / "foretype" / "settings.json").write_text('{"profile": "work"}', encoding="utf-8")
    first = start("one.txt")
    wait_until(lambda: opened(tmp_path) == {"one.txt"})
    assert start("--profile", "work", "two.txt").wait(PATIENCE_S) == 0
    assert start("three.txt").wait(PATIENCE_S) == 0
    wait_until(lambda: opened(tmp_path) == {"one.txt", "two.txt", "three.txt"})
    assert first.poll() is None
    profiles = tmp_path / "data" / "foretype" / "profiles"
    wait_until((profiles / "work").is_dir)
    assert not (profiles / "default").exists()


def test_of_two_started_at_the_same_instant_one_stays_and_has_both_files(start, tmp_path):
    both = [start("one.txt"), start("two.txt")]
    wait_until(lambda: any(one.poll() is not None for one in both))
    wait_until(lambda: opened(tmp_path) == {"one.txt", "two.txt"})
    assert sorted(one.poll() is None for one in both) == [False, True]
    assert [one.poll() for one in both if one.poll() is not None] == [0]


def test_after_a_kill_the_next_start_gets_the_profile_in_spite_of_what_was_left(start, tmp_path):
    first = start("one.txt")
    wait_until(lambda: bool(list((tmp_path / "foretype").glob("*.socket"))))
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = start("two.txt")
    wait_until(lambda: "two.txt" in opened(tmp_path))
    third = start("three.txt")
    assert third.wait(PATIENCE_S) == 0
    wait_until(lambda: "three.txt" in opened(tmp_path))
    assert second.poll() is None


def test_a_window_of_its_own_can_be_asked_for(start, tmp_path):
    first = start("one.txt")
    wait_until(lambda: opened(tmp_path) == {"one.txt"})
    second = start("--new-window", "two.txt")
    wait_until(lambda: "two.txt" in opened(tmp_path))
    assert first.poll() is second.poll() is None
