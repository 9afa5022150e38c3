"""Teaching the network: which words of a text it learns together, and what it was taught lately."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.learning.bptt import NetworkUpdater
from engine.learning.lessons import Lessons
from engine.learning.rehearsal import Core, Rehearsal, RehearsalRule
from engine.model.language_model import LanguageModel
from engine.model.state import State
from engine.text.tokenizer import is_word
from engine.values import RehearsalReport

N_WAITING = 40
"""Words that wait for an update, at most: more than a window holds."""
_FULL = 0.75
"""Share of a window: what waits for an update is learned then, as words that no longer fit are never learned."""


class NetworkTeacher:
    """Makes lessons of what was typed, has the network learn them, and lets it go over them again."""

    def __init__(
        self, model: LanguageModel, updater: NetworkUpdater, state_after: Callable[[tuple[int, ...]], State]
    ) -> None:
        """Teach through ``updater``; ``state_after`` gives the recurrent state after a passage, by its rows."""
        self._model, self._state_after = model, state_after
        self.updater = updater
        self.lessons = Lessons()
        """What the network was taught in this session."""

    def is_due(self, rows: tuple[int, ...], n_words: int) -> bool:
        """Tell whether the last ``n_words`` words, the one behind ``rows`` included, nearly fill a window."""
        window = self.updater.rule.window
        return self._places_of_words(rows[-window:], n_words) >= _FULL * window

    def n_typed(self, rows: tuple[int, ...], words: Sequence[str]) -> int:
        """Return how many of the words that wait, oldest first, stand at the end of ``rows`` and behind it.

        The last of them is the one behind ``rows``. Where the text holds another word than the user finished, it was
        pasted, typed elsewhere or in private: nothing from there back may be learned. A word that is unknown now may be
        one that was finished: a part of what turned out to be a secret.
        """
        typed = [row for row in map(self._model.row_of, words[:-1]) if row]
        n_typed, n_unknown = 1, 0
        for row in reversed(rows):
            n_unknown += row == 0
            if not is_word(self._model.token_of(row)):
                continue
            while n_unknown and typed and typed[-1] != row:
                typed.pop()
                n_unknown -= 1
            if not typed or typed.pop() != row:
                break
            n_typed += 1
        return n_typed

    def teach(self, rows: tuple[int, ...], target: int, n_words: int, refused: int = 0) -> int:
        """Teach the network the last ``n_words`` words, ``target`` the last of them; return how many it learned.

        A word that was ``refused`` for the last one is pushed down. Words that were foretold well are learned too: a
        network that heard of its failures only would come to believe that whatever it expects is wrong.
        """
        window = self.updater.rule.window
        read = rows[-window:]
        start = self._state_after(rows[:-window]) if len(rows) > window else self._model.initial_state()
        n_places = self._places_of_words(read, n_words)
        refused = 0 if refused == target else refused
        gradient = self.updater.gradient_of(start, read, target, n_places, refused)
        if not self.updater.apply(gradient):
            return 0
        self.lessons.add(rows, target, n_places)
        return n_words

    def take_back(self) -> None:
        """Return to the weights before the last lesson."""
        self.updater.take_back()
        self.lessons.take_back()

    def rehearse(self, rule: RehearsalRule | None, on_kept: Callable[[RehearsalReport], None]) -> Rehearsal | None:
        """Begin to go over the lessons; None where there are too few. ``on_kept`` hears when the model has changed."""

        def finish(core: Core, report: RehearsalReport) -> None:
            self.lessons.were_gone_over()
            if report.kept:
                self.updater.adopt(core)
                on_kept(report)

        if not self.lessons.are_ready:
            return None
        return Rehearsal(self._model, self.updater.changes(), self.lessons.split(), finish, rule)

    def _places_of_words(self, rows: tuple[int, ...], n_words: int) -> int:
        """Return how many places hold the last words, the one behind ``rows`` included, marks between them too."""
        n_places = 1
        for row in reversed(rows[1:]):
            if n_words <= 1:
                break
            n_words -= is_word(self._model.token_of(row))
            n_places += 1
        return n_places
