"""The text around the caret, as the editor tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaretText:
    """What stands around the caret, and whether suggestions make sense there."""

    before: str
    after: str = ""
    """The rest of the line, or its beginning."""
    quiet: bool = False
    """Whether nothing is to be offered: text is selected, or an input method is composing."""
    right_to_left: bool = False
    """Whether the paragraph runs from right to left: a ghost would stand on its letters."""
