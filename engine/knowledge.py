"""What was learned, in the user's hand: to be seen, corrected, taken back and forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.errors import ProfileError
from engine.learning.bptt import NetworkUpdater
from engine.learning.keeping import ProfileKeeper
from engine.learning.learner import Learner
from engine.learning.undoing import Step
from engine.prediction.blend import Blend
from engine.profile import editing
from engine.profile.portable import export_profile
from engine.text.normalize import normalize
from engine.text.tokenizer import as_token, fold, is_single_word, possessive_of
from engine.values import KnownWord, PastEvent


class Knowledge:
    """What one profile knows of its user. Owned by the thread that owns the engine."""

    def __init__(self, blend: Blend, learner: Learner, updater: NetworkUpdater, keeper: ProfileKeeper | None) -> None:
        self._blend, self._learner, self._updater, self._keeper = blend, learner, updater, keeper

    def words(self) -> tuple[KnownWord, ...]:
        """Return every word that the user used, the latest first."""
        if self._keeper is not None:
            known = self._keeper.known_words()
        else:
            known = [KnownWord(token, uses, 0.0, is_own=False) for token, uses in self._learner.book.uses.items()]
        return tuple(sorted(map(self._as_it_is_now, known), key=lambda word: -word.last_used))

    def _as_it_is_now(self, word: KnownWord) -> KnownWord:
        """Return a word of the records as the live model knows it."""
        model, token = self._blend.model, fold(word.text)
        row = model.row_of(token)
        if not row:
            return replace(word, waits=True)
        is_own = row >= model.n_shipped_rows
        is_recased = not is_own and self._learner.cases.is_own(token)
        return replace(word, text=self._learner.usual_form(row), is_own=is_own, is_recased=is_recased)

    def events(self, limit: int = 1_000) -> tuple[PastEvent, ...]:
        """Return the latest learning events, newest first; none where there is no profile."""
        return tuple(self._keeper.past_events(limit)) if self._keeper is not None else ()

    def set_form(self, word: str, form: str) -> bool:
        """Set how a word that was used is written inside a sentence; False where it was not, or is another word."""
        token, model = as_token(word), self._blend.model
        row = model.row_of(token)
        if not row or token not in self._learner.book.uses or as_token(form) != token:
            return False
        if row >= model.n_shipped_rows:
            model.set_form(row, normalize(form))
        else:
            self._learner.cases.fix(token, normalize(form))
        model.version += 1
        self._learner.book.fixed.add(token)
        if self._keeper is not None:
            self._keeper.set_form(token, normalize(form))
        return True

    def forget_all(self, words: Sequence[str]) -> int:
        """Forget words: no count, row or record of them stays, nor of their possessives; return how many were known.

        A word of the user's own is not offered again until it is typed again; one of the shipped vocabulary is offered
        as it was before the user came. How other words' weights moved when it was learned stays: that cannot be told
        from what they learned themselves. Many cost hardly more than one: the files are written anew once. Raises
        ProfileError where the files of the profile still hold them.
        """
        asked = [as_token(word) for word in words]
        tokens = [token for token in asked if is_single_word(token)]
        n_known = sum(map(self._is_known, tokens))
        tokens += list(filter(self._is_known, map(possessive_of, tokens)))
        rows = {row for row in map(self._blend.model.row_of, tokens) if row}
        self._blend.counts.forget(rows)
        for token in tokens:
            self._learner.forget(token)
        for row in rows:
            self._blend.cache.forget(row)
            self._forget_row(row)
        if tokens and self._keeper is not None:
            self._keeper.forget(tokens)
        return n_known

    def knows(self, word: str) -> bool:
        """Tell whether there is anything of a word to forget."""
        token = as_token(word)
        return is_single_word(token) and self._is_known(token)

    def _is_known(self, token: str) -> bool:
        model = self._blend.model
        return token in self._learner.book.uses or model.row_of(token) >= model.n_shipped_rows

    @property
    def can_take_back(self) -> bool:
        """Tell whether the last learning step can be taken back."""
        return self._learner.last_step is not None

    @property
    def last_event(self) -> int:
        """Return the id of the event that can be taken back; 0 where there is none, or none is kept."""
        step = self._learner.last_step
        return step.event_id if step is not None else 0

    @property
    def is_kept(self) -> bool:
        """Tell whether there is a profile that keeps what is learned."""
        return self._keeper is not None

    def take_back(self) -> str:
        """Take the last learning step back; return its word, empty where there is none that can be."""
        step, self._learner.last_step = self._learner.last_step, None
        if step is None:
            return ""
        model = self._blend.model
        position = step.row - model.n_shipped_rows if step.row is not None and step.form_before is None else None
        form = self._form_of(step.token)
        trigram = None
        if step.has_trained:
            self._learner.teacher.take_back()
        if step.trigram is not None:
            self._blend.counts.remove(step.trigram)
            before, last, word = (model.token_of(row) for row in step.trigram)
            trigram = (before, last, word)
        self._blend.weights.restore(step.weights_before)
        if step.is_remembered:
            self._blend.cache.take_back()
        if step.noted_attention:
            self._learner.attention.take_back()
        self._learner.attention.declined = step.declined_before
        if step.row is not None and position is not None:
            model.retire_row(step.row, editing.placeholder(position))
        model.version += 1
        self._learner.book.count(step.token, -1)
        self._put_case_back(step)
        self._learner.unlearned = step.unlearned
        if self._keeper is not None and step.event_id:
            self._keeper.take_back(
                editing.Undo(step.event_id, step.token, step.form_before, trigram, step.weights_before, position,
                             step.habit_before)
            )  # fmt: skip
        return form

    def _put_case_back(self, step: Step) -> None:
        is_fixed = step.token in self._learner.book.fixed  # set since: what the user set stays
        if step.row is not None and step.form_before is not None and not is_fixed:
            self._blend.model.set_form(step.row, step.form_before)
        if step.habit_before is not None:
            self._learner.cases.put(step.habit_before)
        if step.token not in self._learner.book.uses:
            self._learner.cases.forget(step.token)

    def export(self, path: Path) -> None:
        """Write all that was learned to one file; raises ProfileError where that cannot be."""
        if self._keeper is None:
            raise ProfileError("Nothing is kept in this session; start Foretype with a profile to export it.")
        if not self._keeper.save():
            raise ProfileError(
                f"What was learned lately is not in {self._keeper.store.folder}, which cannot be written, so an export "
                "would lack it; free space or rights, start Foretype again, then export."
            )
        export_profile(self._keeper.store, path)

    def _forget_row(self, row: int) -> None:
        model = self._blend.model
        if row >= model.n_shipped_rows:
            model.retire_row(row, editing.placeholder(row - model.n_shipped_rows))
            return
        rows = np.array([row])
        self._updater.moved.give_back(rows)
        model.changed(rows)

    def _form_of(self, token: str) -> str:
        row = self._blend.model.row_of(token)
        return self._learner.usual_form(row) if row else token
