"""``foretype learn FILE...``: read the user's own writing into a profile; what was read once is not read again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.learning.from_text import TextReading
from engine.opening import Engine, open_engine
from keyboard_app import paths, profiles
from keyboard_app.commands.progress import ProgressBar
from keyboard_app.document.errors import DocumentError
from keyboard_app.document.reading import read_text_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a text file that you wrote")
    parser.add_argument("--profile", default=paths.DEFAULT_PROFILE, metavar="NAME", help="the profile that learns")


def run(arguments: argparse.Namespace) -> int:
    """Learn from the files of the command line; return the exit code."""
    with profiles.in_use(arguments.profile) as folder:
        return learn(arguments.files, folder)


def learn(files: Sequence[Path], folder: Path, open_profile: Callable[[Path], Engine] = open_engine) -> int:
    """Learn from each file; Ctrl+C stops after a whole word, and the next call goes on there."""
    try:
        texts = [(path, read_text_file(path).text) for path in files]
    except DocumentError as error:
        sys.stderr.write(f"foretype learn: {error}\n")
        return 1
    with open_profile(folder) as engine:
        for path, text in texts:
            try:
                _learn_one(engine, path, text)
            except KeyboardInterrupt:
                print("Stopped; the same command goes on from here.")
                return 130
            finally:
                for sentence in engine.notices:
                    sys.stderr.write(f"foretype learn: {sentence}\n")
    return 0


def _learn_one(engine: Engine, path: Path, text: str) -> None:
    reading = engine.read_text(text)
    bar = ProgressBar(path)
    try:
        while not reading.is_done:
            reading.go_on()
            bar.show(reading.n_done, reading.n_words)
    finally:
        reading.close()
        bar.clear()
        print(f"{path.name}: {_outcome(reading)}")


def _outcome(reading: TextReading) -> str:
    n_new, n_earlier = reading.n_new, reading.n_done - reading.n_new
    if reading.is_done and not reading.n_words:
        return "holds no words to learn"
    if reading.is_done and not n_new:
        return "was learned before"
    earlier = f", {n_earlier:,} earlier" if n_earlier else ""
    left = "" if reading.is_done else f", {reading.n_words - reading.n_done:,} left"
    return f"learned {n_new:,} of {reading.n_words:,} words{earlier}{left}"
