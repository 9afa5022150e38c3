"""How much it says that a suggestion was passed over: learned from how often this user overlooks the word they mean.

Somebody who reads the strip before every key does not mean a word that stood there and was not taken; offering it
again for the next letter wastes a slot. Somebody who types on and looks up now and then does need it there. Systems
for people to whom each key is dear often leave out what was passed over, whoever uses them; here it follows the user,
who may look at another letter than the first: there is a rate for each number of letters typed, and one for words that
stood behind the word before them, in a phrase that was not taken.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

N_REMEMBERED = 400
"""The latest words that say something about it; older ones are forgotten, as people change."""
_PRIOR_WORDS = 5.0
"""As if so many words had been overlooked before the first: until it is learned, nothing is taken from anybody."""
_PRIOR_WORDS_A_LENGTH = 10.0
"""As if so many had been overlooked at each number of letters as often as at all of them together."""
_MOST_LETTERS = 3
"""What was first shown after more letters counts as if it had been after so many."""
IN_A_PHRASE = -1
"""In place of letters typed: a word that first stood behind the one before it, which had not been finished yet."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A word that stood on screen before it was finished."""

    n_typed: int
    """Letters of it that were typed when it first stood there, or ``IN_A_PHRASE``."""
    was_overlooked: bool
    """Whether another letter was typed instead of taking it, or the word before it taken alone."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Words that were not taken along with the word that was finished last."""

    behind: str = ""
    """That word, folded."""
    words: tuple[str, ...] = ()
    """Those that stood behind it in phrases, folded, best first."""

    def without(self, token: str) -> Declined:
        """Return the same had there been no word ``token``."""
        if token == self.behind:
            return Declined()
        return Declined(self.behind, tuple(word for word in self.words if word != token))


class Attention:
    """The share of words that a user passes over at first, though they stand on screen."""

    def __init__(self) -> None:
        self._declined = Declined()
        self.version = 0
        """Changes with anything that changes how words rank."""
        self._latest: deque[Sighting] = deque(maxlen=N_REMEMBERED + 1)  # one more: the last can be taken back
        self._rates = self._rates_of_latest()

    @property
    def declined(self) -> Declined:
        """What the last word that was learned left of the phrases on screen."""
        return self._declined

    @declined.setter
    def declined(self, declined: Declined) -> None:
        self.version += declined != self._declined
        self._declined = declined

    def overlooked(self, n_typed: int) -> float:
        """Return the probability that this user, had they meant a word, passed it over where it first stood there.

        It is 1 at first. By Bayes' rule it is what the probability of a word that was passed over is multiplied by,
        against those that were not shown. ``n_typed`` letters of it were typed when it first stood there, or it is
        ``IN_A_PHRASE``.
        """
        return self._rates[min(n_typed, _MOST_LETTERS)]

    @property
    def says_nothing(self) -> bool:
        """Tell whether no word is less likely for having been passed over."""
        return min(self._rates.values()) >= 1.0

    def note(self, sighting: Sighting) -> None:
        """Take in one more word that stood on screen before it was finished."""
        self._latest.append(sighting)
        self._work_out()

    def take_back(self) -> None:
        """Forget the last word that was noted."""
        if self._latest:
            self._latest.pop()
        self._work_out()

    def restore(self, latest: Iterable[Sighting]) -> None:
        """Take what was noted, oldest first, from storage."""
        self._latest.clear()
        self._latest.extend(latest)
        self._work_out()

    def _work_out(self) -> None:
        self._rates = self._rates_of_latest()
        self.version += 1

    def _rates_of_latest(self) -> dict[int, float]:
        known = list(self._latest)[-N_REMEMBERED:]
        overall = (_PRIOR_WORDS + sum(one.was_overlooked for one in known)) / (_PRIOR_WORDS + len(known))
        rates = {}
        for n_typed in range(IN_A_PHRASE, _MOST_LETTERS + 1):
            here = [one.was_overlooked for one in known if min(one.n_typed, _MOST_LETTERS) == n_typed]
            rates[n_typed] = (_PRIOR_WORDS_A_LENGTH * overall + sum(here)) / (_PRIOR_WORDS_A_LENGTH + len(here))
        return rates
