"""What stands left of the caret, split into the text before the word and the letters of the word typed so far."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from engine.text.normalize import APOSTROPHES

N_SHOWN = 3
"""Suggestions on screen, where nothing else is said."""
WINDOW_CHARACTERS = 2_000
"""How much text before the caret is looked at: a whole novel must cost no more than a paragraph."""

_RUN_AT_END = regex.compile(rf"(?r)[\p{{L}}\p{{M}}{APOSTROPHES}]+\Z")
"""Searched from the end, so that a long text costs nothing."""
_FROM_FIRST_LETTER = regex.compile(r"\p{L}.*", regex.DOTALL)

_ENDED_WORD = regex.compile(r"(?r)(?<!\S)[\"'“‘(\[]*[\p{L}\p{M}'’-]+[,;:?!…)\]]+\Z")
"""A word of prose with closing marks, and nothing that would make it part of an address, a path or a file name.

A full stop is none of them: it may as well stand in a name ("example.com", "list.append").
"""


@dataclass(frozen=True, slots=True)
class Context:
    """The text before the word at the caret, and the letters of that word that are already typed."""

    left: str
    """Text before the prefix, as typed: words, punctuation and line breaks; at most WINDOW_CHARACTERS of it.

    It stays the same while the letters of a word are typed, however long the text is.
    """
    prefix: str = ""
    """The longest run of letters and apostrophes that ends at the caret and begins with a letter, as typed."""
    n_shown: int = N_SHOWN
    """Suggestions on screen while each letter of the prefix was typed; 0 where none were, as the caret came into it."""
    phrases: bool = True
    """Whether the last of them may be a phrase."""
    declined: tuple[str, ...] | None = None
    """Words, folded, that stood in phrases behind the word before the caret when that was finished, and were not taken
    along; None: as the last word that was learned says."""

    @property
    def takes_word(self) -> bool:
        """Whether a word can stand here: not directly behind the marks that end one, where a space comes first."""
        return bool(self.prefix) or _ENDED_WORD.search(self.left) is None

    @classmethod
    def before_caret(cls, text: str) -> Context:
        """Split the text left of the caret, of any length."""
        tail = text[-WINDOW_CHARACTERS:]
        run = _RUN_AT_END.search(tail)
        word = run and _FROM_FIRST_LETTER.search(run.group())
        if not word:
            return cls(left=tail)
        prefix = word.group()
        end = len(text) - len(prefix)
        return cls(left=text[max(0, end - WINDOW_CHARACTERS) : end], prefix=prefix)
