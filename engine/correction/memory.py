"""What the user thought of corrections: pairs that were taken, words that are to be left alone. One private file.

It has a file of its own, written whole at each change (a few a day), because it is no part of what prediction learns:
the tables of the profile need not know of it.
"""

from __future__ import annotations

import json
from pathlib import Path

from engine.errors import ProfileError
from engine.profile.files import CORRECTIONS, make_private_folder, replace_whole, set_aside
from engine.text.tokenizer import as_token

N_TAKEN_BACK = 2
"""A correction taken back so often is never made or offered again."""
_MOST_ENTRIES = 5_000
"""Of each kind; the oldest go."""


class CorrectionMemory:
    """Folded words: what was meant by them, how often a correction of them was taken back, which stay as they are."""

    def __init__(self, path: Path | None = None) -> None:
        """Remember in ``path``; on None, for this session only."""
        self._path = path
        self._meant: dict[str, str] = {}
        self._taken_back: dict[str, int] = {}
        self._is_written = True
        """Whether the file holds what is remembered."""
        self.notices: list[str] = []
        """Sentences that the user should see."""

    @classmethod
    def open(cls, folder: Path | None) -> CorrectionMemory:
        """Read what a profile folder holds; a damaged file is set aside with a notice. Never raises."""
        memory = cls(folder / CORRECTIONS if folder is not None else None)
        if memory._path is not None and memory._path.exists():
            memory._read(memory._path)
        return memory

    def meant_by(self, word: str) -> str:
        """Return what the user took for this word the last time; empty where they never did."""
        return self._meant.get(as_token(word), "")

    def is_left_alone(self, word: str) -> bool:
        """Tell whether the user wants this word as it is."""
        return self._taken_back.get(as_token(word), 0) >= N_TAKEN_BACK

    def take(self, typed: str, meant: str) -> None:
        """Remember that a correction was taken."""
        self._meant.pop(as_token(typed), None)
        self._meant[as_token(typed)] = as_token(meant)
        self._taken_back.pop(as_token(typed), None)
        self._write()

    def take_back(self, typed: str) -> None:
        """Remember that a correction was taken back."""
        self._count(typed, self._taken_back.get(as_token(typed), 0) + 1)

    def leave_alone(self, typed: str) -> None:
        """Remember that a word is meant as it is, at once and for good."""
        self._count(typed, N_TAKEN_BACK)

    def forget(self, word: str) -> None:
        """Know no more of a word, neither as it was typed nor as what was meant.

        Raises ProfileError where the file may still hold it.
        """
        key = as_token(word)
        typed = {key} | {typed for typed, meant in self._meant.items() if key in meant.split()}
        if not self._is_written or typed & (self._meant.keys() | self._taken_back.keys()):
            for one in typed:
                self._meant.pop(one, None)
                self._taken_back.pop(one, None)
            self._write()
            if not self._is_written:
                raise ProfileError(f"“{word}” may still be in {self._path}, which cannot be written; remove that file.")

    def _count(self, typed: str, times: int) -> None:
        self._meant.pop(as_token(typed), None)
        self._taken_back.pop(as_token(typed), None)
        self._taken_back[as_token(typed)] = times
        self._write()

    def _read(self, path: Path) -> None:
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            self._meant = {_text(typed): _text(meant) for typed, meant in kept["meant"].items()}
            self._taken_back = {_text(typed): _times(times) for typed, times in kept["taken back"].items()}
        except OSError as error:
            self.notices.append(f"The memory of corrections, {path}, cannot be read ({error.strerror}).")
            self._path = None  # whatever it holds must not be written over
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._meant, self._taken_back = {}, {}
            self._set_aside(path)

    def _set_aside(self, path: Path) -> None:
        try:
            aside = set_aside(path)
            self.notices.append(f"The memory of corrections was damaged and was set aside as {aside.name}.")
        except OSError as error:
            self.notices.append(f"The memory of corrections, {path}, is damaged ({error.strerror}); remove it.")
            self._path = None

    def _write(self) -> None:
        for kept in (self._meant, self._taken_back):
            while len(kept) > _MOST_ENTRIES:
                kept.pop(next(iter(kept)))
        if self._path is None:
            return
        was_written = self._is_written
        content = json.dumps({"meant": self._meant, "taken back": self._taken_back}, ensure_ascii=False, indent=1)
        try:
            make_private_folder(self._path.parent)
            replace_whole(self._path, content.encode("utf-8"))
            self._is_written = True
        except (OSError, ProfileError) as error:
            self._is_written = False
            if was_written:
                self.notices.append(f"Corrections cannot be remembered now ({error}); free space or rights.")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _times(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value
