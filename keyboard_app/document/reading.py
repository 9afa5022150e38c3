"""Read a text file, or say in one sentence why not."""

from __future__ import annotations

from pathlib import Path

from keyboard_app.document.errors import DocumentError, cannot_read
from keyboard_app.document.text_file import TextFile, decode

LIMIT_BYTES = 20_000_000
"""Beyond this the editor would no longer answer at once."""


def read_text_file(path: Path) -> TextFile:
    """Return the text in ``path``; raise DocumentError if it is missing, too large or not text."""
    try:
        if path.exists() and not path.is_file():
            raise DocumentError(f"“{path.name}” could not be opened: it is not a file.")
        size = path.stat().st_size
        if size > LIMIT_BYTES:
            raise DocumentError(
                f"“{path.name}” is {size / 1e6:,.0f} MB long; "
                f"Foretype opens text files of up to {LIMIT_BYTES / 1e6:.0f} MB."
            )
        data = path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from error
    except ValueError as error:
        raise DocumentError(f"“{path.name}” could not be opened: no file can have this name.") from error
    try:
        return decode(data)
    except ValueError as error:
        raise DocumentError(f"“{path.name}” could not be opened: {error}.") from error
