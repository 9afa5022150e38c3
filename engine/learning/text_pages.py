"""A text of any length made ready to be learned, a page at a time: none of them keeps others waiting for long."""

from __future__ import annotations

from typing import NamedTuple

import regex

from engine.text.context import WINDOW_CHARACTERS
from engine.text.normalize import normalize
from engine.text.secrets import MASK, mask_secrets
from engine.text.tokenizer import WORD

_WORD = regex.compile(rf"(?<!\p{{L}})(?!www\.0){WORD}")
"""Whole words, and not what ``mask_secrets`` leaves of an address."""
_PAGE = 10_000
"""Characters of a page, at most: it is ready after some milliseconds."""
_ENDS = ("\n\n", "\n", " ")
"""Where a page may end, best first."""
_AHEAD = 400
"""Characters behind a page that may show that its last words are a part of a secret."""


class WordOnPage(NamedTuple):
    """A word that can be learned."""

    before: str
    """What stands before it, as much as is read, with secrets masked."""
    text: str


class TextPages:
    """The words of a text that can be learned: no secrets, addresses or code."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        """Characters of the text that are ready."""
        self._before = self._masked_before = ""
        """The end of these, normalised, and with secrets masked: a page is read with what stands before it."""
        self._pages: list[str] = []
        self._words: list[tuple[int, int, int]] = []
        """Page, start and end of each word."""

    @property
    def are_ready(self) -> bool:
        """Tell whether there is no page left to make ready."""
        return self._at >= len(self._text)

    def __len__(self) -> int:
        """Return how many words there are on the pages that are ready."""
        return len(self._words)

    def __getitem__(self, index: int) -> WordOnPage:
        """Return a word; IndexError where it is on no page that is ready."""
        page, start, end = self._words[index]
        text = self._pages[page]
        return WordOnPage(text[max(0, start - WINDOW_CHARACTERS) : start], text[start:end])

    def make_next_ready(self) -> None:
        """Mask the secrets of one more page, and find its words."""
        end = self._end_of_page()
        read = self._before + normalize(self._text[self._at : end])
        ahead = normalize(self._text[end : end + _AHEAD])
        masked = mask_secrets(read + ahead)[len(self._before) : len(read)]
        page = self._masked_before + masked
        found = (match for match in _WORD.finditer(page, len(self._masked_before)) if MASK not in match.group())
        self._words += ((len(self._pages), *match.span()) for match in found)
        self._pages.append(page)
        self._before, self._masked_before = read[-WINDOW_CHARACTERS:], page[-WINDOW_CHARACTERS:]
        self._at = end

    def _end_of_page(self) -> int:
        most = self._at + _PAGE
        if most >= len(self._text):
            return len(self._text)
        ends = (self._text.rfind(mark, self._at + _PAGE // 2, most) for mark in _ENDS)
        return next((end + 1 for end in ends if end >= 0), most)
