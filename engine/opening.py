"""Put the engine together: shipped model, profile, predictor and learner."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import resources
from engine.correction.corrector import Corrector
from engine.correction.memory import CorrectionMemory
from engine.correction.misspellings import read_misspellings
from engine.correction.table import warm_up_search
from engine.jit import COMPILER_LIBRARY
from engine.knowledge import Knowledge
from engine.learning.bptt import NetworkUpdater, UpdateRule
from engine.learning.from_text import TextReading
from engine.learning.keeping import ProfileKeeper
from engine.learning.learner import Learner
from engine.learning.rehearsal import Rehearsal
from engine.learning.tiers import ALL_TIERS, Tier
from engine.learning.wishes import WordWishes
from engine.model import cells
from engine.model.checkpoint import read_model
from engine.model.interpolation import InterpolationWeights
from engine.model.language_model import LanguageModel
from engine.model.ngrams import NgramCounts
from engine.model.shipped_network import ShippedNetwork
from engine.pages import let_go_of_library, return_large_blocks
from engine.prediction.blend import Blend
from engine.prediction.blocklist import read_blocklist
from engine.prediction.calibration import Calibration
from engine.prediction.explaining import Explainer
from engine.prediction.offering import OfferRules
from engine.prediction.phrases import PhraseFinder
from engine.prediction.predictor import Predictor
from engine.prediction.spelling import SPELLING_SHARE
from engine.profile.files import BLOCKLIST
from engine.profile.store import ProfileStore
from engine.text.context import Context
from engine.text.tokenizer import possessive_of


class Engine:
    """An open engine: ask ``predictor`` and ``ghosts``, tell ``learner``, close it. One thread owns it."""

    def __init__(
        self,
        predictor: Predictor,
        learner: Learner,
        ghosts: PhraseFinder,
        wishes: WordWishes,
        knowledge: Knowledge,
        explainer: Explainer,
        corrector: Corrector,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.predictor = predictor
        self.learner = learner
        self.ghosts = ghosts
        self.wishes = wishes
        self.knowledge = knowledge
        self.explainer = explainer
        self.corrector = corrector
        self._notices = notices

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences that the user should see: what could not be read or saved. They grow; none is taken away."""
        return self._notices + self.wishes.notices + self.learner.notices + tuple(self.corrector.memory.notices)

    def warm_up(self) -> None:
        """Do once what is done once, so that the first keystroke does not pay for it."""
        load_kernels()
        self.predictor.predict_one(Context.before_caret("How are "))

    def prepare_to_learn(self) -> None:
        """Do once what the first update of the network would take a tenth of a second longer for."""
        self.learner.teacher.updater.prepare()

    def forget(self, word: str) -> bool:
        """Forget a word, and tell whether it was known; see ``Knowledge.forget_all``."""
        return bool(self.forget_all((word,)))

    def forget_all(self, words: Sequence[str]) -> int:
        """Forget some words, and return how many were known; see ``Knowledge.forget_all``."""
        try:
            return self.knowledge.forget_all(words)
        finally:
            for form in (*words, *map(possessive_of, words)):
                self.wishes.forget(form)
                self.corrector.memory.forget(form)

    def read_text(self, text: str) -> TextReading:
        """Begin to learn from a text that the user handed over."""
        return TextReading(self.predictor, self.learner, text)

    def rehearse(self) -> Rehearsal | None:
        """Begin to go over what was learned in this session; None where there is too little of it."""
        return self.learner.rehearse()

    def close(self) -> None:
        """Make the profile durable."""
        self.learner.close()

    def __enter__(self) -> Self:
        """Return the engine."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the engine."""
        self.close()


@cache
def load_kernels() -> None:
    """Compile every kernel or load it from the cache, once a process, and let go of the compiler.

    Before there is a model in memory: so the compiler and the model never take their memory together.
    """
    return_large_blocks()
    cells.warm_up()
    warm_up_search()
    let_go_of_library(COMPILER_LIBRARY)


def open_engine(
    profile: Path | None = None,
    *,
    model: Path | None = None,
    rule: UpdateRule | None = None,
    tiers: Tier = ALL_TIERS,
) -> Engine:
    """Open the engine on a profile folder, created if missing; on None it learns in memory and writes nothing.

    ``model`` is the folder of another model than the shipped one. Raises ``CheckpointError`` or ``ProfileError``.
    ``rule`` and ``tiers`` are for measurements: a profile is to be opened with those that made it.
    """
    load_kernels()
    folder = model or resources.model_path()
    shipped = read_model(folder)
    live = LanguageModel(shipped.config, shipped.parameters, shipped.vocabulary)
    blocked, notices = read_blocklist(resources.blocklist_text(), profile / BLOCKLIST if profile is not None else None)
    spelling_share = SPELLING_SHARE if shipped.spelling is not None else 0.0
    blend = Blend(live, NgramCounts(), InterpolationWeights(), shipped.background, spelling_share)
    rules = OfferRules.parse(resources.withheld_text(), resources.two_cases_text())
    predictor = Predictor(blend, blocked, shipped.spelling, rules)
    updater = NetworkUpdater(live, rule or UpdateRule(), shipped.moments)
    keeper = None
    if profile is not None:
        keeper = ProfileKeeper(ProfileStore.open(profile), live, updater, shipped.checksum)
    learner = Learner(predictor, updater, keeper, tiers)
    ghosts = PhraseFinder(predictor, Calibration.parse(resources.calibration_text()))
    wishes = WordWishes(profile, resources.blocklist_text(), predictor, learner)
    knowledge = Knowledge(blend, learner, updater, keeper)
    explainer = Explainer(predictor, ShippedNetwork(live, updater.changes), shipped.spelling)
    misspellings = read_misspellings(resources.misspellings_text())
    corrector = Corrector(predictor, CorrectionMemory.open(profile), misspellings, wishes.is_right)
    learner.is_right = lambda word: wishes.is_right(word) or corrector.memory.is_left_alone(word)
    return Engine(predictor, learner, ghosts, wishes, knowledge, explainer, corrector, notices)
