"""The last learning step, with all that is needed to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model.attention import Declined
from engine.model.ngrams import Trigram
from engine.text.own_cases import CaseHabit


@dataclass(frozen=True, slots=True)
class Step:
    """What learning one word changed, and how it was before."""

    event_id: int
    """0 where nothing is stored."""
    token: str
    row: int | None
    """None where the word waits: its use was counted, and nothing else."""
    trigram: Trigram | None
    weights_before: Mapping[str, tuple[float, float]]
    """Weights of the blend that moved, by the name of their bucket."""
    form_before: str | None
    """None where the word was new: its row goes."""
    has_trained: bool
    """Whether weights of the network moved."""
    unlearned: tuple[str, ...]
    """Words that the network had not learned before this step."""
    declined_before: Declined
    """What the word before this one left of the phrases on screen."""
    is_remembered: bool = False
    """Whether it is one of the latest words, with its place."""
    noted_attention: bool = False
    """Whether it said something about how the user looks at suggestions."""
    habit_before: CaseHabit | None = None
    """How the user wrote the word before; None where this use said nothing of it."""
