"""Keeps the figures in a thread of its own: a slow disk never holds up the keys."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.errors import ProfileError
from keyboard_app.figures.records import FiguresFile
from keyboard_app.figures.tally import FiguresByDay

_LOG = logging.getLogger(__name__)


class FiguresKeeper(QObject):
    """The interface thread's end; its signals come from the keeper's thread and must be connected as queued."""

    read_out = Signal(object)
    """The figures of every day."""
    problem = Signal(str)
    let_go = Signal()
    """The file is closed; whatever comes next opens it again."""

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        """Interface thread. The file is opened when the first figures come; without a folder they stay in memory."""
        super().__init__(parent)
        self._folder = folder
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="figures")
        self._has_stopped = False
        # Owned by the keeper's thread
        self._file: FiguresFile | None = None
        self._gave_up = False

    # Interface thread

    def add(self, days: FiguresByDay) -> None:
        """Interface thread. Add figures to those of their days."""
        self._do(lambda file: file.add(days))

    def read(self) -> None:
        """Interface thread. Ask for all figures; they come by ``read_out``."""
        self._do(lambda file: self.read_out.emit(file.read()))

    def erase(self) -> None:
        """Interface thread. Remove every figure."""
        self._do(lambda file: file.erase())

    def leave(self) -> None:
        """Interface thread. Write what waits and let go of the file; ``let_go`` says when that is done."""
        if not self._has_stopped:
            self._thread.submit(self._leave)

    def move_to(self, folder: Path | None) -> None:
        """Interface thread. Keep what comes from now on in another folder; only after ``leave``."""
        if not self._has_stopped:
            self._thread.submit(self._move_to, folder)

    def stop(self) -> None:
        """Interface thread. Write what waits, let go of the file, and wait for that."""
        if not self._has_stopped:
            self._thread.submit(self._close)
            self._has_stopped = True
        self._thread.shutdown()

    # Keeper's thread

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _leave(self) -> None:
        try:
            self._close()
        finally:
            self.let_go.emit()

    def _move_to(self, folder: Path | None) -> None:
        self._folder, self._gave_up = folder, False

    def _do(self, task: Callable[[FiguresFile], None]) -> None:
        if not self._has_stopped:
            self._thread.submit(self._carry_out, task)

    def _carry_out(self, task: Callable[[FiguresFile], None]) -> None:
        if self._gave_up:
            return
        try:
            if self._file is None:
                self._file = FiguresFile.open(self._folder)
                if self._file.notice:
                    self.problem.emit(self._file.notice)
            task(self._file)
        except ProfileError as error:
            self._gave_up = True
            self.problem.emit(str(error))
        except Exception:  # noqa: BLE001  told in the window, and logged
            _LOG.exception("the keeper of figures failed")
            self._gave_up = True
            self.problem.emit("The statistics could not be written; nothing more is counted until the next start.")
