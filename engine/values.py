"""The frozen values that cross the engine's border: questions, answers and learning events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.text.context import Context
from engine.text.normalize import normalize

__all__ = [
    "REHEARSED",
    "Commit",
    "CommitSource",
    "Context",
    "Correction",
    "Explanation",
    "Feedback",
    "FeedbackKind",
    "Ghost",
    "KnownWord",
    "LearnReport",
    "PastEvent",
    "RehearsalReport",
    "Suggestion",
    "SuggestionKind",
    "Suggestions",
]


REHEARSED = "rehearsed"
"""The source of the past event that tells of a rehearsal, which has no word."""


class SuggestionKind(Enum):
    """Why a word is offered."""

    COMPLETION = "completion"
    """It completes the letters already typed."""
    NEXT_WORD = "next word"
    """No letter of it has been typed yet."""
    PHRASE = "phrase"
    """It is the first suggestion and the word likely to follow it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate: the whole word or phrase, cased for its place; accepting it replaces the prefix."""

    text: str
    log_prob: float
    """Natural log of the probability of this word among all words that fit the prefix; of a phrase, of all of it."""
    kind: SuggestionKind


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Candidates, best first, with the context and the model version they were made for."""

    context: Context
    items: tuple[Suggestion, ...]
    model_version: int
    """Changes with anything that changes a suggestion: the same context and version have the same items."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where the probability of one suggestion comes from: five parts that add up to it."""

    context: Context
    word: str
    """As it was offered."""
    probability: float
    """Of this word among all words that fit the prefix: the one by which suggestions are ranked."""
    shipped: float
    """What the network and its n-grams give as they were shipped."""
    spelled: float
    """What the shipped character network adds by spelling the word."""
    learned: float
    """What the change of the network by learning adds; below 0 where it speaks against the word."""
    own: float
    """What the counts of the user's own words add."""
    recent: float
    """What the latest words add: it stood in places like this one."""
    uses: int
    """How often the user wrote the word, as far as it was counted."""
    after: tuple[str, ...]
    """The one or two tokens before the caret after which the user wrote the word; empty where they never did."""
    uses_after: int
    """How often they did."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """Text that may stand in grey behind the caret: one word, or a phrase that begins with it."""

    text: str
    """Whole words with single spaces, cased for their place; they stand for the prefix and what follows it."""
    probability: float
    """How often, from 0 to 1, a ghost like this one is what the user goes on to type: calibrated on text."""

    @property
    def is_phrase(self) -> bool:
        """Whether it has several words."""
        return " " in self.text


@dataclass(frozen=True, slots=True)
class Correction:
    """What the engine thinks of a word that was just finished."""

    typed: str
    items: tuple[str, ...] = ()
    """What may have been meant, best first, in the case of what was typed; empty where it is left as it is."""
    log_odds: float = 0.0
    """Natural log of how much likelier a typo is than that the word was meant as it stands."""
    is_certain: bool = False
    """Whether the first of them is so likely that it may be put in unasked."""


class FeedbackKind(Enum):
    """What the user did with a correction."""

    TAKEN = "taken"
    TAKEN_BACK = "taken back"
    LEFT_ALONE = "left alone"
    """The word is meant as it stands, here and anywhere."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the user thought of a correction."""

    typed: str
    meant: str
    kind: FeedbackKind


class CommitSource(Enum):
    """How a finished word came into the text. Pasted text makes no commit."""

    TYPED = "typed"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    """An accepted suggestion was deleted or undone, and this word was typed in its place."""
    READ = "read"
    """It stood in a file that the user handed over: nobody saw what counts as shown."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A word that the user finished, after the text that stood before it: the only learning event."""

    context: Context
    text: str
    source: CommitSource
    shown: tuple[str, ...] = ()
    """The suggestions on screen just before the word was finished or taken; of one that was read, what would have been
    there."""

    @property
    def rejects(self) -> bool:
        """Whether the user turned down what was shown: then a BPTT update runs."""
        if self.source is CommitSource.REPLACED:
            return True
        if self.source is CommitSource.ACCEPTED or not self.shown:
            return False
        return _compared(self.text) not in {_compared(shown) for shown in self.shown}


def _compared(text: str) -> str:
    """Return what two spellings of one word have in common: case and the kind of apostrophe say nothing."""
    return normalize(text).casefold()


@dataclass(frozen=True, slots=True)
class LearnReport:
    """What one call of ``learn_one`` did."""

    updated: bool
    """Whether weights of the network moved."""
    loss_before: float
    """Cross entropy (nats) of the committed word before it was learned, measured; of a phrase, that of its words
    added up. 0 where nothing was learned."""
    loss_after: float
    """The same afterwards."""
    elapsed_ms: float
    """What learning it took."""
    model_version: int
    """The version of the suggestions that are asked for now."""
    word: str = ""
    """The word as it was learned; empty where nothing was."""
    new_word: bool = False
    """Whether this was its first use, so that it got a row of its own."""
    meant: str = ""
    """The known word that this one looks like a slip of; it is not offered then, until more uses prove it."""


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """What came of going over the lessons of a session."""

    kept: bool
    """Whether it foretold the words that were held out better than before, and so changed the model."""
    n_lessons: int
    """How many were gone over."""
    loss_before: float
    """Mean cross entropy (nats) of the words held out, measured."""
    loss_after: float
    """The same after all of it."""
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word that the user used."""

    text: str
    """As it is written inside a sentence."""
    uses: int
    last_used: float
    """Seconds since 1970; 0 where it is not known."""
    is_own: bool
    """Whether it got a place in the model by its use."""
    waits: bool = False
    """Whether it looks like a slip of the keys and is not offered."""
    is_recased: bool = False
    """Whether it was known from the start, but is offered in the case that the user gave it."""


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One word that was learned, or a rehearsal that was kept, as the journal has it."""

    id: int
    at: float
    """Seconds since 1970."""
    word: str
    """Empty for a rehearsal."""
    shown: tuple[str, ...]
    """What was offered when it was finished, or would have been where it was read in a file."""
    source: str
    updated: bool
    """Whether weights of the network moved."""
    loss_before: float
    loss_after: float
    """Cross entropy (nats) of the word before and after, measured; of a rehearsal the mean over words held out."""
    elapsed_ms: float
    is_new: bool = False
    """Whether the word got its place in the model then."""
