"""The network in PyTorch: eager, one thread, float32."""

from __future__ import annotations

import numpy as np
import torch

from engine.evaluation.bench.contenders import N_BEST
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import Float32, Parameters


class PyTorchPeer:
    """One step at a time, by the operations that take the least time for one row: cells and matrix times vector."""

    key = "pytorch"
    name = "PyTorch"
    meaning = "The same network and weights in PyTorch: eager, one thread, float32."

    def __init__(self, config: ModelConfig, parameters: Parameters) -> None:
        """Share the weights; nothing is copied."""
        torch.set_num_threads(1)
        self._kind, self._n_hidden = config.cell, config.n_hidden
        self._weights = Parameters(*(torch.from_numpy(weight) for weight in parameters))
        self.begin()

    def begin(self) -> None:
        """Forget what was read."""
        self._h, self._c = torch.zeros(1, self._n_hidden), torch.zeros(1, self._n_hidden)

    def step(self, row: int) -> object:
        """Read one token, and find the best words."""
        with torch.inference_mode():
            return torch.topk(self._read(row), N_BEST).indices

    def logits(self, row: int) -> Float32:
        """Read one token, and return the logits."""
        with torch.inference_mode():
            scores: Float32 = np.asarray(self._read(row).numpy())
            return scores

    def _read(self, row: int) -> torch.Tensor:
        w = self._weights
        x, cell = w.E[row : row + 1], (w.W_x, w.W_h, w.b_x, w.b_h)
        if self._kind is CellKind.LSTM:
            self._h, self._c = torch.lstm_cell(x, (self._h, self._c), *cell)
        elif self._kind is CellKind.GRU:
            self._h = torch.gru_cell(x, self._h, *cell)
        else:
            self._h = torch.rnn_tanh_cell(x, self._h, *cell)
        z = torch.addmv(w.b_p, w.P, self._h[0])
        return torch.addmv(w.b_out, w.E, z)
