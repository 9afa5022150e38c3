"""How fingers err: what each slip costs, as minus the log of its probability. QWERTY; one place for every figure.

The noisy channel of Kernighan, Church and Gale 1990, "A spelling correction program based on a noisy channel model",
with slips by kind instead of their confusion matrices: what a finger hits follows from where the keys are. Rates by
kind follow Dhakal et al. 2018, "Observations on typing from 136 million keystrokes" (substitutions about as frequent
as omissions and insertions together); that most wrong words hold one slip, and that transpositions are among the four
kinds, Damerau 1964; that the first letter is seldom wrong, Pollock and Zamora 1984. The split within a kind (a
neighbouring key, a vowel for a vowel, a letter doubled) is set by hand and was not fitted to anybody's typing.
"""

from __future__ import annotations

import math
import random
import string
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.text.keyboard import KEYS_AROUND

Float32 = NDArray[np.float32]
UInt8 = NDArray[np.uint8]

N_CODES = 28
APOSTROPHE, OTHER = 26, 27
"""Codes behind those of a to z; every letter that the keyboard lacks shares the last."""

_VOWELS = "aeiou"

# Probabilities a letter of the intended word, but for the first, which is one a word that has the space behind it.
P_MISSING_SPACE = 0.004
P_TRANSPOSED = 0.004
_P_NEIGHBOUR_HIT, _P_VOWEL_FOR_VOWEL, _P_ANY_HIT = 0.007, 0.0015, 0.0015
_P_OMITTED, _P_ONE_OF_TWO_OMITTED, _P_APOSTROPHE_OMITTED = 0.004, 0.010, 0.10
_P_DOUBLED, _P_NEIGHBOUR_ADDED, _P_ANY_ADDED = 0.0025, 0.002, 0.0005
_FIRST_LETTER_FACTOR = 0.3


class SlipCosts(NamedTuple):
    """Cost in nats of every slip; arrays are float32 and C-contiguous, for the kernel."""

    substitution: Float32
    """(N_CODES, N_CODES) by the letter meant and the letter hit."""
    omission: Float32
    """(N_CODES,) by the letter left out."""
    omission_in_pair: np.float32
    """Of one of two equal letters."""
    insertion: Float32
    """(N_CODES, N_CODES) by the letter meant beside it and the letter added."""
    transposition: np.float32
    first_letter: np.float32
    """On top, for a slip in the first letter."""


def code_of(letter: str) -> int:
    """Return the code of one folded letter."""
    if "a" <= letter <= "z":
        return ord(letter) - ord("a")
    return APOSTROPHE if letter == "'" else OTHER


def encode(word: str) -> UInt8:
    """Return the codes of a folded word, shape (len(word),)."""
    return np.array([code_of(letter) for letter in word], dtype=np.uint8)


def slip_costs() -> SlipCosts:
    """Return the costs of the model."""
    substitution = np.full((N_CODES, N_CODES), _P_ANY_HIT / N_CODES, np.float64)
    insertion = np.full((N_CODES, N_CODES), _P_ANY_ADDED / N_CODES, np.float64)
    omission = np.full(N_CODES, _P_OMITTED, np.float64)
    omission[APOSTROPHE] = _P_APOSTROPHE_OMITTED
    for letter, around in KEYS_AROUND.items():
        meant = code_of(letter)
        for other in around:
            substitution[meant, code_of(other)] += _P_NEIGHBOUR_HIT / len(around)
            insertion[meant, code_of(other)] += _P_NEIGHBOUR_ADDED / len(around)
        insertion[meant, meant] += _P_DOUBLED
    for vowel in _VOWELS:
        for other in _VOWELS:
            substitution[code_of(vowel), code_of(other)] += _P_VOWEL_FOR_VOWEL / (len(_VOWELS) - 1)
    np.fill_diagonal(substitution, 1.0)
    return SlipCosts(
        _cost(substitution),
        _cost(omission),
        np.float32(-math.log(_P_ONE_OF_TWO_OMITTED)),
        _cost(insertion),
        np.float32(-math.log(P_TRANSPOSED)),
        np.float32(-math.log(_FIRST_LETTER_FACTOR)),
    )


def _cost(probability: NDArray[np.float64]) -> Float32:
    return np.ascontiguousarray(-np.log(probability), dtype=np.float32)


def slip(word: str, rng: random.Random) -> str:
    """Return a folded ASCII word with one slip drawn from the model; a word that allows none comes back as it is."""
    likely: dict[str, float] = {}
    for place, letter in enumerate(word):
        factor = _FIRST_LETTER_FACTOR if place == 0 else 1.0
        for made, probability in _slips_at(word, place, KEYS_AROUND.get(letter, "")):
            likely[made] = likely.get(made, 0.0) + probability * factor
    likely.pop(word, None)
    likely.pop("", None)
    return rng.choices(list(likely), list(likely.values()))[0] if likely else word


def _slips_at(word: str, place: int, around: str) -> list[tuple[str, float]]:
    """Return what one slip at one letter can make of a word, with the probability of each."""
    before, letter, after = word[:place], word[place], word[place + 1 :]
    if letter == "'":
        return [(before + after, _P_APOSTROPHE_OMITTED)]
    in_pair = letter in {before[-1:], after[:1]}
    slips = [(before + after, _P_ONE_OF_TWO_OMITTED if in_pair else _P_OMITTED)]
    slips.append((before + letter + letter + after, _P_DOUBLED))
    if after:
        slips.append((before + after[0] + letter + after[1:], P_TRANSPOSED))
    for other in around:
        slips.append((before + other + after, _P_NEIGHBOUR_HIT / len(around)))
        beside = _P_NEIGHBOUR_ADDED / len(around) / 2
        slips += [(before + letter + other + after, beside), (before + other + letter + after, beside)]
    if letter in _VOWELS:
        slips += [(before + other + after, _P_VOWEL_FOR_VOWEL / 4) for other in _VOWELS if other != letter]
    for other in string.ascii_lowercase:
        slips.append((before + other + after, _P_ANY_HIT / N_CODES))
        slips.append((before + letter + other + after, _P_ANY_ADDED / N_CODES))
    return slips
