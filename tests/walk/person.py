"""A person at a screen: real keys and clicks through the X server, and pictures of what comes of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

SECONDS_TO_WARM_UP = 120.0
SECONDS_TO_SAVE = 20.0
SECONDS_TO_ANSWER = 1.5


class Walk:
    """One person at one screen, with a home folder of their own; compiled kernels may lie where they always do."""

    def __init__(self, home: Path, pictures: Path, *, own_cache: bool = True) -> None:
        self.home, self.pictures = home, pictures
        self.folders = ["DATA", "CONFIG", "STATE", *(["CACHE"] if own_cache else [])]
        self.n_pictures = 0
        self.window = ""
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Leave no window behind where a step went wrong."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()

    def environment(self) -> dict[str, str]:
        return {**os.environ, **{f"XDG_{name}_HOME": str(self.home / name.lower()) for name in self.folders}}

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

    def sees(self, title: str) -> None:
        """Wait until a window with this title is on screen."""
        xdotool("search", "--sync", "--onlyvisible", "--name", title)
        time.sleep(SECONDS_TO_ANSWER)

    def saved(self) -> str:
        """Save by the key for it and return what is in the file then."""
        xdotool("key", "ctrl+s")
        end = time.monotonic() + SECONDS_TO_SAVE
        while True:
            time.sleep(0.5)
            title = xdotool("getwindowname", self.window)
            file = self.home / title.split(" – ")[0].strip("* ")
            if ("*" not in title and file.exists()) or time.monotonic() > end:
                return file.read_text(encoding="utf-8")

    def close(self) -> None:
        xdotool("key", "ctrl+s", "ctrl+q")
        assert self.process is not None
        assert self.process.wait(30) == 0


def xdotool(*arguments: str) -> str:
    done = subprocess.run(["xdotool", *arguments], check=True, capture_output=True, text=True)
    return done.stdout
