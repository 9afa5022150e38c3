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
    number: int = 0
    """Tells the words apart that were typed; 0 for one that was taken from the suggestions."""
    waits: bool = False
    """Whether it is being looked at: it is not final because another word begins."""
    due: bool = False
    """Whether another word has begun meanwhile: it is final once it waits no longer."""
    marked: bool = False
    """Whether it is marked as a likely typo: it is not final before the user has made up their mind."""

    def holds(self, context: Context) -> bool:
        """Tell whether ``context`` ends inside or directly after this word."""
        if not same_place(self.place, context):
            return False
        return completes(self.text, context.prefix) or context.prefix == self.typed_prefix

    def stands_in(self, before: str) -> bool:
        """Tell whether the word, with what stood before it, is still a part of ``before``."""
        return self._with_tail in before

    def start_in(self, before: str) -> int:
        """Return where the word begins in ``before``; -1 where it does not stand there."""
        found = self._with_tail
        is_near_start = len(self.place.left) < TAIL_CHARACTERS  # its tail is all of the text before it
        at = (0 if before.startswith(found) else -1) if is_near_start else before.rfind(found)
        return at + len(found) - len(self.text) if at >= 0 else -1

    def ends(self, before: str) -> bool:
        """Tell whether ``before`` ends with the word and what stood before it, but for spaces."""
        return before.rstrip(" ").endswith(self._with_tail)

    @property
    def _with_tail(self) -> str:
        return self.place.left[-TAIL_CHARACTERS:] + self.text

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
        self._overdue: list[OwnWord] = []

    @property
    def n_held(self) -> int:
        """Count the finished words whose commit is held back."""
        return sum(not (word.sent or word.marked) for word in self._recent)

    def finish(self, word: OwnWord) -> None:
        """Hold ``word`` back until the next one begins; one that still waits by then, for a dozen of words."""
        if len(self._recent) == _N_REMEMBERED and not self._recent[0].sent:
            self._overdue.append(self._recent[0])
        self._recent.append(word)

    def release(self, *, waiting: bool = True) -> tuple[OwnWord, ...]:
        """Return the words held back, in the order in which they were finished, but for those that are marked."""
        kept = [word.marked or (word.waits and not waiting) for word in self._recent]
        held = [word for word, keeps in zip(self._recent, kept, strict=True) if not (word.sent or keeps)]
        sent = [
            replace(word, due=word.due or word.waits) if keeps else replace(word, sent=True)
            for word, keeps in zip(self._recent, kept, strict=True)
        ]
        self._recent = deque(sent, _N_REMEMBERED)
        overdue, self._overdue = self._overdue, []
        return (*overdue, *held)

    def settle(self, number: int, *, marked: bool = False) -> None:
        """Let a word wait no longer: it is meant as it stands, or marked as a likely typo."""
        settled = (
            replace(word, waits=False, marked=marked) if word.number == number else word for word in self._recent
        )
        self._recent = deque(settled, _N_REMEMBERED)

    def release_due(self) -> tuple[OwnWord, ...]:
        """Return the words that would be final already, had they not waited."""
        due = [word.due and not (word.sent or word.waits or word.marked) for word in self._recent]
        held = tuple(word for word, is_due in zip(self._recent, due, strict=True) if is_due)
        words = (replace(word, sent=True) if is_due else word for word, is_due in zip(self._recent, due, strict=True))
        self._recent = deque(words, _N_REMEMBERED)
        return held

    def reword(self, number: int, text: str) -> bool:
        """Put ``text`` in place of a word whose commit has not gone yet; tell whether there was such a word."""
        words = list(self._recent)
        index = next((index for index, word in enumerate(words) if word.number == number), None)
        if index is None:
            return False
        old = words[index]
        tail = old.place.left[-TAIL_CHARACTERS:]
        words[index] = replace(old, text=text, source=CommitSource.TYPED, shown=(), waits=False, marked=False)
        words[index + 1 :] = [
            replace(later, place=Context(later.place.left.replace(tail + old.text, tail + text, 1)))
            for later in words[index + 1 :]
        ]
        self._recent = deque(words, _N_REMEMBERED)
        return not old.sent

    def take_back(self, context: Context) -> OwnWord | None:
        """Withdraw and return the word in which ``context`` ends, and withdraw every later one."""
        for index in range(len(self._recent) - 1, -1, -1):
            word = self._recent[index]
            if word.holds(context):
                self._recent = deque(list(self._recent)[:index], _N_REMEMBERED)
                return replace(word, waits=False, marked=False)
        return None

    def drop_missing(self, before: str) -> None:
        """Withdraw the held words that an erasure removed from the text."""
        kept = (word for word in self._recent if word.sent or word.stands_in(before))
        self._recent = deque(kept, _N_REMEMBERED)

    def drop_held(self, n_characters: int, before: str) -> None:
        """Withdraw the held words that begin in the last ``n_characters`` of ``before``: they were no prose."""
        start = len(before) - n_characters
        kept = (word for word in self._recent if word.sent or word.start_in(before) < start)
        self._recent = deque(kept, _N_REMEMBERED)

    def drop_masked(self, before: str, masked: str) -> None:
        """Withdraw the held words of ``before`` that are not the same in ``masked``, which is as long: secrets."""

        def is_masked(word: OwnWord) -> bool:
            start = word.start_in(before)
            return start >= 0 and masked[start : start + len(word.text)] != word.text

        kept = (word for word in self._recent if word.sent or not is_masked(word))
        self._recent = deque(kept, _N_REMEMBERED)

    def forget(self) -> None:
        """Forget every remembered word: another text is in the editor, or what was written may not be learned."""
        self._recent.clear()
        self._overdue.clear()
