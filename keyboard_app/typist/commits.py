"""When a word is final: finished words are held back for a while, so that taking one back needs no unlearning."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from engine.text.normalize import normalize
from engine.values import Commit, CommitSource, Context
from keyboard_app.typist.acceptance import Way
from keyboard_app.typist.offer import TAIL_CHARACTERS, completes, same_place

_N_REMEMBERED = 12
"""So many finished words can be found again when the user erases back into them."""


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word that the user finished by typing or by taking a suggestion."""

    place: Context
    """The text before the word; its prefix is empty."""
    text: str
    source: CommitSource
    shown: tuple[str, ...] = ()
    typed_prefix: str = ""
    """The letters that stood there when the suggestion was taken."""
    seen: tuple[str, ...] = ()
    """All that was on offer while the word was typed."""
    way: Way | None = None
    """From where the word was taken; None where it was typed."""
    keys_saved: int = 0
    sent: bool = False
    """Whether its commit has gone to the learner."""

    def holds(self, context: Context) -> bool:
        """Tell whether ``context`` ends inside or directly after this word."""
        if not same_place(self.place, context):
            return False
        return completes(self.text, context.prefix) or context.prefix == self.typed_prefix

    def stands_in(self, before: str) -> bool:
        """Tell whether the word, with what stood before it, is still a part of ``before``."""
        return (self.place.left[-TAIL_CHARACTERS:] + self.text) in before

    @property
    def was_offered(self) -> bool:
        """Tell whether the word was on offer before it was typed out, whatever its case."""
        return normalize(self.text).casefold() in {normalize(word).casefold() for word in self.seen}

    def as_commit(self) -> Commit:
        """Return the learning event of this word."""
        return Commit(context=self.place, text=self.text, source=self.source, shown=self.shown)


class CommitLedger:
    """Finished words: those held back, and those remembered in case the user returns to them."""

    def __init__(self) -> None:
        self._recent: deque[OwnWord] = deque(maxlen=_N_REMEMBERED)

    @property
    def n_held(self) -> int:
        """Count the finished words whose commit is held back."""
        return sum(not word.sent for word in self._recent)

    def finish(self, word: OwnWord) -> None:
        """Hold ``word`` back until the next one begins."""
        self._recent.append(word)

    def release(self) -> tuple[OwnWord, ...]:
        """Return the words held back, in the order in which they were finished."""
        held = tuple(word for word in self._recent if not word.sent)
        self._recent = deque((replace(word, sent=True) for word in self._recent), _N_REMEMBERED)
        return held

    def take_back(self, context: Context) -> OwnWord | None:
        """Withdraw and return the word in which ``context`` ends, and withdraw every later one."""
        for index in range(len(self._recent) - 1, -1, -1):
            word = self._recent[index]
            if word.holds(context):
                self._recent = deque(list(self._recent)[:index], _N_REMEMBERED)
                return word
        return None

    def drop_missing(self, before: str) -> None:
        """Withdraw the held words that an erasure removed from the text."""
        kept = (word for word in self._recent if word.sent or word.stands_in(before))
        self._recent = deque(kept, _N_REMEMBERED)

    def drop_held(self, n_characters: int, before: str) -> None:
        """Withdraw the held words that begin in the last ``n_characters`` of ``before``: they were no prose."""
        start = len(before) - n_characters
        kept = (word for word in self._recent if word.sent or before.rfind(word.text) < start)
        self._recent = deque(kept, _N_REMEMBERED)

    def forget(self) -> None:
        """Forget every remembered word: another text is in the editor."""
        self._recent.clear()
