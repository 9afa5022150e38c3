"""Sampled softmax: the loss of a large vocabulary at the price of a few thousand rows.

The normaliser ``sum_v exp(s_v)`` is estimated from the most frequent rows, which are always in, and a random sample of
the others, each weighted by the inverse of its chance to be drawn (Bengio and Senecal 2008, "Adaptive importance
sampling to accelerate training of a neural probabilistic language model"; Jean et al. 2015, arXiv 1412.2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

_CHUNK_POSITIONS = 256
"""Positions whose scores are held at a time: (256, 4096) floats stay near the cache."""
_MAX_SCORE = 30.0
"""Scores are clamped here, so that exp needs no running maximum; trained scores stay far below."""


@dataclass(frozen=True)
class Sample:
    """The rows scored beside the targets."""

    rows: Tensor
    """(K,) ids, each once."""
    log_weight: Tensor
    """(K,) log of how many rows of the vocabulary each one stands for; 0 for those always in."""
    column_of: Tensor
    """(V,) column of each row in the sample, -1 where it was not drawn."""


class RowSampler:
    """Draws samples: the first ``n_always`` rows (vocabularies are sorted by count), and others by count ** 0.5."""

    def __init__(self, counts: Tensor, n_always: int, n_drawn: int, generator: torch.Generator) -> None:
        """Take the counts of all rows, shape (V,)."""
        self._n_always = n_always
        self._n_drawn = n_drawn
        self._generator = generator
        self._n_rows = counts.numel()
        self._chance = counts[n_always:].double().sqrt()
        self._chance /= self._chance.sum()

    def draw(self) -> Sample:
        """Return a fresh sample."""
        drawn = torch.multinomial(self._chance, self._n_drawn, replacement=True, generator=self._generator)
        others, times = drawn.unique(return_counts=True)
        log_weight = (times / (self._n_drawn * self._chance[others])).log().float()
        rows = torch.cat([torch.arange(self._n_always), others + self._n_always])
        column_of = torch.full((self._n_rows,), -1)
        column_of[rows] = torch.arange(rows.numel())
        return Sample(rows, torch.cat([torch.zeros(self._n_always), log_weight]), column_of)


class SampledSoftmax(torch.autograd.Function):
    """Mean cross entropy of N targets; the gradient is worked out chunk by chunk while the scores are at hand."""

    @staticmethod
    def forward(ctx: Any, z: Tensor, target_rows: Tensor, sample_rows: Tensor, target_bias: Tensor,
                sample_bias: Tensor, target_column: Tensor) -> Tensor:  # fmt: skip
        """Return the loss.

        ``z`` (N, D) and both row matrices, (N, D) and (K, D), have one type; ``target_bias`` is (N,), ``sample_bias``
        (K,) with the log weights added; ``target_column`` (N,) is each target's own column in the sample or -1.
        """
        n = z.shape[0]
        target_score = ((z * target_rows).sum(1, dtype=torch.float32) + target_bias).clamp_(max=_MAX_SCORE)
        d_z = torch.empty_like(z)
        d_sample = torch.zeros(sample_rows.shape)
        d_sample_bias = torch.zeros_like(sample_bias)
        normaliser = torch.empty(n)
        columns = sample_rows.t().contiguous()
        for start in range(0, n, _CHUNK_POSITIONS):
            part = slice(start, start + _CHUNK_POSITIONS)
            scores = torch.mm(z[part], columns).float().add_(sample_bias).clamp_(max=_MAX_SCORE).exp_()
            hit = (target_column[part] >= 0).nonzero().squeeze(1)
            scores[hit, target_column[part][hit]] = 0.0  # the target counts once, with its own exact score
            normaliser[part] = scores.sum(1) + target_score[part].exp()
            probability = scores.mul_((1.0 / (n * normaliser[part])).unsqueeze(1))
            d_scores = probability.to(z.dtype)
            d_z[part] = torch.mm(d_scores, sample_rows)
            d_sample += torch.mm(d_scores.t(), z[part])
            d_sample_bias += probability.sum(0)
        d_target_score = ((target_score.exp() / normaliser) - 1.0) / n
        d_z += d_target_score.unsqueeze(1) * target_rows
        d_target = d_target_score.unsqueeze(1) * z
        ctx.save_for_backward(
            d_z.to(z.dtype), d_target.to(z.dtype), d_sample.to(z.dtype), d_target_score, d_sample_bias
        )
        return (normaliser.log() - target_score).mean()

    @staticmethod
    def backward(ctx: Any, *_: Tensor) -> tuple[Any, ...]:
        """Return the gradients found in ``forward``; the loss must be the root, so the incoming gradient is one."""
        return *ctx.saved_tensors, None
