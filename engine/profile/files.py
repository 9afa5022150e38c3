"""Private files: made for their owner only, written whole or not at all, and set aside rather than overwritten."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from engine.errors import ProfileError

BLOCKLIST, RIGHT_WORDS, CORRECTIONS = "blocklist.txt", "right-words.txt", "corrections.json"
"""What the user said of words, each in a file of its own: never to be offered, right as they are, meant by others.

Of the two lists, one word a line, the user may write as well; a blocklist takes the place of the shipped one.
"""
PARTIAL = ".partial"
"""How the name of a file ends that is being written."""
IMPORTING, REMOVED = ".importing", ".removed"
"""How the name of a folder ends that is not a profile yet, or not any more. No profile's own name holds a dot."""
_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def make_private_folder(folder: Path) -> None:
    """Create a folder that only its owner can enter; raise ProfileError where that cannot be."""
    try:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        folder.chmod(_FOLDER_MODE)
    except OSError as error:
        raise ProfileError(
            f"The profile folder {folder} cannot be used ({error.strerror}); choose another one or free this one."
        ) from error


def make_private_file(path: Path) -> None:
    """Create an empty file that only its owner can read, or narrow the rights of the one that is there."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _FILE_MODE))
    path.chmod(_FILE_MODE)


def replace_whole(path: Path, content: bytes) -> None:
    """Write a private file so that a reader, or a power cut, sees the old content or the new, never a part."""
    with whole_file(path) as file:
        file.write(content)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a private file to write to, which takes the place of ``path`` at the end.

    Where anything is raised before, it is removed and what was there stays as it was. What a killed program leaves of
    it, the next writing of ``path`` takes away.
    """
    partial = path.with_name(path.name + PARTIAL)
    partial.unlink(missing_ok=True)  # and with it rights, or another place, that somebody else gave it
    make_private_file(partial)
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # what went wrong first is what is to be told
            partial.unlink()
        raise


def set_aside(path: Path) -> Path:
    """Rename a file that cannot be used, so that nothing is lost; return its new name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.replace(aside)
    return aside
