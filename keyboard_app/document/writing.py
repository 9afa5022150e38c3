"""Write a text file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from keyboard_app.document.errors import cannot_write
from keyboard_app.document.text_file import Encoding, TextFile, encode


def write_text_file(path: Path, file: TextFile) -> TextFile:
    """Replace ``path`` by ``file``; return it as it was written, with a notice if its encoding had to change."""
    try:
        data, written = encode(file), replace(file, notice="")
    except UnicodeEncodeError:
        written = replace(
            file,
            encoding=Encoding.UTF_8,
            notice=f"It has characters that {file.encoding.label} text cannot hold, so it was saved as UTF-8.",
        )
        data = encode(written)
    replace_file(path, data)
    return written


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` in place of ``path`` in one step; raise DocumentError and leave the old file if that fails."""
    try:
        put_in_place(path.resolve(), data)  # a link stays a link
    except OSError as error:
        raise cannot_write(path, error) from error


def put_in_place(target: Path, data: bytes, *, private: bool = False) -> None:
    """Write a temporary file in the same folder, make it durable, and rename it; a private one is for the user only."""
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "access is not permitted")
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".saving", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            _copy_permissions(target, temporary)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _copy_permissions(target: Path, temporary: Path) -> None:
    if target.exists():
        shutil.copymode(target, temporary)
        return
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
