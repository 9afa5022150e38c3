"""The one door through which typing changes anything."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from engine.learning.bptt import NetworkUpdater, window_gradient
from engine.learning.keeping import ProfileKeeper
from engine.model.interpolation import bucket_name
from engine.model.ngrams import Trigram
from engine.prediction.blend import NextWord
from engine.prediction.predictor import Predictor
from engine.profile.store import LearningEvent, WordUse
from engine.text.casing import Place, place_after
from engine.text.context import Context
from engine.text.tokenizer import fold, is_word, tokenize
from engine.values import Commit, LearnReport

_LONGEST_WORD = 40
"""Letters; what is longer is no word that anybody would want to be offered."""
_LONGEST_COMMIT = 1_000
"""Characters; what is longer is neither a word nor a phrase, and nothing is learned from it."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What counting one word did, before the network learned anything."""

    row: int
    new_position: int | None
    trigram: Trigram
    bucket: str | None


class Learner:
    """Counts every finished word, and trains the network on the words that it failed to offer."""

    def __init__(self, predictor: Predictor, updater: NetworkUpdater, keeper: ProfileKeeper | None = None) -> None:
        """Learn into the predictor's model; with a keeper, bring back what its profile holds first."""
        self._predictor = predictor
        self._blend = predictor.blend
        self._model = predictor.blend.model
        self._updater = updater
        self._keeper = keeper
        self._n_unlearned = 0
        """Words since the last update of the network, which the next one learns too."""
        if keeper is not None:
            keeper.restore(self._blend.counts, self._blend.weights, self._relearn)

    def learn_one(self, commit: Commit) -> LearnReport:
        """Learn from one finished word, or from each word of a phrase that was taken; see ``LearnReport``."""
        began = time.perf_counter()
        left = commit.context.left
        events: list[LearningEvent] = []
        tokens = tokenize(commit.text) if len(commit.text) <= _LONGEST_COMMIT else []
        words = [token for token in tokens if is_word(token) and len(token) <= _LONGEST_WORD]
        for word in words:
            events.append(self._learn_word(Context(left), word, commit))
            left += word + " "
        return LearnReport(
            updated=any(event.n_learned for event in events),
            loss_before=sum(event.loss_before for event in events),
            loss_after=sum(event.loss_after for event in events),
            elapsed_ms=_milliseconds_since(began),
            model_version=self._blend.version,
            word=" ".join(words),
            new_word=any(event.position is not None for event in events),
        )

    def _learn_word(self, context: Context, word: str, commit: Commit) -> LearningEvent:
        began = time.perf_counter()
        answer = self._predictor.next_word(context)
        loss_before = self._blend.loss(answer, word)
        rows, counted = answer.rows, self._count(context, answer, word)
        if counted.new_position is not None:
            answer = self._predictor.next_word(context)
        loss_after = loss_counted = self._blend.loss(answer, word)
        self._n_unlearned += 1
        n_learned = self._train(rows, counted.row, self._n_unlearned) if commit.rejects else 0
        if n_learned:
            self._n_unlearned = 0
            loss_after = self._blend.loss(self._predictor.next_word(context), word)
            if not loss_after <= loss_counted:
                # An update is kept only where it did what it was for; NaN does not compare and goes the same way.
                self._updater.take_back()
                n_learned = 0
                loss_after = self._blend.loss(self._predictor.next_word(context), word)
        event = LearningEvent(
            context.left, word, counted.new_position, commit.source.value, commit.shown, n_learned,
            loss_before, loss_after, _milliseconds_since(began),
        )  # fmt: skip
        self._keep(event, counted)
        return event

    def _count(self, context: Context, answer: NextWord, word: str) -> _Counted:
        """Count a word, with a row of its own where it is new, and let its bucket hear how well it was foretold."""
        blend, model = self._blend, self._model
        p_network, p_counts = blend.components(answer, word)
        bucket = None
        if answer.match.total:
            blend.weights.update(answer.match, p_network, p_counts)
            bucket = bucket_name(answer.match)
        is_new = not model.has_row(word)
        row = model.add_row(word)
        if place_after(tokenize(context.left)[-8:]) is Place.INSIDE:  # at the start of a sentence case says little
            model.set_form(row, word)
        trigram = Trigram(*answer.before_and_last, row)
        blend.counts.add(trigram)
        return _Counted(row, row - model.n_shipped_rows if is_new else None, trigram, bucket)

    def _train(self, rows: tuple[int, ...], target: int, n_words: int) -> int:
        """Teach the network the last ``n_words`` words, ``target`` the last of them; return how many it learned.

        Only what was rejected starts an update, but words that it foretold well are learned with it: a network that
        heard of its failures only would come to believe that whatever it expects is wrong.
        """
        window = self._updater.rule.window
        read = rows[-window:]
        start = self._predictor.state_after(rows[:-window]) if len(rows) > window else self._model.initial_state()
        n_places = self._places_of_words(read, n_words)
        gradient = window_gradient(self._model, self._updater.rule, start, read, target, n_places)
        return n_words if self._updater.apply(gradient, read) else 0

    def _places_of_words(self, rows: tuple[int, ...], n_words: int) -> int:
        """Return how many places hold the last words, the one behind ``rows`` included, marks between them too."""
        n_places = 1
        for row in reversed(rows[1:]):
            if n_words <= 1:
                break
            n_words -= is_word(self._model.token_of(row))
            n_places += 1
        return n_places

    def _keep(self, event: LearningEvent, counted: _Counted) -> None:
        if self._keeper is None:
            return
        model = self._model
        before, last, word = (model.token_of(row) for row in counted.trigram)
        # Text is needed only to learn again: where the network or its words did not change, none is written.
        kept_text = event.left_text if event.n_learned or event.position is not None else None
        use = WordUse(
            replace(event, left_text=kept_text), word, model.form_of(counted.row), (before, last, word),
            counted.bucket, self._blend.weights.state_of(counted.bucket) if counted.bucket else (0.0, 0.0),
        )  # fmt: skip
        self._keeper.record(use)

    def _relearn(self, event: LearningEvent) -> None:
        """Do again what an event of the journal did to the network; its counts are in the profile already."""
        if event.left_text is None:
            return
        rows = self._predictor.next_word(
            Context(event.left_text)
        ).rows  # read before the word has a row, as it was then
        if event.position is not None:
            self._model.add_row(fold(event.word), event.word)
        if event.n_learned:
            self._train(rows, self._model.row_of(event.word), event.n_learned)

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about the profile that the user should see."""
        return tuple(self._keeper.notices) if self._keeper else ()

    def close(self) -> None:
        """Make what was learned durable."""
        if self._keeper is not None:
            self._keeper.close()


def _milliseconds_since(began: float) -> float:
    return 1_000.0 * (time.perf_counter() - began)
