"""The ghost on screen: it stays as it is while the text goes along with it, letter by letter or word by word."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.values import Context, Ghost
from keyboard_app.typist.offer import TAIL_CHARACTERS, completes


@dataclass(frozen=True, slots=True)
class StandingGhost:
    """Words that were offered from one place on; some of their letters may stand in the text by now."""

    left: str
    """The end of the text before the first of them."""
    text: str
    n_typed: int = 0
    """How many of its letters stood there already: with fewer of them it would not have been offered."""

    @classmethod
    def at(cls, place: Context, text: str) -> StandingGhost:
        """Return a ghost that goes on the prefix of ``place``."""
        return cls(place.left[-TAIL_CHARACTERS:], text, len(place.prefix))

    def from_word(self, here: Context) -> str:
        """Return what of it stands for the prefix of ``here`` and what follows; empty where it fits no more."""
        before = here.left + here.prefix
        for n_typed in range(min(len(before), len(self.text) - 1), self.n_typed - 1, -1):
            start = len(before) - n_typed
            if completes(self.text, before[start:]) and before[:start][-TAIL_CHARACTERS:] == self.left:
                return self.text[max(0, n_typed - len(here.prefix)) :]
        return ""


def followed(standing: StandingGhost | None, ghost: Ghost, here: Context) -> StandingGhost | None:
    """Return the ghost on screen once an answer for the present place is there.

    One that the text goes along with stays, but for capitals: the letters typed decide about those of their own word.
    A phrase takes the place of the word that it begins with, and of nothing else.
    """
    rest = standing.from_word(here) if standing is not None else ""
    if standing is None or not rest:
        return StandingGhost.at(here, ghost.text) if completes(ghost.text, here.prefix) else None
    first, (word, _, others) = ghost.text.partition(" ")[0], rest.partition(" ")
    if first.casefold() != word.casefold():
        return standing
    if ghost.text != first and " " not in standing.text:
        return StandingGhost.at(here, ghost.text)
    return replace(standing, text=standing.text[: -len(rest)] + f"{first} {others}".rstrip())
