"""The sizes of a network, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.errors import CheckpointError

_LARGEST_SIZE = 2**24
"""No size of a network comes near it: a larger one was read from a damaged file."""


class CellKind(Enum):
    """The recurrent cell of a network."""

    TANH = "tanh"
    """Elman 1990: ``h_t = tanh(W_x x_t + b_x + W_h h_{t-1} + b_h)``."""
    GRU = "gru"
    """Cho et al. 2014, with the reset gate behind the matrix product, as in cuDNN and PyTorch."""
    LSTM = "lstm"
    """Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000."""

    @property
    def n_gates(self) -> int:
        """G, the number of blocks of H rows in the cell's weights."""
        return {CellKind.TANH: 1, CellKind.GRU: 3, CellKind.LSTM: 4}[self]


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The cell and the sizes of a network.

    Raises
    ------
    CheckpointError
        Where the cell is unknown or a size is not a whole number from 1 to 2**24.
    """

    cell: CellKind
    n_vocabulary: int
    """V, rows of the embedding."""
    n_embedding: int
    """D, columns of the embedding."""
    n_hidden: int
    """H, units of the recurrent cell."""

    def __post_init__(self) -> None:
        if not isinstance(self.cell, CellKind):
            known = ", ".join(f"CellKind({kind.value!r})" for kind in CellKind)
            raise CheckpointError(
                f"cell is {self.cell!r}, but must be one of {known}: give one of these, or a model file of this version"
            )
        for name in ("n_vocabulary", "n_embedding", "n_hidden"):
            size = getattr(self, name)
            if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= _LARGEST_SIZE:
                raise CheckpointError(
                    f"{name} is {size!r}, but must be a whole number from 1 to {_LARGEST_SIZE}: "
                    "correct it, or install the model file again"
                )
