"""The simulated typist: types a text with the help of suggestions and counts what that saves.

The rules are those of the contract, section 3, and of its reference implementation; both give the same figures.
A word is ``[A-Za-z][A-Za-z'’]*``; every other character, Enter included, costs one key. Before each letter of a word
the engine shows up to k suggestions. If the word is among them (case aside) it is taken for one key, which also gives
the following character if that is a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from engine.opening import Engine
from engine.text.context import Context
from engine.values import Commit, CommitSource

BUCKET_WORDS = 1_000
CONTEXT_CHARACTERS = 2_000
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
"""What counts as a word here."""


@dataclass
class Tally:
    """What was counted over some words."""

    words: int = 0
    characters: int = 0
    keys: int = 0
    top1: int = 0
    top3: int = 0

    @property
    def keystroke_savings(self) -> float:
        """``1 - keys / characters``."""
        return 1.0 - self.keys / max(1, self.characters)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        for name in ("words", "characters", "keys", "top1", "top3"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_figures(self) -> dict[str, float]:
        """Return the figures that are reported."""
        n = max(1, self.words)
        return {
            "words": self.words,
            "characters": self.characters,
            "keystrokes": self.keys,
            "ks": round(self.keystroke_savings, 4),
            "top1": round(self.top1 / n, 4),
            "top3": round(self.top3 / n, 4),
        }


@dataclass
class TypingResult:
    """Figures of a whole text, and of each thousand words of it."""

    total: Tally = field(default_factory=Tally)
    buckets: list[Tally] = field(default_factory=list)

    def count(self, **counted: int) -> None:
        """Count something in the whole and in the present thousand."""
        part = Tally(**counted)
        self.total.add(part)
        self.buckets[-1].add(part)

    def as_figures(self) -> dict[str, object]:
        """Return the figures that are reported."""
        return {"total": self.total.as_figures(), "buckets": [bucket.as_figures() for bucket in self.buckets]}


@dataclass(frozen=True)
class _Taken:
    """How a word came into the text."""

    n_typed: int | None
    """Letters typed before it was taken; None where it was typed in full."""
    n_given: int
    """Characters that taking it gave."""
    shown: tuple[str, ...]


class SimulatedTypist:
    """Types lines into an engine, and lets it learn every finished word if asked to."""

    def __init__(self, engine: Engine, *, learning: bool, n_slots: int = 3, phrases: bool = True) -> None:
        """Look at so many slots; without ``phrases`` there are words in all of them."""
        self._engine, self._phrases = engine, phrases
        self._learning = learning
        self._n_slots = n_slots
        self._history = ""
        self.result = TypingResult()

    def type_lines(
        self, lines: Iterable[str], max_words: int, on_progress: Callable[[int], None] | None = None
    ) -> TypingResult:
        """Type lines until ``max_words`` words are done; ``on_progress`` hears their number after each line."""
        for line in lines:
            if self.result.total.words >= max_words:
                break
            self._type_line(line.rstrip("\n").replace("’", "'").replace("‘", "'"), max_words)
            if on_progress is not None:
                on_progress(min(max_words, self.result.total.words))
        return self.result

    def _type_line(self, line: str, max_words: int) -> None:
        position = free_until = 0
        while position < len(line):
            if not self.result.buckets or self.result.buckets[-1].words >= BUCKET_WORDS:
                if self.result.total.words >= max_words:
                    break
                self.result.buckets.append(Tally())
            match = WORD.match(line, position)
            if match is None:
                self.result.count(characters=1, keys=0 if position < free_until else 1)
                position += 1
                continue
            if position < free_until:  # a phrase has already given it
                self._count_free_word(line, position, match.end())
            else:
                free_until = self._type_word(line, position, match.end())
            position = match.end()
        if self.result.buckets:
            self.result.count(characters=1, keys=1)  # Enter
        self._history = (self._history + line + "\n")[-CONTEXT_CHARACTERS:]

    def _type_word(self, line: str, start: int, end: int) -> int:
        """Type one word; return the position up to which the text is now given."""
        context = (self._history + line[:start])[-CONTEXT_CHARACTERS:]
        rank = self._rank_before_first_letter(context, line, start, end)
        taken = self._take_or_type(context, line, start, end)
        length = end - start
        self.result.count(words=1, characters=length, top1=int(rank == 0), top3=int(rank is not None))
        free_until = start
        if taken.n_typed is None:
            self.result.count(keys=length)
        else:
            self.result.count(keys=taken.n_typed + 1)
            free_until = start + taken.n_given
            if line[free_until : free_until + 1] == " ":
                free_until += 1
        if self._learning:
            text = line[start : start + max(taken.n_given, length)]
            source = CommitSource.TYPED if taken.n_typed is None else CommitSource.ACCEPTED
            self._engine.learner.learn_one(Commit(self._place(context), text, source, taken.shown))
        return free_until

    def _count_free_word(self, line: str, start: int, end: int) -> None:
        context = (self._history + line[:start])[-CONTEXT_CHARACTERS:]
        rank = self._rank_before_first_letter(context, line, start, end)
        self.result.count(words=1, characters=end - start, top1=int(rank == 0), top3=int(rank is not None))

    def _sees(self, _n_typed: int) -> bool:
        """Tell whether the typist sees what is shown when so many letters of a word are typed: this one always does."""
        return True

    def _wants(self, _text: str) -> bool:
        """Tell whether the typist takes such a suggestion where it fits: this one takes any."""
        return True

    def _shown(self, context: str, typed: str) -> tuple[str, ...]:
        answer = self._engine.predictor.predict_one(self._place(context + typed), limit=self._n_slots)
        return tuple(item.text for item in answer.items)

    def _place(self, before: str) -> Context:
        return replace(Context.before_caret(before), n_shown=self._n_slots, phrases=self._phrases)

    def _rank_before_first_letter(self, context: str, line: str, start: int, end: int) -> int | None:
        """Return the slot in which the word stands before any letter of it is typed, or None."""
        target, ahead = _norm(line[start:end]), line[start:].casefold()
        shown = self._shown(context, "")
        return next((rank for rank, text in enumerate(shown) if _characters_given(text, target, ahead)), None)

    def _take_or_type(self, context: str, line: str, start: int, end: int) -> _Taken:
        target, ahead = _norm(line[start:end]), line[start:].casefold()
        shown: Sequence[str] = ()
        for n_typed in range(end - start):
            shown = self._shown(context, line[start : start + n_typed])
            wanted = (text for text in shown if self._wants(text))
            given = max((_characters_given(text, target, ahead) for text in wanted), default=0)
            if given and self._sees(n_typed):
                return _Taken(n_typed, max(given, end - start), tuple(shown))
        return _Taken(None, 0, tuple(shown))


def _norm(word: str) -> str:
    return word.casefold().replace("’", "'").strip()


def _characters_given(suggestion: str, target: str, ahead: str) -> int:
    """Return how many characters of the text ahead a suggestion gives; 0 where it does not fit."""
    text = _norm(suggestion)
    if text == target:
        return len(target)
    fits = " " in text and ahead.startswith(text)
    return len(text) if fits and not WORD.match(ahead[len(text) : len(text) + 1]) else 0


def words_of(lines: Iterable[str]) -> Iterator[str]:
    """Yield the words of a text as the typist counts them."""
    for line in lines:
        yield from WORD.findall(line)
