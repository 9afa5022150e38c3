"""A suggestion that is taken: what it does to the text, and how many keys it spares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Way(Enum):
    """From where a suggestion was taken."""

    GHOST = "ghost"
    STRIP = "strip"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What taking a suggestion does to the text: ``prefix`` before the caret gives way to ``text``."""

    prefix: str
    text: str

    def keys_saved(self, *, space_added: bool) -> tuple[int, ...]:
        """Return the keys that each word of the text spares, its letters and the space before it.

        Typed letters are not counted; the key that takes the suggestion is charged to the first word.
        """
        saved = [len(word) + 1 for word in self.text.split()]
        saved[0] -= len(self.prefix) + 2  # no space before the first word, and the key that took it
        saved[-1] += space_added
        return tuple(saved)


@dataclass(frozen=True, slots=True)
class AwaitedTake:
    """A key for a suggestion that was pressed before its answer had come."""

    revision: int
    """The question whose answer it waits for."""
    slot: int
    seen: str
    """The word that stood in the slot when the key was pressed; empty where none did."""

    def slot_among(self, words: Sequence[str]) -> int:
        """Return where the word that the user saw stands now; the slot itself, if it is not offered any more."""
        return words.index(self.seen) if self.seen and self.seen in words else self.slot
