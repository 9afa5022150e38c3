"""One learning step of the network: truncated back-propagation through time over the last words, and a bounded update.

Dynamic evaluation (Krause et al. 2018, arXiv 1709.07432): the live model takes gradient steps on the text as it comes,
with a pull back to the weights it started from. Truncated BPTT: Williams and Peng 1990. What each matrix read is
whitened first (``engine.model.whitening``): a plain step that taught as much made other text worse many times more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from engine.learning.moved_rows import MovedRows, Rows, Snapshot
from engine.learning.row_rates import RowRates
from engine.model import cells
from engine.model.config import ModelConfig
from engine.model.language_model import LanguageModel
from engine.model.parameters import CORE, Float32, Parameters
from engine.model.shipped_network import Changes
from engine.model.state import Reading, State
from engine.model.whitening import Moments, Whitening, whitened

Int32 = np.ndarray[tuple[int, ...], np.dtype[np.int32]]
_MOST_REFUSED = 0.9
"""A word is pushed down no harder than if it had been so likely: -log(1 - p) has no bound."""


@dataclass(frozen=True, slots=True)
class UpdateRule:
    """How far one update may move what."""

    window: int = 20
    """T, tokens that the error is sent back through."""
    learning_rate: float = 0.5
    """Of the cell and the projection."""
    clip_norm: float = 1.0
    """L2 norm that their gradient is cut to: no update moves them further than this times the rate."""
    output_rate: float = 0.4
    """Of the embeddings as the output matrix, and its biases: how far one error moves the score of a common
    word, in the mean."""
    most_for_rare: float = 8.0
    """How many times as far an error moves the score of a rare word, at most (``engine.learning.row_rates``)."""
    for_own_words: float = 3.0
    """The same for words that were never shipped. They come back, too, but other texts pay for them."""
    damping: float = 0.1
    """Added to the moments that whiten what the weights read, as a share of the mean square of an input."""
    pull: float = 2e-3
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

    def logits(self, z: Float32) -> Float32:
        """Return the logit of every row, (n_rows,)."""
        ...

    def expected_row(self, p: Float32) -> Float32:
        """Return the mean embedding (D,) under probabilities p (n_rows,)."""
        ...


@dataclass(frozen=True, slots=True)
class WindowGradient:
    """What one window says about the weights: derivatives of the summed loss of its words.

    By the embeddings as they are scored with, not as they are read: to learn these too gained nothing.
    """

    cell: cells.CellWeights
    P: Float32
    b_p: Float32
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


def window_gradient(
    model: Trained,
    rule: UpdateRule,
    start: State,
    rows: Sequence[int],
    target: int,
    n_learned: int = 1,
    refused: int = 0,
    whitening: Whitening | None = None,
) -> WindowGradient:
    """Read ``rows`` (T,) from ``start`` on, and send the error of what followed back through all of it.

    What followed the last row is ``target``. The last ``n_learned`` places count, the others are only read:
    a place that was learned once is not learned again. ``refused`` is the row of a word that the user took in place of
    ``target`` and deleted again; 0 where there was none. With ``whitening``, what each matrix read is whitened first,
    which makes a natural direction of the gradient by it.
    """
    parameters = model.parameters
    trace = model.trace(start, rows)
    Z = cells.project(parameters, trace.H)
    n = min(n_learned, len(rows))
    targets = np.array([*rows[1:], target], dtype=np.int32)[-n:]
    # <unknown> is nobody's word: nothing is learned from it
    weights = (targets != 0).astype(np.float32)
    P = [cells.softmax(model.logits(z)) for z in Z[-n:]]
    d_Z = np.zeros_like(Z)
    for place, (p, row, weight) in enumerate(zip(P, targets, weights, strict=True), start=len(rows) - n):
        d_Z[place] = weight * (model.expected_row(p) - parameters.E[row])
    push = _push_against(float(P[-1][refused]), rule.refusal_weight) if refused else 0.0
    if push:
        d_Z[-1] += np.float32(push) * (parameters.E[refused] - model.expected_row(P[-1]))
    read = _Readings.of(trace, Z[-n:], whitening)
    projection = cells.project_backward(parameters, trace.H, d_Z, read.after)
    gradient = cells.backward(model.config, parameters, trace, projection.H, read=(read.inputs, read.before))
    rivals = [cells.top_k(p, rule.n_rivals) for p in P]
    named = np.append(targets[targets != 0], [refused] if refused else [])
    touched = np.union1d(named, np.concatenate(rivals)).astype(np.int32)
    error = np.stack([p[touched] for p in P]) - (touched == targets[:, np.newaxis])
    error = (weights[:, np.newaxis] * error).astype(np.float32)
    if push:
        error[-1] += np.float32(push) * ((touched == refused) - P[-1][touched])
    d_E, d_b_out = error.T @ read.projected.X, read.projected.ones @ error
    return WindowGradient(gradient.weights, projection.P, projection.b_p, touched, d_E, d_b_out)


class _Readings(NamedTuple):
    """What the weights read in a window."""

    inputs: Reading
    """By W_x."""
    before: Reading
    """The state before each input, by W_h."""
    after: Reading
    """The state after it, by P."""
    projected: Reading
    """By the output table, at the places that are learned."""

    @classmethod
    def of(cls, trace: cells.Trace, Z: Float32, whitening: Whitening | None) -> _Readings:
        """Return them, whitened if that is wanted; Z (n, D) is what the output table reads."""
        if whitening is None:
            return cls(*(Reading.of(X) for X in (trace.X, trace.H_[:-1], trace.H, Z)))
        H_ = whitened(whitening.H, trace.H_)
        before, after = (Reading(H_.X[part], H_.ones[part]) for part in (slice(None, -1), slice(1, None)))
        return cls(whitened(whitening.X, trace.X), before, after, whitened(whitening.Z, Z))


def _push_against(p: float, weight: float) -> float:
    """Return the factor c of the derivatives c (1[refused] - p) of ``-weight log(1 - p)``, by the scores.

    Unlikelihood: Welleck et al. 2019, arXiv 1908.04319.
    """
    p = min(p, _MOST_REFUSED)
    return weight * p / (1.0 - p)


class NetworkUpdater:
    """Applies window gradients to the live weights, and takes an update back that did harm."""

    def __init__(self, model: LanguageModel, rule: UpdateRule, moments: Moments) -> None:
        """Remember the present weights as those that updates are pulled back to."""
        self._model, self._moments = model, moments
        self.rule = rule
        self._row_rates = RowRates(model.shipped_shares, rule.most_for_rare, rule.for_own_words)
        self.moved = MovedRows(model, rule.most_rows)
        """Rows of shipped words that updates have moved."""
        self._shipped = tuple(part.copy() for part in self._core)
        self._last_good = tuple(part.copy() for part in self._shipped)
        self._before: _RowsBefore | None = None

    @cached_property
    def _whitening(self) -> Whitening:
        """Made when it is first needed, as it takes longer than most updates."""
        return Whitening.of(self._moments, self.rule.damping)

    def prepare(self) -> None:
        """Make what the first update needs, ahead of it."""
        self._whitening  # noqa: B018  to ask is to make it

    def gradient_of(
        self, start: State, rows: Sequence[int], target: int, n_learned: int = 1, refused: int = 0
    ) -> WindowGradient:
        """Return what ``apply`` is to be given for a window: see ``window_gradient``."""
        return window_gradient(self._model, self.rule, start, rows, target, n_learned, refused, self._whitening)

    def changes(self) -> Changes:
        """Return what learning has changed, as it was, for who wants to know what was said before it."""
        core = dict(zip(CORE, self._shipped, strict=True))
        return Changes(self._model.parameters._replace(**core), *self.moved.as_shipped())

    @property
    def _core(self) -> tuple[Float32, ...]:
        return tuple(getattr(self._model.parameters, name) for name in CORE)

    def apply(self, gradient: WindowGradient) -> bool:
        """Make one bounded step; return False, with nothing changed, where the gradient is not finite."""
        if not cells.all_finite((*gradient.core, gradient.E, gradient.b_out)):
            return False
        rule, live, rows = self.rule, self._model.parameters, gradient.rows.astype(np.int64)
        before = _RowsBefore(self.moved.snapshot(), [(rows, live.E[rows].copy(), live.b_out[rows].copy())])
        self.moved.remember(rows)
        cells.clip_by_global_norm(gradient.core, rule.clip_norm)
        parts = zip(self._core, self._last_good, self._shipped, gradient.core, strict=True)
        for weights, good, shipped, d_weights in parts:
            good[...] = weights
            cells.decay_update(weights, d_weights, shipped, rate=rule.learning_rate, pull=rule.pull)
        self.moved.pull_back(rows, rule.row_pull)
        rates = np.float32(rule.output_rate) * self._row_rates.of(rows)
        live.E[rows] -= rates[:, np.newaxis] * gradient.E
        live.b_out[rows] -= rates * gradient.b_out
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
