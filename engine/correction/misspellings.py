"""Misspellings that nobody means as they stand, with what is meant: a fixed list beside what the model can tell."""

from __future__ import annotations

from collections.abc import Mapping

from engine.text.tokenizer import fold

Misspellings = Mapping[str, str]
"""Folded words, each with the word or the words that are meant."""


def read_misspellings(text: str) -> Misspellings:
    """Read one pair a line: what is typed, then what is meant; what follows a ``#`` says nothing."""
    pairs = (line.partition("#")[0].strip().partition(" ") for line in text.splitlines())
    return {fold(typed): meant.strip() for typed, _, meant in pairs if typed and meant.strip()}
