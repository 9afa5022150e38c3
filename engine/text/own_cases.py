"""In which case one user writes the words that the vocabulary lists: warriors, Apple, openoffice.

What counts is how they wrote a word inside sentences, in its latest five uses there: the form that is most frequent
among them, the later of two that are equally so, once it was used twice. So a single use changes nothing, a word in
capitals for once neither, and a change of mind is followed within three uses. Who begins a word small gets it small as
soon as they have written it so. Behind a name a word is told apart from the same word elsewhere ("Golden State", "a
state").

Whoever writes nearly all names small is offered small letters in names that they have not used yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.text.tokenizer import fold
from engine.text.two_cases import LEAST_IF_TYPED_SMALL, TwoCases
from engine.text.vocabulary import Vocabulary

N_LATEST = 5
"""Uses that say how a word is written."""
_LEAST_USES = 2
_LEAST_IN_CAPITALS = 3
"""So many uses in capitals, and no other, make a word one of capitals; fewer are emphasis."""
_LEAST_NAMES = 5
_SMALL_NAMES = 0.8
"""From this share of the names used on, names are written small."""


@dataclass(frozen=True, slots=True)
class CaseHabit:
    """How a word was written in its latest uses inside sentences."""

    token: str
    after_name: bool
    """Whether these were uses directly behind a word with a large letter of its own."""
    latest: tuple[str, ...] = ()
    """At most N_LATEST, oldest first."""

    def and_then(self, form: str) -> CaseHabit:
        """Return the habit after one more use."""
        return CaseHabit(self.token, self.after_name, (*self.latest, form)[-N_LATEST:])

    @property
    def is_small_at_times(self) -> bool:
        """Tell whether who begins the word small may well mean it so, and does not leave the capital to us."""
        return _are_small_at_times(self.latest)

    @property
    def chosen(self) -> str | None:
        """The form that the uses agree on; None where they do not."""
        return _agreed(self.latest)


class OwnCases:
    """The case of the words of a vocabulary: the user's own where it is known, else that of most people."""

    def __init__(self, vocabulary: Vocabulary, two_cases: TwoCases) -> None:
        self._vocabulary, self._two_cases = vocabulary, two_cases
        self._habits: dict[tuple[str, bool], CaseHabit] = {}
        self._fixed: dict[str, str] = {}
        self._n_names = self._n_small = 0
        """Names that were used, and those of them that were small in their latest use."""
        self.version = 0
        """Changes with anything that changes a form."""

    def form(self, form: str, prefix: str, *, after_name: bool) -> str:
        """Return a word, given its shipped form, as it should stand inside a sentence behind the letters typed."""
        token = fold(form)
        if token in self._fixed:
            return self._fixed[token]
        usual = self._two_cases.form(form, prefix, after_name=after_name)
        if not self._habits:
            return usual
        habit = self._habit_at(token, after_name=after_name)
        if habit is not None and prefix[:1].islower() and habit.is_small_at_times:
            return token
        if habit is not None and habit.chosen is not None:
            return habit.chosen
        if self._writes_names_small and usual != token and not _is_pronoun(token):
            return habit.latest[-1] if habit else token
        return usual

    def usual(self, token: str) -> str:
        """Return how a folded token of the vocabulary is written inside a sentence, as a rule."""
        listed = self._vocabulary.form_of(token)
        return token if listed is None else self.form(listed, "", after_name=False)

    def is_own(self, token: str) -> bool:
        """Tell whether the case of a folded token was set by the user, or learned and is not that of most people."""
        habits = (self._habits.get((token, after_name)) for after_name in (False, True))
        return token in self._fixed or any(
            habit is not None and habit.chosen not in (None, self._others(token, habit.after_name)) for habit in habits
        )

    def note(self, word: str, *, after_name: bool) -> tuple[CaseHabit, CaseHabit]:
        """Take in a use of a listed word inside a sentence; return its habit as it was before, and as it is now."""
        token = fold(word)
        before = self._habits.get((token, after_name)) or CaseHabit(token, after_name)
        now = before.and_then(word)
        self.put(now)
        return before, now

    def put(self, habit: CaseHabit) -> None:
        """Set a habit; one without uses is taken out."""
        self.version += 1
        key = (habit.token, habit.after_name)
        self._count(self._habits.pop(key, None), -1)
        if habit.latest:
            self._habits[key] = habit
            self._count(habit, 1)

    def fix(self, token: str, form: str) -> None:
        """Write a folded token so, whatever its uses say."""
        self._fixed[token] = form
        self.version += 1

    def forget(self, token: str) -> None:
        """Know nothing of a folded token."""
        self._fixed.pop(token, None)
        for after_name in (False, True):
            self.put(CaseHabit(token, after_name))

    def restore(self, habits: Iterable[CaseHabit], fixed: Mapping[str, str]) -> None:
        """Take what was kept; forms that are no case of their word are left out."""
        for habit in habits:
            latest = tuple(form for form in habit.latest if fold(form) == habit.token)
            self.put(CaseHabit(habit.token, habit.after_name, latest[-N_LATEST:]))
        self._fixed |= {token: form for token, form in fixed.items() if fold(form) == token}

    @property
    def habits(self) -> frozenset[CaseHabit]:
        """Return all habits."""
        return frozenset(self._habits.values())

    def _habit_at(self, token: str, *, after_name: bool) -> CaseHabit | None:
        """Return the habit behind a name, or elsewhere; the latter for both where most people make no difference."""
        habit, elsewhere = (self._habits.get((token, behind)) for behind in (after_name, False))
        if habit is elsewhere or (habit is not None and habit.chosen is not None):
            return habit
        return elsewhere or habit if self._others(token, True) == self._others(token, False) else habit

    def _others(self, token: str, after_name: bool) -> str:
        """Return how most people write a folded token."""
        listed = self._vocabulary.form_of(token)
        return token if listed is None else self._two_cases.form(listed, "", after_name=after_name)

    @property
    def _writes_names_small(self) -> bool:
        return self._n_names >= _LEAST_NAMES and self._n_small >= _SMALL_NAMES * self._n_names

    def _count(self, habit: CaseHabit | None, times: int) -> None:
        """Count a habit among those of names, or take it out, if it is one of a name."""
        if habit is None or _is_pronoun(habit.token) or self._others(habit.token, habit.after_name) == habit.token:
            return
        self._n_names += times
        self._n_small += times * habit.latest[-1].islower()


@lru_cache(maxsize=1_024)
def _agreed(uses: tuple[str, ...]) -> str | None:
    places = {form: place for place, form in enumerate(uses)}
    best = max(places, key=lambda form: (uses.count(form), places[form]), default="")
    n_uses = uses.count(best)
    if best.isupper() and len(best) > 1:
        return best if n_uses == len(uses) >= _LEAST_IN_CAPITALS else None
    return best if n_uses >= _LEAST_USES else None


@lru_cache(maxsize=1_024)
def _are_small_at_times(uses: tuple[str, ...]) -> bool:
    n_large = sum(not form.islower() for form in uses)
    return bool(uses) and n_large < LEAST_IF_TYPED_SMALL * len(uses)


def _is_pronoun(token: str) -> bool:
    return token.partition("'")[0] == "i"
