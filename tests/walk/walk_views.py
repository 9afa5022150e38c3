"""Go through every view of the real window in both themes, from outside, and leave a picture of each.

    xvfb-run -a -s "-screen 0 1000x740x24" python tests/walk/walk_views.py FOLDER

Needs xdotool and scrot; with openbox, where that is installed, dialogs get the focus as they do on a desktop. It takes
about two minutes a theme. The profile is a fresh one in a temporary folder; the kernels are those that were compiled
before.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.walk.person import Walk

LETTER = (
    "Dear Anna,\n\nthank you for the long letter. On Sunday I met Quillonia at the market. She told me that the new "
    "bridge is open, and that we should come and see it before the winter.\n\n"
)


def begin(walk: Walk) -> None:
    """The screen of the first start; Enter leaves it for the editor."""
    walk.picture("first-run")
    walk.key("Return")
    walk.wait_for_model()


def be_offered(walk: Walk) -> None:
    """Words in the strip and behind the caret; a word that was typed once, by its first letter."""
    walk.key("ctrl+a", "Delete")
    walk.type(LETTER)
    walk.type("I am looking forward to ")
    walk.picture("ghost")
    walk.type("seeing Q")
    walk.picture("own-word")
    walk.key("ctrl+shift+e")
    walk.sees("Why this word")
    walk.picture("why-this-word")
    walk.key("Escape")
    walk.key("alt+1")
    assert walk.saved().endswith("seeing Quillonia "), walk.saved()
    walk.key("alt+t")
    walk.picture("typing-menu")
    walk.key("c")
    walk.type("again in the ")
    walk.picture("strip-at-the-caret")
    walk.key("alt+t", "c")


def take_phrase(walk: Walk) -> None:
    """Two words in one slot come in with one key."""
    walk.key("ctrl+a", "Delete")
    walk.type("Dear Anna,\nI would like to th")
    walk.picture("phrase")
    walk.key("alt+2")
    assert walk.saved().endswith("I would like to thank you "), walk.saved()


def make_typos(walk: Walk) -> None:
    """A likely typo gets dots; the key for its menu shows what may have been meant."""
    walk.key("ctrl+a", "Delete")
    walk.type(LETTER + "I hope that you will recieve ")
    walk.picture("typo")
    walk.key("Left", "Left", "Menu")
    walk.picture("menu-of-a-typo")
    walk.key("Escape", "ctrl+End", "alt+c")
    assert walk.saved().endswith("will receive "), walk.saved()


def find(walk: Walk) -> None:
    """Matches are counted and marked."""
    walk.key("ctrl+h")
    walk.type("the")
    walk.picture("find-and-replace")
    walk.key("Escape")


def open_dialogs(walk: Walk) -> None:
    """Preferences, their search, keys, statistics, what was learned, and about."""
    walk.key("ctrl+comma")
    walk.sees("Preferences")
    walk.picture("preferences")
    walk.type("ghost")
    walk.picture("preferences-search")
    walk.key("Escape", "Escape")
    walk.key("F1")
    walk.sees("^Keys$")
    walk.picture("keys")
    walk.key("Escape")
    walk.key("alt+t", "t")
    walk.sees("What the suggestions save")
    walk.picture("statistics")
    walk.key("Escape")
    walk.key("ctrl+shift+k")
    walk.sees("What Foretype knows about you")
    walk.picture("knowledge")
    walk.key("alt+h")
    walk.picture("history")
    walk.key("alt+p")
    walk.picture("profiles")
    walk.key("Escape")
    walk.key("alt+h", "a")
    walk.sees("About Foretype")
    walk.picture("about")
    walk.key("Escape")


def change_the_view(walk: Walk) -> None:
    """Focus mode, a private document in a tab, full screen, large letters."""
    walk.key("F9")
    walk.picture("focus-mode")
    walk.key("F9")
    walk.key("ctrl+n", "ctrl+shift+p")
    walk.type("Nothing in here is learned. ")
    walk.picture("private-document")
    walk.key("F11")
    walk.picture("full-screen")
    walk.key("F11", *["ctrl+plus"] * 8)
    walk.picture("large-letters")
    walk.key("ctrl+0", "ctrl+w")
    walk.picture("question-before-closing")
    walk.key("Tab", "Return")  # discard


@contextmanager
def window_manager() -> Iterator[None]:
    """Have windows managed as on a desktop, where there is something to do it."""
    if shutil.which("openbox") is None:
        yield
        return
    with subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL) as manager:
        try:
            yield
        finally:
            manager.terminate()


def choose_theme(home: Path, theme: str) -> None:
    settings = home / "config" / "foretype" / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": theme}), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--theme", choices=("light", "dark"), action="append")
    arguments = parser.parse_args()
    with window_manager():
        for theme in arguments.theme or ("light", "dark"):
            pictures = arguments.pictures / theme
            pictures.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory() as home, Walk(Path(home), pictures, own_cache=False) as walk:
                choose_theme(Path(home), theme)
                walk.open("letter.txt")
                for step in (begin, take_phrase, be_offered, make_typos, find, open_dialogs, change_the_view):
                    step(walk)
                walk.close()
            print(f"{walk.n_pictures} views in {pictures}")


if __name__ == "__main__":
    main()
