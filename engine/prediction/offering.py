"""Words that are offered only to who asks for them, and the case in which any word is offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.model.ngrams import NgramCounts
from engine.prediction.candidates import CandidateTable
from engine.text.tokenizer import fold
from engine.text.two_cases import TwoCases
from engine.text.vocabulary import Vocabulary

_RARE = 2e-6
"""Share of all tokens under which a word in capitals is rare."""
_LEAST_CAPITALS_TYPED = 2
_LEAST_KINDS = 2
"""So many different words before a withheld word show that it is meant: one use may be a slip."""


@dataclass(frozen=True)
class OfferRules:
    """What holds for any user of the shipped model until they write otherwise."""

    withheld: frozenset[str] = frozenset()
    """Folded entries of the vocabulary that are no words."""
    two_cases: TwoCases = field(default_factory=lambda: TwoCases({}))

    @classmethod
    def parse(cls, withheld: str, two_cases: str) -> OfferRules:
        """Read the two shipped files: words one a line, and ``TwoCases.parse``."""
        words = (line.strip() for line in withheld.splitlines() if not line.startswith("#"))
        return cls(frozenset(word for word in words if word), TwoCases.parse(two_cases))


class Reserved:
    """The places of a candidate table whose words are not offered to everybody."""

    def __init__(self, table: CandidateTable, vocabulary: Vocabulary, rules: OfferRules) -> None:
        rare = _rare_in_capitals(vocabulary)
        self._vocabulary, self._entries = vocabulary, table.entries
        self._in_capitals = np.flatnonzero(rare[table.entries])
        withheld = (index for index, token in enumerate(table.tokens) if token in rules.withheld)
        self._places = np.union1d(self._in_capitals, np.fromiter(withheld, np.int64))
        # What follows are numbers within ``_places``.
        self._in_rows = np.flatnonzero(table.entries[self._places] < vocabulary.n_rows)
        self._rows = table.entries[self._places[self._in_rows]]
        tokens = [table.tokens[place] for place in self._places.tolist()]
        self._numbers = {token: number for number, token in enumerate(tokens)}
        self._contracted = np.array(
            [number for number, token in enumerate(tokens) if table.is_without_apostrophe(token)], np.int64
        )

    def places(self, counts: NgramCounts, passage: Sequence[str]) -> NDArray[np.int64]:
        """Return the places of the words that are reserved still: the user has not written them in two contexts.

        What stands in the passage before the caret is not reserved there. Who leaves one apostrophe out in it is
        offered other words without theirs.
        """
        is_reserved = np.ones(self._places.size, np.bool_)
        is_reserved[self._in_rows[counts.kinds_before(self._rows) >= _LEAST_KINDS]] = False
        for token in {fold(token) for token in passage} & self._numbers.keys():
            is_reserved[self._numbers[token]] = False
        if not is_reserved[self._contracted].all():
            is_reserved[self._contracted] = False
        return self._places[is_reserved]

    def asked_for(self, start: int, stop: int, prefix: str) -> Iterator[int]:
        """Yield the places, from ``start`` to ``stop``, of rare words in capitals whose capitals are typed."""
        if len(prefix) < _LEAST_CAPITALS_TYPED or prefix.islower():
            return
        first, last = np.searchsorted(self._in_capitals, (start, stop))
        for place in self._in_capitals[first:last].tolist():
            if self._vocabulary.forms[self._entries[place]].startswith(prefix):
                yield place


def is_meant(row: int, counts: NgramCounts) -> bool:
    """Tell whether the user wrote a word in two contexts, so that it is one to them."""
    return counts.n_kinds_before(row) >= _LEAST_KINDS


def _rare_in_capitals(vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Tell of each entry whether it is a rare word of capitals, or one of the lexicon with capitals inside."""
    least = _RARE * sum(vocabulary.counts)
    return np.array(
        [
            form != vocabulary.tokens[entry]
            and (
                (form.isupper() and len(form) > 1 and vocabulary.counts[entry] < least)
                or (entry >= vocabulary.n_rows and _is_oddly_cased(form))
            )
            for entry, form in enumerate(vocabulary.forms)
        ],
        dtype=np.bool_,
    )


def _is_oddly_cased(form: str) -> bool:
    """Tell whether a form has capitals inside that no name has: McKinnon, O'Hara and VM's are as they should be."""
    parts = form.removesuffix("'s").removeprefix("Mc").removeprefix("Mac").split("'")
    return any(part[1:] != part[1:].lower() and not part.isupper() for part in parts)
