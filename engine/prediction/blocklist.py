"""Words that are never offered unasked. Who types one in full keeps it: nothing is corrected, nothing is said."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.text.normalize import normalize
from engine.text.tokenizer import fold

FILE_NAME = "blocklist.txt"
"""A file of this name in a profile folder takes the place of the shipped list."""

_APOSTROPHE = "'"
_HYPHEN = "-"


class Blocklist:
    """A set of words in any case; a compound and a possessive fall under the words that they are made of."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = frozenset(fold(normalize(word)) for word in words)

    @classmethod
    def parse(cls, text: str) -> Blocklist:
        """Read one word a line; empty lines, and what follows a ``#``, say nothing. Any text is a list."""
        lines = (line.partition("#")[0].strip() for line in text.splitlines())
        return cls(line for line in lines if line)

    def __len__(self) -> int:
        return len(self._words)

    def lists(self, word: str) -> bool:
        """Tell whether a word stands in the list itself, in any case."""
        return fold(normalize(word)) in self._words

    def __contains__(self, token: object) -> bool:
        """Tell whether a folded token is, or holds, a word of the list."""
        if not self._words or not isinstance(token, str):
            return False
        if token in self._words:
            return True
        if _HYPHEN not in token and _APOSTROPHE not in token:
            return False  # nearly all of a vocabulary, which is asked about whole
        return any(
            part in self._words or part.partition(_APOSTROPHE)[0] in self._words for part in token.split(_HYPHEN)
        )


def read_blocklist(shipped: str, profile: Path | None) -> tuple[Blocklist, tuple[str, ...]]:
    """Return the list that holds: the profile's own where there is one, else the shipped one; and what to tell."""
    own = profile / FILE_NAME if profile is not None else None
    try:
        if own is not None and own.exists():
            return Blocklist.parse(own.read_text(encoding="utf-8-sig")), ()
    except (OSError, ValueError) as error:
        sentence = f"The list of words never to offer, {own}, cannot be read ({error}); the shipped list is used."
        return Blocklist.parse(shipped), (sentence,)
    return Blocklist.parse(shipped), ()
