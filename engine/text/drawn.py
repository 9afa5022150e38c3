"""Which runs of letters were drawn by a machine: told by how rarely one letter follows another, in any vocabulary.

The gate of the learner (``engine.learning.gate``) doubts more, by the trigrams of the vocabulary; but it lets a word in
that comes again, and judges none of less than seven letters. What is told here stays a secret however often it is
typed: the bounds lie where hardly any word of prose or name does.
"""

from __future__ import annotations

from functools import lru_cache

import regex

_ROWS = """
    f44445555566545547434565978 485458757586343959343667867 53577388838937838a357499a6a
    4396839934b458838946459bc6a 24776276738957748b548587a6a 3575456686a8453769335767668
    4388834893a948838b4554b996b 2488838544ba47548c4574a8c6a 3278828973b866638a5655a7b5b
    54645465989745246853485a896 527773887488878279757388b89 33787278639757647c546597b5a
    4377527893b737847b855579b4a 4256828993a975734b858599b6b 347443638486785589843678a78
    46655765769644245a344455778 4387738844a948834b355599b6c 4576879996ba5788787770979cc
    3376537683a666637a544578b59 1585848944b6667558843597c7a 3386938943b967848c445597a58
    55555465859744375a33498a788 43878199a2b977848c76867aa7b 4277638843a757437b54779897a
    246473676399667539753678669 1466658785a855555b646797a88 3378828873a767748a868587a54
"""
"""Bits (hexadecimal, rounded) that each letter costs behind another: a row for each first one (the edge of a word, a to
z), in it a digit for each second one. Counted over the words that the shipped vocabulary lists, each once."""
_LETTERS = " abcdefghijklmnopqrstuvwxyz"
_BITS = {
    first + second: int(bits, 16)
    for first, row in zip(_LETTERS, _ROWS.split(), strict=True)
    for second, bits in zip(_LETTERS, row, strict=True)
}
_LEAST_BITS = {6: 5.5, 7: 5.4}
_LEAST_BITS_IF_LONGER = 5.3
"""Mean bits of a letter, from which so many letters were drawn. Above lie 67 % of strings of 6 drawn letters and 88 %
of 10; of the 4,164 words of the 20 dev streams that no vocabulary lists, 5."""
_MORE_BITS_OF_NAMES = 0.9
"""By so much the bound is higher for what begins like a name: Krzysztof, Bydgoszcz, OhMyZsh. Above
it lie half as many drawn strings."""
_SHORTEST = min(_LEAST_BITS)
_KNOWN = frozenset(
    (
        "airbnb", "amdgpu", "asrawfd", "influxdb", "libdvdcss", "libgtk", "libxml", "mysqldb", "oeuvre", "oeuvres",
        "ohmyzsh", "pkgdown", "rnetcdf", "rozmej", "vsftpd", "webgpu", "wysiwyg",
    )
)  # fmt: skip
"""Words above the bound."""
_DRAGGED = regex.compile(r"(.)\1{2,}")
"""Yaaaay."""
_LEAST_BITS_OF_MIXED = 5.25
_N_HUMPS_OF_MIXED = 3
"""The bound where the case of letters changes as often as it does where it was drawn too."""
_HUMP = regex.compile(r"[A-Z]+(?![a-z]) | [A-Z]?[a-z]+ | [A-Z]", regex.VERBOSE)
_CAPITALS = regex.compile(r"[A-Z]{2}")
_GROUPS = regex.compile(r"(?<!\S) [a-z]{4} (?: \s [a-z]{4} ){2} (?![^\s.,;:!?)])", regex.VERBOSE)
_LAST_GROUPS = (regex.compile(r"(?r)(?<!\S)[a-z]{4}\s\Z"), regex.compile(r"(?r)(?<!\S)[a-z]{4}\s[a-z]{4}\s\Z"))
_LEAST_BITS_OF_GROUPS = 4.5
"""The same for groups of four in a row, as passwords for applications are given out: 88 % of such groups, 97 % of the
passwords as a whole, 6 of all places in the 20 dev streams."""


@lru_cache(maxsize=8_192)
def looks_drawn(word: str) -> bool:
    """Tell whether the plain letters of ``word`` were drawn; what holds other letters, or is an acronym, was not."""
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return False
    letters = _DRAGGED.sub(r"\1", word.lower())
    if letters in _KNOWN:
        return False
    if len(_HUMP.findall(word)) >= _N_HUMPS_OF_MIXED:
        least = _LEAST_BITS_OF_MIXED
    elif _CAPITALS.search(word):
        return False
    else:
        least = _LEAST_BITS.get(len(letters), _LEAST_BITS_IF_LONGER) + _MORE_BITS_OF_NAMES * word[0].isupper()
    return len(letters) >= _SHORTEST and _mean_bits(letters) >= least


def drawn_groups(text: str) -> list[tuple[int, int]]:
    """Return start and end of each run of three groups of four drawn letters; where more follow, such runs overlap."""
    runs = _GROUPS.finditer(text, overlapped=True)
    return [run.span() for run in runs if _mean_bits(run.group()) >= _LEAST_BITS_OF_GROUPS]


def may_begin_groups(text: str) -> bool:
    """Tell whether ``text`` ends with a group or two of four letters that may be drawn: a third would prove it."""
    found = (pattern.search(text) for pattern in _LAST_GROUPS)
    return any(groups is not None and _mean_bits(groups.group()) >= _LEAST_BITS_OF_GROUPS for groups in found)


def _mean_bits(text: str) -> float:
    """Return the mean bits of each letter, and of the end, of plain lower-case words."""
    edged = f" {' '.join(text.split())} "
    return sum(_BITS[edged[i : i + 2]] for i in range(len(edged) - 1)) / (len(edged) - 1)
