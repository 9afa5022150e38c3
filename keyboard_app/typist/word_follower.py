"""Which word the caret is in, whose letters it has, and when the words before it are finished and final."""

from __future__ import annotations

from dataclasses import replace

from engine.text.drawn import may_begin_groups
from engine.text.phrases import words_behind
from engine.text.secrets import mask_near_end
from engine.values import CommitSource, Context
from keyboard_app.typist.acceptance import Acceptance, Way
from keyboard_app.typist.commits import CommitLedger, OwnWord
from keyboard_app.typist.manner import Watched
from keyboard_app.typist.offer import Sightings, same_place
from keyboard_app.typist.prose import bare_word, breaks_prose, chunk_before, is_clean_chunk

_MAX_HELD = 10
"""Longer chains (a-b-c-d-...) are not held back as a whole; fewer than the ledger remembers."""


class WordFollower:
    """Follows the words of one text while they are typed, taken, erased and typed again.

    Methods that may make words final return them, in the order in which they were finished. ``watched`` is what
    the user is known to look at, ``shown`` what was on offer before a character was typed.
    """

    def __init__(self) -> None:
        self.place = Context.before_caret("")
        """What stands before the caret, and the letters of the word there."""
        self.owns_word = False
        """Whether every letter of the word at the caret was typed in one go."""
        self.to_look_at: OwnWord | None = None
        """The word that the last change typed to its end, if it may be a typo."""
        self._ledger = CommitLedger()
        self._origin: OwnWord | None = None  # the finished word that was taken back at this place
        self._sightings = Sightings()
        self._declined_at, self._declined = Context(""), tuple[str, ...]()
        self._looks_at_words = self._is_single_key = False
        self._n_typed = self._n_withdrawn = 0

    @property
    def n_held(self) -> int:
        """Count the finished words whose commit is held back."""
        return self._ledger.n_held

    def seen(self, watched: Watched) -> Context:
        """Return the place of the caret, with what the user looked at for each letter of the word there."""
        seen = self._looked_at(self.place, watched)
        return seen if self.owns_word or not self.place.prefix else replace(seen, n_shown=0)

    def _looked_at(self, place: Context, watched: Watched) -> Context:
        """Return a place with what the user looked at there, and what they left of a phrase just before."""
        declined = self._declined if same_place(self._declined_at, place) else ()
        return replace(watched.at(place), declined=declined)

    def decline(self, words: tuple[str, ...]) -> None:
        """Remember that the word before the caret was finished without these, which stood behind it on screen."""
        self._declined_at, self._declined = self.place, words

    def begins_at(self, before: str) -> bool:
        """Tell whether a change of the text began where the caret stood."""
        base = Context.before_caret(before)
        return same_place(base, self.place) and base.prefix == self.place.prefix

    # Typing

    def begin_typing(self, n_characters: int) -> None:
        """Prepare for so many characters that come in at once."""
        self.to_look_at = None
        self._is_single_key = n_characters == 1  # an input method knows what it writes

    def type_character(self, before: str, shown: tuple[str, ...], watched: Watched) -> tuple[OwnWord, ...]:
        """Follow one typed character, the last one of ``before``."""
        self._sightings.add(self.place, shown)
        previous, self.place = self.place, Context.before_caret(before)
        if self.place.prefix:
            return () if previous.prefix else self._begin_word()
        if not previous.prefix:
            if breaks_prose(before[-1]):
                self._ledger.drop_held(len(chunk_before(before)), self.place.left)
        elif self.owns_word and not breaks_prose(before[-1]):
            self._finish_typed(previous, watched)
        self._leave_word()
        return ()

    def _begin_word(self) -> tuple[OwnWord, ...]:
        """Follow the first letter of a word: the words before it are final, but for those tied to it."""
        place = self.place
        if self._origin is not None and not same_place(self._origin.place, place):
            self._origin = None
        chunk = chunk_before(place.left)
        self.owns_word = is_clean_chunk(chunk)
        if not self.owns_word:
            self._ledger.drop_held(len(chunk), place.left)
        return () if self._may_become_secret() else self.release(waiting=False)

    def _may_become_secret(self) -> bool:
        """Tell whether what comes next may make the words held back a part of a secret."""
        left = self.place.left
        return self._ledger.n_held <= _MAX_HELD and (bool(chunk_before(left)) or may_begin_groups(left))

    def _finish_typed(self, previous: Context, watched: Watched) -> None:
        """Hold back the word that the last character finished; know it again if it was taken back before."""
        text, origin = bare_word(previous.prefix), self._origin
        if origin is not None and origin.text.casefold() == text.casefold():
            # Put back as it was: nothing new, unless its commit never went out.
            self._hold(replace(origin, text=text))
            return
        source, shown = CommitSource.TYPED, self._sightings.before_last_letter(previous)
        if origin is not None and _turns_down(text, origin):
            source = CommitSource.REPLACED
            shown = (origin.text, *(word for word in origin.shown if word != origin.text))
        place = replace(self._looked_at(previous, watched), prefix="")
        self.decline(words_behind(text, shown) if self.place.left.endswith(" ") else ())
        self._hold(OwnWord(place, text, source, shown, seen=self._sightings.at(place)))

    def _hold(self, word: OwnWord) -> None:
        """Hold back a word that was typed to its end, until it was looked at."""
        if word.source is CommitSource.ACCEPTED or not (self._looks_at_words and self._is_single_key):
            self._ledger.finish(word)
            return
        self._n_typed += 1
        self.to_look_at = replace(word, number=self._n_typed, waits=not word.sent)
        self._ledger.finish(self.to_look_at)

    def _leave_word(self) -> None:
        self.owns_word = False
        self._origin = None

    # Other ways for the text to change

    def take(
        self, acceptance: Acceptance, saved: tuple[int, ...], shown: tuple[str, ...], way: Way, watched: Watched
    ) -> tuple[OwnWord, ...]:
        """Follow a suggestion that was taken: each of its words is finished, and saved so many keys."""
        place, prefix = replace(self.seen(watched), prefix=""), acceptance.prefix
        final = () if chunk_before(place.left) else self.release()
        for text, keys_saved in zip(acceptance.text.split(), saved, strict=True):
            self._ledger.finish(OwnWord(place, text, CommitSource.ACCEPTED, shown, prefix, (text,), way, keys_saved))
            place, prefix = replace(Context.before_caret(f"{place.left}{text} "), n_shown=0), ""
        self._leave_word()
        return final

    def stand_at(self, before: str) -> None:
        """Go to where the caret stands behind a word that was taken or reworded."""
        self.place = Context.before_caret(before)

    def jump_to(self, before: str) -> tuple[OwnWord, ...]:
        """Follow a caret that jumped, or text that came in another way; what was finished elsewhere is final."""
        self._leave_word()
        final = self.release()  # by what stood at the place that the caret leaves
        self.stand_at(before)
        return final

    def erase_to(self, before: str) -> None:
        """Follow an erasure: find again the word that the caret is in now, and withdraw those that are gone."""
        previous, self.place = self.place, Context.before_caret(before)
        restored = self._origin
        if restored is not None and not self.place.prefix and restored.ends(before):
            self._ledger.finish(restored)  # redo brought it back
            self._leave_word()
            return
        same_word = same_place(previous, self.place)
        taken = self._ledger.take_back(self.place)
        self._ledger.drop_missing(before)
        if taken is not None:
            self._origin = taken
            self.owns_word = bool(self.place.prefix)
        elif not same_word:
            self.owns_word = False
            if self._origin is not None and not same_place(self._origin.place, self.place):
                self._origin = None
        elif not self.place.prefix:
            self.owns_word = False

    # Finished words

    def pause(self) -> tuple[OwnWord, ...]:
        """Return the finished words held back: the user paused, or left the text.

        Not in the middle of what may become a secret: people look up how a password goes on.
        """
        return () if self._may_become_secret() else self.release()

    def release(self, *, waiting: bool = True) -> tuple[OwnWord, ...]:
        """Return the finished words held back: another one begins, or the user goes elsewhere, saves or closes.

        Not those that what was typed behind them shows to be part of a secret: Harbour-Mint7 is told apart from
        well-known only by its end, and a password in groups by the third of them.
        """
        if self._ledger.n_held:
            text = self.place.left + self.place.prefix
            self._ledger.drop_masked(text, mask_near_end(text))
        return self._ledger.release(waiting=waiting)

    def start_afresh(self, before: str) -> tuple[OwnWord, ...]:
        """Follow another text."""
        final = self.jump_to(before)
        self._ledger.forget()
        return final

    def withdraw(self) -> None:
        """Know no word of what was written so far, nor own the one that was begun: they may not be learned."""
        self._leave_word()
        self._ledger.forget()
        self._n_withdrawn = self._n_typed

    def look_at_words(self, looks: bool) -> None:
        """Let typed words wait until they were looked at, or not."""
        self._looks_at_words = looks

    def settle(self, number: int, *, marked: bool) -> tuple[OwnWord, ...]:
        """Let a word wait no longer: it is meant as it stands, or marked as a likely typo."""
        self._ledger.settle(number, marked=marked)
        return self._ledger.release_due()

    def reword(self, word: OwnWord, text: str, before: str) -> tuple[OwnWord, ...]:
        """Follow a finished word that gave way to ``text``, while the caret stayed behind it."""
        was_held = self._ledger.reword(word.number, text)
        self._origin = None
        self.stand_at(before)
        due = self._ledger.release_due()
        if was_held or word.number <= self._n_withdrawn:
            return due
        return (*due, replace(word, text=text, source=CommitSource.TYPED, shown=(), sent=True))


def _turns_down(text: str, origin: OwnWord) -> bool:
    """Tell whether a word was typed against the suggestion that had been taken in its place."""
    return origin.source is not CommitSource.TYPED and not text.casefold().startswith(origin.text.casefold())
