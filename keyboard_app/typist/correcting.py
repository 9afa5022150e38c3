"""Which corrections the user wants, and when a word is far enough behind the caret to be judged."""

from __future__ import annotations

from enum import Enum

_SETTLES = frozenset(',;:!?)]}"”»…')


class CorrectionMode(Enum):
    """What becomes of words that are likely typos."""

    OFF = "off"
    SUGGEST = "suggest"
    """They are marked; a key takes the correction."""
    AUTOMATIC = "automatic"
    """Where there is hardly a doubt they are replaced, else marked."""


def is_settled(following: str) -> bool | None:
    """Tell whether a word before ``following`` stands for itself; None while that is open.

    A full stop may go on to be an address or a file's name, a hyphen a compound; an apostrophe may be a part of it.
    """
    if not following:
        return None
    if following[0].isspace() or following[0] in _SETTLES:
        return True
    if len(following) == 1:
        return None
    return following[1].isspace() or (following[0] in "-–—" and following[1].isalpha()) or following[1] in _SETTLES
