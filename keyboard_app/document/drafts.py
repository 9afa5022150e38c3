"""A folder of drafts, one file each; every change of it is one step of the file system."""

from __future__ import annotations

import contextlib
from pathlib import Path

from keyboard_app.document.draft import Draft, decode_draft, encode_draft
from keyboard_app.document.errors import DocumentError, cause_of
from keyboard_app.document.writing import put_in_place, sync_folder

_ENDING = ".draft"


class DraftFolder:
    """Keeps drafts for the user's eyes only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Make the folder; raise DocumentError if that fails."""
        try:
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        except OSError as error:
            raise DocumentError(f"Unsaved text cannot be kept for recovery: {cause_of(error)}.") from error

    def write(self, draft: Draft) -> None:
        """Keep ``draft`` in place of the one before; raise DocumentError and leave that one if it fails."""
        try:
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)  # somebody may have cleaned up
            put_in_place(self._file(draft.name), encode_draft(draft), private=True)
            sync_folder(self.folder)  # the document's file may be written over next, and be half of it in a blackout
        except OSError as error:
            raise DocumentError(
                f"Your unsaved text in “{draft.title}” could not be kept for recovery: {cause_of(error)}. Save it soon."
            ) from error

    def remove(self, name: str) -> None:
        """Remove a draft, if it is there; raise DocumentError if that fails."""
        try:
            self._file(name).unlink(missing_ok=True)
        except OSError as error:
            raise DocumentError(f"A recovery copy could not be removed: {cause_of(error)}.") from error

    def adopt(self, name: str, other: DraftFolder) -> None:
        """Take a draft over from another folder, so that it is in one of the two at any instant."""
        try:
            other._file(name).replace(self._file(name))
        except OSError as error:
            raise DocumentError(f"A recovery copy could not be moved: {cause_of(error)}.") from error

    def read_all(self) -> tuple[tuple[Draft, ...], int]:
        """Return the drafts, and the number of those that cannot be read."""
        drafts, n_damaged = [], 0
        for file in sorted(self.folder.glob(f"*{_ENDING}")):
            try:
                drafts.append(decode_draft(file.name.removesuffix(_ENDING), file.read_bytes()))
            except (OSError, ValueError):
                n_damaged += 1
        return tuple(drafts), n_damaged

    def dissolve(self) -> None:
        """Remove the folder if no draft is in it."""
        for half_written in self.folder.glob(".*.saving"):
            with contextlib.suppress(OSError):
                half_written.unlink()
        with contextlib.suppress(OSError):
            self.folder.rmdir()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}{_ENDING}"
