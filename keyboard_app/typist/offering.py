"""What is on offer at the caret: words in the slots of the strip, and a ghost behind it."""

from __future__ import annotations

from engine.text.phrases import words_behind
from engine.text.tokenizer import as_token
from engine.values import Context, Ghost, Suggestion
from keyboard_app.typist.acceptance import Acceptance
from keyboard_app.typist.caret_text import CaretText
from keyboard_app.typist.manner import Manner, Watched
from keyboard_app.typist.messages import PhraseAnswer, PredictAnswer
from keyboard_app.typist.offer import Offer, Slots, completes, same_place, without_doubled, word_behind
from keyboard_app.typist.standing_ghost import StandingGhost, followed
from keyboard_app.typist.word_follower import WordFollower


class Offering:
    """Keeps the newest answers, and says what of them can be seen and taken at the word that is followed."""

    def __init__(self, words: WordFollower, manner: Manner) -> None:
        self.manner = manner
        self.caret = CaretText("")
        self._words = words
        self._offer = Offer(manner.n_slots)
        self._standing: StandingGhost | None = None
        self._hidden_at: Context | None = None

    # Answers

    def take_answer(self, answer: PredictAnswer) -> bool:
        """Keep an answer if it was made for the place where the caret stands now; tell whether it was kept."""
        place, made_for = self._words.place, answer.suggestions.context
        if not same_place(made_for, place) or (self._offer.is_exact(place) and made_for.prefix != place.prefix):
            return False
        self._offer.take_answer(without_doubled(answer.suggestions, self.caret.after))
        self._follow_ghost(answer.ghost, self.manner.ghost_from)
        return True

    def take_phrase(self, answer: PhraseAnswer) -> bool:
        """Let a phrase follow the word in grey, if that is still the word it begins with; tell whether it does."""
        place, phrase_from, before = self._words.place, self.manner.phrase_from, self._standing
        if not same_place(answer.context, place) or phrase_from is None:
            return False
        if before is not None and before.from_word(place):
            self._follow_ghost(answer.ghost, phrase_from)
        return self._standing != before

    def _follow_ghost(self, ghost: Ghost | None, at_least: float) -> None:
        place = self._words.place
        if ghost is not None and ghost.probability >= at_least and completes(ghost.text, place.prefix):
            self._standing = followed(self._standing, ghost, place)

    def set_manner(self, manner: Manner) -> None:
        """Offer in another manner, once there is an answer in it."""
        self.manner = manner
        self._offer = Offer(manner.n_slots)
        self._standing = None

    def clear(self) -> None:
        """Offer nothing until the next answer."""
        self._offer.clear()
        self._standing = None

    # Hiding

    def hide(self) -> bool:
        """Hide the suggestions until the next word; tell whether there was something to hide."""
        if not any(self.slots) and not self.ghost:
            return False
        self._hidden_at = self._words.place
        return True

    @property
    def _is_hidden(self) -> bool:
        return self._hidden_at is not None and same_place(self._hidden_at, self._words.place)

    def show_again(self) -> None:
        """Hide nothing any more, wherever the caret goes."""
        self._hidden_at = None

    def stand_at(self, caret: CaretText) -> None:
        """Follow the caret; behind the word whose suggestions were hidden they are shown again."""
        self.caret = caret
        if not self._is_hidden:
            self._hidden_at = None

    # What can be seen

    @property
    def makes_sense(self) -> bool:
        """Tell whether suggestions make sense where the caret stands."""
        if self.manner.shows_nothing or self.caret.quiet or self._is_hidden:
            return False
        inside_word = bool(self._words.place.prefix) and self.caret.after[:1].isalnum()
        return not inside_word or self._words.owns_word

    @property
    def is_waiting(self) -> bool:
        """Tell whether an answer for exactly the present place is still to come."""
        return self.makes_sense and not self._offer.is_exact(self._words.place)

    @property
    def slots(self) -> Slots:
        """Return what stands in each slot now: only what fits the text at the caret, and only what can be seen."""
        can_be_seen = self.makes_sense and self.manner.strip
        return self._offer.slots(self._words.place) if can_be_seen else (None,) * self.manner.n_slots

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the word in each slot now; an empty slot has an empty one."""
        return tuple(slot.text if slot else "" for slot in self.slots)

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the words on offer now, best first, the word of the ghost among them."""
        return tuple(dict.fromkeys(word for word in (*self.texts, *self._ghost_words[:1]) if word))

    def left_of(self, acceptance: Acceptance) -> tuple[str, ...]:
        """Return the words behind a suggestion that is taken without them, folded, but for one that the ghost keeps."""
        taken = acceptance.text.split()
        goes_on = [as_token(word) for word in self._ghost_words[len(taken) :]][:1]
        return tuple(word for word in words_behind(taken[-1], self.texts) if word not in goes_on)

    def has_place_for(self, slot: int) -> bool:
        """Tell whether there is a place on screen where a word for ``slot`` can appear."""
        return slot < self.manner.n_slots if self.manner.strip else slot == 0 and self.has_room

    @property
    def is_before_word(self) -> bool:
        """Tell whether a word stands behind the caret already."""
        return bool(word_behind(self.caret.after))

    @property
    def watched(self) -> Watched:
        """Return what the user is known to look at where the caret stands."""
        return self.manner.watched(before_word=self.is_before_word)

    @property
    def has_room(self) -> bool:
        """Tell whether a ghost may stand behind the caret."""
        return self.manner.ghost and not self.caret.right_to_left and not self.caret.after.strip()

    @property
    def ghost(self) -> str:
        """Return the letters and words in grey that are still to type, where there is room for them."""
        return self._ghost_text[len(self._words.place.prefix) :]

    @property
    def ghost_is_apart(self) -> bool:
        """Tell whether taking the ghost gives something else than taking the first suggestion."""
        first, text = self.slots[0], self._ghost_text
        return bool(text) and (first is None or first.text != text)

    @property
    def _ghost_text(self) -> str:
        """Return the ghost from the word at the caret on."""
        if self._standing is None or not self.makes_sense or not self.has_room:
            return ""
        return self._standing.from_word(self._words.place)

    @property
    def _ghost_words(self) -> list[str]:
        return self._ghost_text.split()

    # What can be taken

    def acceptance(self, slot: int) -> Acceptance | None:
        """Return what taking the suggestion in ``slot`` does to the text; without a strip, the first is the ghost's."""
        if not self.manner.strip:
            return self.acceptance_of_word() if slot == 0 else None
        suggestion: Suggestion | None = self.slots[slot] if slot < self.manner.n_slots else None
        return None if suggestion is None else Acceptance(self._words.place.prefix, suggestion.text)

    def acceptance_of_ghost(self, seen: str) -> Acceptance | None:
        """Return what taking the ghost does to the text, as far as it is ``seen``: a line may be too short for it."""
        prefix = self._words.place.prefix
        text = self._ghost_text[: len(prefix) + len(seen)]
        return Acceptance(prefix, text) if seen and self.ghost.startswith(seen) else None

    def acceptance_of_word(self) -> Acceptance | None:
        """Return what taking one word of the ghost does to the text; one that is whole already takes the next along."""
        words, prefix = self._ghost_words, self._words.place.prefix
        n_words = 2 if words and len(words[0]) == len(prefix) else 1
        return Acceptance(prefix, " ".join(words[:n_words])) if words else None
