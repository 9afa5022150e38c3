"""Tokens and their ids: the rows of the network, and behind them a lexicon of words it has no row for.

The file is UTF-8 text, one entry a line: ``form<TAB>count``. The form carries the case that the word has in the
middle of a sentence (London, NASA, iPhone); folded, it is the token. The first ``n_rows`` lines are the rows of the
network in order; every line behind them is a word of the lexicon, known only by how often it was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.errors import VocabularyError
from engine.text.tokenizer import LINE, fold

UNKNOWN = "<unknown>"
SPECIALS = (UNKNOWN, LINE)
"""The first rows of every vocabulary."""
_MOST_DIGITS = 15
"""Of a count: no corpus is larger, and every such number is exact in floating point."""


class Vocabulary:
    """An immutable table of tokens; ids below ``n_rows`` have a row in the network."""

    def __init__(self, forms: Sequence[str], counts: Sequence[int], n_rows: int) -> None:
        """Take the cased forms and counts, network rows first; raise VocabularyError where they cannot be a table."""
        self.forms = tuple(forms)
        self.counts = tuple(counts)
        self.n_rows = n_rows
        self.tokens = tuple(_folded(form) for form in self.forms)
        self._ids = {token: token_id for token_id, token in enumerate(self.tokens)}
        self._check()

    def _check(self) -> None:
        if self.tokens[: len(SPECIALS)] != SPECIALS:
            raise VocabularyError(f"The vocabulary begins with {self.tokens[:2]!r}, not with {SPECIALS!r}; reinstall.")
        if len(self._ids) != len(self.tokens) or len(self.counts) != len(self.tokens):
            raise VocabularyError("The vocabulary lists a token twice, or lacks a count; reinstall Foretype.")
        if not len(SPECIALS) <= self.n_rows <= len(self.tokens):
            raise VocabularyError(f"The vocabulary has {len(self.tokens)} entries, not {self.n_rows}; reinstall.")

    def __len__(self) -> int:
        """Return the number of entries, lexicon included."""
        return len(self.tokens)

    def __contains__(self, token: str) -> bool:
        """Tell whether a folded token is listed, in the rows or in the lexicon."""
        return token in self._ids

    def find(self, token: str) -> int | None:
        """Return the id of a folded token, or None where it is not listed."""
        return self._ids.get(token)

    def form_of(self, token: str) -> str | None:
        """Return how a folded token is listed, with or without a row; None if it is not."""
        entry = self.find(token)
        return None if entry is None else self.forms[entry]

    def row_of(self, token: str) -> int:
        """Return the network row of a token in any case; the row of ``<unknown>`` where it has none."""
        token_id = self._ids.get(fold(token), 0)
        return token_id if token_id < self.n_rows else 0

    def rows_of(self, tokens: Iterable[str]) -> list[int]:
        """Return the network rows of tokens in any case, in order."""
        return [self.row_of(token) for token in tokens]

    def save(self, path: Path) -> None:
        """Write the table as text."""
        lines = (f"{form}\t{count}\n" for form, count in zip(self.forms, self.counts, strict=True))
        path.write_text("".join(lines), encoding="utf-8", newline="\n")

    @classmethod
    def parse(cls, text: str, n_rows: int) -> Vocabulary:
        """Read the table from the text of its file; raise VocabularyError where a line is not an entry."""
        forms: list[str] = []
        counts: list[int] = []
        for number, line in enumerate(_lines_of(text), start=1):
            form, tab, count = line.partition("\t")
            if not form or not tab or not count.isdecimal() or len(count) > _MOST_DIGITS:
                raise VocabularyError(
                    f"Line {number} of the vocabulary is {line[:40]!r}, not form, tab, count; reinstall."
                )
            forms.append(form)
            counts.append(int(count))
        return cls(forms, counts, n_rows)


def _lines_of(text: str) -> Iterator[str]:
    """Yield every line that ends, one after the other: all at once take as much memory as the vocabulary."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1


def _folded(form: str) -> str:
    """Return the folded form; the same object where that changes nothing, as for nearly all of 140,000 words."""
    token = fold(form)
    return form if token == form else token
