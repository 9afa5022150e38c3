"""What the editor asks while a key is down; whoever knows the suggestions answers."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from keyboard_app.typist.spacing import SpaceAction


class EditKind(Enum):
    """How the text or the caret changed."""

    TYPED = "typed"
    """Characters came in at the caret from the keyboard or an input method."""
    ERASED = "erased"
    """Text went away or came back by backspace, delete, cut, undo or redo."""
    OTHER = "other"
    """The caret jumped, or text came in by another way: paste, drop, a file."""


class Assistant(Protocol):
    """Answers at once: no question here may wait for the model."""

    def take(self, slot: int) -> bool:
        """Take the suggestion in ``slot``; tell whether the key is used up."""
        ...

    def take_ghost(self) -> bool:
        """Take the whole ghost, or the first suggestion where there is none; tell whether the key is used up."""
        ...

    def take_word(self) -> bool:
        """Take one word of the ghost; tell whether the key is used up."""
        ...

    def hide(self) -> bool:
        """Hide the suggestions until the next word; tell whether the key is used up."""
        ...

    def space_action(self, character: str, before: str) -> SpaceAction:
        """Return what to do with a typed character."""
        ...


class Corrections(Protocol):
    """Answers at once what the editor asks about likely typos."""

    def take(self) -> bool:
        """Take the correction on offer; tell whether the key is used up."""
        ...

    def take_back(self) -> bool:
        """Take back a replacement that nobody asked for; tell whether the key is used up."""
        ...
