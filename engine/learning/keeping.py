"""Between the live model and its profile: bring back what was learned, and keep what is being learned.

Words, counts and the journal are stored with every word. The network's weights are larger, so they are written now and
then; what was learned since is learned again from the journal when the profile is next opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np

from engine.errors import ProfileError
from engine.learning.book import WordBook
from engine.learning.bptt import NetworkUpdater
from engine.learning.overlooking import declined_by
from engine.learning.teacher import N_WAITING
from engine.model.attention import N_REMEMBERED, Attention
from engine.model.continuous_cache import ContinuousCache
from engine.model.language_model import LanguageModel
from engine.model.ngrams import NgramCounts, Trigram
from engine.model.parameters import CORE
from engine.prediction.blend import Blend
from engine.profile import editing
from engine.profile.store import LearningEvent, ProfileStore, WordUse
from engine.profile.weights import ChangedWeights, read_weights, write_weights
from engine.text.own_cases import OwnCases
from engine.values import KnownWord, PastEvent, RehearsalReport

_EVENTS_A_CHECKPOINT = 256
_Read = TypeVar("_Read")
CHECKSUM_LETTERS = 16
"""Of the checksum of the model, kept with every place; so many tell models apart."""


class ProfileKeeper:
    """Keeps one live model and one profile folder in step."""

    def __init__(self, store: ProfileStore, model: LanguageModel, updater: NetworkUpdater, checksum: str) -> None:
        self.store, self._model, self._updater, self._checksum = store, model, updater, checksum
        store.model = checksum[:CHECKSUM_LETTERS]
        self._safe_event = self._last_event = 0
        self._older_safe_event = 0
        self._counts = NgramCounts()
        self._works = True
        self.notices: list[str] = []
        """Sentences that the user should see."""

    # ------------------------------------------------------------------------------------------- read

    def known_words(self) -> list[KnownWord]:
        """Return every word that was used, in no order; raise ProfileError where the records cannot be read."""
        return self._read(lambda: editing.known_words(self.store))

    def past_events(self, limit: int) -> list[PastEvent]:
        """Return the latest events, newest first; raise ProfileError where the records cannot be read."""
        return self._read(lambda: editing.past_events(self.store, limit))

    def n_read(self, digest: str) -> int:
        """Return how many words of a text were learned before; raise ProfileError where the records cannot be read."""
        return self._read(lambda: self.store.n_read(digest))

    def _read(self, ask: Callable[[], _Read]) -> _Read:
        try:
            return ask()
        except (sqlite3.Error, OSError) as error:
            raise ProfileError(
                f"The records in {self.store.folder} cannot be read ({error}); start Foretype again."
            ) from error

    # ---------------------------------------------------------------------------------------- bring back

    def restore(
        self,
        blend: Blend,
        attention: Attention,
        book: WordBook,
        cases: OwnCases,
        relearn: Callable[[LearningEvent], None],
    ) -> tuple[str, ...]:
        """Bring back everything; ``relearn`` does again what an event of the journal did to the network.

        Return the words that were used since the network last learned, oldest first.
        """
        self.notices += self.store.notices
        self._counts = blend.counts
        try:
            self._restore(blend, relearn)
            attention.restore(self.store.sightings(N_REMEMBERED + 1))
            attention.declined = declined_by(*self.store.last_word())
            book.uses.update(self.store.uses())
            fixed = self.store.fixed_forms()
            book.fixed.update(fixed)
            cases.restore(self.store.case_habits(), fixed)
            return self.store.unlearned_words(N_WAITING)
        except (sqlite3.Error, UnicodeError, OSError) as error:
            self.store.close()
            raise ProfileError(
                f"The profile in {self.store.folder} cannot be read ({error}); free the folder or choose another one."
            ) from error

    def _restore(self, blend: Blend, relearn: Callable[[LearningEvent], None]) -> None:
        kept, notices = read_weights(self.store.folder, self._checksum, self.store.last_event())
        self.notices += notices
        own_words = self.store.own_words()
        n_added = kept.n_own_words if kept else 0
        self._add_rows(own_words[:n_added])
        if kept:
            self._put_back(kept)
            self._safe_event = self._older_safe_event = self._last_event = kept.event
        for event in self.store.events_after(self._safe_event):
            if event.position is not None:  # older words may have lost the text of their event: rows keep their order
                until = event.position + (not event.word)  # a word that is gone is not learned again, but had a row
                self._add_rows(own_words[n_added:until])
                n_added = max(n_added, until)
            relearn(event)
            self._last_event = event.id
        self._add_rows(own_words)  # those whose event lost its text, and the latest case of all
        self._model.name_retired(editing.placeholder)
        if [token for token, _ in own_words] != list(self._model.user_tokens):
            self.store.renumber(self._model.user_tokens)  # another model has rows for some of them
        self._finish_forgetting()
        for before, last, word, count in self.store.trigrams():
            blend.counts.add(Trigram(*self._model.rows_of((before, last, word))), count)
        blend.weights.restore(self.store.interpolation())
        self._remember(blend.cache)

    def _remember(self, cache: ContinuousCache) -> None:
        """Bring back the latest words; what is of another size, or has no row, is left out."""
        size = self._model.config.n_embedding
        words = [(self._model.row_of(word), place) for word, place in self.store.recent_words() if len(place) == size]
        known = [(row, place) for row, place in words if row]
        codes = np.frombuffer(b"".join(place for _, place in known), np.int8).reshape(-1, size)
        cache.restore(np.array([row for row, _ in known], np.int64), codes)

    def _finish_forgetting(self) -> None:
        """Go on where the program was killed while it forgot words: no weight and no file may know them."""
        tokens = editing.being_forgotten(self.store)
        rows = np.unique(np.array([row for row in self._model.rows_of(tokens) if row], np.int64))
        if tokens:
            self._updater.moved.give_back(rows)
            self._model.changed(rows)
            self._leave_no_trace(tokens)
        elif editing.is_wiping(self.store):
            editing.wipe(self.store)

    def _add_rows(self, words: Iterable[tuple[str, str]]) -> None:
        for token, form in words:
            self._add_row(token, form)

    def _add_row(self, token: str, form: str) -> None:
        """Give a word of the records its row, or keep the place of a word that was forgotten."""
        is_new = not self._model.has_row(token)
        row = self._model.add_row(token, form)
        if not token.startswith(editing.FORGOTTEN):
            self._model.set_form(row, form)
        elif is_new:
            self._model.retire_row(row, token)

    def _put_back(self, kept: ChangedWeights) -> None:
        live = self._model.parameters
        n_rows, D = live.E.shape
        fits = all(kept.core[name].shape == getattr(live, name).shape for name in CORE)
        fits = fits and kept.E.shape == (kept.rows.size, D) and kept.b_out.shape == kept.rows.shape
        if not fits or (kept.rows.size and not 0 <= int(kept.rows.min()) <= int(kept.rows.max()) < n_rows):
            self.notices.append("Learned weights did not fit the words of the profile and were left out.")
            return
        for name in CORE:
            getattr(live, name)[...] = kept.core[name]
        stays = ~np.isin(kept.rows, self._model.retired_rows)  # forgotten since: they say nothing any more
        rows = kept.rows[stays]
        self._updater.moved.remember(rows)
        live.E[rows], live.b_out[rows] = kept.E[stays], kept.b_out[stays]
        self._model.changed(rows)

    # --------------------------------------------------------------------------------------------- keep

    def record(self, use: WordUse) -> int:
        """Store one use of a word, and now and then the weights; return the id of its event."""
        if not self._works:
            return 0
        try:
            event_id = self._last_event = self.store.record(use)
            if self._last_event - self._safe_event >= _EVENTS_A_CHECKPOINT:
                self.checkpoint()
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
            return 0
        return event_id

    def record_rehearsal(self, report: RehearsalReport) -> None:
        """Store that the weights were gone over, and the weights: they cannot be made again from the journal."""

        def work() -> None:
            self._last_event = editing.note_rehearsal(self.store, report)
            self.checkpoint()

        self._attempt(work)

    def checkpoint(self) -> None:
        """Write the changed weights, then forget the text around events that both files now hold."""
        if self._last_event == self._safe_event:
            return
        self.store.make_durable()  # first: the weights on disk must never know more than the records
        live = self._model.parameters
        n_own_words = len(self._model.user_tokens)
        rows = np.union1d(self._updater.moved.rows, np.arange(self._model.n_shipped_rows, self._model.n_rows))
        core = {name: getattr(live, name) for name in CORE}
        write_weights(
            self.store.folder,
            ChangedWeights(self._checksum, self._last_event, n_own_words, core, rows, live.E[rows], live.b_out[rows]),
        )
        # The older file stays behind by one checkpoint: the text to learn it up to date again is kept until then.
        self.store.drop_text_until(self._older_safe_event)
        for before, last, word, count in self.store.trim(self._older_safe_event):
            trigram = Trigram(*self._model.rows_of((before, last, word)))
            n_counted = self._counts.times(trigram.word, trigram.last, trigram.before)
            if n_counted >= count:  # a word that another model had may have got its row since it was brought back
                self._counts.remove(trigram, count)
        self._older_safe_event, self._safe_event = self._safe_event, self._last_event

    def finish_reading(self) -> None:
        """Store how far the reading of a text has come."""
        self._attempt(self.store.finish_reading)

    def save(self) -> bool:
        """Bring the files up to date, so that a copy of them is whole; tell whether they are."""
        self._attempt(self.checkpoint)
        return self._works

    # ---------------------------------------------------------------------------------------- take out

    def take_back(self, undo: editing.Undo) -> None:
        """Take one event out of the records, and out of the weights on disk where they know of it."""

        def work() -> None:
            self._last_event = editing.take_back(self.store, undo)
            if undo.event_id <= self._safe_event:
                self.checkpoint()

        self._attempt(work)

    def forget(self, tokens: Sequence[str]) -> None:
        """Leave no trace of words in the folder: records, logs and both files of weights are written anew.

        Raises ProfileError where they could not be.
        """

        def work() -> None:
            self._last_event = editing.forget(self.store, tokens)
            self._leave_no_trace(tokens)

        self._attempt(work)
        if not self._works:
            named = f"“{tokens[0]}” is" if len(tokens) == 1 else f"{len(tokens)} words are"
            raise ProfileError(
                f"{named} still in the files of {self.store.folder}, which cannot be written; start Foretype again, "
                "then forget once more."
            )

    def _leave_no_trace(self, tokens: Sequence[str]) -> None:
        """Write everything anew that may know of words which the records know no more."""
        self.checkpoint()
        self._last_event = editing.say_again(self.store)
        self.checkpoint()
        editing.remove_copies_set_aside(self.store.folder, tokens)
        editing.are_gone(self.store)
        editing.wipe(self.store)

    def set_form(self, token: str, form: str) -> None:
        """Store how a word is written."""
        self._attempt(lambda: editing.set_form(self.store, token, form))

    def _attempt(self, work: Callable[[], None]) -> None:
        """Where the disk refuses, say so once and keep nothing from then on."""
        if not self._works:
            return
        try:
            work()
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def close(self) -> None:
        """Make everything durable and let go of the files."""
        try:
            if self._works:
                self.checkpoint()
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
        finally:
            self.store.close()

    def _give_up(self, error: Exception) -> None:
        self._works = False
        self.notices.append(
            f"What is learned from now on cannot be saved ({error}); free space or rights for {self.store.folder}, "
            "then start Foretype again."
        )
