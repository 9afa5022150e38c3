"""A typist without a window: a string, a caret and a session, driven by keys."""

from __future__ import annotations

from engine.values import Commit, Ghost, Suggestion, SuggestionKind, Suggestions
from keyboard_app.typist.acceptance import Acceptance
from keyboard_app.typist.caret_text import CaretText
from keyboard_app.typist.commits import OwnWord
from keyboard_app.typist.messages import PhraseAnswer, PredictAnswer
from keyboard_app.typist.session import Reaction, TypistSession
from keyboard_app.typist.spacing import SpaceAction, Spacing


class TypingModel:
    """Does to a string what the editor does to its document."""

    def __init__(self) -> None:
        self.text = ""
        self.caret = 0
        self.session = TypistSession()
        self.spacing = Spacing()
        self.finished: list[OwnWord] = []
        self.keys = 0
        self.spaces_given_up = 0

    @property
    def commits(self) -> list[Commit]:
        return [word.as_commit() for word in self.finished]

    def caret_text(self) -> CaretText:
        after = self.text[self.caret :].split("\n", 1)[0]
        return CaretText(self.text[: self.caret], after)

    def offer(self, *words: str) -> None:
        """Let the model answer for the present place."""
        context = self.session.place
        items = tuple(Suggestion(word, -1.0, SuggestionKind.COMPLETION) for word in words)
        ghost = Ghost(words[0], 0.4) if words else None
        self.session.take_answer(PredictAnswer(self.session.revision, Suggestions(context, items, 0), ghost))

    def offer_phrase(self, text: str, probability: float = 0.6) -> bool:
        """Let the model answer a second time."""
        session = self.session
        return session.take_phrase(PhraseAnswer(session.revision, session.place, Ghost(text, probability)))

    def type(self, text: str) -> TypingModel:
        for character in text:
            action = self.spacing.plan(character, self.text[: self.caret])
            self.spacing.reset()
            self.keys += 1
            self.spaces_given_up += action is not SpaceAction.TYPE
            if action is SpaceAction.TAKE_PLACE:
                continue
            if action is SpaceAction.SWALLOW:
                self._cut(1)
            self._insert(character)
            self._take(self.session.typed(character, self.caret_text()))
        return self

    def accept(self, slot: int = 0) -> bool:
        return self._put_in(self.session.offering.acceptance(slot))

    def accept_ghost(self) -> bool:
        return self._put_in(self.session.offering.acceptance_of_ghost(self.session.offering.ghost))

    def accept_word(self) -> bool:
        return self._put_in(self.session.offering.acceptance_of_word())

    def _put_in(self, acceptance: Acceptance | None) -> bool:
        if acceptance is None:
            return False
        assert self.text[: self.caret].endswith(acceptance.prefix)
        self._cut(len(acceptance.prefix))
        self._insert(acceptance.text + " ")
        self.keys += 1
        self._take(self.session.accepted(acceptance, self.caret_text(), space_added=True))
        self.spacing.accepted(space_added=True)
        return True

    def backspace(self, n: int = 1) -> TypingModel:
        for _ in range(n):
            self._cut(1)
            self.spacing.reset()
            self._take(self.session.erased(self.caret_text()))
        return self

    def put(self, text: str) -> TypingModel:
        """Bring the text into another state as undo or redo does."""
        self.text, self.caret = text, len(text)
        self.spacing.reset()
        self._take(self.session.erased(self.caret_text()))
        return self

    def paste(self, text: str) -> TypingModel:
        self._insert(text)
        return self.move(0)

    def move(self, n: int) -> TypingModel:
        self.caret = min(max(self.caret + n, 0), len(self.text))
        self.spacing.reset()
        self._take(self.session.moved(self.caret_text()))
        return self

    def pause(self) -> TypingModel:
        self.finished += self.session.pause()
        return self

    def release(self) -> list[Commit]:
        self.finished += self.session.release()
        return self.commits

    def words(self) -> list[str]:
        return [commit.text for commit in self.release()]

    def _insert(self, text: str) -> None:
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)

    def _cut(self, n: int) -> None:
        start = max(0, self.caret - n)
        self.text = self.text[:start] + self.text[self.caret :]
        self.caret = start

    def _take(self, reaction: Reaction) -> None:
        self.finished += reaction.finished
