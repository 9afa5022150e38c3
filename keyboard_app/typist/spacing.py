"""The space that follows an accepted suggestion: who put it there decides what becomes of it."""

from __future__ import annotations

from enum import Enum

import regex

_CLOSING = frozenset(".,;:!?…)]}%»”’'-‐–/")
"""Marks that stand directly after a word: typed next, they swallow the automatic space."""
_AS_LAST_TIME = frozenset(":—–⸺")
"""Marks that some set apart from the word before and some do not: "one — two", "thanks :)"."""
_LOOK_BACK = 900
"""Characters in which the last such mark is looked for: the editor hands over hardly more."""


class SpaceState(Enum):
    """What is known about the space left of the caret."""

    NONE = "none"
    """The user typed whatever stands there: it is theirs, and stays."""

    AUTOMATIC = "automatic"
    """It came with an accepted suggestion. Closing punctuation and Enter swallow it; a space typed next takes its
    place, so that it is not doubled; anything else makes it an ordinary space."""


class SpaceAction(Enum):
    """What to do with a typed character."""

    TYPE = "type"
    """Insert it."""
    SWALLOW = "swallow"
    """Remove the automatic space, then insert it."""
    TAKE_PLACE = "take place"
    """Insert nothing: the automatic space becomes the typed one."""


class Spacing:
    """The state machine of the automatic space."""

    def __init__(self) -> None:
        self.state = SpaceState.NONE

    def accepted(self, *, space_added: bool) -> None:
        """Remember whether the suggestion that was just taken brought a space."""
        self.state = SpaceState.AUTOMATIC if space_added else SpaceState.NONE

    def reset(self) -> None:
        """Forget the automatic space: the caret moved, or the text changed in another way."""
        self.state = SpaceState.NONE

    def plan(self, character: str, before: str) -> SpaceAction:
        """Return what to do with ``character``, typed where ``before`` stands left of the caret."""
        if self.state is SpaceState.NONE or not before.endswith(" "):
            return SpaceAction.TYPE
        if character == " ":
            return SpaceAction.TAKE_PLACE
        if character.isspace() and character not in "\t\n":
            return SpaceAction.SWALLOW  # a fixed space is wanted in its place
        if character == "\n" or self._closes(character, before) or self._closes_quotation(character, before):
            return SpaceAction.SWALLOW
        return SpaceAction.TYPE

    @staticmethod
    def _closes(character: str, before: str) -> bool:
        """Tell whether a mark stands directly after a word."""
        if character in _AS_LAST_TIME:
            last = regex.search(rf"(?r)[\p{{L}}\p{{M}}]( ?){regex.escape(character)}", before[-_LOOK_BACK:])
            if last is not None:
                return not last.group(1)
        return character in _CLOSING

    @staticmethod
    def _closes_quotation(character: str, before: str) -> bool:
        """Tell a closing straight quotation mark from an opening one: a paragraph opens before it closes."""
        if character != '"':
            return False
        return before[before.rfind("\n") + 1 :].count('"') % 2 == 1
