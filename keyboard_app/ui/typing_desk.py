"""Joins the editor and the suggestion strip to the typist's session; knows nothing of threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QObject, Signal, Slot

from engine.values import Commit, Context
from keyboard_app.timers import put_off
from keyboard_app.typist.acceptance import Acceptance, AwaitedTake, Way
from keyboard_app.typist.commits import OwnWord
from keyboard_app.typist.manner import Manner
from keyboard_app.typist.messages import PhraseAnswer, PredictAnswer, PredictRequest
from keyboard_app.typist.offering import Offering
from keyboard_app.typist.outlet import Outlet
from keyboard_app.typist.session import Reaction, TypistSession
from keyboard_app.typist.spacing import SpaceAction, Spacing
from keyboard_app.ui.assistant import EditKind
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.suggestion_bar import SuggestionBar

PAUSE_MS = 3_000
"""After such a pause a finished word is final."""
KEEP_MS = 150
"""Words that no longer fit stay on screen so long while the answer is on its way: a strip that blinks is worse."""


class ModelState(Enum):
    """Whether there is a model to ask."""

    WARMING = "Warming up… you can write already"
    READY = ""
    MOVING = "Opening the profile… you can write already"
    OFF = "Suggestions are off"


class TypingDesk(QObject):
    """Answers the editor's questions, and asks and tells the model through its signals."""

    asked = Signal(object)
    finished = Signal(object)
    """Commits to learn from."""
    typed_out = Signal(object)
    """A word was typed to its end just now, and may be a typo; it waits until it is settled or reworded."""
    final = Signal(object)
    """Words that will not be taken back any more, learned or not."""
    taken = Signal(int)
    """So many characters came in with a suggestion."""
    space_given_up = Signal()
    """The space that came with a suggestion was typed all the same, or was not wanted."""

    def __init__(self, editor: Editor, bar: SuggestionBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._bar = bar
        self._session = TypistSession()
        self._spacing = Spacing()
        self._manner = Manner()
        self._state = ModelState.WARMING
        self._outlet = Outlet()
        self._looks_at_words = False
        self._caret = editor.caret_text()
        self._awaited: AwaitedTake | None = None
        self._pause = put_off(self, PAUSE_MS, self._rest)
        self._keep = put_off(self, KEEP_MS, self._show)
        editor.set_assistant(self)
        editor.edited.connect(self._follow)
        editor.left.connect(self._rest)
        bar.chosen.connect(self._choose)
        bar.room_changed.connect(self._fit_offer)
        bar.show_message(self._state.value)

    # From the model

    @Slot(object)
    def take_answer(self, answer: PredictAnswer) -> None:
        """Show an answer, if it still fits; carry out a take that waited for it."""
        if self._state is not ModelState.READY or not self._session.take_answer(answer):
            return
        self._show()
        awaited = self._awaited
        if awaited is not None and awaited.revision == answer.revision:
            self._awaited = None
            self.take(awaited.slot_among(self._offering.texts))

    @Slot(object)
    def take_phrase(self, answer: PhraseAnswer) -> None:
        """Show a phrase behind the caret, if it still fits; it never acts, as nobody has seen it yet."""
        if self._state is ModelState.READY and self._session.take_phrase(answer):
            self._show_ghost()

    def set_state(self, state: ModelState) -> None:
        """Start or stop asking; words that were finished while a profile was opened are learned in that."""
        self._state = state
        if state is ModelState.MOVING:
            self._outlet.hold()
        else:
            self._send(self._outlet.let_go())
        self._awaited = None
        self.look_at_words(self._looks_at_words)
        if state is ModelState.READY:
            self._act(Reaction(request=self._session.ask_again()))
            return
        self._offering.clear()
        self._editor.set_ghost("")
        self._bar.show_message(state.value)

    @Slot()
    def follow_learning(self) -> None:
        """Ask once more where a word was learned later than it should have been: it may be on offer now."""
        if self._outlet.follow_learning():
            self.ask_anew()

    @Slot()
    def ask_anew(self) -> None:
        """Ask for the present place once more: other words may be on offer now."""
        if self._state is ModelState.READY:
            awaited = self._awaited
            self._offering.clear()
            self._act(Reaction(request=self._session.ask_again()))
            self._wait_again(awaited)

    # From the window

    def set_learning(self, learning: bool) -> None:
        """Learn from finished words, or let them pass."""
        self.release()
        if learning and not self._outlet.learns:
            self._session.withdraw()
        self._outlet.learns = learning

    def set_private(self, private: bool, *, hides_text: bool = False) -> None:
        """Learn nothing from this document, whatever else is set; what was finished before is kept as it was.

        With ``hides_text`` some of it was private: that is not learned later either, nor kept as what stood before
        other words.
        """
        outlet = self._outlet
        if private is not outlet.is_private:
            self.release()
            if not private:
                self._session.withdraw()
        outlet.is_private, outlet.hides_text = private, hides_text

    def set_manner(self, manner: Manner) -> None:
        """Show suggestions in another manner."""
        if manner == self._manner:
            return
        self._manner = manner
        self._bar.set_count(manner.n_slots)
        self._fit_offer()

    @Slot()
    def _fit_offer(self) -> None:
        """Offer no more words than the strip has slots: nobody sees the others, and no key takes what is not seen."""
        manner = replace(self._manner, n_slots=len(self._bar.slot_buttons))
        if manner != self._offering.manner:
            self._act(Reaction(request=self._session.set_manner(manner)))
            self._show()

    def look_at_words(self, looks: bool) -> None:
        """Let typed words wait for corrections, or not."""
        self._looks_at_words = looks
        self._session.look_at_words(looks and self._state is ModelState.READY)

    def settle(self, number: int, *, marked: bool = False) -> None:
        """Let a word that waited be final like any other, or keep it back while it is marked."""
        late = self._session.settle(number, marked=marked)
        self._tell(late)
        self._outlet.expect_late(late)
        if self._session.n_held:
            self._pause.start()

    def reword(self, word: OwnWord, text: str) -> None:
        """Follow a finished word that gave way to ``text``."""
        awaited = self._awaited
        self._caret = self._editor.caret_text()
        self._act(self._session.reworded(word, text, self._caret))
        self._wait_again(awaited)

    @Slot()
    def _rest(self) -> None:
        """Make finished words final, unless what comes next may show that they are part of a secret."""
        self._pause.stop()
        self._tell(self._session.pause())

    @Slot()
    def release(self) -> None:
        """Make finished words final: the user saves or closes, or asks what was learned."""
        self._pause.stop()
        self._tell(self._session.release())

    def start_afresh(self) -> None:
        """Follow another text: one was opened, or a new one begun."""
        self._spacing.reset()
        self._caret = self._editor.caret_text()
        self._act(self._session.reset(self._caret))

    # What is on offer

    @property
    def state(self) -> ModelState:
        """Return whether there is a model to ask."""
        return self._state

    @property
    def place(self) -> Context:
        """Return the place for which words are on offer."""
        return self._session.place

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the words on offer, best first, the word of the ghost among them; none while there is no model."""
        return self._offering.shown if self._state is ModelState.READY else ()

    @property
    def is_waiting(self) -> bool:
        """Tell whether an answer for the present place is still to come."""
        return self._offering.is_waiting

    # The editor's questions

    def take(self, slot: int) -> bool:
        """Take the suggestion in ``slot``; if its answer is on the way, take it when it comes."""
        acceptance = self._offering.acceptance(slot)
        if acceptance is not None:
            self._accept(acceptance, Way.GHOST if slot == 0 and self._editor.ghost else Way.STRIP)
            return True
        if self._state is ModelState.READY and self.is_waiting and self._offering.has_place_for(slot):
            self._awaited = AwaitedTake(self._session.revision, slot, self._bar.words[slot])
            return True
        return False

    def take_ghost(self) -> bool:
        """Take as much of the ghost as is on screen; without one, the first suggestion."""
        acceptance = self._offering.acceptance_of_ghost(self._editor.ghost)
        if acceptance is None:
            return self.take(0)
        self._accept(acceptance, Way.GHOST)
        return True

    def take_word(self) -> bool:
        """Take one word of the ghost."""
        acceptance = self._offering.acceptance_of_word()
        if acceptance is None or not self._editor.ghost:
            return False
        self._accept(acceptance, Way.GHOST)
        return True

    def hide(self) -> bool:
        """Hide the suggestions until the next word."""
        if not self._offering.hide():
            return False
        self._awaited = None
        self._show()
        return True

    def space_action(self, character: str, before: str) -> SpaceAction:
        """Return what to do with a typed character; a space that takes the automatic one's place makes it ordinary."""
        action = self._spacing.plan(character, before)
        if action is SpaceAction.TAKE_PLACE:
            self._spacing.reset()
        if action is not SpaceAction.TYPE:
            self.space_given_up.emit()
        return action

    # Steps

    @property
    def _offering(self) -> Offering:
        return self._session.offering

    @Slot(EditKind, str)
    def _follow(self, kind: EditKind, inserted: str) -> None:
        caret = self._editor.caret_text()
        if kind is EditKind.OTHER and caret == self._caret:
            return  # Qt tells of one change by several signals
        self._caret = caret
        self._spacing.reset()
        if kind is EditKind.TYPED and caret.before.endswith(inserted):
            reaction = self._session.typed(inserted, caret)
        elif kind is EditKind.ERASED:
            reaction = self._session.erased(caret)
        else:
            reaction = self._session.moved(caret)
        self._act(reaction)

    @Slot(int)
    def _choose(self, slot: int) -> None:
        """Take the clicked suggestion, but only one that still fits: nobody clicks on what is to come."""
        acceptance = self._offering.acceptance(slot)
        if acceptance is not None:
            self._accept(acceptance, Way.STRIP)

    def _accept(self, acceptance: Acceptance, way: Way) -> None:
        space_added = self._editor.replace_prefix(acceptance.prefix, acceptance.text)
        if space_added is None:
            return
        self._caret = self._editor.caret_text()
        reaction = self._session.accepted(acceptance, self._caret, way, space_added=space_added)
        self._spacing.accepted(space_added=space_added)
        self.taken.emit(len(acceptance.text) + space_added - len(acceptance.prefix))
        self._act(reaction)

    def _wait_again(self, awaited: AwaitedTake | None) -> None:
        """Let the key for a suggestion, pressed before the place was asked for anew, wait for the new answer."""
        if awaited is not None:
            self._awaited = replace(awaited, revision=self._session.revision)

    def _act(self, reaction: Reaction) -> None:
        self._awaited = None
        self._tell(reaction.finished)
        if self._session.n_held:
            self._pause.start()
        self._ask(reaction.request)
        self._show_soon()
        if reaction.to_look_at is not None:
            self.typed_out.emit(reaction.to_look_at)

    def _tell(self, words: Sequence[OwnWord]) -> None:
        if words:
            self.final.emit(tuple(words))
            self._send(self._outlet.pass_on(words))

    def _send(self, commits: tuple[Commit, ...]) -> None:
        if commits:
            self.finished.emit(commits)

    def _ask(self, request: PredictRequest | None) -> None:
        if request is not None and self._state is ModelState.READY:
            self.asked.emit(request)

    def _show_soon(self) -> None:
        """Show what fits at once; keep what does not for a moment while an answer is on its way."""
        if self._state is not ModelState.READY:
            return
        if not self.is_waiting:
            self._show()
            return
        self._show_ghost()
        words = (word or old for word, old in zip(self._offering.texts, self._bar.words, strict=True))
        self._bar.show_words(tuple(words))
        if not self._keep.isActive():
            self._keep.start()

    @Slot()
    def _show(self) -> None:
        self._keep.stop()
        if self._state is not ModelState.READY:
            return
        self._show_ghost()
        self._bar.show_words(self._offering.texts)

    def _show_ghost(self) -> None:
        self._editor.set_ghost(self._offering.ghost)
        self._bar.set_ghost_apart(self._offering.ghost_is_apart)
