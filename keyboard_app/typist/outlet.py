"""Which finished words go to the learner, and when."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import regex

from engine.text.context import WINDOW_CHARACTERS
from engine.text.normalize import APOSTROPHES
from engine.text.tokenizer import WORD, as_token
from engine.values import Commit
from keyboard_app.typist.commits import OwnWord

_N_REMEMBERED = WINDOW_CHARACTERS // 4
"""Words that went out, at most: hardly more stand in the text that goes with one."""
_WORD = regex.compile(WORD.replace("'", f"[{APOSTROPHES}]"))
"""In text as it was typed."""


class Outlet:
    """Lets finished words pass to the learner, holds them back for a while, or lets them be lost to it."""

    def __init__(self) -> None:
        self.learns = True
        """Whether the user lets learn at all."""
        self.is_private = False
        """Whether nothing of this document may be learned."""
        self.hides_text = False
        """Whether some of this document was private: no word is learned with it then, only with words like itself."""
        self._passed: deque[str] = deque(maxlen=_N_REMEMBERED)
        self._holds = False
        self._held: list[Commit] = []
        self._n_late = 0

    def pass_on(self, words: Sequence[OwnWord]) -> tuple[Commit, ...]:
        """Return what is to be learned now of words that are final."""
        if not self._is_open:
            return ()
        commits = tuple(self._commit_of(word) for word in words)
        if not self._holds:
            return commits
        self._held += commits
        return ()

    @property
    def _is_open(self) -> bool:
        return self.learns and not self.is_private

    def _commit_of(self, word: OwnWord) -> Commit:
        commit = word.as_commit()
        if self.hides_text:
            place = commit.context
            commit = replace(commit, context=replace(place, left=end_of_words(place.left, self._passed)))
        self._passed.append(as_token(word.text))
        return commit

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


def end_of_words(text: str, words: Sequence[str]) -> str:
    """Return the end of ``text`` that holds no word but the last of ``words``, as they are counted, in their order."""
    end, start = len(words), len(text)
    for match in reversed(list(_WORD.finditer(text))):
        if not end or words[end - 1] != as_token(match.group()):
            break
        end, start = end - 1, match.start()
    return text[start:]
