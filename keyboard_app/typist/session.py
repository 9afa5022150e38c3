"""The typist's session: text before the caret in; requests, commits and what is on offer out. No Qt, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.values import Commit, CommitSource, Context, Ghost, Suggestion
from keyboard_app.typist.acceptance import Acceptance, Way
from keyboard_app.typist.commits import CommitLedger, OwnWord
from keyboard_app.typist.manner import Manner
from keyboard_app.typist.messages import PhraseAnswer, PredictAnswer, PredictRequest
from keyboard_app.typist.offer import Offer, Sightings, Slots, completes, same_place, without_doubled, word_behind
from keyboard_app.typist.prose import bare_word, breaks_prose, chunk_before, is_clean_chunk
from keyboard_app.typist.standing_ghost import StandingGhost, followed

_MAX_HELD = 6
"""Longer chains (a-b-c-d-...) are not held back as a whole."""


@dataclass(frozen=True, slots=True)
class CaretText:
    """What stands around the caret, and whether suggestions make sense there."""

    before: str
    after: str = ""
    """The rest of the line, or its beginning."""
    quiet: bool = False
    """Whether nothing is to be offered: text is selected, or an input method is composing."""
    right_to_left: bool = False
    """Whether the paragraph runs from right to left: a ghost would stand on its letters."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a change of the text sets off: words that are final now, and a question."""

    finished: tuple[OwnWord, ...] = ()
    request: PredictRequest | None = None
    to_look_at: OwnWord | None = None
    """A word that was typed to its end just now, and may be a typo."""

    @property
    def commits(self) -> tuple[Commit, ...]:
        """Return the learning events of the words that are final now."""
        return tuple(word.as_commit() for word in self.finished)


class TypistSession:
    """Follows one text as it is typed."""

    def __init__(self, manner: Manner | None = None) -> None:
        self.revision = 0
        self._manner = manner or Manner()
        self._caret = CaretText("")
        self._context = Context.before_caret("")
        self._offer = Offer(self._manner.n_slots)
        self._standing: StandingGhost | None = None
        self._ledger = CommitLedger()
        self._owns_word = False  # every letter of the word at the caret was typed in one go
        self._origin: OwnWord | None = None  # the finished word that was taken back at this place
        self._hidden_at: Context | None = None
        self._sightings = Sightings()
        self._looks_at_words = self._is_single_key = False
        self._n_typed = 0
        self._to_look_at: OwnWord | None = None

    # What the user did

    def typed(self, inserted: str, caret: CaretText) -> Reaction:
        """Follow characters that the user typed at the caret, each on its own."""
        start = len(caret.before) - len(inserted)
        base = Context.before_caret(caret.before[:start])
        if not same_place(base, self._context) or base.prefix != self._context.prefix:
            # The same key press also removed something: a selection, or an automatic space.
            self._erase_to(caret.before[:start])
        self._to_look_at = None
        self._is_single_key = len(inserted) == 1  # an input method knows what it writes
        finished: list[OwnWord] = []
        for end in range(start + 1, len(caret.before) + 1):
            finished += self._type_character(caret.before[:end])
        return Reaction(tuple(finished), self._move_to(caret), self._to_look_at)

    def erased(self, caret: CaretText) -> Reaction:
        """Follow backspace, delete, cut, undo and redo."""
        self._erase_to(caret.before)
        return Reaction(request=self._move_to(caret))

    def moved(self, caret: CaretText) -> Reaction:
        """Follow a caret that jumped, and text that came in another way: pasted, dropped, replaced."""
        context = Context.before_caret(caret.before)
        if caret == self._caret:
            return Reaction()
        if same_place(context, self._context) and context.prefix == self._context.prefix:
            return Reaction(request=self._move_to(caret))
        self._owns_word = False
        self._origin = None
        self._context = context
        return Reaction(self._ledger.release(), self._move_to(caret))

    def accepted(
        self, acceptance: Acceptance, caret: CaretText, way: Way = Way.STRIP, *, space_added: bool = False
    ) -> Reaction:
        """Follow a suggestion that was taken: each of its words is a finished word."""
        shown = self.shown
        place = self._beginning_of(self._context)
        finished = () if chunk_before(place.left) else self._ledger.release()
        prefix, saved = acceptance.prefix, acceptance.keys_saved(space_added=space_added)
        for text, keys_saved in zip(acceptance.text.split(), saved, strict=True):
            self._ledger.finish(OwnWord(place, text, CommitSource.ACCEPTED, shown, prefix, (text,), way, keys_saved))
            place, prefix = replace(Context.before_caret(f"{place.left}{text} "), n_shown=0), ""
        self._owns_word = False
        self._origin = None
        self._context = Context.before_caret(caret.before)
        return Reaction(finished, self._move_to(caret))

    def reset(self, caret: CaretText) -> Reaction:
        """Start afresh: another text is in the editor."""
        finished = self._ledger.release()
        self._ledger.forget()
        self._owns_word = False
        self._origin = None
        self._hidden_at = None
        self._context = Context.before_caret(caret.before)
        return Reaction(finished, self._move_to(caret))

    def release(self) -> tuple[OwnWord, ...]:
        """Return the finished words held back: the user paused, left the window, or saves."""
        return self._ledger.release()

    # Corrections

    def look_at_words(self, looks: bool) -> None:
        """Let typed words wait until they were looked at, or not."""
        self._looks_at_words = looks

    def settle(self, number: int, *, marked: bool = False) -> tuple[OwnWord, ...]:
        """Let a word wait no longer: it is meant as it stands, or marked as a likely typo; return what is final now."""
        self._ledger.settle(number, marked=marked)
        return self._ledger.release_due()

    def reworded(self, word: OwnWord, text: str, caret: CaretText) -> Reaction:
        """Follow a finished word that gave way to ``text``, while the caret stayed behind it."""
        was_held = self._ledger.reword(word.number, text)
        late = () if was_held else (replace(word, text=text, source=CommitSource.TYPED, shown=(), sent=True),)
        self._origin = None
        self._context = Context.before_caret(caret.before)
        return Reaction((*self._ledger.release_due(), *late), self._move_to(caret))

    @property
    def n_held(self) -> int:
        """Count the finished words whose commit is held back."""
        return self._ledger.n_held

    # What is on offer

    def take_answer(self, answer: PredictAnswer) -> bool:
        """Keep an answer if it was made for the place where the caret stands now; tell whether it was kept."""
        if answer.revision > self.revision or not same_place(answer.suggestions.context, self._context):
            return False
        if self._offer.is_exact(self._context) and answer.suggestions.context.prefix != self._context.prefix:
            return False
        self._offer.take_answer(without_doubled(answer.suggestions, self._caret.after))
        self._follow_ghost(answer.ghost, self._manner.ghost_from)
        return True

    def take_phrase(self, answer: PhraseAnswer) -> bool:
        """Let a phrase follow the word in grey, if that is still the word it begins with; tell whether it does."""
        phrase_from = self._manner.phrase_from
        if answer.revision > self.revision or not same_place(answer.context, self._context) or phrase_from is None:
            return False
        before = self._standing
        if before is not None and before.from_word(self._context):
            self._follow_ghost(answer.ghost, phrase_from)
        return self._standing != before

    def _follow_ghost(self, ghost: Ghost | None, at_least: float) -> None:
        if ghost is not None and ghost.probability >= at_least and completes(ghost.text, self._context.prefix):
            self._standing = followed(self._standing, ghost, self._context)

    def set_manner(self, manner: Manner) -> PredictRequest | None:
        """Offer in another manner, and ask for as much as that shows."""
        self._manner = manner
        self._offer = Offer(manner.n_slots)
        self._standing = None
        return self.ask_again()

    def ask_again(self) -> PredictRequest | None:
        """Ask for the present place once more: the model has just become ready."""
        return self._move_to(self._caret)

    def forget_answers(self) -> None:
        """Offer nothing until the next answer."""
        self._offer.clear()
        self._standing = None

    def hide(self) -> bool:
        """Hide the suggestions until the next word; tell whether there was something to hide."""
        if not any(self.slots) and not self.ghost:
            return False
        self._hidden_at = self._context
        return True

    @property
    def offers(self) -> bool:
        """Tell whether suggestions make sense where the caret stands."""
        if (
            self._manner.shows_nothing
            or self._caret.quiet
            or (self._hidden_at is not None and same_place(self._hidden_at, self._context))
        ):
            return False
        inside_word = bool(self._context.prefix) and self._caret.after[:1].isalnum()
        return not inside_word or self._owns_word

    @property
    def place(self) -> Context:
        """Return what stands before the caret, and the letters of the word there."""
        return self._context

    @property
    def is_waiting(self) -> bool:
        """Tell whether an answer for exactly the present place is still to come."""
        return self.offers and not self._offer.is_exact(self._context)

    @property
    def slots(self) -> Slots:
        """Return what stands in each slot now: only what fits the text at the caret, and only what can be seen."""
        can_be_seen = self.offers and self._manner.strip
        return self._offer.slots(self._context) if can_be_seen else (None,) * self._manner.n_slots

    def may_offer(self, slot: int) -> bool:
        """Tell whether there is a place on screen where a word for ``slot`` can appear."""
        return slot < self._manner.n_slots if self._manner.strip else slot == 0 and self._has_room

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the words on offer now, best first, the word of the ghost among them."""
        words = [slot.text for slot in self.slots if slot is not None]
        return tuple(dict.fromkeys([*words, *self._ghost_words[:1]]))

    @property
    def _n_shown(self) -> int:
        """Return how many words stood on screen for each letter of the word at the caret; 0 where that says nothing."""
        was_watched = self._manner.strip and self._manner.makes_room
        return self._manner.n_slots if was_watched and (self._owns_word or not self._context.prefix) else 0

    def _beginning_of(self, context: Context) -> Context:
        """Return the place where the word at the caret begins."""
        return replace(context, prefix="", n_shown=self._n_shown)

    @property
    def ghost(self) -> str:
        """Return the letters and words in grey that are still to type, where there is room for them."""
        return self._ghost_text[len(self._context.prefix) :]

    @property
    def ghost_is_apart(self) -> bool:
        """Tell whether taking the ghost gives something else than taking the first suggestion."""
        first, text = self.slots[0], self._ghost_text
        return bool(text) and (first is None or first.text != text)

    @property
    def _ghost_text(self) -> str:
        """Return the ghost from the word at the caret on."""
        if self._standing is None or not self.offers or not self._has_room:
            return ""
        return self._standing.from_word(self._context)

    @property
    def _ghost_words(self) -> list[str]:
        return self._ghost_text.split()

    @property
    def _has_room(self) -> bool:
        """Tell whether a ghost may stand behind the caret."""
        return self._manner.ghost and not self._caret.right_to_left and not self._caret.after.strip()

    def acceptance(self, slot: int) -> Acceptance | None:
        """Return what taking the suggestion in ``slot`` does to the text; without a strip, the first is the ghost's."""
        if not self._manner.strip:
            return self.acceptance_of_word() if slot == 0 else None
        suggestion: Suggestion | None = self.slots[slot] if slot < self._manner.n_slots else None
        return None if suggestion is None else Acceptance(self._context.prefix, suggestion.text)

    def acceptance_of_ghost(self, seen: str) -> Acceptance | None:
        """Return what taking the ghost does to the text, as far as it is ``seen``: a line may be too short for it."""
        text = self._ghost_text[: len(self._context.prefix) + len(seen)]
        return Acceptance(self._context.prefix, text) if seen and self.ghost.startswith(seen) else None

    def acceptance_of_word(self) -> Acceptance | None:
        """Return what taking one word of the ghost does to the text; one that is whole already takes the next along."""
        words, prefix = self._ghost_words, self._context.prefix
        n_words = 2 if words and len(words[0]) == len(prefix) else 1
        return Acceptance(prefix, " ".join(words[:n_words])) if words else None

    # Steps

    def _move_to(self, caret: CaretText) -> PredictRequest | None:
        self.revision += 1
        self._caret = caret
        if self._hidden_at is not None and not same_place(self._hidden_at, self._context):
            self._hidden_at = None
        if not self.is_waiting:
            return None
        phrase_from = self._manner.phrase_from if self._has_room else None
        n_spare = int(bool(word_behind(caret.after)))  # one that would double the next word is left out
        context = replace(self._context, n_shown=self._n_shown)
        return PredictRequest(self.revision, context, self._manner.n_slots + n_spare, phrase_from)

    def _type_character(self, before: str) -> tuple[OwnWord, ...]:
        """Follow one typed character, the last one of ``before``."""
        self._sightings.add(self._context, self.shown)
        previous, self._context = self._context, Context.before_caret(before)
        if self._context.prefix:
            return () if previous.prefix else self._begin_word()
        if not previous.prefix:
            if breaks_prose(before[-1]):
                self._ledger.drop_held(len(chunk_before(before)), before)
        elif self._owns_word and not breaks_prose(before[-1]):
            self._finish_typed(previous)
        self._owns_word = False
        self._origin = None
        return ()

    def _begin_word(self) -> tuple[OwnWord, ...]:
        """Follow the first letter of a word: the words before it are final."""
        place = self._context
        if self._origin is not None and not same_place(self._origin.place, place):
            self._origin = None
        chunk = chunk_before(place.left)
        self._owns_word = is_clean_chunk(chunk)
        if not self._owns_word:
            self._ledger.drop_held(len(chunk), place.left)
        if chunk and self._ledger.n_held <= _MAX_HELD:
            return ()
        return self._ledger.release(waiting=False)

    def _finish_typed(self, previous: Context) -> None:
        """Hold back the word that the last character finished; know it again if it was taken back before."""
        text, origin = bare_word(previous.prefix), self._origin
        shown = self._sightings.before_last_letter(previous)
        place = self._beginning_of(previous)
        if origin is None:
            self._finish(place, text, CommitSource.TYPED, shown)
        elif origin.text.casefold() == text.casefold():
            # Put back as it was: nothing new, unless its commit never went out.
            self._hold(replace(origin, text=text))
        elif origin.source is CommitSource.TYPED or text.casefold().startswith(origin.text.casefold()):
            self._finish(place, text, CommitSource.TYPED, shown)
        else:
            refused = (origin.text, *(word for word in origin.shown if word != origin.text))
            self._finish(place, text, CommitSource.REPLACED, refused)

    def _finish(self, place: Context, text: str, source: CommitSource, shown: tuple[str, ...]) -> None:
        self._hold(OwnWord(place, text, source, shown, seen=self._sightings.at(place)))

    def _hold(self, word: OwnWord) -> None:
        """Hold back a word that was typed to its end, until it was looked at."""
        if word.source is CommitSource.ACCEPTED or not (self._looks_at_words and self._is_single_key):
            self._ledger.finish(word)
            return
        self._n_typed += 1
        self._to_look_at = replace(word, number=self._n_typed, waits=not word.sent)
        self._ledger.finish(self._to_look_at)

    def _erase_to(self, before: str) -> None:
        """Follow an erasure: find again the word that the caret is in now, and withdraw those that are gone."""
        previous, self._context = self._context, Context.before_caret(before)
        restored = self._origin
        if (
            restored is not None
            and before.rstrip(" ").endswith(restored.place.left[-100:] + restored.text)
            and not (self._context.prefix)
        ):
            self._ledger.finish(restored)  # redo brought it back
            self._origin = None
            self._owns_word = False
            return
        same_word = same_place(previous, self._context)
        taken = self._ledger.take_back(self._context)
        self._ledger.drop_missing(before)
        if taken is not None:
            self._origin = taken
            self._owns_word = bool(self._context.prefix)
        elif not same_word:
            self._owns_word = False
            if self._origin is not None and not same_place(self._origin.place, self._context):
                self._origin = None
        elif not self._context.prefix:
            self._owns_word = False
