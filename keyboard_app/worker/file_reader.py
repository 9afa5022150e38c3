"""Files that the user handed over on their way into the profile, one after the other, in slices."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from keyboard_app.document.counting import number_of_words
from keyboard_app.document.errors import DocumentError
from keyboard_app.document.reading import read_text_file
from keyboard_app.typist.orders import FileRefused, ReadingProgress
from keyboard_app.worker.port import EnginePort, ReadingPort

SLICE_MS = 8
"""Reading lets go after so long, so that a question waits no longer than one word."""
_NOTHING_NEW = "Nothing new: these files hold no words, or were learned before"
_NOTHING = "Nothing learned: these files hold no words"
"""Where nothing is kept, nobody knows what was learned before."""
_NONE_OPENED = "Nothing learned: none of these files could be read"


class FileReader:
    """Opens each file when its turn comes; one that cannot be opened is told, and the others go on. Model thread."""

    def __init__(self) -> None:
        self._files: deque[Path] = deque()
        self._name = ""
        self._reading: ReadingPort | None = None
        self._n_new = self._n_opened = 0
        self.is_reading = False
        """Whether files are being read, or wait to be."""

    def add(self, files: Sequence[Path]) -> None:
        """Read more files, behind those that wait."""
        if not self.is_reading:
            self._n_new = self._n_opened = 0
        self._files.extend(files)
        self.is_reading = True

    def read_on(self, engine: EnginePort) -> ReadingProgress | FileRefused:
        """Read for one slice; only while ``is_reading``."""
        if self._reading is None and not self._files:
            return self._end(ReadingProgress(self._name, 0, 0), self._outcome(engine))
        if self._reading is None:
            self._name = self._files[0].name
            try:
                self._reading = engine.read_text(read_text_file(self._files.popleft()).text)
            except DocumentError as error:
                return FileRefused(str(error))
            self._n_opened += 1
        reading = self._reading
        self._learn_for_a_while(reading)
        progress = ReadingProgress(self._name, reading.n_done, reading.n_words)
        if reading.is_done:
            self._leave()
            if not self._files:
                return self._end(progress, self._outcome(engine))
        return progress

    def stop(self, *, goes_on: bool, cause: str = "") -> ReadingProgress | None:
        """Leave the files; what was learned of them stays.

        ``goes_on`` says whether the same files are taken up there the next time, ``cause`` what went wrong.
        """
        if not self.is_reading:
            return None
        done, n_words = (self._reading.n_done, self._reading.n_words) if self._reading else (0, 0)
        self._leave()
        self._files.clear()
        later = "; the same files go on from there" if goes_on else ""
        stopped = f"{cause} Stopped after {number_of_words(self._n_new)}{later}".strip()
        return self._end(ReadingProgress(self._name, done, n_words), stopped)

    def _learn_for_a_while(self, reading: ReadingPort) -> None:
        deadline = time.monotonic() + SLICE_MS / 1_000
        n_before = reading.n_new
        try:
            while not reading.is_done:
                reading.go_on()
                if time.monotonic() >= deadline:
                    break
        finally:
            self._n_new += reading.n_new - n_before

    def _leave(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.close()

    def _outcome(self, engine: EnginePort) -> str:
        if self._n_new:
            return f"Learned {number_of_words(self._n_new)}"
        if not self._n_opened:
            return _NONE_OPENED
        return _NOTHING_NEW if engine.knowledge.is_kept else _NOTHING

    def _end(self, progress: ReadingProgress, sentence: str) -> ReadingProgress:
        self.is_reading = False
        return replace(progress, has_ended=True, sentence=sentence)
