"""What was learned, in the user's hand: to be seen, corrected, taken back and forgotten."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.errors import ProfileError
from engine.learning.bptt import NetworkUpdater
from engine.learning.keeping import ProfileKeeper
from engine.learning.learner import Learner
from engine.prediction.blend import Blend
from engine.profile import editing
from engine.profile.portable import export_profile
from engine.text.normalize import normalize
from engine.text.tokenizer import fold, is_word, tokenize
from engine.values import KnownWord, PastEvent


class Knowledge:
    """What one profile knows of its user. Owned by the thread that owns the engine."""

    def __init__(self, blend: Blend, learner: Learner, updater: NetworkUpdater, keeper: ProfileKeeper | None) -> None:
        self._blend, self._learner, self._updater, self._keeper = blend, learner, updater, keeper

    def words(self) -> tuple[KnownWord, ...]:
        """Return every word that the user used, the latest first."""
        model, book = self._blend.model, self._learner.book
        if self._keeper is not None:
            known = editing.known_words(self._keeper.store)
        else:
            known = [
                KnownWord(self._form_of(token), uses, 0.0, is_own=model.row_of(token) >= model.n_shipped_rows)
                for token, uses in book.uses.items()
            ]
        marked = (
            KnownWord(word.text, word.uses, word.last_used, word.is_own, not model.has_row(word.text)) for word in known
        )
        return tuple(sorted(marked, key=lambda word: -word.last_used))

    def events(self, limit: int = 1_000) -> tuple[PastEvent, ...]:
        """Return the latest learning events, newest first; none where there is no profile."""
        return tuple(editing.past_events(self._keeper.store, limit)) if self._keeper is not None else ()

    def set_form(self, word: str, form: str) -> bool:
        """Set how a word of the user is written inside a sentence; False where it is another word or not theirs."""
        token, model = fold(normalize(word)), self._blend.model
        row = model.row_of(token)
        if row < model.n_shipped_rows or fold(normalize(form)) != token:
            return False
        model.set_form(row, normalize(form))
        model.version += 1
        self._learner.book.fixed.add(token)
        if self._keeper is not None:
            self._keeper.set_form(token, normalize(form))
        return True

    def forget(self, word: str) -> bool:
        """Forget a word: no count, row or record of it stays; tell whether it was known.

        A word of the user's own is not offered again until it is typed again; one of the shipped vocabulary is offered
        as it was before the user came. How other words' weights moved when it was learned stays: that cannot be told
        from what they learned themselves.
        """
        token, model = fold(normalize(word)), self._blend.model
        if not is_word(token) or tokenize(token) != [token]:
            return False
        row = model.row_of(token)
        known = token in self._learner.book.uses or row >= model.n_shipped_rows
        self._learner.last_step = None  # taking it back would bring weights back that are to be forgotten
        self._updater.settle()
        self._learner.book.forget(token)
        if row:
            self._blend.counts.forget(row)
            self._forget_row(row)
        if self._keeper is not None:
            self._keeper.forget(token)
        return known

    @property
    def can_take_back(self) -> bool:
        """Tell whether the last learning step can be taken back."""
        return self._learner.last_step is not None

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
            self._updater.take_back()
        if step.trigram is not None:
            self._blend.counts.remove(step.trigram)
            before, last, word = (model.token_of(row) for row in step.trigram)
            trigram = (before, last, word)
        if step.bucket is not None:
            self._blend.weights.restore({step.bucket: step.interpolation_before})
        if step.noted_attention:
            self._learner.attention.take_back()
        if step.row is not None and step.form_before is not None:
            model.set_form(step.row, step.form_before)
        if step.row is not None and position is not None:
            model.retire_row(step.row, editing.placeholder(position))
        model.version += 1
        self._learner.book.count(step.token, -1)
        self._learner.n_unlearned = step.n_unlearned
        if self._keeper is not None and step.event_id:
            self._keeper.take_back(
                editing.Undo(step.event_id, step.token, step.form_before, trigram, step.bucket,
                             step.interpolation_before, position)
            )  # fmt: skip
        return form

    def export(self, path: Path) -> None:
        """Write all that was learned to one file; raises ProfileError where that cannot be."""
        if self._keeper is None:
            raise ProfileError("Nothing is kept in this session; start Foretype with a profile to export it.")
        self._keeper.save()
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
        return self._blend.model.form_of(row) if row else token
