"""Rehearsal: going over what was learned lately, mixed with general text, while the user rests.

Typing teaches the network word by word, which moves it towards the latest words and away from the rest. A rehearsal
goes over the lessons of the session in another order, each beside a passage that the shipped network wrote
(``engine.learning.pseudo_text``), with steps scaled by the root mean square of the gradients of each row of a matrix
(Tieleman and Hinton 2012, "Lecture 6.5: RMSprop"; a row at a time, as in Shazeer and Stern 2018, arXiv 1804.04235, to
keep no second network in memory). It works on a draft. The newest tenth of the lessons, which it does not go over,
decides whether the draft is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.learning.bptt import UpdateRule, window_gradient
from engine.learning.lessons import LONGEST_READ, Lesson
from engine.learning.pseudo_text import Passage, PseudoWriter
from engine.model import cells
from engine.model.draft import Draft
from engine.model.language_model import LanguageModel
from engine.model.parameters import CORE, Float32
from engine.model.shipped_network import Changes
from engine.values import RehearsalReport

_TINY = np.float32(1e-8)
"""Keeps a row that no gradient has reached from a division by zero."""

Core = dict[str, Float32]
"""The weights of the cell and the projection by name, or their derivatives."""


@dataclass(frozen=True, slots=True)
class RehearsalRule:
    """How far one rehearsal goes."""

    rate: float = 4e-4
    """How far a weight moves at first, where its gradient is as large as it is in its row; it falls to nothing."""
    memory: float = 0.99
    """What stays of the mean squares of the gradients from one step to the next."""
    weight: float = 4.0
    """Of what the shipped network wrote, beside the user's own."""
    most_lessons: int = 256
    """More are gone over in other rests."""
    n_passages: int = 64
    """Different ones of the shipped network; then they come again."""


class Rehearsal:
    """One rehearsal, in steps of one short text each. The live model changes in the last one, or not at all."""

    def __init__(
        self,
        model: LanguageModel,
        changes: Changes,
        lessons: tuple[Sequence[Lesson], Sequence[Lesson]],
        finish: Callable[[Core, RehearsalReport], None],
        rule: RehearsalRule | None = None,
    ) -> None:
        """Take the lessons to go over and those held out, and what hears of the end and keeps a draft that helped."""
        self._model, self._finish, self._rule = model, finish, rule or RehearsalRule()
        self._version = model.version
        own, self._held_out = lessons
        self._rng = np.random.default_rng(len(own))
        order = self._rng.permutation(len(own))[: self._rule.most_lessons]
        self._own = [own[place] for place in order]
        self._writer = PseudoWriter(model, changes, self._rng)
        self._passages: list[Passage] = []
        self._draft = Draft(model)
        self._descent = RowScaledDescent(self._draft.core, self._rule.memory)
        self._work = self._all_steps()
        self.report: RehearsalReport | None = None
        """What came of it, at the end."""

    def go_on(self) -> bool:
        """Do one step; tell whether it was the last. Where the model has learned something meanwhile, it is."""
        return self._model.version != self._version or next(self._work, True)

    def _all_steps(self) -> Iterator[bool]:
        began = time.thread_time()
        before: list[float] = []
        for lesson in self._held_out:
            before += self._losses_of(lesson)
            yield False
        for n_done, lesson in enumerate(self._own):
            gradient = self._gradient_of_lesson(lesson)
            yield False
            passage = self._next_passage()
            yield False
            other = self._gradient_of_passage(passage)
            for name in CORE:
                gradient[name] += np.float32(self._rule.weight) * other[name]
            self._descent.step(gradient, self._rule.rate * (1.0 - n_done / len(self._own)))
            yield False
        after: list[float] = []
        for lesson in self._held_out:
            after += self._losses_of(lesson)
            yield False
        loss_before, loss_after = (sum(losses) / max(1, len(losses)) for losses in (before, after))
        elapsed_ms = 1_000.0 * (time.thread_time() - began)
        self.report = RehearsalReport(loss_after < loss_before, len(self._own), loss_before, loss_after, elapsed_ms)
        self._finish(self._draft.core, self.report)

    def _gradient_of_lesson(self, lesson: Lesson) -> Core:
        """Return the derivatives of the mean loss of its words."""
        start = self._model.initial_state()
        found = window_gradient(self._draft, UpdateRule(), start, lesson.rows, lesson.target, lesson.n_places)
        share = np.float32(1.0 / min(lesson.n_places, len(lesson.rows)))
        return {name: share * part for name, part in zip(CORE, found.core, strict=True)}

    def _gradient_of_passage(self, passage: Passage) -> Core:
        """Return the derivatives of the mean divergence KL(shipped || draft) at its places."""
        draft, n = self._draft, len(passage.expected)
        trace = draft.trace(self._model.initial_state(), passage.rows)
        Z = cells.project(draft.parameters, trace.H)
        d_Z = np.zeros_like(Z)
        for place, expected in enumerate(passage.expected, start=len(Z) - n):
            d_Z[place] = (draft.expected_row(cells.softmax(draft.logits(Z[place]))) - expected) / np.float32(n)
        projection = cells.project_backward(draft.parameters, trace.H, d_Z)
        cell = cells.backward(draft.config, draft.parameters, trace, projection.H).weights
        return dict(zip(CORE, (*cell, projection.P, projection.b_p), strict=True))

    def _next_passage(self) -> Passage:
        if len(self._passages) < self._rule.n_passages:
            self._passages.append(self._writer.write(LONGEST_READ, LONGEST_READ // 2))
            return self._passages[-1]
        return self._passages[int(self._rng.integers(len(self._passages)))]

    def _losses_of(self, lesson: Lesson) -> list[float]:
        """Return the cross entropy (nats) of each word of a lesson, as the draft stands."""
        trace = self._draft.trace(self._model.initial_state(), lesson.rows)
        n = min(lesson.n_places, len(lesson.rows))
        Z = cells.project(self._draft.parameters, trace.H)[-n:]
        targets = (*lesson.rows[1:], lesson.target)[-n:]
        scored = ((self._draft.logits(z), target) for z, target in zip(Z, targets, strict=True) if target)
        return [cells.log_sum_exp(scores) - float(scores[target]) for scores, target in scored]


class RowScaledDescent:
    """Gradient steps in place, each row of a matrix by the root mean square of its own gradients."""

    def __init__(self, core: Core, memory: float) -> None:
        self._core, self._memory = core, memory
        self._squares: Core = {}
        self._n_steps = 0

    def step(self, gradient: Core, rate: float) -> None:
        """Make one step; nothing where the gradient is not finite."""
        if not cells.all_finite(gradient.values()):
            return
        self._n_steps += 1
        memory = np.float32(self._memory)
        for name, derivative in gradient.items():
            square = np.square(derivative).mean(axis=-1, keepdims=True)
            squares = memory * self._squares.get(name, np.zeros_like(square)) + (1 - memory) * square
            self._squares[name] = squares
            size = np.sqrt(squares / np.float32(1.0 - self._memory**self._n_steps))
            self._core[name] -= np.float32(rate) / (size + _TINY) * derivative
