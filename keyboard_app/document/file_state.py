"""What another program did to a file since it was read or written here."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

FileStamp = tuple[int, int]
"""Tells one state of a file from another: the time of its last change, and its length."""


class FileChange(Enum):
    """What became of a file."""

    NONE = "none"
    CHANGED = "changed"
    GONE = "gone"


def stamp_of(path: Path) -> FileStamp | None:
    """Return the stamp of a file, or None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def is_missing(path: Path) -> bool:
    """Tell whether there is certainly no file; one that cannot be looked at may well be there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def change_since(path: Path, stamp: FileStamp | None) -> FileChange:
    """Return what happened to ``path`` since it had ``stamp``; a file that never was cannot go."""
    now = stamp_of(path)
    if now == stamp:
        return FileChange.NONE
    return FileChange.GONE if now is None else FileChange.CHANGED
