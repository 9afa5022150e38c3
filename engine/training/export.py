"""Between the training network and the engine's parameters: same layouts, other names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from engine.model.parameters import Parameters

_NAMES = {
    "E": "embedding",
    "W_x": "cell.weight_ih_l0",
    "W_h": "cell.weight_hh_l0",
    "b_x": "cell.bias_ih_l0",
    "b_h": "cell.bias_hh_l0",
    "P": "projection.weight",
    "b_p": "projection.bias",
    "b_out": "bias",
}


def to_parameters(weights: Mapping[str, Tensor]) -> Parameters:
    """Return the weights of a ``Network``, by the names of its state dict, as the engine holds them."""
    return Parameters(
        **{
            ours: np.array(weights[theirs].float().numpy(), dtype=np.float32, order="C")
            for ours, theirs in _NAMES.items()
        }
    )


def from_parameters(parameters: Parameters) -> dict[str, Tensor]:
    """Return a state dict for ``Network.load_state_dict``: the reverse of ``to_parameters``."""
    return {theirs: torch.from_numpy(np.array(getattr(parameters, ours))) for ours, theirs in _NAMES.items()}
