"""One learning step of the network: truncated back-propagation through time over the last words, and a bounded update.

Dynamic evaluation (Krause et al. 2018, arXiv 1709.07432): the live model takes gradient steps on the text as it comes,
with a pull back to the weights it started from. Truncated BPTT: Williams and Peng 1990.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.learning.moved_rows import MovedRows, Rows, Snapshot
from engine.model import cells
from engine.model.config import ModelConfig
from engine.model.language_model import LanguageModel
from engine.model.parameters import CORE, Float32, Parameters
from engine.model.shipped_network import Changes
from engine.model.state import State

Int32 = np.ndarray[tuple[int, ...], np.dtype[np.int32]]
_MOST_REFUSED = 0.9
"""A word is pushed down no harder than if it had been so likely: -log(1 - p) has no bound."""


@dataclass(frozen=True, slots=True)
class UpdateRule:
    """How far one update may move what."""

    window: int = 20
    """T, tokens that the error is sent back through."""
    learning_rate: float = 0.15
    """Of the cell, the projection, and the embeddings as they are read."""
    clip_norm: float = 1.0
    """L2 norm that their gradient is cut to: no update moves them further than this times the rate."""
    output_rate: float = 0.002
    """Of the embeddings as the output matrix, and its biases. Far smaller: what they learn holds in every context."""
    output_clip_norm: float = 50.0
    """L2 norm that their gradient is cut to."""
    pull: float = 1e-2
    """Share of the way back to the shipped weights that every update takes the cell and the projection."""
    row_pull: float = 1e-2
    """The same for the rows of shipped words, of those that the update moves."""
    refusal_weight: float = 0.2
    """Of the loss -log(1 - p) of a word that was taken and deleted again, beside the loss of the one typed instead."""
    n_rivals: int = 64
    """Wrong words at each place, strongest first, whose rows learn that they were wrong; the others hardly would."""
    most_rows: int = 4_000
    """Rows of shipped words that may differ from the shipped model; where there are more, the least moved go back."""


class Trained(Protocol):
    """What a window needs of a network: the live model, or a draft of it."""

    @property
    def config(self) -> ModelConfig:
        """The sizes."""
        ...

    @property
    def parameters(self) -> Parameters:
        """The weights."""
        ...

    def trace(self, state: State, rows: Sequence[int]) -> cells.Trace:
        """Read tokens, and keep what a backward pass needs."""
        ...

    def scores(self, z: Float32) -> Float32:
        """Return the score of every row, (n_rows,)."""
        ...

    def expected_row(self, p: Float32) -> Float32:
        """Return the mean embedding (D,) under probabilities p (n_rows,)."""
        ...


@dataclass(frozen=True, slots=True)
class WindowGradient:
    """Everything that one window says about the weights: derivatives of the summed loss of its words."""

    cell: cells.CellWeights
    P: Float32
    b_p: Float32
    read: Float32
    """(T, D) by the embeddings of the tokens that were read."""
    rows: Int32
    """(R,) the words that are learned, and the strongest rivals of each."""
    E: Float32
    """(R, D) by these rows as the output matrix."""
    b_out: Float32
    """(R,)"""

    @property
    def core(self) -> tuple[Float32, ...]:
        """By the cell and the projection, in the order of ``CORE``."""
        return (*self.cell, self.P, self.b_p)

    @property
    def state(self) -> tuple[Float32, ...]:
        """What makes the state, clipped together."""
        return (*self.core, self.read)

    @property
    def output(self) -> tuple[Float32, ...]:
        """What scores it, clipped together."""
        return (self.E, self.b_out)


def window_gradient(
    model: Trained,
    rule: UpdateRule,
    start: State,
    rows: Sequence[int],
    target: int,
    n_learned: int = 1,
    refused: int = 0,
) -> WindowGradient:
    """Read ``rows`` (T,) from ``start`` on, and send the error of what followed back through all of it.

    What followed the last row is ``target``. The last ``n_learned`` places count, the others are only read:
    a place that was learned once is not learned again. ``refused`` is the row of a word that the user took in place of
    ``target`` and deleted again; 0 where there was none.
    """
    parameters = model.parameters
    trace = model.trace(start, rows)
    Z = cells.project(parameters, trace.H)
    n = min(n_learned, len(rows))
    targets = np.array([*rows[1:], target], dtype=np.int32)[-n:]
    # <unknown> is nobody's word: nothing is learned from it
    weights = (targets != 0).astype(np.float32)
    P = [cells.softmax(model.scores(z)) for z in Z[-n:]]
    d_Z = np.zeros_like(Z)
    for place, (p, row, weight) in enumerate(zip(P, targets, weights, strict=True), start=len(rows) - n):
        d_Z[place] = weight * (model.expected_row(p) - parameters.E[row])
    push = _push_against(float(P[-1][refused]), rule.refusal_weight) if refused else 0.0
    if push:
        d_Z[-1] += np.float32(push) * (parameters.E[refused] - model.expected_row(P[-1]))
    projection = cells.project_backward(parameters, trace.H, d_Z)
    gradient = cells.backward(model.config, parameters, trace, projection.H)
    rivals = [cells.top_k(p, rule.n_rivals) for p in P]
    named = np.append(targets[targets != 0], [refused] if refused else [])
    touched = np.union1d(named, np.concatenate(rivals)).astype(np.int32)
    error = np.stack([p[touched] for p in P]) - (touched == targets[:, np.newaxis])
    error = (weights[:, np.newaxis] * error).astype(np.float32)
    if push:
        error[-1] += np.float32(push) * ((touched == refused) - P[-1][touched])
    return WindowGradient(
        gradient.weights, projection.P, projection.b_p, gradient.X, touched, error.T @ Z[-n:], error.sum(axis=0)
    )


def _push_against(p: float, weight: float) -> float:
    """Return the factor c of the derivatives c (1[refused] - p) of ``-weight log(1 - p)``, by the scores.

    Unlikelihood: Welleck et al. 2019, arXiv 1908.04319.
    """
    p = min(p, _MOST_REFUSED)
    return weight * p / (1.0 - p)


class NetworkUpdater:
    """Applies window gradients to the live weights, and takes an update back that did harm."""

    def __init__(self, model: LanguageModel, rule: UpdateRule) -> None:
        """Remember the present weights as those that updates are pulled back to."""
        self._model = model
        self.rule = rule
        self.moved = MovedRows(model, rule.most_rows)
        """Rows of shipped words that updates have moved."""
        self._shipped = tuple(part.copy() for part in self._core)
        self._last_good = tuple(part.copy() for part in self._shipped)
        self._before: _RowsBefore | None = None

    def changes(self) -> Changes:
        """Return what learning has changed, as it was, for who wants to know what was said before it."""
        core = dict(zip(CORE, self._shipped, strict=True))
        return Changes(self._model.parameters._replace(**core), *self.moved.as_shipped())

    @property
    def _core(self) -> tuple[Float32, ...]:
        return tuple(getattr(self._model.parameters, name) for name in CORE)

    def apply(self, gradient: WindowGradient, inputs: Sequence[int]) -> bool:
        """Make one bounded step; return False, with nothing changed, where the gradient is not finite."""
        if not cells.all_finite((*gradient.state, *gradient.output)):
            return False
        rule, live, read = self.rule, self._model.parameters, np.asarray(inputs, np.int64)
        rows = np.union1d(read, gradient.rows.astype(np.int64))
        before = _RowsBefore(self.moved.snapshot(), [(rows, live.E[rows].copy(), live.b_out[rows].copy())])
        self.moved.remember(rows)
        cells.clip_by_global_norm(gradient.state, rule.clip_norm)
        cells.clip_by_global_norm(gradient.output, rule.output_clip_norm)
        parts = zip(self._core, self._last_good, self._shipped, gradient.core, strict=True)
        for weights, good, shipped, d_weights in parts:
            good[...] = weights
            cells.decay_update(weights, d_weights, shipped, rate=rule.learning_rate, pull=rule.pull)
        self.moved.pull_back(rows, rule.row_pull)
        np.subtract.at(live.E, read, np.float32(rule.learning_rate) * gradient.read)
        output_rate = np.float32(rule.output_rate)
        live.E[gradient.rows] -= output_rate * gradient.E
        live.b_out[gradient.rows] -= output_rate * gradient.b_out
        surplus = self.moved.surplus()
        if surplus.size:
            before.weights.append((surplus, live.E[surplus].copy(), live.b_out[surplus].copy()))
            self.moved.give_back(surplus)
        self._before = before
        self._model.changed(np.union1d(rows, surplus))
        return True

    def adopt(self, core: Mapping[str, Float32]) -> None:
        """Go on with another cell and projection, by name. To take the last update back takes them back with it."""
        for weights, name in zip(self._core, CORE, strict=True):
            weights[...] = core[name]
        self._model.changed(np.empty(0, np.int64))

    def take_back(self) -> None:
        """Return to the weights before the last update."""
        if self._before is None:
            return
        for weights, good in zip(self._core, self._last_good, strict=True):
            weights[...] = good
        live = self._model.parameters
        for rows, E, b_out in reversed(self._before.weights):
            live.E[rows], live.b_out[rows] = E, b_out
        self.moved.restore(self._before.moved)
        self._model.changed(np.concatenate([rows for rows, _, _ in self._before.weights]))
        self._before = None

    def settle(self) -> None:
        """Make the last update final: nothing can take it back."""
        self._before = None


@dataclass(frozen=True, slots=True)
class _RowsBefore:
    """What the last update changed of the output table, as it was."""

    moved: Snapshot
    weights: list[tuple[Rows, Float32, Float32]]
    """Rows (R,) with their E (R, D) and b_out (R,), in the order in which they were changed."""
