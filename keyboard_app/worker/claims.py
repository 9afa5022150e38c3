"""Which window owns which folder of drafts: a lock beside each folder, which a dead window cannot hold."""

from __future__ import annotations

import contextlib
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile

from keyboard_app.document.drafts import DraftFolder


class Claim:
    """A folder of drafts that is ours until it is let go."""

    def __init__(self, drafts: DraftFolder, lock: QLockFile) -> None:
        self.drafts = drafts
        self._lock = lock

    def let_go(self) -> None:
        """Give the folder up; it goes when it is empty, and is offered at the next start when it is not."""
        self.drafts.dissolve()
        self._lock.unlock()


def claim_new(root: Path) -> Claim:
    """Return a new folder of drafts; raise DocumentError if none can be made."""
    DraftFolder(root).make()
    folder = root / uuid4().hex
    lock = _lock_of(folder)
    lock.tryLock(0)  # before the folder is there: no other window can find it without its lock
    drafts = DraftFolder(folder)
    drafts.make()
    return Claim(drafts, lock)


def claim_abandoned(root: Path) -> tuple[Claim, ...]:
    """Return the folders whose windows ended without letting go; those of living windows stay theirs."""
    claims = []
    for folder in _folders(root):
        lock = _lock_of(folder)
        if lock.tryLock(0):
            if folder.is_dir():
                claims.append(Claim(DraftFolder(folder), lock))
            else:
                lock.unlock()  # its window has just let it go
    return tuple(claims)


def _folders(root: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(path for path in root.iterdir() if path.is_dir())
    return []


def _lock_of(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder.with_name(f"{folder.name}.lock")))
    lock.setStaleLockTime(0)  # a window may stay open for days; a dead one is known by its process id
    return lock
