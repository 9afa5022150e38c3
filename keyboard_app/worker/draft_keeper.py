"""Keeps drafts in a thread of its own, in the order in which it was told: a slow disk never holds up the keys."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from keyboard_app.document.draft import Draft
from keyboard_app.document.errors import DocumentError
from keyboard_app.worker.claims import Claim, claim_abandoned, claim_new

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundDrafts:
    """What a window that did not end well has left."""

    drafts: tuple[Draft, ...]
    n_damaged: int = 0


class DraftKeeper(QObject):
    """The interface thread's end; its signals come from the keeper's thread and must be connected as queued."""

    found = Signal(object)
    kept = Signal(str)
    failed = Signal(str)

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        """Interface thread. Nothing runs yet."""
        super().__init__(parent)
        self._root = root
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self._has_stopped = False
        # Owned by the keeper's thread
        self._own: Claim | None = None
        self._abandoned: tuple[Claim, ...] = ()
        self._owner_of: dict[str, Claim] = {}

    # Interface thread

    def start(self) -> None:
        """Interface thread. Look for what dead windows left, and make a folder for this one."""
        self._do(self._begin)

    def keep(self, draft: Draft) -> None:
        """Interface thread. Write ``draft`` in place of the one before."""
        self._do(lambda: self._keep(draft))

    def keep_now(self, draft: Draft) -> bool:
        """Interface thread. Write ``draft`` and wait until it is on the disk; tell whether it is."""
        if self._has_stopped:
            return False
        return self._thread.submit(self._keep_safely, draft).result()

    def drop(self, name: str) -> None:
        """Interface thread. Remove a draft: its text is saved, or given up."""
        self._do(lambda: self._drop(name))

    def adopt(self, name: str) -> None:
        """Interface thread. Make a draft that was found this window's own."""
        self._do(lambda: self._adopt(name))

    def stop(self) -> None:
        """Interface thread. Let the folders go and wait for that; what is in them then is offered at the next start."""
        self._do(self._end)
        self._has_stopped = True
        self._thread.shutdown()

    # Keeper's thread

    def _begin(self) -> None:
        self._abandoned = claim_abandoned(self._root)
        drafts: list[Draft] = []
        n_damaged = 0
        for claim in self._abandoned:
            readable, n_bad = claim.drafts.read_all()
            drafts += readable
            n_damaged += n_bad
            self._owner_of.update((draft.name, claim) for draft in readable)
        self._own = claim_new(self._root)
        self.found.emit(FoundDrafts(tuple(drafts), n_damaged))

    def _keep(self, draft: Draft) -> None:
        if self._own is not None:
            self._own.drafts.write(draft)
            self.kept.emit(draft.name)

    def _keep_safely(self, draft: Draft) -> bool:
        """Keep a draft; who waits for it tells the user what it means if it cannot be kept."""
        try:
            self._keep(draft)
        except Exception:  # noqa: BLE001  without a copy, the file is not written over
            _LOG.exception("no copy could be kept before a file was to be written over")
            return False
        return self._own is not None

    def _drop(self, name: str) -> None:
        owner = self._owner_of.pop(name, self._own)
        if owner is not None:
            owner.drafts.remove(name)

    def _adopt(self, name: str) -> None:
        owner = self._owner_of.get(name)
        if owner is not None and self._own is not None:
            self._own.drafts.adopt(name, owner.drafts)
            del self._owner_of[name]

    def _end(self) -> None:
        for claim in (self._own, *self._abandoned):
            if claim is not None:
                claim.let_go()

    def _do(self, task: Callable[[], None]) -> None:
        if not self._has_stopped:
            self._thread.submit(self._carry_out, task)

    def _carry_out(self, task: Callable[[], None]) -> None:
        try:
            task()
        except DocumentError as error:
            self.failed.emit(str(error))
        except Exception:  # noqa: BLE001  told in the window, and logged
            _LOG.exception("the keeper of drafts failed")
            self.failed.emit("Unsaved text could not be kept for recovery. Save your documents soon.")
