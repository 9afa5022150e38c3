"""What the user asks of all that was learned, and the answers: frozen values that cross between the two threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.values import Context, Explanation, KnownWord, PastEvent, RehearsalReport


@dataclass(frozen=True, slots=True)
class ShowKnowledge:
    """Ask for what is known."""


@dataclass(frozen=True, slots=True)
class ForgetWords:
    """Forget words, with every trace of them."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetForm:
    """Write a word in another case from now on."""

    word: str
    form: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take the last learning step back."""

    event: int = 0
    """The id of the event that the user saw as the last: no other is taken back then. 0 where they saw none."""


@dataclass(frozen=True, slots=True)
class LearnFiles:
    """Learn from files that the user handed over; each is opened when its turn comes."""

    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class StopReading:
    """Leave the files; what was learned of them stays, and the next time goes on there."""


@dataclass(frozen=True, slots=True)
class Rehearse:
    """Go over what was learned, as long as nothing else is to be done."""


@dataclass(frozen=True, slots=True)
class LeaveRehearsal:
    """Go over it no longer: the user is back."""


@dataclass(frozen=True, slots=True)
class ExportProfile:
    """Write all that was learned to one file."""

    path: Path


@dataclass(frozen=True, slots=True)
class ExplainWord:
    """Ask why a word is offered at a place."""

    place: Context
    word: str


@dataclass(frozen=True, slots=True)
class RemoveProfile:
    """Remove a profile that is not open, with everything in it."""

    name: str
    folder: Path


EngineOrder = (
    ShowKnowledge | ForgetWords | SetForm | TakeBack | LearnFiles | StopReading | ExportProfile | ExplainWord
    | RemoveProfile | Rehearse | LeaveRehearsal
)  # fmt: skip
"""What can be done while the profile that is open stays open."""


@dataclass(frozen=True, slots=True)
class MoveToProfile:
    """Close the profile that is open, and go on with the one in ``folder``; made where it is missing."""

    name: str
    folder: Path
    back_to: Path | None
    """The folder that is open now; it is opened again where the other cannot be. None where nothing is kept."""
    made_of: Path | None = None
    """An exported file, of which the profile is made first."""
    afresh: bool = False
    """Whether the profile is removed first, with everything in it."""


Order = EngineOrder | MoveToProfile


@dataclass(frozen=True, slots=True)
class KnowledgeShown:
    """What is known."""

    words: tuple[KnownWord, ...]
    events: tuple[PastEvent, ...]
    can_take_back: bool
    last_event: int = 0
    """The id of the event that can be taken back; 0 where there is none, or none is kept."""
    is_kept: bool = True
    """Whether there is a profile that keeps it."""


@dataclass(frozen=True, slots=True)
class WordExplained:
    """Why a word is offered; None where it is offered no more."""

    word: str
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What was learned was gone over to the end."""

    report: RehearsalReport


@dataclass(frozen=True, slots=True)
class OrderDone:
    """An order was carried out; the sentence says what came of it."""

    order: Order
    sentence: str


@dataclass(frozen=True, slots=True)
class ProfileMoved:
    """Another profile is open; or the one before still is, if it could not be."""

    order: MoveToProfile
    sentence: str
    has_moved: bool = True


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far the reading of the files has come."""

    name: str
    n_done: int
    n_words: int
    has_ended: bool = False
    sentence: str = ""
    """What to say at the end."""


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A file could not be opened to be learned from; the others go on."""

    sentence: str
