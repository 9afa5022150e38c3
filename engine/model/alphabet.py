"""The characters that the character network spells with, and words as their ids."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.errors import CheckpointError
from engine.model.parameters import Int32

EDGE = 0
"""The id that stands before the first letter of a word and behind its last."""
LETTERS = "'abcdefghijklmnopqrstuvwxyzßàáâãäåæçèéêëìíîïñòóôöøùúûüýœčšžłćāō"
"""What the shipped network can spell: folded words of English text and the names in it."""
LONGEST_SPELLING = 20
"""Letters; what is longer is no word that can be foretold."""


class Alphabet:
    """Letters by id; ids count from 1, because 0 is the edge of a word."""

    def __init__(self, letters: str = LETTERS) -> None:
        """Take the letters in the order of their ids; raise CheckpointError where one stands twice."""
        if len(set(letters)) != len(letters) or not letters:
            raise CheckpointError(f"The alphabet {letters[:80]!r} lists a letter twice, or none; reinstall Foretype.")
        self.letters = letters
        self._ids = {letter: letter_id for letter_id, letter in enumerate(letters, start=1)}

    def __len__(self) -> int:
        """Return the number of ids, that of the edge included."""
        return len(self.letters) + 1

    def ids_of(self, word: str) -> Int32 | None:
        """Return the ids of a folded word or of its beginning, (len(word),); None where it cannot be spelled."""
        ids = [self._ids.get(letter) for letter in word]
        if len(ids) > LONGEST_SPELLING or None in ids:
            return None
        return np.array(ids, dtype=np.int32)

    def word_of(self, ids: Sequence[int]) -> str:
        """Return the letters of ids; edges say nothing."""
        return "".join(self.letters[letter_id - 1] for letter_id in ids if letter_id != EDGE)
