"""The user's profiles by name: which there are, who uses one, and how one is emptied."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLockFile

from engine.errors import ProfileError
from keyboard_app import paths

_NAME = re.compile(r"\w[\w -]{0,39}(?<! )")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Windows has devices of these names in every folder."""


def checked_name(name: str) -> str:
    """Return ``name`` if it can be a profile's, which is a folder's; else raise ProfileError."""
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name):
        raise ProfileError(
            f"{name!r} cannot be the name of a profile; use up to 40 letters, digits, spaces and hyphens."
        )
    return name


def all_profiles() -> tuple[str, ...]:
    """Return the names of the profiles that there are, in alphabetical order."""
    folder = paths.profile_folder().parent
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and _NAME.fullmatch(path.name)))


def existing(name: str) -> Path:
    """Return the folder of a profile; raise ProfileError where there is none."""
    folder = paths.profile_folder(checked_name(name))
    if not folder.is_dir():
        known = ", ".join(all_profiles()) or "none yet"
        raise ProfileError(f"There is no profile {name!r}; there are: {known}.")
    return folder


def lock_profile(path: Path) -> tuple[QLockFile, bool]:
    """Return the lock of a profile, and whether it is ours; where no lock can be made, it is."""
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # a window may stay open for days; a crashed one is known by its process id
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return lock, True  # the engine will say what is wrong with the folder
    lock.tryLock(0)
    return lock, lock.error() is not QLockFile.LockError.LockFailedError


@contextmanager
def in_use(name: str) -> Iterator[Path]:
    """Keep a profile for this process, and give its folder; raise ProfileError where another one has it."""
    lock, is_ours = lock_profile(paths.profile_lock_file(checked_name(name)))
    if not is_ours:
        raise ProfileError(f"A Foretype window is using the profile {name!r}; close it first.")
    try:
        yield paths.profile_folder(name)
    finally:
        lock.unlock()


def reset(folder: Path) -> None:
    """Remove a profile with everything in it: renamed first, so that no half of it is ever opened."""
    doomed = folder.with_name(f"{folder.name}.removed")
    try:
        shutil.rmtree(doomed, ignore_errors=True)
        if folder.exists():
            folder.rename(doomed)
            shutil.rmtree(doomed)
    except OSError as error:
        raise ProfileError(f"The profile in {folder} cannot be removed ({error.strerror}); free the folder.") from error
