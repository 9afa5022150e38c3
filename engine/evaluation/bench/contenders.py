"""Networks that take one word step each: the engine's own, and what a peer must offer to be compared with them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from engine.model import cells
from engine.model.language_model import LanguageModel
from engine.model.parameters import Float32

N_BEST = 3


class Contender(Protocol):
    """A network that reads one token after another, and says each time what it expects next."""

    key: str
    name: str
    meaning: str
    """One sentence."""

    def begin(self) -> None:
        """Forget what was read."""
        ...

    def step(self, row: int) -> object:
        """Read one token by its row, and find the best of all words that may follow."""
        ...

    def logits(self, row: int) -> Float32:
        """Read one token, and return the logits (V,) of all that may follow."""
        ...


class _Own(ABC):
    """The engine's own network; how it reads is for the subclasses to say."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.begin()

    def begin(self) -> None:
        """Forget what was read."""
        self._state = self._model.initial_state()

    def step(self, row: int) -> object:
        """Read one token, and find the best words."""
        return cells.top_k(self.logits(row), N_BEST)

    @abstractmethod
    def logits(self, row: int) -> Float32:
        """Read one token, and return the logits."""


class EightBit(_Own):
    """The network as the program predicts with it."""

    key = "word_step"
    name = "Foretype, 8 bit"

    def __init__(self, model: LanguageModel) -> None:
        super().__init__(model)
        sizes = model.config
        self.meaning = (
            f"Embedding, {sizes.cell.value.upper()} of {sizes.n_hidden}, scores of {sizes.n_vocabulary:,} words and "
            f"the best {N_BEST}, as the program predicts: 8-bit weights, float32 sums."
        )

    def logits(self, row: int) -> Float32:
        """Read one token, and return the logits."""
        self._state = self._model.read(self._state, [row])[-1]
        return self._model.logits(self._model.project(self._state))


class FullPrecision(_Own):
    """The same network with the weights that learning changes."""

    key = "word_step_float32"
    name = "Foretype, float32"
    meaning = "The same with float32 weights, as the peers have them; the program uses these for learning only."

    def logits(self, row: int) -> Float32:
        """Read one token, and return the logits."""
        trace = self._model.trace(self._state, [row])
        self._state = trace.state
        parameters = self._model.parameters
        return cells.logits(parameters, cells.project(parameters, trace.H)[0])


def all_scores(contender: Contender, rows: Sequence[int]) -> Float32:
    """Return the scores after each token of a passage, (T, V)."""
    contender.begin()
    return np.stack([np.array(contender.logits(row)) for row in rows])
