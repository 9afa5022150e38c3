"""Use the real window as a person would, from outside, and leave a picture of each step.

    xvfb-run -a -s "-screen 0 980x680x24" python tests/walk/walk_window.py FOLDER

Needs xdotool, and scrot for the pictures. Every key and click goes through the X server; what came of them is read from
the saved file. The profile is a fresh one in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NAME = "Quillonia"
SECONDS_TO_WARM_UP = 90.0
SECONDS_TO_ANSWER = 1.5


class Walk:
    """One person at one screen, with a home folder of their own."""

    def __init__(self, home: Path, pictures: Path) -> None:
        self.home, self.pictures = home, pictures
        self.n_pictures = 0
        self.window = ""
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        places = {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        return {**os.environ, **places}

    def open(self, name: str) -> None:
        """Start Foretype on a file and wait until its strip has stopped saying that it warms up."""
        command = [sys.executable, "-m", "keyboard_app", str(self.home / name)]
        self.process = subprocess.Popen(command, env=self.environment())
        found = xdotool("search", "--sync", "--onlyvisible", "--name", f"{name}.*Foretype")
        self.window = found.split()[0]
        xdotool("windowsize", "--sync", self.window, "980", "680")
        xdotool("windowmove", self.window, "0", "0")
        xdotool("windowfocus", self.window)

    def wait_for_model(self) -> None:
        """Wait until Alt+1 takes a suggestion; before that it does nothing."""
        end = time.monotonic() + SECONDS_TO_WARM_UP
        self.type("How are ")
        while time.monotonic() < end:
            self.key("alt+1")
            time.sleep(SECONDS_TO_ANSWER)
            if self.saved() != "How are ":
                return
        raise TimeoutError("the model was not ready in time")

    def type(self, text: str) -> None:
        xdotool("type", "--delay", "70", text)
        time.sleep(SECONDS_TO_ANSWER)

    def key(self, *names: str) -> None:
        for name in names:
            xdotool("key", name)
        time.sleep(SECONDS_TO_ANSWER)

    def click_slot(self, slot: int) -> None:
        """Click the middle of a slot; the strip stands below the text, above the status line."""
        xdotool("mousemove", "--window", self.window, str(245 + 245 * slot), "620", "click", "1")
        time.sleep(SECONDS_TO_ANSWER)

    def picture(self, name: str) -> None:
        self.n_pictures += 1
        path = self.pictures / f"{self.n_pictures:02}-{name}.png"
        subprocess.run(["scrot", "--overwrite", str(path)], check=True)

    def saved(self) -> str:
        """Save by the key for it and return what is in the file then."""
        xdotool("key", "ctrl+s")
        time.sleep(0.5)
        name = xdotool("getwindowname", self.window).split(" – ")[0].strip("* ")
        return (self.home / name).read_text(encoding="utf-8")

    def close(self) -> None:
        xdotool("key", "ctrl+s", "ctrl+q")
        assert self.process is not None
        assert self.process.wait(30) == 0


def xdotool(*arguments: str) -> str:
    done = subprocess.run(["xdotool", *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def take_suggestions(walk: Walk) -> None:
    """Alt+1, Alt+2, Tab and the mouse each take a word; one is deleted and another typed instead."""
    walk.wait_for_model()
    assert walk.saved() == "How are you ", walk.saved()
    walk.type("doing?\nI hope the weather in the ")
    assert "How are you doing?\nI" in walk.saved(), walk.saved()
    walk.picture("suggestions")
    before = walk.saved()
    walk.key("alt+2")
    by_key = walk.saved()
    assert by_key.startswith(before)
    assert len(by_key) > len(before)
    walk.picture("taken-by-alt-2")
    walk.click_slot(2)
    by_mouse = walk.saved()
    assert by_mouse.startswith(by_key)
    assert len(by_mouse) > len(by_key)
    walk.picture("taken-by-mouse")
    walk.type(".\nThank you for your ")
    before = walk.saved()
    walk.key("Tab")
    taken = walk.saved()
    assert len(taken) > len(before)
    walk.key(*["BackSpace"] * (len(taken) - len(before)))
    assert walk.saved() == before
    walk.type("umbrella, and ")
    assert walk.saved() == before + "umbrella, and "
    walk.picture("deleted-and-replaced")
    walk.key("ctrl+a", "Delete")


def teach_name(walk: Walk) -> None:
    """A name that nobody has heard of is offered after one sentence was typed three times."""
    sentence = f"On Sunday I met {NAME} at the market."
    for _ in range(3):
        walk.type(f"{sentence}\n")
    expect_name(walk, "offered")


def expect_name(walk: Walk, picture: str) -> None:
    """The first slot holds the name where it was typed before."""
    walk.type("On Sunday I met ")
    walk.picture(picture)
    before = walk.saved()
    walk.key("alt+1")
    assert walk.saved() == f"{before}{NAME} ", walk.saved()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pictures", type=Path)
    pictures = parser.parse_args().pictures
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        walk = Walk(Path(home), pictures)
        walk.open("letter.txt")
        walk.picture("first-start")
        walk.key("Return")
        walk.picture("warming-up")
        take_suggestions(walk)
        teach_name(walk)
        walk.close()
        walk.open("next-day.txt")
        walk.wait_for_model()
        walk.key("ctrl+a", "Delete")
        expect_name(walk, "after-restart")
        walk.close()
    print(f"every step did what it should; {walk.n_pictures} pictures in {pictures}")


if __name__ == "__main__":
    main()
