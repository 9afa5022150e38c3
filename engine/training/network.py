"""The network in PyTorch, for training only; its parameters carry the names and layouts of the engine's."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.model.config import CellKind, ModelConfig
from engine.training.sampled_softmax import Sample, SampledSoftmax

_CELLS = {CellKind.TANH: nn.RNN, CellKind.GRU: nn.GRU, CellKind.LSTM: nn.LSTM}

Carried = Tensor | tuple[Tensor, Tensor]
"""Recurrent state between windows: (1, B, H), for the LSTM a pair of them."""


def fastest_type() -> torch.dtype:
    """Return bfloat16 where the processor multiplies it in hardware, else float32.

    Measured on two cores: with AMX, bfloat16 matrix products run at about 2,000 Gflop/s; without, they are emulated at
    43 Gflop/s, where float32 with AVX-512 reaches 154.
    """
    has = torch.cpu.get_capabilities()
    return torch.bfloat16 if has.get("amx_bf16") or has.get("avx512_bf16") else torch.float32


class Network(nn.Module):
    """Tied embedding, one recurrent cell, a projection back to the embedding's width."""

    def __init__(self, config: ModelConfig, counts: Tensor) -> None:
        """Draw the weights; the output bias starts at the log frequency of each row, shape (V,)."""
        super().__init__()
        self.compute_type = fastest_type()
        self.embedding = nn.Parameter(torch.randn(config.n_vocabulary, config.n_embedding) * 0.05)
        self.cell = _CELLS[config.cell](config.n_embedding, config.n_hidden)
        self.projection = nn.Linear(config.n_hidden, config.n_embedding)
        self.bias = nn.Parameter(((counts + 1.0) / (counts.sum() + counts.numel())).log())
        if config.cell is CellKind.LSTM:
            # The forget gate starts open (Jozefowicz et al. 2015): context is kept until training says otherwise.
            self.cell.bias_hh_l0.data[config.n_hidden : 2 * config.n_hidden] = 1.0

    def read(self, x: Tensor, carried: Carried | None) -> tuple[Tensor, Carried]:
        """Run the cell over inputs (T, B, D); return z (T * B, D), in the compute type, and the state to carry on."""
        with torch.autocast("cpu", self.compute_type, enabled=self.compute_type is not torch.float32):
            hidden, carried = self.cell(x, carried)
            z = self.projection(hidden)
        detached = tuple(part.detach() for part in carried) if isinstance(carried, tuple) else carried.detach()
        return z.reshape(-1, z.shape[-1]), detached

    def sampled_loss(self, ids: Tensor, carried: Carried | None, sample: Sample) -> tuple[Tensor, Carried]:
        """Return the estimated mean cross entropy (nats) of a window, ids (T + 1, B), and the state to carry on."""
        n_steps, n_streams = ids.shape[0] - 1, ids.shape[1]
        targets = ids[1:].reshape(-1)
        # One look-up for inputs, targets and sample: its dense gradient is then made once, not three times.
        wanted = torch.cat([ids[:-1].reshape(-1), targets, sample.rows])
        inputs, target_rows, sample_rows = nn.functional.embedding(wanted, self.embedding).split(
            [targets.numel(), targets.numel(), sample.rows.numel()]
        )
        z, carried = self.read(inputs.view(n_steps, n_streams, -1), carried)
        loss = SampledSoftmax.apply(
            z, target_rows.to(z.dtype), sample_rows.to(z.dtype),
            self.bias[targets], self.bias[sample.rows] + sample.log_weight, sample.column_of[targets],
        )  # fmt: skip
        return loss, carried

    @property
    def output_rows(self) -> Tensor:
        """The table (V, D) that scores are made with: here the one that is read."""
        return self.embedding

    @torch.no_grad()
    def exact_losses(self, ids: Tensor, carried: Carried | None) -> tuple[Tensor, Carried]:
        """Return the cross entropies (nats) over the whole vocabulary, shape (T, B), and the state to carry on."""
        z, carried = self.read(self.embedding[ids[:-1]], carried)
        rows = self.output_rows.to(z.dtype).t()
        losses = [
            nn.functional.cross_entropy(torch.mm(part, rows).float() + self.bias, target, reduction="none")
            for part, target in zip(z.split(512), ids[1:].reshape(-1).split(512), strict=True)
        ]
        return torch.cat(losses).view(ids.shape[0] - 1, ids.shape[1]), carried
