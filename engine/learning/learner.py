"""The one door through which typing changes anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from engine.learning.book import WordBook
from engine.learning.bptt import NetworkUpdater
from engine.learning.gate import Judgement, Verdict, WordGate
from engine.learning.keeping import ProfileKeeper
from engine.learning.overlooking import declined_by, sighting_of
from engine.learning.rehearsal import Rehearsal, RehearsalRule
from engine.learning.teacher import N_WAITING, NetworkTeacher
from engine.learning.tiers import ALL_TIERS, Tier
from engine.learning.undoing import Step
from engine.learning.word_counter import Counted, WordCounter
from engine.model.attention import Attention
from engine.model.continuous_cache import code_of
from engine.model.parameters import Int8
from engine.prediction.blend import NextWord
from engine.prediction.predictor import Predictor
from engine.profile.store import LearningEvent, WordUse
from engine.text.casing import Place, place_after
from engine.text.context import WINDOW_CHARACTERS, Context
from engine.text.normalize import normalize
from engine.text.own_cases import OwnCases
from engine.text.secrets import MASK, mask_behind, mask_cut_off, mask_secrets, mask_words
from engine.text.tokenizer import fold, is_word, tokenize
from engine.values import Commit, CommitSource, LearnReport

_LONGEST_WORD = 40
"""Letters; what is longer is no word that anybody would want to be offered."""
_NEAR = 200
"""Characters before a word that say whether it stands inside a sentence."""
_LONGEST_COMMIT = 1_000
"""Characters; what is longer is neither a word nor a phrase, and nothing is learned from it."""

_TOLERATED = 1.0
"""Nats by which an update that no rejection began may make its last word less likely: it was for the others too."""


class Learner:
    """Counts every finished word, and has the network learn it: at once if it failed to offer it, else with others."""

    def __init__(
        self,
        predictor: Predictor,
        updater: NetworkUpdater,
        keeper: ProfileKeeper | None = None,
        tiers: Tier = ALL_TIERS,
    ) -> None:
        """Learn into the predictor's model; with a keeper, bring back what its profile holds first."""
        self._tiers = tiers
        self._predictor = predictor
        self._blend = predictor.blend
        self._model = predictor.blend.model
        self.teacher = NetworkTeacher(self._model, updater, predictor.state_after)
        self._keeper = keeper
        self.unlearned: tuple[str, ...] = ()
        """Words since the last update of the network, oldest first: the next one learns those that stand before it."""
        self._forgotten: set[str] = set()
        """Folded words that were forgotten in this session and not used since, though the text may still hold them."""
        self._gate = WordGate(self._model.vocabulary)
        self.book = WordBook()
        self._counter = WordCounter(self._blend, predictor.cases, self.book, tiers)
        self.is_right: Callable[[str], bool] = lambda _: False
        """Tells whether the user said that a word is right as it is."""
        self.last_step: Step | None = None
        """What was learned last, as long as it can be taken back."""
        if keeper is not None:
            self.unlearned = keeper.restore(self._blend, predictor.attention, self.book, predictor.cases, self._relearn)

    def learn_one(self, commit: Commit) -> LearnReport:
        """Learn from one finished word, or from each word of a phrase that was taken; see ``LearnReport``."""
        began = time.perf_counter()
        commit = self._without_forgotten(commit)
        left = mask_secrets(commit.context.left)
        if len(left) >= WINDOW_CHARACTERS:
            left = mask_cut_off(left)
        text = self._text_to_learn(left, commit.text)
        events: list[LearningEvent] = []
        words: list[str] = []
        meant = ""
        for word in (token for token in tokenize(text) if is_word(token)):
            judgement = self._judge(left, word)
            if judgement.verdict is Verdict.LEARN:
                events.append(self._learn_word(Context(left), word, commit))
                words.append(word)
            elif judgement.verdict is Verdict.WAIT:
                events.append(self._let_wait(Context(left), word, commit))
                words.append(word)
                meant = judgement.meant
            left += word + " "
        return LearnReport(
            updated=any(event.n_learned for event in events),
            loss_before=sum(event.loss_before for event in events),
            loss_after=sum(event.loss_after for event in events),
            elapsed_ms=_milliseconds_since(began),
            model_version=self._predictor.version,
            word=" ".join(words),
            new_word=any(event.position is not None for event in events),
            meant=meant,
        )

    def _text_to_learn(self, left: str, text: str) -> str:
        """Return what was finished, with secrets masked in it; a word that the user called right is none."""
        if len(text) > _LONGEST_COMMIT:
            return ""
        return text if self.is_right(text) else mask_behind(left, text)

    def _judge(self, left: str, word: str) -> Judgement:
        if MASK in word or len(word) > _LONGEST_WORD:
            return Judgement(Verdict.SECRET)
        if self._model.has_row(word) or self.is_right(word):
            return Judgement(Verdict.LEARN)
        is_inside = place_after(tokenize(left[-_NEAR:])[-8:]) is Place.INSIDE
        return self._gate.judge(word, self.book.uses, inside_sentence=is_inside)

    def forget(self, token: str) -> None:
        """Know nothing of a word any more, and nothing of it from the text around others, until it is used again."""
        self.last_step = None  # taking it back would bring weights back that are to be forgotten
        self.teacher.updater.settle()
        self.book.forget(token)
        self.cases.forget(token)
        self.attention.declined = self.attention.declined.without(token)
        self.unlearned = tuple(word for word in self.unlearned if word != token)
        self._forgotten.add(token)
        if row := self._model.row_of(token):
            self.teacher.lessons.forget(row)

    def is_forgotten(self, word: str) -> bool:
        """Tell whether a word was forgotten in this session, and not used since."""
        return fold(word) in self._forgotten

    def _without_forgotten(self, commit: Commit) -> Commit:
        """Return a commit in which no forgotten word stands, neither in its text before nor in what was shown."""
        if not self._forgotten:
            return commit
        left = mask_words(commit.context.left, lambda word: not self.is_forgotten(word))
        shown = tuple(text for text in commit.shown if not any(map(self.is_forgotten, tokenize(text))))
        return replace(commit, context=replace(commit.context, left=left), shown=shown)

    def _let_wait(self, context: Context, word: str, commit: Commit) -> LearningEvent:
        """Count the use of a word that looks like a slip, and nothing else."""
        began = time.perf_counter()
        loss = self._blend.loss(self._predictor.next_word(context), word)
        unlearned, declined_before = self.unlearned, self.attention.declined
        self._note_declined(word, commit)
        self._note_use(word)
        event = LearningEvent(
            None, word, None, commit.source.value, commit.shown, 0, loss, loss, _milliseconds_since(began)
        )
        use = WordUse(event, fold(word), word, None)
        event_id = self._keeper.record(use) if self._keeper else 0
        self.book.count(fold(word))
        self.last_step = Step(
            event_id, fold(word), None, None, {}, None, has_trained=False, unlearned=unlearned,
            declined_before=declined_before,
        )  # fmt: skip
        return event

    def _note_declined(self, word: str, commit: Commit) -> None:
        """Remember what the user left of the phrases on screen, until the next word is learned."""
        if Tier.ATTENTION in self._tiers:
            self.attention.declined = declined_by(word, commit.shown)

    def _learn_word(self, context: Context, word: str, commit: Commit) -> LearningEvent:
        began = time.perf_counter()
        # First: what stood on screen stood there before any of this is learned.
        looks = Tier.ATTENTION in self._tiers
        sighting = sighting_of(self._predictor, commit, context, word) if looks else None
        declined_before = self.attention.declined
        answer = self._predictor.next_word(context)
        loss_before = self._blend.loss(answer, word)
        unlearned = self.unlearned
        counted = self._counter.count(context, answer, word)
        place = code_of(answer.z) if Tier.CACHE in self._tiers else None
        self._note_use(word)
        n_learned = self._teach_network(context, answer, counted, commit)
        self._note_declined(word, commit)
        if sighting is not None:
            self.attention.note(sighting)
        if place is not None:
            self._blend.cache.add(counted.row, place)
        if n_learned or counted.new_position is not None:
            answer = self._predictor.next_word(context)
        else:  # the network says what it said before
            answer = replace(answer, recall=self._blend.cache.recall(answer.z))
        event = LearningEvent(
            context.left, word, counted.new_position, commit.source.value, commit.shown, n_learned,
            loss_before, self._blend.loss(answer, word), _milliseconds_since(began), sighting,
        )  # fmt: skip
        event_id = self._keep(event, counted, place)
        self.last_step = Step(
            event_id, fold(word), counted.row, counted.trigram, counted.weights_before, counted.form_before,
            has_trained=n_learned > 0, unlearned=unlearned, declined_before=declined_before,
            noted_attention=sighting is not None,
            is_remembered=place is not None,
            habit_before=counted.habits[0] if counted.habits else None,
        )  # fmt: skip
        return event

    def _teach_network(self, context: Context, answer: NextWord, counted: Counted, commit: Commit) -> int:
        """Have the network learn the words that wait, if it is time; return how many it learned.

        What it learned is kept only where it did what it was for. The latest words say nothing there: they know places
        by what the network made of them before it learned.
        """
        rejects, blend, rows, row = commit.rejects, self._blend, answer.rows, counted.row
        if Tier.NETWORK not in self._tiers:
            return 0
        n_words = self.teacher.n_typed(rows, self.unlearned)
        if not (rejects or self.teacher.is_due(rows, n_words)):
            return 0
        word = self._model.token_of(row)
        if counted.new_position is not None:  # the answer knows no row of it
            answer = self._predictor.next_word(context)
        before = blend.loss_without_recent(answer, word)
        refused = self._row_refused(commit.source.value, commit.shown)
        n_learned = self.teacher.teach(rows, row, n_words, refused)
        if not n_learned:
            return 0
        after = blend.loss_without_recent(self._predictor.next_word(context), word)
        if not after <= before + (0.0 if rejects else _TOLERATED):  # NaN does not compare and goes the same way
            self.teacher.take_back()
            return 0
        self.unlearned = ()
        return n_learned

    def _note_use(self, word: str) -> None:
        """Let a word wait for the network, and be forgotten no more."""
        self._forgotten.discard(fold(word))
        self.unlearned = (*self.unlearned, fold(word))[-N_WAITING:]

    def usual_form(self, row: int) -> str:
        """Return how this user writes a word inside a sentence, as far as that is known."""
        return self._counter.usual_form(row)

    def _row_refused(self, source: str, shown: Sequence[str]) -> int:
        """Return the row of the word that was taken and deleted again: it leads what was shown; 0 without one."""
        return self._model.row_of(normalize(shown[0])) if source == CommitSource.REPLACED.value and shown else 0

    def _keep(self, event: LearningEvent, counted: Counted, place: Int8 | None) -> int:
        """Store one use of a word; return the id of its event, 0 where nothing is stored."""
        if self._keeper is None:
            return 0
        model = self._model
        before, last, word = (model.token_of(row) for row in counted.trigram)
        # Text is needed only to learn again: where the network or its words did not change, none is written.
        needs_text = event.n_learned or event.position is not None
        kept_text = mask_words(event.left_text or "", model.has_row) if needs_text else None
        use = WordUse(
            replace(event, left_text=kept_text), word, self.usual_form(counted.row), (before, last, word),
            {name: self._blend.weights.state_of(name) for name in counted.weights_before},
            counted.habits[1] if counted.habits else None, place.tobytes() if place is not None else None,
        )  # fmt: skip
        return self._keeper.record(use)

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
            refused = self._row_refused(event.source, event.shown)
            self.teacher.teach(rows, self._model.row_of(event.word), event.n_learned, refused)

    def rehearse(self, rule: RehearsalRule | None = None) -> Rehearsal | None:
        """Begin to go over what was learned in this session; None where there is too little of it.

        The last step of a rehearsal that helped changes the model and its profile; one that is left before changes
        nothing.
        """
        if Tier.NETWORK not in self._tiers:
            return None
        return self.teacher.rehearse(rule, self._keeper.record_rehearsal if self._keeper else lambda _: None)

    def n_read(self, digest: str) -> int:
        """Return how many words of a text, by its SHA-256, were learned before."""
        return self._keeper.n_read(digest) if self._keeper is not None else 0

    def note_reading(self, digest: str, n_done: int, n_words: int) -> None:
        """Let the next word that is learned say how far the reading of a text has come."""
        if self._keeper is not None:
            self._keeper.store.note_reading(digest, n_done, n_words)

    def finish_reading(self) -> None:
        """Store how far the reading has come."""
        if self._keeper is not None:
            self._keeper.finish_reading()

    @property
    def attention(self) -> Attention:
        """Return what was learned of how the user looks at suggestions."""
        return self._predictor.attention

    @property
    def cases(self) -> OwnCases:
        """Return what was learned of the case in which the user writes shipped words."""
        return self._predictor.cases

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about the profile that the user should see."""
        return tuple(self._keeper.notices) if self._keeper else ()

    def close(self) -> None:
        """Make what was learned durable, and ask nobody any more: no circle keeps the model in memory then."""
        self.is_right = lambda _: False
        if self._keeper is not None:
            self._keeper.close()


def _milliseconds_since(began: float) -> float:
    return 1_000.0 * (time.perf_counter() - began)
