"""An engine that answers from a list of words, as slowly as a test wants."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Event
from typing import NoReturn

from engine.errors import CheckpointError
from engine.values import (
    Commit,
    CommitSource,
    Context,
    Correction,
    Explanation,
    Feedback,
    Ghost,
    KnownWord,
    LearnReport,
    PastEvent,
    RehearsalReport,
    Suggestion,
    SuggestionKind,
    Suggestions,
)

WORDS = ("turn", "turned", "turning", "the", "there", "then", "quick", "question", "Hello", "world", "and", "again")


class FakePredictor:
    """Offers the words that fit the prefix; learned words come first."""

    def __init__(self, words: Iterable[str], delay_s: float) -> None:
        self.words = list(words)
        self.delay_s = delay_s
        self.asked: list[Context] = []
        self.errors: list[Exception] = []
        self.gate = Event()
        self.gate.set()

    def predict_one(self, context: Context, limit: int = 3) -> Suggestions:
        """Answer after the delay, when the gate is open, or raise the next error."""
        self.asked.append(context)
        time.sleep(self.delay_s)
        self.gate.wait()
        if self.errors:
            raise self.errors.pop(0)
        prefix = context.prefix.casefold()
        fitting = [word for word in self.words if word.casefold().startswith(prefix)]
        kind = SuggestionKind.COMPLETION if prefix else SuggestionKind.NEXT_WORD
        items = tuple(Suggestion(word, -1.0 - rank, kind) for rank, word in enumerate(fitting[:limit]))
        return Suggestions(context, items, model_version=0)


class FakeGhosts:
    """Shows the first word that fits, and phrases from a list."""

    def __init__(self, predictor: FakePredictor) -> None:
        self._predictor = predictor
        self.phrases: dict[str, str] = {}
        """What follows a word that fits."""
        self.probability = 0.6
        self.asked: list[Context] = []
        self.wait_for: Callable[[Callable[[], bool]], None] | None = None

    def word_for(self, context: Context) -> Ghost | None:
        """Return the first word that fits."""
        prefix = context.prefix.casefold()
        fitting = [word for word in self._predictor.words if word.casefold().startswith(prefix)]
        return Ghost(fitting[0], math.exp(-1.0)) if fitting else None

    def phrase_for(self, context: Context, at_least: float, is_stale: Callable[[], bool]) -> Ghost | None:
        """Return the phrase that begins with the first word, unless it is not likely enough or came too late."""
        self.asked.append(context)
        if self.wait_for is not None:
            self.wait_for(is_stale)
        word = self.word_for(context)
        if word is None or word.text not in self.phrases or self.probability < at_least or is_stale():
            return None
        return Ghost(f"{word.text} {self.phrases[word.text]}", self.probability)


class FakeLearner:
    """Keeps what it was told, and puts new words first."""

    def __init__(self, predictor: FakePredictor, delay_s: float) -> None:
        self._predictor = predictor
        self.delay_s = delay_s
        self.commits: list[Commit] = []
        self.errors: list[Exception] = []

    def learn_one(self, commit: Commit) -> LearnReport:
        """Remember the commit after the delay, or raise the next error."""
        time.sleep(self.delay_s)
        if self.errors:
            raise self.errors.pop(0)
        self.commits.append(commit)
        new_word = commit.text not in self._predictor.words
        if new_word:
            self._predictor.words.insert(0, commit.text)
        before, after = (6.2, 3.1) if commit.rejects else (2.0, 2.0)
        return LearnReport(commit.rejects, before, after, 1.0, len(self.commits), commit.text, new_word)


class FakeWishes:
    """Keeps what was wanted of words, and does it."""

    def __init__(self, predictor: FakePredictor, learner: FakeLearner) -> None:
        self._predictor, self._learner = predictor, learner
        self.blocked: list[str] = []
        self.right: list[str] = []
        self.errors: list[Exception] = []

    def never_offer(self, word: str) -> None:
        """Offer the word no more, or raise the next error."""
        if self.errors:
            raise self.errors.pop(0)
        self.blocked.append(word)
        self._predictor.words = [other for other in self._predictor.words if other.casefold() != word.casefold()]

    def offer_again(self, word: str) -> None:
        """Offer the word again, before all others."""
        self.blocked.remove(word)
        self._predictor.words.insert(0, word)

    def call_right(self, commit: Commit) -> LearnReport:
        """Learn the word."""
        self.right.append(commit.text)
        return self._learner.learn_one(commit)


class FakeKnowledge:
    """Knows the words of the commits."""

    def __init__(self, learner: FakeLearner) -> None:
        self._learner = learner
        self.forms: dict[str, str] = {}
        self.forgotten: list[str] = []
        self.exported: list[Path] = []
        self.errors: list[Exception] = []
        self.is_kept = True

    @property
    def can_take_back(self) -> bool:
        """Tell whether anything was learned."""
        return bool(self._learner.commits)

    @property
    def last_event(self) -> int:
        """Return the number of the latest commit."""
        return len(self._learner.commits) if self.is_kept else 0

    def words(self) -> tuple[KnownWord, ...]:
        """Return the words of the commits, each once."""
        texts = [commit.text for commit in self._learner.commits if commit.text not in self.forgotten]
        return tuple(
            KnownWord(self.forms.get(text, text), texts.count(text), 1.6e9, is_own=True)
            for text in dict.fromkeys(texts)
        )

    def events(self, limit: int = 1_000) -> tuple[PastEvent, ...]:
        """Return an event for each commit, newest first; none where nothing is kept."""
        if not self.is_kept:
            return ()
        events = [
            PastEvent(number, 1.6e9, commit.text, commit.shown, commit.source.value, commit.rejects, 6.2, 3.1, 4.0)
            for number, commit in enumerate(self._learner.commits, start=1)
        ]
        return tuple(reversed(events))[:limit]

    def set_form(self, word: str, form: str) -> bool:
        """Keep a form, if it is of the same word."""
        if word.casefold() != form.casefold():
            return False
        self.forms[word] = form
        return True

    def take_back(self) -> str:
        """Drop the last commit."""
        return self._learner.commits.pop().text if self._learner.commits else ""

    def export(self, path: Path) -> None:
        """Keep the path, or raise the next error."""
        if self.errors:
            raise self.errors.pop(0)
        self.exported.append(path)


class FakeExplainer:
    """Explains what the predictor offers: so much of it is due to this, so much to that."""

    def __init__(self, predictor: FakePredictor, learner: FakeLearner) -> None:
        self._predictor, self._learner = predictor, learner
        self.parts = (0.25, 0.0, 0.05, 0.06, 0.04)
        self.asked: list[tuple[Context, str]] = []

    def explain(self, context: Context, word: str) -> Explanation | None:
        """Return the same parts for every word that fits."""
        self.asked.append((context, word))
        if word not in self._predictor.words or not word.casefold().startswith(context.prefix.casefold()):
            return None
        uses = sum(commit.text == word for commit in self._learner.commits)
        return Explanation(context, word, sum(self.parts), *self.parts, uses, (), 0)


class FakeReading:
    """Learns the words of a text, as slowly as words are learned."""

    def __init__(self, text: str, learner: FakeLearner) -> None:
        self._words, self._learner = text.split(), learner
        self.n_words = len(self._words)
        self.n_done = self.n_new = 0
        self.is_closed = False

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left."""
        return self.n_done == self.n_words

    def go_on(self) -> None:
        """Learn one word."""
        self._learner.learn_one(Commit(Context(""), self._words[self.n_done], CommitSource.READ))
        self.n_done += 1
        self.n_new += 1

    def close(self) -> None:
        """Remember that it was left."""
        self.is_closed = True


class FakeRehearsal:
    """Takes so many steps, each as slow as a test wants."""

    def __init__(self, n_steps: int, delay_s: float) -> None:
        self.n_left, self._delay_s = n_steps, delay_s
        self.n_done = 0
        self.report: RehearsalReport | None = None

    def go_on(self) -> bool:
        """Do one step."""
        time.sleep(self._delay_s)
        self.n_left -= 1
        self.n_done += 1
        if self.n_left <= 0:
            self.report = RehearsalReport(True, 40, 5.0, 4.9, 1_200.0)
        return self.n_left <= 0


TYPOS = {"teh": ("the", "ten"), "Teh": ("The", "Ten"), "alot": ("a lot",), "form": ("from",)}


class FakeCorrector:
    """Knows a few typos; is certain of all but one."""

    def __init__(self, typos: dict[str, tuple[str, ...]]) -> None:
        self.typos = dict(typos)
        self.asked: list[tuple[str, str]] = []
        self.feedback: list[Feedback] = []
        self.errors: list[Exception] = []
        self.delay_s = 0.0

    def correct(self, context: Context, word: str) -> Correction:
        """Answer after the delay, or raise the next error."""
        self.asked.append((context.left, word))
        time.sleep(self.delay_s)
        if self.errors:
            raise self.errors.pop(0)
        return Correction(word, self.typos.get(word, ()), 5.0, word in self.typos and word != "form")

    def hear(self, feedback: Feedback) -> None:
        """Keep the feedback."""
        self.feedback.append(feedback)


class FakeEngine:
    """Everything that the model thread needs of an engine."""

    def __init__(
        self,
        words: Iterable[str] = WORDS,
        *,
        predict_s: float = 0.0,
        learn_s: float = 0.0,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.predictor = FakePredictor(words, predict_s)
        self.ghosts = FakeGhosts(self.predictor)
        self.learner = FakeLearner(self.predictor, learn_s)
        self.corrector = FakeCorrector(TYPOS)
        self.wishes = FakeWishes(self.predictor, self.learner)
        self.knowledge = FakeKnowledge(self.learner)
        self.explainer = FakeExplainer(self.predictor, self.learner)
        self.readings: list[FakeReading] = []
        self.rehearsals: list[FakeRehearsal] = []
        self.n_rehearsal_steps, self.rehearsal_step_s = 5, 0.0
        self.notices = notices
        self.is_closed = False
        self.is_warm = Event()
        self.is_warm.set()
        self.warms_up = Event()

    def forget_all(self, words: Sequence[str]) -> int:
        """Remember that words were forgotten."""
        self.knowledge.forgotten += words
        return len(words)

    def read_text(self, text: str) -> FakeReading:
        """Begin to read."""
        self.readings.append(FakeReading(text, self.learner))
        return self.readings[-1]

    def rehearse(self) -> FakeRehearsal | None:
        """Begin to rehearse, if there are steps to take."""
        if not self.n_rehearsal_steps:
            return None
        self.rehearsals.append(FakeRehearsal(self.n_rehearsal_steps, self.rehearsal_step_s))
        return self.rehearsals[-1]

    def hold(self) -> None:
        """Let no answer through."""
        self.predictor.gate.clear()

    def let_go(self) -> None:
        """Let all answers through."""
        self.predictor.gate.set()

    def warm_up(self) -> None:
        """Take the time that a cold kernel cache takes: until the test says that it is warm."""
        self.warms_up.set()
        self.is_warm.wait()

    def prepare_to_learn(self) -> None:
        """Learn as fast without it."""

    def close(self) -> None:
        """Remember that it was closed."""
        self.is_closed = True

    def open(self) -> tuple[FakeEngine, tuple[str, ...]]:
        """Be the opener of the model thread."""
        return self, self.notices


def missing_model() -> NoReturn:
    """Be an opener that finds no model."""
    raise CheckpointError("The model file is missing; install Foretype again.")
