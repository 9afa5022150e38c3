"""What the training text said word for word: sparse n-grams that ship with the network and are mixed with it.

A network of this size smooths over collocations that it saw a hundred times ("the United States of America"); a table
of them does not. Interpolation by context counts: Jelinek and Mercer 1980, "Interpolated estimation of Markov source
parameters from sparse data"; why it still helps recurrent networks: Mikolov et al. 2011, "Empirical evaluation and
combination of advanced language modeling techniques". The user's own counts are another part: ``engine.model.ngrams``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from engine.errors import CheckpointError
from engine.model.parameters import Float32

ID_BITS = 16
LONGEST_CONTEXT = 3
N_WEIGHTS = 16
_CODES_A_NAT = 30.0
"""Shares are kept as codes, 30 to a factor of e: neighbours are 3.3 % apart."""
_CHECKED_AT_ONCE = 16_384
"""Contexts whose shares are decoded together."""
_ASKED_BEFORE_LETTING_GO = 32
"""A lookup reads some forty places of the file, and the system brings in sixteen pages around each."""
LEAST_SHARE = math.exp(-255 / _CODES_A_NAT)
"""The smallest share that has a code: 0.0002."""

_TYPES: Mapping[str, type[np.generic]] = {
    "contexts": np.uint64, "starts": np.int32, "words": np.uint16, "codes": np.uint8,
    "totals": np.uint8, "weights": np.float32,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NgramTable:
    """Words that were seen often after contexts of one length."""

    contexts: NDArray[np.uint64]
    """(C,) ascending; the ids of the tokens before, 16 bits each, the last one lowest."""
    starts: NDArray[np.int32]
    """(C + 1,) where the words of each context begin."""
    words: NDArray[np.uint16]
    """(N,) rows, ascending within a context."""
    codes: NDArray[np.uint8]
    """(N,) share of each word in its context, see ``encode_shares``."""
    totals: NDArray[np.uint8]
    """(C,) power of two that the count of the context reaches, at most 15: which weight is its."""
    weights: Float32
    """(16,) how much the table says against the shorter contexts and the network, from 0 to 1."""

    def find(self, context: int) -> tuple[NDArray[np.uint16], Float32, float] | None:
        """Return the words of a context, their shares (adding up to at most 1) and its weight; None if not known."""
        at = int(np.searchsorted(self.contexts, np.uint64(context)))
        if at == self.contexts.size or int(self.contexts[at]) != context:
            return None
        part = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return self.words[part], decode_shares(self.codes[part]), float(self.weights[self.totals[at]])

    def tensors(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays by their names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class Background:
    """Tables by the length of their contexts, mixed into the network's distribution from the shortest on."""

    def __init__(
        self, tables: Mapping[int, NgramTable] | None = None, let_go: Callable[[], None] | None = None
    ) -> None:
        """Take tables by how many tokens their contexts have; none leaves every distribution as it is.

        ``let_go`` is called now and then, as what was looked up will hardly be looked up again soon: tables that lie in
        a file need no memory for it.
        """
        self.tables = dict(sorted((tables or {}).items()))
        self._let_go, self._n_asked = let_go, 0

    def mix(self, rows: Sequence[int], p: Float32) -> Float32:
        """Return the distribution (V,) over the next token after a passage, given that of the network.

        ``p`` is unchanged. With share q and weight w, ``p(v) <- (1 - w sum(q)) p(v) + w q(v)``: it still adds up to 1.
        """
        self._n_asked += 1
        if self._let_go is not None and self._n_asked % _ASKED_BEFORE_LETTING_GO == 0:
            self._let_go()
        for length, table in self.tables.items():
            if len(rows) < length or max(rows[-length:]) >= 1 << ID_BITS:
                break
            found = table.find(pack(rows[-length:]))
            if found is None:
                continue
            words, shares, weight = found
            p = p * np.float32(1.0 - weight * float(shares.sum()))
            p[words] += np.float32(weight) * shares
        return p

    def tensors(self) -> dict[str, NDArray[np.generic]]:
        """Return all arrays by the names they have in a file."""
        return {f"{length}.{name}": array for length, table in self.tables.items()
                for name, array in table.tensors().items()}  # fmt: skip


def pack(tokens: Sequence[int]) -> int:
    """Return the number that stands for a context."""
    number = 0
    for token in tokens:
        number = number << ID_BITS | token
    return number


def encode_shares(shares: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return one byte a share (``LEAST_SHARE`` to 1): its negative logarithm, rounded up, so never a larger share."""
    codes: NDArray[np.uint8] = np.ceil(-_CODES_A_NAT * np.log(shares) - 1e-6).clip(0, 255).astype(np.uint8)
    return codes


def decode_shares(codes: NDArray[np.uint8]) -> Float32:
    """Return the shares that bytes stand for."""
    return _SHARES[codes]


_SHARES: Float32 = np.exp(-np.arange(256) / _CODES_A_NAT).astype(np.float32)


def read_background(
    tensors: Mapping[str, NDArray[np.generic]], n_rows: int, let_go: Callable[[], None] | None = None
) -> Background:
    """Return the background that a file holds; raise CheckpointError where it contradicts itself or the vocabulary."""
    lengths = sorted({int(name.partition(".")[0]) for name in tensors})
    tables = {}
    for length in lengths:
        parts = {name: np.asarray(tensors[f"{length}.{name}"]) for name in _TYPES}
        if not 1 <= length <= LONGEST_CONTEXT or any(parts[name].dtype != kind for name, kind in _TYPES.items()):
            raise CheckpointError(
                "The n-grams of the model have contexts or types that they cannot; reinstall Foretype."
            )
        table = NgramTable(**parts)
        _check(table, n_rows)
        tables[length] = table
    return Background(tables, let_go)


def _check(table: NgramTable, n_rows: int) -> None:
    n_contexts, n_words = table.contexts.size, table.words.size
    sizes_fit = table.starts.shape == (n_contexts + 1,) and table.totals.shape == (n_contexts,)
    sizes_fit = sizes_fit and table.codes.shape == (n_words,) and table.weights.shape == (N_WEIGHTS,)
    if not (sizes_fit and table.contexts.ndim == table.words.ndim == 1):
        raise CheckpointError("The n-grams of the model have sizes that do not fit each other; reinstall Foretype.")
    in_order = table.starts[0] == 0 and table.starts[-1] == n_words and bool((np.diff(table.starts) > 0).all())
    in_order = in_order and bool((table.contexts[1:] > table.contexts[:-1]).all()) and _ascend_within_contexts(table)
    in_range = bool((table.words < n_rows).all()) and bool((table.totals < N_WEIGHTS).all())
    weights_fit = bool(((table.weights >= 0.0) & (table.weights <= 1.0)).all())
    if not (in_order and in_range and weights_fit and _adds_up(table)):
        raise CheckpointError("The n-grams of the model hold values that they cannot; reinstall Foretype.")


def _ascend_within_contexts(table: NgramTable) -> bool:
    falls = table.words[1:] <= table.words[:-1]
    falls[table.starts[1:-1] - 1] = False  # another context begins
    return not falls.any()


def _adds_up(table: NgramTable) -> bool:
    """Tell whether the shares of each context add up to at most 1."""
    for at in range(0, table.contexts.size, _CHECKED_AT_ONCE):
        starts = table.starts[at : at + _CHECKED_AT_ONCE + 1]
        shares = decode_shares(table.codes[starts[0] : starts[-1]])
        if (np.add.reduceat(shares, starts[:-1] - starts[0]) > 1.0 + 1e-3).any():
            return False
    return True
