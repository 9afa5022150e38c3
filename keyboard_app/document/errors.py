"""What can go wrong with a text file, told in one sentence that the user can act on."""

from __future__ import annotations

import errno
from pathlib import Path


class DocumentError(Exception):
    """A text file cannot be read or written; ``str(error)`` is one clear sentence."""


class HalfWrittenError(DocumentError):
    """A text file was to be written over, and has neither its old text nor the new one for sure."""


_CAUSES = {
    errno.ENOENT: "it does not exist",
    errno.EACCES: "access is not permitted",
    errno.EPERM: "access is not permitted",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "its folder does not exist",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the disk reports an error",
    errno.EFBIG: "it is too large for the disk",
}


def cause_of(error: OSError) -> str:
    """Return why the system refused, in words."""
    if error.errno in _CAUSES:
        return _CAUSES[error.errno]
    return (error.strerror or str(error)).rstrip(".").lower() or "the system gives no reason"


def cannot_read(path: Path, error: OSError) -> DocumentError:
    """Return the error for a file that cannot be opened."""
    return DocumentError(f"“{path.name}” could not be opened: {cause_of(error)}.")


def cannot_write(path: Path, error: OSError) -> DocumentError:
    """Return the error for a file that cannot be saved; the old file and the text in the window are still there."""
    where = f" in “{path.parent}”" if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) else ""
    return DocumentError(
        f"“{path.name}” could not be saved{where}: {cause_of(error)}. "
        "Nothing is lost; use Save As to keep it elsewhere."
    )


def half_written(path: Path, error: OSError) -> HalfWrittenError:
    """Return the error for a file of which only a part may be right; the text in the window is whole."""
    return HalfWrittenError(
        f"“{path.name}” could not be saved, and may be damaged now: {cause_of(error)}. "
        "Its text is still here; use Save As to keep it elsewhere."
    )
