"""Text files to token ids: read once to count, once to encode; a file is never held in memory as a whole."""

from __future__ import annotations

import itertools
import lzma
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import CorpusError
from engine.text.tokenizer import LINE, fold, is_word, tokenize
from engine.text.vocabulary import SPECIALS, Vocabulary

_BLOCK_CHARACTERS = 4_000_000


def read_blocks(path: Path) -> Iterator[str]:
    """Yield a text file (plain or .xz) in blocks of whole lines; raise CorpusError where it is not UTF-8 text."""
    opener = lzma.open if path.suffix == ".xz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            while lines := file.readlines(_BLOCK_CHARACTERS):
                yield "".join(lines)
    except (OSError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise CorpusError(f"{path} cannot be read as UTF-8 text ({error}); leave it out or convert it.") from error


@dataclass
class TokenCounts:
    """How often each token was seen, and in which case its word stands inside a sentence."""

    tokens: Counter[str] = field(default_factory=Counter)
    """By folded token."""
    forms: Counter[str] = field(default_factory=Counter)
    """By cased form, behind a word or comma and in lines that begin with a capital only: elsewhere case says
    nothing."""

    def add(self, other: TokenCounts, weight: float) -> None:
        """Add the counts of one file, as often as the mixture repeats it."""
        for mine, theirs in ((self.tokens, other.tokens), (self.forms, other.forms)):
            for key, count in theirs.items():
                mine[key] += count * weight  # type: ignore[assignment]  # weighted counts are rounded once, at the end


def count_tokens(path: Path) -> TokenCounts:
    """Count the tokens of one file."""
    counts = TokenCounts()
    for block in read_blocks(path):
        surfaces = Counter[str]()
        for line in block.splitlines():
            tokens = tokenize(line + "\n")
            surfaces.update(tokens)
            if line[:1].isupper() and not line.isupper():
                counts.forms.update(
                    token
                    for before, token in itertools.pairwise(tokens)
                    if is_word(token) and (before == "," or is_word(before))
                )
        for surface, count in surfaces.items():
            counts.tokens[fold(surface)] += count
    return counts


def build_vocabulary(counts: TokenCounts, n_rows: int, n_lexicon: int, min_count: float = 3.0) -> Vocabulary:
    """Choose the most frequent tokens as rows of the network, and the words behind them as lexicon."""
    ranked = [(token, count) for token, count in counts.tokens.most_common() if token not in SPECIALS]
    rows = ranked[: n_rows - len(SPECIALS)]
    known = sum(count for _, count in rows) + counts.tokens[LINE]
    lexicon = [(token, count) for token, count in ranked[len(rows) :] if is_word(token) and count >= min_count]
    lexicon = lexicon[:n_lexicon]
    unknown = sum(counts.tokens.values()) - known
    entries = [(SPECIALS[0], unknown), (LINE, counts.tokens[LINE]), *rows, *lexicon]
    usual_form = _usual_forms(counts.forms)
    return Vocabulary(
        [usual_form.get(token, token) for token, _ in entries],
        [max(1, round(count)) for _, count in entries],
        n_rows=len(rows) + len(SPECIALS),
    )


def _usual_forms(forms: Counter[str]) -> dict[str, str]:
    """Return the most frequent cased form of each word whose usual form is not lower case."""
    usual: dict[str, str] = {}
    for form, _ in forms.most_common():
        usual.setdefault(fold(form), form)
    return {token: form for token, form in usual.items() if token != form and fold(form) == token}


def encode(path: Path, vocabulary: Vocabulary) -> NDArray[np.uint16]:
    """Return the row ids of one file, shape (n_tokens,)."""
    blocks = [np.asarray(vocabulary.rows_of(tokenize(block)), dtype=np.uint16) for block in read_blocks(path)]
    return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.uint16)
