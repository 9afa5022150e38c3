"""Which finished words go to the learner, and when."""

from __future__ import annotations

from collections.abc import Sequence

from engine.values import Commit
from keyboard_app.typist.commits import OwnWord


class Outlet:
    """Lets finished words pass to the learner, holds them back for a while, or lets them be lost to it."""

    def __init__(self) -> None:
        self.learns = True
        """Whether the user lets learn at all."""
        self.is_private = False
        """Whether nothing of this document may be learned."""
        self._holds = False
        self._held: list[Commit] = []
        self._n_late = 0

    def pass_on(self, words: Sequence[OwnWord]) -> tuple[Commit, ...]:
        """Return what is to be learned now of words that are final."""
        if not self._is_open:
            return ()
        commits = tuple(word.as_commit() for word in words)
        if not self._holds:
            return commits
        self._held += commits
        return ()

    @property
    def _is_open(self) -> bool:
        return self.learns and not self.is_private

    def hold(self) -> None:
        """Keep what passes from now on: the profile that shall learn it is being opened."""
        self._holds = True

    def let_go(self) -> tuple[Commit, ...]:
        """Keep nothing any more, and return what was kept."""
        self._holds = False
        held, self._held = tuple(self._held), []
        return held

    def expect_late(self, words: Sequence[OwnWord]) -> None:
        """Count words that go later than the text moved on: what was asked meanwhile did not know them."""
        self._n_late += len(words) if self._is_open else 0

    def follow_learning(self) -> bool:
        """Count a word that was learned; tell whether it was the last of those that came late."""
        if not self._n_late:
            return False
        self._n_late -= 1
        return not self._n_late
