"""Words that are written small as well as large: star and Star, street and Street, march and March."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.text.tokenizer import fold

LEAST_IF_TYPED_SMALL = 0.75
"""Share of large uses from which a word begun small is offered large: who does may leave the capital to us, but then it
must be likely."""
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class LargeShare:
    """How often, from 0 to 1, a word inside a sentence begins with a large letter."""

    otherwise: float
    after_name: float
    """Directly behind a word that begins so too."""


class TwoCases:
    """Chooses between the two cases of a word, by the word before it and by what was typed."""

    def __init__(self, shares: Mapping[str, LargeShare]) -> None:
        """Take the words, folded; what is not among them keeps its one form."""
        self._shares = shares

    def __len__(self) -> int:
        return len(self._shares)

    @classmethod
    def parse(cls, text: str) -> TwoCases:
        """Read lines of a word and two shares in per cent, with tabs between; a line begun with ``#`` says nothing."""
        rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        return cls({word: LargeShare(int(otherwise) / 100, int(after) / 100) for word, otherwise, after in rows})

    def form(self, form: str, prefix: str, *, after_name: bool) -> str:
        """Return a word, given its usual form, as it should stand inside a sentence behind the letters typed."""
        share = self._shares.get(fold(form))
        if share is None or form[1:] != form[1:].lower():
            return form
        small = fold(form)
        if prefix[:1].islower():
            is_large = share.otherwise >= LEAST_IF_TYPED_SMALL
        else:
            is_large = (share.after_name if after_name else share.otherwise) >= _LEAST
        return small[:1].upper() + small[1:] if is_large else small
