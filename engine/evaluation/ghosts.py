"""What ghost text is worth: every moment of the simulated typist at which one could be shown, and whether it was right.

The moments are recorded once, with the probabilities of the model; a replay then says for any pair of thresholds how
many ghosts were shown, how many of them were right, and how many keys they saved. Learning is off, so that nothing that
is shown changes what comes later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.evaluation.simulated_typist import CONTEXT_CHARACTERS, WORD
from engine.opening import Engine
from engine.prediction.calibration import Calibration
from engine.prediction.phrases import PhraseFinder
from engine.text.context import Context

N_SLOTS = 3
_LEAST_RAW = 0.2
"""Phrases that the model finds less probable than this are not looked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ghost that could be shown."""

    text: str
    p: float
    """By the model, not calibrated."""
    is_right: bool
    """Whether the text ahead is exactly this, up to the end of a word."""

    @property
    def n_words(self) -> int:
        """Count its words."""
        return self.text.count(" ") + 1


@dataclass(frozen=True, slots=True)
class Moment:
    """Before one letter of a word, or behind its last one."""

    n_typed: int
    rank: int | None
    """The slot in which the word stands; None where it is in none."""
    word: Candidate | None
    phrases: tuple[Candidate, ...]
    """The likeliest phrase of each length, shortest first."""


@dataclass(frozen=True, slots=True)
class WordMoments:
    """One word of the text, with its moments from before its first letter to behind its last one."""

    gap: str
    """What stands between the word before and this one; each character costs a key, unless it was given."""
    text: str
    moments: tuple[Moment, ...]


def watch(
    engine: Engine, lines: Iterable[str], max_words: int, on_progress: Callable[[int], None] | None = None
) -> Iterator[WordMoments]:
    """Yield the words of a text with their moments, up to ``max_words`` of them."""
    finder = PhraseFinder(engine.predictor, Calibration())
    history, n_words, gap = "", 0, ""
    for raw in lines:
        line = raw.rstrip("\n").replace("’", "'").replace("‘", "'")
        end = 0
        for match in WORD.finditer(line):
            if n_words >= max_words:
                return
            before = (history + line[: match.start()])[-CONTEXT_CHARACTERS:]
            gap += line[end : match.start()]
            yield WordMoments(gap, match.group(), tuple(_moments(engine, finder, before, line, match.span())))
            n_words, gap, end = n_words + 1, "", match.end()
            if on_progress is not None:
                on_progress(n_words)
        gap += line[end:] + "\n"
        history = (history + line + "\n")[-CONTEXT_CHARACTERS:]


def _moments(engine: Engine, finder: PhraseFinder, before: str, line: str, span: tuple[int, int]) -> Iterator[Moment]:
    start, end = span
    target, ahead = line[start:end].casefold(), line[start:].casefold()
    for n_typed in range(end - start + 1):
        context = Context.before_caret(before + line[start : start + n_typed])
        items = engine.predictor.predict_one(replace(context, phrases=False), N_SLOTS).items
        rank = next((rank for rank, item in enumerate(items) if item.text.casefold() == target), None)
        word = finder.word_for(context)
        yield Moment(
            n_typed,
            rank,
            Candidate(word.text, word.probability, rank == 0) if word else None,
            tuple(
                Candidate(ghost.text, ghost.probability, _is_ahead(ghost.text.casefold(), ahead))
                for ghost in finder.phrases_for(context, _LEAST_RAW)
            ),
        )


def _is_ahead(text: str, ahead: str) -> bool:
    return ahead.startswith(text) and not WORD.match(ahead[len(text) : len(text) + 1])


# ---------------------------------------------------------------------------------------------- replay


@dataclass
class GhostTally:
    """What was shown, what of it was right, and what it saved."""

    characters: int = 0
    keys: int = 0
    words: int = 0
    words_shown: int = 0
    words_right: int = 0
    phrases_shown: int = 0
    phrases_right: int = 0

    @property
    def keystroke_savings(self) -> float:
        """``1 - keys / characters``."""
        return 1.0 - self.keys / max(1, self.characters)

    def add(self, other: GhostTally) -> None:
        """Add another tally to this one."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on a ghost is shown; above 1, none is."""

    word: float = 0.0
    phrase: float = 2.0


@dataclass(frozen=True, slots=True)
class Screen:
    """What the typist can take from, beside the ghost."""

    n_slots: int = N_SLOTS
    phrase_in_last_slot: bool = False
    """Whether a phrase costs the last slot its word, or stands in grey beside all of them."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """How a word came into the text."""

    keys: int
    n_words: int = 1
    """More than 1 where a phrase gave the words behind it too."""
    taken: bool = True


def replay(
    words: Sequence[WordMoments], calibration: Calibration, thresholds: Thresholds, screen: Screen | None = None
) -> GhostTally:
    """Type the words once more: each is taken as soon as it is offered, and a phrase as soon as it is right."""
    tally = GhostTally()
    position, gives_space = 0, False
    while position < len(words):
        word = words[position]
        typed = _type(word, calibration, thresholds, screen or Screen(), tally)
        done = words[position : position + typed.n_words]
        tally.words += len(done)
        tally.characters += sum(len(one.gap) + len(one.text) for one in done)
        tally.keys += typed.keys + len(word.gap) - int(gives_space and word.gap.startswith(" "))
        position, gives_space = position + len(done), typed.taken
    return tally


def _type(
    word: WordMoments, calibration: Calibration, thresholds: Thresholds, screen: Screen, tally: GhostTally
) -> _Typed:
    shown: Candidate | None = None
    for moment in word.moments:
        ghost = ghost_at(moment, calibration, thresholds)
        if shown is None or not _stays(shown, ghost, word.text[: moment.n_typed]):
            shown = ghost
            if ghost is not None:
                _count_shown(ghost, tally)
        if shown is not None and shown.is_right and shown.n_words > 1:
            return _Typed(moment.n_typed + 1, shown.n_words)
        n_slots = screen.n_slots
        if screen.phrase_in_last_slot and shown is not None and shown.n_words > 1:
            n_slots -= 1
        in_slot = moment.rank is not None and moment.rank < n_slots
        if in_slot or (shown is not None and shown.is_right):
            return _Typed(moment.n_typed + 1)
    return _Typed(len(word.text), taken=False)


def ghost_at(moment: Moment, calibration: Calibration, thresholds: Thresholds) -> Candidate | None:
    """Return the ghost of a moment: the phrase that promises most, else the word, if they are likely enough."""
    word = moment.word
    if word is None:
        return None
    phrases = [(calibration.probability(phrase.p, phrase.n_words), phrase) for phrase in moment.phrases]
    worth = [(p * (len(phrase.text) - len(word.text)), phrase) for p, phrase in phrases if p >= thresholds.phrase]
    if worth:
        return max(worth, key=lambda scored: scored[0])[1]
    return word if calibration.probability(word.p, 1) >= thresholds.word else None


def _stays(shown: Candidate, ghost: Candidate | None, typed: str) -> bool:
    """Tell whether what is on screen agrees with the letters typed, and nothing new goes on from it."""
    agrees = len(shown.text) > len(typed) and shown.text.casefold().startswith(typed.casefold())
    return agrees and not (ghost is not None and ghost.text.startswith(shown.text + " "))


def _count_shown(ghost: Candidate, tally: GhostTally) -> None:
    if ghost.n_words > 1:
        tally.phrases_shown += 1
        tally.phrases_right += ghost.is_right
    else:
        tally.words_shown += 1
        tally.words_right += ghost.is_right
