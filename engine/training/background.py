"""N-grams of the training text: counted, pruned, and weighed against the network on text that neither has seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.model.background import (
    ID_BITS,
    LEAST_SHARE,
    N_WEIGHTS,
    Background,
    NgramTable,
    decode_shares,
    encode_shares,
)
from engine.training.mixture import Ids, Mixture

DISCOUNT = 0.8
"""Taken from every count and left to the network (absolute discounting, Ney et al. 1994)."""
_WEIGHT_STEPS = 46
_LARGEST_WEIGHT = 0.9
_LEAST_PLACES = 50
"""A weight is set by at least so many places of the held-out text; where there are fewer, the table is not used."""

UInt64 = NDArray[np.uint64]
Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class HeldOut:
    """Held-out text with what the network made of it."""

    ids: Ids
    """(B, T + 1) streams of tokens."""
    p: Float64
    """(B, T) probability of each token after the first, by the network."""


def count_ngrams(mixture: Mixture, length: int, min_count: float) -> NgramTable:
    """Return the words that follow contexts of ``length`` tokens at least ``min_count`` times in one pass."""
    grams, counts = _all_counts(mixture, length + 1)
    contexts = grams >> np.uint64(ID_BITS)
    begins = np.flatnonzero(np.r_[True, contexts[1:] != contexts[:-1]])
    totals = np.add.reduceat(counts, begins)
    words = (grams & np.uint64((1 << ID_BITS) - 1)).astype(np.uint16)
    context_of = np.repeat(np.arange(begins.size), np.diff(np.r_[begins, counts.size]))
    shares = (counts - DISCOUNT) / totals[context_of]
    kept = (counts >= min_count) & (shares >= LEAST_SHARE) & (words != 0)  # <unknown> is nothing to foretell
    context_of, shares = context_of[kept], shares[kept]
    used, starts = np.unique(context_of, return_index=True)
    return NgramTable(
        contexts=contexts[begins[used]],
        starts=np.r_[starts, context_of.size].astype(np.int32),
        words=words[kept],
        codes=encode_shares(shares),
        totals=np.minimum(np.log2(np.maximum(totals[used], 1.0)), N_WEIGHTS - 1).astype(np.uint8),
        weights=np.zeros(N_WEIGHTS, np.float32),
    )


def weigh(tables: dict[int, NgramTable], held_out: HeldOut) -> tuple[Background, float, float]:
    """Set the weights of tables, shortest contexts first, so that held-out text becomes most probable.

    They are set on the first half of every stream. Returned with the background: the mean cross entropy (nats) of the
    second halves by the network alone, and by the mixture.
    """
    p, fitted = held_out.p, {}
    n_fit = p.shape[1] // 2
    for length, table in sorted(tables.items()):
        share, mass, bucket = _look_up(table, held_out.ids, length)
        weights = np.zeros(N_WEIGHTS, np.float32)
        for number in range(N_WEIGHTS):
            here = bucket[:, :n_fit] == number
            if here.sum() >= _LEAST_PLACES:
                part = (values[:, :n_fit][here] for values in (p, share, mass))
                weights[number] = _best_weight(*part)
        weight = np.where(bucket >= 0, weights[bucket], 0.0)
        p = (1.0 - weight * mass) * p + weight * share
        fitted[length] = replace(table, weights=weights)
    before, after = (float(-np.log(values[:, n_fit:]).mean()) for values in (held_out.p, p))
    return Background(fitted), before, after


def _all_counts(mixture: Mixture, n: int) -> tuple[UInt64, NDArray[np.float32]]:
    """Return every n-gram of the training text, packed and ascending, and how often one pass reads it."""
    grams, counts = [], []
    for name in mixture.sources:
        if mixture.repeat(name) > 0:
            seen, times = np.unique(_packed(mixture.training_part(name), n), return_counts=True)
            grams.append(seen)
            counts.append((times * mixture.repeat(name)).astype(np.float32))
    together, weights = np.concatenate(grams), np.concatenate(counts)
    order = np.argsort(together, kind="stable")
    together, weights = together[order], weights[order]
    begins = np.flatnonzero(np.r_[True, together[1:] != together[:-1]])
    return together[begins], np.add.reduceat(weights, begins)


def _packed(ids: NDArray[np.integer], n: int) -> UInt64:
    """Return each run of ``n`` tokens along the last axis as one number; shape (..., T - n + 1)."""
    length = max(0, ids.shape[-1] - n + 1)
    packed = np.zeros((*ids.shape[:-1], length), np.uint64)
    for at in range(n):
        packed = packed << np.uint64(ID_BITS) | ids[..., at : at + length].astype(np.uint64)
    return packed


def _look_up(table: NgramTable, ids: Ids, length: int) -> tuple[Float64, Float64, NDArray[np.int64]]:
    """Return share of the word that came, share of all listed words, and weight number (-1: not known), each (B, T)."""
    shape = (ids.shape[0], ids.shape[1] - 1)
    share, mass, bucket = np.zeros(shape), np.zeros(shape), np.full(shape, -1)
    if not table.contexts.size:
        return share, mass, bucket
    contexts, targets = _packed(ids, length)[:, :-1], ids[:, length:].astype(np.uint64)
    at = np.minimum(np.searchsorted(table.contexts, contexts), table.contexts.size - 1)
    known = table.contexts[at] == contexts
    shares = decode_shares(table.codes).astype(np.float64)
    masses = np.add.reduceat(shares, table.starts[:-1])
    listed = np.repeat(np.arange(table.contexts.size, dtype=np.uint64), np.diff(table.starts))
    listed = listed << np.uint64(ID_BITS) | table.words
    wanted = at.astype(np.uint64) << np.uint64(ID_BITS) | targets
    word_at = np.minimum(np.searchsorted(listed, wanted), listed.size - 1)
    came = known & (listed[word_at] == wanted)
    share[:, length - 1 :] = np.where(came, shares[word_at], 0.0)
    mass[:, length - 1 :] = np.where(known, masses[at], 0.0)
    bucket[:, length - 1 :] = np.where(known, table.totals[at].astype(np.int64), -1)
    return share, mass, bucket


def _best_weight(p: Float64, share: Float64, mass: Float64) -> float:
    """Return the weight under which the words that came are most probable, by search on a grid."""
    grid = np.linspace(0.0, _LARGEST_WEIGHT, _WEIGHT_STEPS)
    scores = [np.log((1.0 - weight * mass) * p + weight * share + 1e-30).sum() for weight in grid]
    return float(grid[int(np.argmax(scores))])
