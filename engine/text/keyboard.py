"""Where the letters lie under the fingers (QWERTY): what a finger may have hit instead of the key that was meant."""

from __future__ import annotations

import math
from collections.abc import Mapping

_ROWS = (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))
"""The letters of each row, and how far it stands to the right of the first, in keys."""
_REACH = 1.3
"""Keys whose centres are so close are neighbours."""


def _keys_around() -> dict[str, str]:
    places = {letter: (x + shift, y) for y, (row, shift) in enumerate(_ROWS) for x, letter in enumerate(row)}
    return {
        letter: "".join(
            other for other, place in sorted(places.items()) if other != letter and math.dist(place, here) <= _REACH
        )
        for letter, here in places.items()
    }


KEYS_AROUND: Mapping[str, str] = _keys_around()
"""For each letter those on the keys beside it, in alphabetical order."""
