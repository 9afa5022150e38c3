"""The user's profiles by name: which there are, who uses one, and how one is emptied."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLockFile

from engine.errors import ProfileError
from engine.profile.files import IMPORTING, REMOVED
from keyboard_app import paths

_LOG = logging.getLogger(__name__)
_NAME = re.compile(r"\w[\w -]{0,39}(?<! )")
_LONGEST = 30
"""Letters of a name that is suggested: a number may come behind it."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Windows has devices of these names in every folder."""


def checked_name(name: str) -> str:
    """Return ``name`` if it can be a profile's, which is a folder's; else raise ProfileError."""
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name):
        raise ProfileError(
            f"{name!r} cannot be the name of a profile; use up to 40 letters, digits, spaces and hyphens."
        )
    return name


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that can be a profile's and is not taken, as close to the one that is wanted as can be."""
    base = re.sub(r"[^\w-]+", " ", wanted).strip(" -")[:_LONGEST].strip() or "profile"
    if _RESERVED.fullmatch(base):
        base = "profile"
    known = {name.casefold() for name in taken}
    names = (base, *(f"{base} {number}" for number in range(2, len(known) + 3)))
    return next(name for name in names if name.casefold() not in known)


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


class Tenancy:
    """The profile that one window has: kept from all others by a lock, until another one is moved into."""

    def __init__(self, name: str = "", lock: QLockFile | None = None) -> None:
        """Begin with a profile whose lock is ours; without a name, with none."""
        self.name = name
        """Empty where the window has no profile and what it learns is for this session."""
        self._lock = lock
        self._claimed: tuple[str, QLockFile] | None = None

    @property
    def folder(self) -> Path | None:
        """Return the folder of the profile."""
        return paths.profile_folder(self.name) if self.name else None

    @property
    def is_locked(self) -> bool:
        """Tell whether the lock is really there; on some disks none can be made."""
        return self._lock is not None and self._lock.isLocked()

    def claim(self, name: str) -> Path:
        """Keep another profile from other windows too, and return its folder; raise ProfileError where one has it."""
        self.give_up()
        lock, is_ours = lock_profile(paths.profile_lock_file(checked_name(name)))
        if not is_ours:
            raise ProfileError(f"Another Foretype window is using the profile “{name}”; close it first.")
        self._claimed = name, lock
        return paths.profile_folder(name)

    def move_in(self) -> None:
        """Have the profile that was claimed, and let go of the one before."""
        if self._claimed is not None:
            self.end()
            (self.name, self._lock), self._claimed = self._claimed, None

    def give_up(self) -> None:
        """Let go of what was claimed, and stay."""
        if self._claimed is not None:
            self._claimed[1].unlock()
            self._claimed = None

    def end(self) -> None:
        """Let go of the profile."""
        if self._lock is not None:
            self._lock.unlock()


@contextmanager
def in_use(name: str) -> Iterator[Path]:
    """Keep a profile for this process, and give its folder; raise ProfileError where another one has it."""
    lock, is_ours = lock_profile(paths.profile_lock_file(checked_name(name)))
    if not is_ours:
        raise ProfileError(f"A Foretype window is using the profile {name!r}; close it first.")
    try:
        remove_leftovers(name)
        yield paths.profile_folder(name)
    finally:
        lock.unlock()


def reset(folder: Path) -> None:
    """Remove a profile with everything in it: renamed first, so that no half of it is ever opened."""
    doomed = folder.with_name(folder.name + REMOVED)
    try:
        shutil.rmtree(doomed, ignore_errors=True)
        if folder.exists():
            folder.rename(doomed)
            shutil.rmtree(doomed)
    except OSError as error:
        raise ProfileError(f"The profile in {folder} cannot be removed ({error.strerror}); free the folder.") from error


def remove_leftovers(own: str) -> None:
    """Remove what a reset or an import left that was killed: it may hold all that was learned, and no list shows it.

    ``own`` is the profile that this process keeps, and of which it neither resets nor imports anything now. Of another
    one, what is left goes only where nobody keeps it: somebody may be at work there. What cannot be removed now is
    tried again the next time.
    """
    for leftover in _leftovers():
        if leftover.stem == own:
            _remove(leftover)
            continue
        lock, _ = lock_profile(paths.profile_lock_file(leftover.stem))
        if lock.isLocked():
            try:
                _remove(leftover)
            finally:
                lock.unlock()


def _leftovers() -> list[Path]:
    """Return the folders whose names end as no profile's can: those that ``checked_name`` allows hold no dot."""
    try:
        folders = list(paths.profile_folder().parent.iterdir())
    except OSError:  # there is none yet
        return []
    named = [path for path in folders if path.suffix in (IMPORTING, REMOVED) and _NAME.fullmatch(path.stem)]
    return [path for path in named if path.is_dir() and not path.is_symlink()]


def _remove(leftover: Path) -> None:
    shutil.rmtree(leftover, ignore_errors=True)
    if leftover.exists():
        _LOG.warning("what is left of a profile could not be removed")
