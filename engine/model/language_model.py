"""The live model: the network's weights, its words, and room for the words that the user brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.model import cells
from engine.model.config import ModelConfig
from engine.model.parameters import Float32, Parameters, check_shapes
from engine.model.quantised import QuantisedNetwork
from engine.model.state import State, zero_state
from engine.text.tokenizer import fold
from engine.text.vocabulary import UNKNOWN, Vocabulary

_ROWS_A_GROWTH = 1_024
_NEW_WORD_SHARE = 0.003
"""What a new word's row first gets of the probability that the network puts on ``<unknown>``: little, as a user has
hundreds of them in time, most of which do not return soon."""

_NEVER = -1e4
"""Score of a row that no word has any more: its probability is 0."""


class LanguageModel:
    """Vocabulary, weights and version: what prediction reads and learning writes. One thread owns it."""

    def __init__(self, config: ModelConfig, parameters: Parameters, vocabulary: Vocabulary) -> None:
        """Take the shipped weights as they are; they are changed in place when the model learns."""
        check_shapes(config, parameters)
        self._shipped_config = config
        self._tables = parameters
        self.vocabulary = vocabulary
        self._user_rows: dict[str, int] = {}
        self._user_tokens: list[str] = []
        self.user_forms: list[str] = []
        """Each word of the user as it is written inside a sentence."""
        self.n_retired = 0
        """Words of the user that were taken out."""
        self.version = 0
        """Count of changes to the weights that were there."""
        self._fast = QuantisedNetwork(config.cell, parameters)

    # ------------------------------------------------------------------------------------------- words

    @property
    def n_rows(self) -> int:
        """Rows in use: those of the vocabulary, then one for each word of the user."""
        return self._shipped_config.n_vocabulary + len(self._user_tokens)

    @property
    def n_shipped_rows(self) -> int:
        """Rows that the shipped model has."""
        return self._shipped_config.n_vocabulary

    @cached_property
    def shipped_shares(self) -> NDArray[np.float64]:
        """(n_shipped_rows,) share of every shipped token in the training text; none is 0."""
        counts = np.maximum(np.array(self.vocabulary.counts[: self.n_shipped_rows], dtype=np.float64), 1.0)
        shares: NDArray[np.float64] = counts / counts.sum()
        return shares

    @property
    def user_tokens(self) -> Sequence[str]:
        """Words that got a row from their use, oldest first; not to be changed, and not a copy."""
        return self._user_tokens

    def token_of(self, row: int) -> str:
        """Return the folded token of a row."""
        shipped = self.n_shipped_rows
        return self.vocabulary.tokens[row] if row < shipped else self._user_tokens[row - shipped]

    def row_of(self, token: str) -> int:
        """Return the row of a token in any case; that of ``<unknown>`` where it has none."""
        key = fold(token)
        return self._user_rows.get(key) or self.vocabulary.row_of(key)

    def rows_of(self, tokens: Iterable[str]) -> list[int]:
        """Return the rows of tokens in any case, in order."""
        return [self.row_of(token) for token in tokens]

    def has_row(self, token: str) -> bool:
        """Tell whether a token has a row of its own."""
        return self.row_of(token) != 0 or fold(token) == UNKNOWN

    def is_own(self, token: str) -> bool:
        """Tell whether a token, in any case, got its row from its use."""
        return fold(token) in self._user_rows

    def add_row(self, token: str, form: str | None = None) -> int:
        """Give a word a row of its own, made from that of ``<unknown>``; return it, or the one it has.

        No weight that was there moves, and every state that was worked out stays true: ``version`` does not change.
        """
        key = fold(token)
        if self.has_row(key):
            return self.row_of(key)
        row = self.n_rows
        self._reserve(row + 1)
        self._tables.E[row] = self._tables.E[0]
        self._tables.b_out[row] = self._tables.b_out[0] + np.float32(np.log(_NEW_WORD_SHARE))
        self._fast.follow_rows(self._tables.E, slice(row, row + 1))
        self._user_rows[key] = row
        self._user_tokens.append(key)
        self.user_forms.append(form or token)
        return row

    def set_form(self, row: int, form: str) -> None:
        """Set how a word of the user is written inside a sentence; rows of the shipped model keep their forms."""
        index = row - self.n_shipped_rows
        if index >= 0 and fold(form) == self._user_tokens[index]:
            self.user_forms[index] = form

    def retire_row(self, row: int, token: str) -> None:
        """Take a word of the user out; ``token``, which no text can hold, keeps its place for the rows behind it."""
        index = row - self.n_shipped_rows
        self._user_rows.pop(self._user_tokens[index], None)
        self._user_rows[token] = row
        self._user_tokens[index], self.user_forms[index] = token, ""
        self.n_retired += 1
        self._tables.E[row] = 0.0
        self._tables.b_out[row] = _NEVER
        self.changed(np.array([row]))

    @property
    def retired_rows(self) -> NDArray[np.int64]:
        """The rows that no word has any more, ascending."""
        return np.flatnonzero([not form for form in self.user_forms]) + self.n_shipped_rows

    def name_retired(self, name: Callable[[int], str]) -> None:
        """Give the tokens that keep the places of retired rows the names of these places."""
        for index, form in enumerate(self.user_forms):
            if not form:
                del self._user_rows[self._user_tokens[index]]
                self._user_tokens[index] = name(index)
        self._user_rows |= {token: self.n_shipped_rows + index for index, token in enumerate(self._user_tokens)}

    def form_of(self, row: int) -> str:
        """Return how a token is written inside a sentence."""
        index = row - self.n_shipped_rows
        return self.user_forms[index] if index >= 0 else self.vocabulary.forms[row]

    def _reserve(self, n_rows: int) -> None:
        room = self._tables.E.shape[0]
        if n_rows <= room:
            return
        grown = room + _ROWS_A_GROWTH
        E = np.zeros((grown, self._tables.E.shape[1]), np.float32)
        b_out = np.zeros(grown, np.float32)
        E[:room], b_out[:room] = self._tables.E, self._tables.b_out
        self._tables = self._tables._replace(E=E, b_out=b_out)

    # ----------------------------------------------------------------------------------------- network

    @property
    def config(self) -> ModelConfig:
        """The sizes of the network with the rows now in use."""
        shipped = self._shipped_config
        return ModelConfig(shipped.cell, self.n_rows, shipped.n_embedding, shipped.n_hidden)

    @property
    def parameters(self) -> Parameters:
        """The live weights; E and b_out are views of the rows in use."""
        n = self.n_rows
        return self._tables._replace(E=self._tables.E[:n], b_out=self._tables.b_out[:n])

    def initial_state(self) -> State:
        """Return the state before any text."""
        return zero_state(self._shipped_config.n_hidden)

    def read(self, state: State, rows: Sequence[int]) -> list[State]:
        """Return the state after each of some tokens, at least one, by their rows; ``state`` is unchanged. In 8 bit."""
        parameters = self.parameters
        return self._fast.read(parameters, state, parameters.E[np.asarray(rows, dtype=np.int64)])

    def trace(self, state: State, rows: Sequence[int]) -> cells.Trace:
        """Read tokens as ``read`` does, in full precision, and keep what a backward pass needs."""
        parameters = self.parameters
        return cells.forward(self.config, parameters, parameters.E[np.asarray(rows, dtype=np.int64)], state)

    def project(self, state: State) -> Float32:
        """Return the projected state z (D,). In 8 bit."""
        return self._fast.project(self.parameters, state)

    def logits(self, z: Float32, n_rows: int | None = None) -> Float32:
        """Return the logit (nats) of every row, or of the first ``n_rows``, for a projected state z (D,). In 8 bit."""
        return self._fast.logits(self.parameters, z, n_rows)

    def expected_row(self, p: Float32) -> Float32:
        """Return the mean embedding (D,) under probabilities p (n_rows,). In 8 bit."""
        return self._fast.expected_row(p)

    def changed(self, rows: NDArray[np.int64]) -> None:
        """Take note that the weights of the cell, the projection, and some rows of E were changed in place."""
        self._fast.follow_core(self._tables)
        self._fast.follow_rows(self._tables.E, rows)
        self.version += 1

    def probabilities(self, state: State) -> Float32:
        """Return the probability of every row as the next token, shape (n_rows,), adding up to 1. In 8 bit."""
        return cells.softmax(self.logits(self.project(state)))
