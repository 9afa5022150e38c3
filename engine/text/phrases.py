"""Suggestions of several words: what stands behind their first one."""

from __future__ import annotations

from collections.abc import Iterable

from engine.text.tokenizer import as_token


def words_behind(word: str, shown: Iterable[str]) -> tuple[str, ...]:
    """Return what stands behind a word in the phrases among suggestions, folded, each once, best first."""
    first = as_token(word)
    parts = (as_token(text).partition(" ") for text in shown)
    return tuple(dict.fromkeys(behind for begin, _, behind in parts if behind and begin == first))
