"""How suggestions are shown: the user's choice, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.values import Context

SLOT_CHOICES = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the user is known to look at while they type."""

    n_slots: int
    """0 where that says nothing of the words that they mean."""
    phrases: bool
    """Whether the last slot may hold a phrase."""

    def at(self, place: Context) -> Context:
        """Return a place where the user looked at this."""
        return replace(place, n_shown=self.n_slots, phrases=self.phrases)


@dataclass(frozen=True, slots=True)
class Manner:
    """What may be on screen."""

    n_slots: int = 3
    strip: bool = True
    ghost: bool = True
    ghost_from: float = 0.0
    """The ghost appears only where its word is at least so likely."""
    phrase_from: float | None = 0.5
    """It has several words where all of them together are at least so likely; None: no phrase stands anywhere."""
    makes_room: bool = True
    """A word that was passed over makes room for others, as far as this user is known to overlook few."""

    @property
    def shows_nothing(self) -> bool:
        """Tell whether nothing is ever offered: what nobody sees cannot be taken."""
        return not (self.strip or self.ghost)

    def watched(self, *, before_word: bool) -> Watched:
        """Return what the user looks at, ``before_word`` where one stands behind the caret: no phrase fits there."""
        n_slots = self.n_slots if self.strip and self.makes_room else 0
        return Watched(n_slots, phrases=self.phrase_from is not None and not before_word)
