"""Which unknown words are worth learning: not a slip of the keys, not a key or password.

Repetition alone proves nothing: whoever mistypes a word does so again. A slip is known by the word that was meant: a
common one, one movement of a finger away. Such a word waits until it was used so often that it cannot be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from string import ascii_lowercase

import regex

from engine.text.keyboard import KEYS_AROUND
from engine.text.letters import LetterModel
from engine.text.tokenizer import fold
from engine.text.vocabulary import Vocabulary

USES_THAT_PROVE = 4
"""A word that looks like a slip is let in with this use, where it was not meant to be the other all along."""
_SHARE_THAT_PROVES = 0.2
"""It must also come so often beside the word that it resembles: nobody mistypes one word in five."""
_LEAST_COUNTS = {3: 60, 4: 60, 5: 20}
_LEAST_COUNT = 5
"""How common the word that was meant must be (in the training text), by the letters typed; short words have many
neighbours by chance. Chosen on slips drawn from the 20 dev streams."""
_OWN_USES = 3
"""A word of the user's own counts as meant when it was used so often."""
_LEAST_LETTERS_TO_DOUBT = 7
_LEAST_PLAUSIBLE = -3.2
"""Mean log probability (nats) of a letter after two others: below it lie 98.8 % of strings of 8 drawn letters, and
3.6 % of the words of the 20 dev streams that no vocabulary lists."""
_LEAST_PLAUSIBLE_NAME = -3.6
"""The same for what is written like a name inside a sentence: names come from all languages."""
_USES_THAT_CLEAR = 3
"""A plain word that looks drawn is a word if it is used so often in one session; until then nothing of it is kept."""
_LONGEST_PLAIN = 24
_GLUED_WORDS = 3
_LEAST_GLUED = 14
_HUMP = regex.compile(r"\p{Lu}+(?!\p{Ll}) | \p{Lu}?\p{Ll}+ | \p{Lu}", regex.VERBOSE)


class Verdict(Enum):
    """What becomes of a word."""

    LEARN = "learn"
    WAIT = "wait"
    """It looks like a slip: counted, but not offered."""
    SECRET = "secret"  # noqa: S105  no password, the name of a verdict
    """Nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and the word that was probably meant where it is to wait."""

    verdict: Verdict
    meant: str = ""


_LEARN = Judgement(Verdict.LEARN)
_SECRET = Judgement(Verdict.SECRET)


class WordGate:
    """Judges words by what they look like; what it remembers of them is never written down."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._letters: LetterModel | None = None
        self._doubted: Counter[str] = Counter()

    def judge(self, word: str, uses: Mapping[str, int], *, inside_sentence: bool) -> Judgement:
        """Judge a word (in its own case); ``uses`` counts the words of the user.

        What the shipped vocabulary lists is neither a slip nor a secret.
        """
        token = fold(word)
        if token in self._vocabulary:
            return _LEARN
        is_name = inside_sentence and word[0].isupper()
        least = _LEAST_PLAUSIBLE_NAME if is_name else _LEAST_PLAUSIBLE
        if self._looks_glued(word) or (self._looks_drawn(word, least) and not self._is_cleared(word)):
            return _SECRET
        meant = self._meant(word, uses, is_name=is_name)
        if not meant:
            return _LEARN
        n_uses = uses.get(token, 0) + 1
        is_proven = n_uses >= USES_THAT_PROVE and n_uses >= _SHARE_THAT_PROVES * uses.get(meant, 0)
        return _LEARN if is_proven else Judgement(Verdict.WAIT, meant)

    def _meant(self, word: str, uses: Mapping[str, int], *, is_name: bool) -> str:
        """Return the common word that a slip of the keys may have turned into ``word``; empty where there is none."""
        if len(word) < min(_LEAST_COUNTS) or any(letter.isupper() for letter in word[1:]):
            return ""  # capitals inside are no slip: an acronym, a name of software
        token = fold(word)
        least = _LEAST_COUNTS.get(len(token), _LEAST_COUNT)
        best, best_count = "", 0
        for candidate in _before_slips(token):
            entry = self._vocabulary.find(candidate)
            count = self._vocabulary.counts[entry] if entry is not None else 0
            if entry is not None and is_name and not self._vocabulary.forms[entry][0].isupper():
                continue  # who presses Shift inside a sentence means a name
            if count < least and uses.get(candidate, 0) >= _OWN_USES:
                count = least
            if count >= least and count > best_count:
                best, best_count = candidate, count
        is_plural = token[-1] == "s" and best == token[:-1] and best[-1] != "s"
        return "" if is_plural else best

    def _looks_drawn(self, word: str, least: float) -> bool:
        """Tell whether the letters, or their case, were drawn by a machine."""
        humps = _HUMP.findall(word)
        if len(humps) > 2 and len(word) < (2.0 if len(humps) == 3 else 3.6) * len(humps):
            return True
        if self._letters is None:
            self._letters = LetterModel(self._vocabulary)
        parts = [hump for hump in humps if not hump.isupper()] if len(humps) > 1 else [word]
        longest = max(parts, key=len, default=word)
        if len(humps) > 1 and len(word) > _LEAST_LETTERS_TO_DOUBT and self._letters.mean_log_prob(word) < least - 0.2:
            return True
        return len(longest) >= _LEAST_LETTERS_TO_DOUBT and self._letters.mean_log_prob(longest) < least

    def _is_cleared(self, word: str) -> bool:
        """Tell whether a word that looks drawn came often enough; only plain words can be cleared."""
        if any(letter.isupper() for letter in word[1:]):
            return False
        self._doubted[fold(word)] += 1
        return self._doubted[fold(word)] >= _USES_THAT_CLEAR

    def _looks_glued(self, word: str) -> bool:
        """Tell whether a word is too long for one, or several that were glued into a passphrase."""
        plain = not any(letter.isupper() for letter in word[1:])
        is_glued = plain and len(word) >= _LEAST_GLUED and self._n_glued(fold(word)) >= _GLUED_WORDS
        return is_glued or len(word) > _LONGEST_PLAIN

    def _n_glued(self, token: str) -> int:
        """Return the fewest common words of four letters or more that make up a token; 0 where none do."""
        vocabulary = self._vocabulary
        fewest = {0: 0}
        for end in range(4, len(token) + 1):
            for start in range(max(0, end - 12), end - 3):
                entry = vocabulary.find(token[start:end])
                if start in fewest and entry is not None and entry < vocabulary.n_rows:
                    fewest[end] = min(fewest.get(end, len(token)), fewest[start] + 1)
        return fewest.get(len(token), 0)


def _before_slips(typed: str) -> Iterator[str]:
    """Yield what may have been meant: each string that one slip turns into ``typed`` (Damerau 1964, by the keys)."""
    for i, letter in enumerate(typed):
        near = KEYS_AROUND.get(letter, "")
        beside = typed[i - 1 : i] + typed[i + 1 : i + 2]
        if letter in beside or any(
            other in near for other in beside
        ):  # struck twice, or together with the key beside it
            yield typed[:i] + typed[i + 1 :]
        for meant in near:
            if not _is_spelling(typed, i, meant):
                yield typed[:i] + meant + typed[i + 1 :]
        if i + 1 < len(typed) and letter != typed[i + 1]:
            yield typed[:i] + typed[i + 1] + letter + typed[i + 2 :]
    for i in range(len(typed) + 1):  # a key not struck
        for letter in ascii_lowercase:
            yield typed[:i] + letter + typed[i:]


def _is_spelling(typed: str, i: int, meant: str) -> bool:
    """Tell whether s for z is the other spelling of English: serialise, analyse."""
    return (
        {typed[i], meant} == {"s", "z"} and i >= 3 and typed[i - 1] in "iy" and typed[i + 1 : i + 2] in ("e", "i", "a")
    )
