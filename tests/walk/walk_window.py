"""Use the real window as a person would, from outside, and leave a picture of each step.

    xvfb-run -a -s "-screen 0 980x680x24" python tests/walk/walk_window.py FOLDER

Needs xdotool, and scrot for the pictures. Every key and click goes through the X server; what came of them is read from
the saved file. The profile is a fresh one in a temporary folder.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.walk.person import Walk

NAME = "Quillonia"


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
    with tempfile.TemporaryDirectory() as home, Walk(Path(home), pictures) as walk:
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
