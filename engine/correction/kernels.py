"""The compiled search for words that a few slips turn into what was typed. Private: ``table`` checks the shapes.

As in ``engine.model.kernels``: costs are arguments, because Numba freezes globals, and no kernel here calls another
file's, because it does not notice a change there; what it calls is a part of it, as there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.jit import kernel, kernel_part

Float32 = NDArray[np.float32]
UInt8 = NDArray[np.uint8]
Int32 = NDArray[np.int32]
UInt64 = NDArray[np.uint64]


@kernel_part
def bits_set(x: np.uint64) -> np.uint64:
    """Return the number of ones in ``x``: sums of ever wider neighbours (Warren 2012, "Hacker's delight", 5-1)."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@kernel_part
def slip_cost(
    typed: UInt8, meant: UInt8, substitution: Float32, omission: Float32, omission_in_pair: np.float32,
    insertion: Float32, transposition: np.float32, first_letter: np.float32, most: np.float32, rows: Float32,
) -> np.float32:  # fmt: skip
    """Return the cost of the likeliest slips from ``meant`` to ``typed``; anything above ``most`` where it is more.

    Optimal string alignment (Damerau 1964; Wagner and Fischer 1974) with the costs of the error model.
    ``typed`` (n,), ``meant`` (m,), ``rows`` (3, at least n+1) is room to work in: after 0, 1, ... letters of ``meant``.
    """
    n, m = typed.size, meant.size
    rows[0, 0] = 0.0
    for i in range(1, n + 1):  # letters before the first one meant
        rows[0, i] = rows[0, i - 1] + insertion[meant[0], typed[i - 1]] + first_letter
    for j in range(1, m + 1):
        now, before, two_before = rows[j % 3], rows[(j - 1) % 3], rows[(j - 2) % 3]
        letter = meant[j - 1]
        at_first = first_letter if j == 1 else np.float32(0.0)
        left_out = omission[letter]
        if (j > 1 and meant[j - 2] == letter) or (j < m and meant[j] == letter):
            left_out = min(left_out, omission_in_pair)
        now[0] = before[0] + left_out + at_first
        least: np.float32 = now[0]
        for i in range(1, n + 1):
            hit = typed[i - 1]
            cost = before[i - 1]
            if hit != letter:
                cost += substitution[letter, hit] + at_first
            cost = min(cost, before[i] + left_out + at_first)
            added = insertion[letter, hit]
            if j < m:
                added = min(added, insertion[meant[j], hit])
            cost = min(cost, now[i - 1] + added)
            if i > 1 and j > 1 and hit == meant[j - 2] and typed[i - 2] == letter and hit != letter:
                cost = min(cost, two_before[i - 2] + transposition + (first_letter if j == 2 else np.float32(0.0)))
            now[i] = cost
            least = min(least, cost)
        if least > most:
            return least
    total: np.float32 = rows[m % 3, n]
    return total


@kernel
def search(
    typed: UInt8, typed_signature: np.uint64, n_slips: int, codes: UInt8, starts: Int32, signatures: UInt64,
    substitution: Float32, omission: Float32, omission_in_pair: np.float32, insertion: Float32,
    transposition: np.float32, first_letter: np.float32, most: np.float32, found: Int32, costs: Float32,
) -> int:  # fmt: skip
    """Fill ``found`` and ``costs`` with words up to ``n_slips`` slips and ``most`` nats away; return how many.

    ``codes`` (N,) holds the letters of all words, word w from ``starts[w]`` to ``starts[w+1]``; ``signatures`` (W,) as
    ``table.signatures_of``: one slip changes two of their bits at most, so most words need no closer look.
    """
    n, n_found = typed.size, 0
    rows = np.empty((3, n + 1), np.float32)
    for word in range(signatures.size):
        if bits_set(signatures[word] ^ typed_signature) > 2 * n_slips:
            continue
        start, stop = starts[word], starts[word + 1]
        if abs(stop - start - n) > n_slips:
            continue
        cost = slip_cost(
            typed, codes[start:stop], substitution, omission, omission_in_pair, insertion, transposition, first_letter,
            most, rows,
        )  # fmt: skip
        if cost <= most:
            found[n_found] = word
            costs[n_found] = cost
            n_found += 1
            if n_found == found.size:
                break
    return n_found
