"""The typist's session: text before the caret in; requests, commits and what is on offer out. No Qt, no clock."""

from __future__ import annotations

from dataclasses import dataclass

from engine.values import Commit, Context
from keyboard_app.typist.acceptance import Acceptance, Way
from keyboard_app.typist.caret_text import CaretText
from keyboard_app.typist.commits import OwnWord
from keyboard_app.typist.manner import Manner
from keyboard_app.typist.messages import PhraseAnswer, PredictAnswer, PredictRequest
from keyboard_app.typist.offering import Offering
from keyboard_app.typist.word_follower import WordFollower


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
    """Follows one text as it is typed: its words, and what is offered for them."""

    def __init__(self, manner: Manner | None = None) -> None:
        self.revision = 0
        self._words = WordFollower()
        self.offering = Offering(self._words, manner or Manner())

    # What the user did

    def typed(self, inserted: str, caret: CaretText) -> Reaction:
        """Follow characters that the user typed at the caret, each on its own."""
        words, start = self._words, len(caret.before) - len(inserted)
        watched = self.offering.watched
        if not words.begins_at(caret.before[:start]):
            # The same key press also removed something: a selection, or an automatic space.
            words.erase_to(caret.before[:start])
        words.begin_typing(len(inserted))
        finished: list[OwnWord] = []
        for end in range(start + 1, len(caret.before) + 1):
            finished += words.type_character(caret.before[:end], self.offering.shown, watched)
        return Reaction(tuple(finished), self._move_to(caret), words.to_look_at)

    def erased(self, caret: CaretText) -> Reaction:
        """Follow backspace, delete, cut, undo and redo."""
        self._words.erase_to(caret.before)
        return Reaction(request=self._move_to(caret))

    def moved(self, caret: CaretText) -> Reaction:
        """Follow a caret that jumped, and text that came in another way: pasted, dropped, replaced."""
        if caret == self.offering.caret:
            return Reaction()
        if self._words.begins_at(caret.before):
            return Reaction(request=self._move_to(caret))
        return Reaction(self._words.jump_to(caret.before), self._move_to(caret))

    def accepted(
        self, acceptance: Acceptance, caret: CaretText, way: Way = Way.STRIP, *, space_added: bool = False
    ) -> Reaction:
        """Follow a suggestion that was taken: each of its words is a finished word."""
        saved = acceptance.keys_saved(space_added=space_added)
        declined = self.offering.left_of(acceptance)
        finished = self._words.take(acceptance, saved, self.offering.shown, way, self.offering.watched)
        self._words.stand_at(caret.before)
        self._words.decline(declined)
        return Reaction(finished, self._move_to(caret))

    def reworded(self, word: OwnWord, text: str, caret: CaretText) -> Reaction:
        """Follow a finished word that gave way to ``text``, while the caret stayed behind it."""
        return Reaction(self._words.reword(word, text, caret.before), self._move_to(caret))

    def reset(self, caret: CaretText) -> Reaction:
        """Start afresh: another text is in the editor."""
        finished = self._words.start_afresh(caret.before)
        self.offering.show_again()
        return Reaction(finished, self._move_to(caret))

    # Finished words

    def pause(self) -> tuple[OwnWord, ...]:
        """Return the finished words held back that can be no part of a secret: the user paused, or left the text."""
        return self._words.pause()

    def release(self) -> tuple[OwnWord, ...]:
        """Return the finished words held back: the user saves or closes, or asks what was learned."""
        return self._words.release()

    def withdraw(self) -> None:
        """Let nothing that was written so far be learned, not even when it is finished or settled later."""
        self._words.withdraw()

    def look_at_words(self, looks: bool) -> None:
        """Let typed words wait until they were looked at, or not."""
        self._words.look_at_words(looks)

    def settle(self, number: int, *, marked: bool = False) -> tuple[OwnWord, ...]:
        """Let a word wait no longer: it is meant as it stands, or marked as a likely typo; return what is final now."""
        return self._words.settle(number, marked=marked)

    @property
    def n_held(self) -> int:
        """Count the finished words whose commit is held back."""
        return self._words.n_held

    # Questions and answers

    @property
    def place(self) -> Context:
        """Return what stands before the caret, and the letters of the word there."""
        return self._words.place

    def take_answer(self, answer: PredictAnswer) -> bool:
        """Keep an answer if it was made for the place where the caret stands now; tell whether it was kept."""
        return answer.revision <= self.revision and self.offering.take_answer(answer)

    def take_phrase(self, answer: PhraseAnswer) -> bool:
        """Let a phrase follow the word in grey, if that is still the word it begins with; tell whether it does."""
        return answer.revision <= self.revision and self.offering.take_phrase(answer)

    def set_manner(self, manner: Manner) -> PredictRequest | None:
        """Offer in another manner, and ask for as much as that shows."""
        self.offering.set_manner(manner)
        return self.ask_again()

    def ask_again(self) -> PredictRequest | None:
        """Ask for the present place once more: the model has just become ready."""
        return self._move_to(self.offering.caret)

    def _move_to(self, caret: CaretText) -> PredictRequest | None:
        self.revision += 1
        offering = self.offering
        offering.stand_at(caret)
        if not offering.is_waiting:
            return None
        phrase_from = offering.manner.phrase_from if offering.has_room else None
        n_spare = int(offering.is_before_word)  # one that would double the next word is left out
        context = self._words.seen(offering.watched)
        return PredictRequest(self.revision, context, offering.manner.n_slots + n_spare, phrase_from)
