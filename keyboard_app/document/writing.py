"""Write a text file whole or not at all; one that cannot be replaced, only with a copy of the text elsewhere."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from io import FileIO
from pathlib import Path

from keyboard_app.document.errors import cannot_write, half_written
from keyboard_app.document.text_file import Encoding, TextFile, encode

KeepCopy = Callable[[], bool]
"""Brings a copy of what is about to be written to the disk; tells whether it is there."""
_NO_PLACE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY})
"""Why a file cannot be made beside another, or not take its place, though that one itself can be written."""
_NAME_LETTERS = 40
"""Of a name in a temporary one: in bytes, a letter may be four, and a name has 255 at most."""


def no_copy() -> bool:
    """Keep no copy: no file is written over then."""
    return False


def write_text_file(path: Path, file: TextFile, keep_copy: KeepCopy = no_copy) -> TextFile:
    """Replace ``path`` by ``file``; return it as it was written, with a notice if its encoding had to change.

    A file that cannot be replaced, or is more than its text, is written over if ``keep_copy`` can keep a copy first.
    """
    try:
        data, written = encode(file), replace(file, notice="")
    except UnicodeEncodeError:
        written = replace(
            file,
            encoding=Encoding.UTF_8,
            notice=f"It has characters that {file.encoding.label} text cannot hold, so it was saved as UTF-8.",
        )
        data = encode(written)
    replace_file(path, data, keep_copy)
    return written


def replace_file(path: Path, data: bytes, keep_copy: KeepCopy = no_copy) -> None:
    """Put ``data`` in place of ``path`` in one step; raise DocumentError and leave the old file if that fails."""
    try:
        _save(path.resolve(), data, keep_copy)  # a link stays a link
    except OSError as error:
        raise cannot_write(path, error) from error


def _save(target: Path, data: bytes, keep_copy: KeepCopy) -> None:
    """Replace a file, or write it over where another would not be the same or cannot take its place.

    Without a copy it is never written over: a kill in the middle would take the text, and a lost link is less.
    """
    can_write_over = target.is_file() and os.access(target, os.W_OK)
    if can_write_over and _is_more_than_its_text(target) and keep_copy():
        _write_over(target, data)
        return
    try:
        put_in_place(target, data)
    except OSError as error:
        if error.errno not in _NO_PLACE or not can_write_over or not keep_copy():
            raise
        _write_over(target, data)


def _is_more_than_its_text(target: Path) -> bool:
    """Tell whether a file has other names, or an owner or a group that the user could not give to another file."""
    status = target.stat()
    if status.st_nlink > 1:
        return True
    if sys.platform == "win32" or os.geteuid() == 0:
        return False
    return status.st_uid != os.geteuid() or status.st_gid not in (os.getegid(), *os.getgroups())


def _write_over(target: Path, data: bytes) -> None:
    """Write the file itself; if that fails, give it back what it had, and raise DocumentError if that fails too."""
    with target.open("r+b", buffering=0) as stream:
        status, old = os.fstat(stream.fileno()), stream.readall()
        try:
            _put_bytes(stream, data)
        except OSError as error:
            try:
                _put_bytes(stream, old)
            except OSError:
                raise half_written(target, error) from error
            with contextlib.suppress(OSError):  # nothing has changed, and nobody shall think so
                os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
            raise


def _put_bytes(stream: FileIO, data: bytes) -> None:
    """Write from the beginning, and cut off what is left only then: so the old bytes have room to come back."""
    stream.seek(0)
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]
    stream.truncate()
    os.fsync(stream.fileno())


def put_in_place(target: Path, data: bytes, *, private: bool = False) -> None:
    """Write a temporary file in the same folder, make it durable, and rename it; a private one is for the user only."""
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "access is not permitted")
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:_NAME_LETTERS]}.", suffix=".saving", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            _copy_owner_and_permissions(target, temporary)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Make durable which files are in a folder, on systems that can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _copy_owner_and_permissions(target: Path, temporary: Path) -> None:
    if target.exists():
        if sys.platform != "win32":
            status = target.stat()
            with contextlib.suppress(OSError):  # some disks know no owners; and a text is worth more than its owner
                os.chown(temporary, status.st_uid, status.st_gid)
        shutil.copymode(target, temporary)  # after the owner: that takes some of the permissions away
        return
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
