"""How long a text is, in words and in minutes, and how the window says so."""

from __future__ import annotations

WORDS_A_MINUTE = 230
"""What adults read silently in English, by and large."""


def count_words(text: str) -> int:
    """Return the number of words: whatever stands between spaces."""
    return len(text.split())


def length_wording(n_words: int, n_selected: int = 0) -> str:
    """Return the length of a text, or of what is selected in it, with the time that it takes to read."""
    if n_selected:
        return f"{n_selected:,} of {number_of_words(n_words)}"
    minutes = round(n_words / WORDS_A_MINUTE)
    return f"{number_of_words(n_words)}, {minutes:,} min" if minutes else number_of_words(n_words)


def number_of_words(n_words: int) -> str:
    """Return how the window says a number of words."""
    return "1 word" if n_words == 1 else f"{n_words:,} words"
