"""Words that are never offered unasked. Who types one in full keeps it: nothing is corrected, nothing is said.

A list holds one word a line. A word stands for its regular forms too ("darns", "darned", "darning", "darn's",
"god-darn"), ``darn*`` for everything that begins like it, and ``!darning`` says that this form is another word.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import regex

from engine.text.tokenizer import as_token

_APOSTROPHE = "'"
_HYPHEN = "-"
_STAR = "*"
_NOT = "!"
_LEAST_STEM = 4
"""Letters of a word whose forms are known: those of shorter ones are too often other words ("wa", "was")."""
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_DOUBLED = regex.compile(r"[^aeiou][aeiou][^aeiouwxys]\Z")


class Blocklist:
    """A set of words in any case; forms, compounds and possessives fall under the words that they are made of."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        lines = frozenset(as_token(word) for word in words)
        excepted = {line[1:] for line in lines if line.startswith(_NOT)}
        self._beginnings = tuple(line[:-1] for line in lines if line.endswith(_STAR) and len(line) > 1)
        self._beginnings_by_letter = {
            letter: tuple(one for one in self._beginnings if one[:1] == letter)
            for letter in {beginning[:1] for beginning in self._beginnings}
        }
        self._listed = frozenset(line for line in lines if not line.endswith(_STAR) and not line.startswith(_NOT))
        self._words = self._listed | {form for word in self._listed for form in forms_of(word)} - excepted

    @classmethod
    def parse(cls, text: str) -> Blocklist:
        """Read one word a line; empty lines, and what follows a ``#``, say nothing. Any text is a list."""
        lines = (line.partition("#")[0].strip() for line in text.splitlines())
        return cls(line for line in lines if line)

    def __len__(self) -> int:
        return len(self._listed) + len(self._beginnings)

    def lists(self, word: str) -> bool:
        """Tell whether a word stands in the list itself, in any case."""
        return as_token(word) in self._listed

    def __contains__(self, token: object) -> bool:
        """Tell whether a folded token is, or holds, a word of the list, or is a form of one."""
        if not isinstance(token, str):
            return False
        if self._blocks(token):
            return True
        if _HYPHEN not in token and _APOSTROPHE not in token:
            return False  # nearly all of a vocabulary, which is asked about whole
        return any(self._blocks(part) or self._blocks(part.partition(_APOSTROPHE)[0]) for part in token.split(_HYPHEN))

    def _blocks(self, word: str) -> bool:
        return word in self._words or word.startswith(self._beginnings_by_letter.get(word[:1], ()))


def forms_of(word: str) -> set[str]:
    """Return the regular forms of a folded word; none of one that is short, or looks like a form itself."""
    if len(word) < _LEAST_STEM or word.endswith(("ing", "ed")) or (word.endswith("s") and not word.endswith("ss")):
        return set()
    stems = {word.removesuffix("e")} | ({word + word[-1]} if _DOUBLED.search(word) else set())
    plural = word + ("es" if word.endswith(_SIBILANTS) else "s")
    return {plural} | {stem + ending for stem in stems for ending in ("ed", "ing", "in")}


def read_blocklist(shipped: str, own: Path | None) -> tuple[Blocklist, tuple[str, ...]]:
    """Return the list that holds: the user's ``own`` file where it is there, else the shipped one; and notices."""
    try:
        if own is not None and own.exists():
            return Blocklist.parse(own.read_text(encoding="utf-8-sig")), ()
    except (OSError, ValueError) as error:
        sentence = f"The list of words never to offer, {own}, cannot be read ({error}); the shipped list is used."
        return Blocklist.parse(shipped), (sentence,)
    return Blocklist.parse(shipped), ()
