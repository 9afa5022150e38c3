"""A second cell and projection for the live model, to try what they would say before any of it is believed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.model import cells
from engine.model.config import ModelConfig
from engine.model.language_model import LanguageModel
from engine.model.parameters import CORE, Float32, Parameters
from engine.model.state import State


class Draft:
    """Reads with weights of its own and scores with the rows of the live model, whose cell and projection stay."""

    def __init__(self, model: LanguageModel) -> None:
        """Begin with a copy of the live weights."""
        self._model = model
        self.core: dict[str, Float32] = {name: getattr(model.parameters, name).copy() for name in CORE}
        """By name; to be changed in place."""

    @property
    def config(self) -> ModelConfig:
        """The sizes of the network with the rows now in use."""
        return self._model.config

    @property
    def parameters(self) -> Parameters:
        """The weights of the draft, with the rows of the live model."""
        return self._model.parameters._replace(**self.core)

    def trace(self, state: State, rows: Sequence[int]) -> cells.Trace:
        """Read tokens in full precision, and keep what a backward pass needs."""
        parameters = self.parameters
        return cells.forward(self.config, parameters, parameters.E[np.asarray(rows, dtype=np.int64)], state)

    def logits(self, z: Float32) -> Float32:
        """Return the logit of every row, (n_rows,), for a projected state z (D,)."""
        return self._model.logits(z)

    def expected_row(self, p: Float32) -> Float32:
        """Return the mean embedding (D,) under probabilities p (n_rows,)."""
        return self._model.expected_row(p)
