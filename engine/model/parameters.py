"""The weights of a network, in the layout and gate order of PyTorch; how they are checked and updated.

The kernels read outside memory where a shape is wrong, and compile again for each new type or layout: hence the
checks of every array that is handed to one. The updates change their first argument in place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import CheckpointError, EngineError
from engine.model import kernels
from engine.model.config import CellKind, ModelConfig

Float32 = NDArray[np.float32]
Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]


class Parameters(NamedTuple):
    """Every weight of a network, or the gradient of every weight: C-contiguous, writeable float32 arrays.

    G is 1 for tanh, 3 for GRU (blocks r, z, n) and 4 for LSTM (blocks i, f, g, o).
    ``logits = E @ (P @ h + b_p) + b_out``.
    """

    E: Float32
    """(V, D) embedding; input and output use the same rows (tied weights)."""
    W_x: Float32
    """(G*H, D) input weights of the cell."""
    W_h: Float32
    """(G*H, H) recurrent weights of the cell."""
    b_x: Float32
    """(G*H,) bias added to the input product."""
    b_h: Float32
    """(G*H,) bias added to the recurrent product; for the n of a GRU inside the product with r."""
    P: Float32
    """(D, H) output projection."""
    b_p: Float32
    """(D,) bias of the projection."""
    b_out: Float32
    """(V,) bias of the logits."""


CORE = ("W_x", "W_h", "b_x", "b_h", "P", "b_p")
"""The names of the weights of the cell and the projection: all but those that belong to single words."""


def parameter_shapes(config: ModelConfig) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter by its name."""
    V, D, H = config.n_vocabulary, config.n_embedding, config.n_hidden
    rows = config.cell.n_gates * H
    return {
        "E": (V, D),
        "W_x": (rows, D),
        "W_h": (rows, H),
        "b_x": (rows,),
        "b_h": (rows,),
        "P": (D, H),
        "b_p": (D,),
        "b_out": (V,),
    }


def initialise(config: ModelConfig, rng: np.random.Generator) -> Parameters:
    """Draw the weights of an untrained network.

    Weights are uniform within ``1 / sqrt(columns)``, biases zero; the forget gate of an LSTM opens with bias 1
    (Gers et al. 2000; Jozefowicz et al. 2015).
    """
    drawn = {}
    for name, shape in parameter_shapes(config).items():
        if len(shape) == 1:
            drawn[name] = np.zeros(shape, np.float32)
        else:
            limit = 1.0 / math.sqrt(shape[1])
            drawn[name] = rng.uniform(-limit, limit, shape).astype(np.float32)
    if config.cell is CellKind.LSTM:
        drawn["b_x"][config.n_hidden : 2 * config.n_hidden] = 1.0
    return Parameters(**drawn)


def check_shapes(config: ModelConfig, parameters: Parameters) -> None:
    """Check that ``parameters`` are what ``config`` says, as a model file may hold anything.

    Raises
    ------
    CheckpointError
        Where an array has another shape, type or layout.
    """
    for name, shape in parameter_shapes(config).items():
        try:
            check_array(name, getattr(parameters, name), shape)
        except EngineError as error:
            raise CheckpointError(
                f"the weights do not fit {config}: {error}; or install the model file again"
            ) from error


def check_array(name: str, array: NDArray[Any], shape: tuple[int, ...], dtype: type = np.float32) -> None:
    """Check that a kernel can use ``array``, or raise EngineError."""
    if array.shape != shape:
        raise EngineError(f"{name} has the shape {array.shape}, but must have {shape}: pass an array of that shape")
    if array.dtype != dtype or not array.flags.carray:
        raise EngineError(
            f"{name} is {array.dtype} with strides {array.strides}, but must be {np.dtype(dtype)}, C-contiguous and "
            "writeable: copy it with np.array(..., order='C')"
        )


def check_cell(config: ModelConfig, parameters: Parameters) -> None:
    """Check that the kernels can use the weights of the cell, or raise EngineError."""
    shapes = parameter_shapes(config)
    for name in ("W_x", "W_h", "b_x", "b_h"):
        check_array(name, getattr(parameters, name), shapes[name])


def check_output(parameters: Parameters) -> tuple[int, int]:
    """Check that the kernels can use the output table, or raise EngineError; return V and D."""
    V, D = parameters.E.shape
    check_array("E", parameters.E, (V, D))
    check_array("b_out", parameters.b_out, (V,))
    return V, D


# --------------------------------------------------------------------------------------------- updates


def all_finite(arrays: Iterable[Float32]) -> bool:
    """Whether no array holds NaN or infinity."""
    return all(bool(kernels.all_finite(_flat("array", array))) for array in arrays)


def clip_by_global_norm(gradients: Iterable[Float32], limit: float) -> float:
    """Shrink ``gradients`` in place to a common L2 norm of at most ``limit``, and return the norm before.

    A norm that is not finite is returned and changes nothing: the caller must not use these gradients.
    """
    flat = [_flat("gradient", gradient) for gradient in gradients]
    norm = math.sqrt(sum(float(kernels.sum_of_squares(gradient)) for gradient in flat))
    if math.isfinite(norm) and norm > limit:
        for gradient in flat:
            kernels.scale(gradient, np.float32(limit / norm))
    return norm


def decay_update(theta: Float32, d_theta: Float32, theta_0: Float32, *, rate: float, pull: float) -> None:
    """Move ``theta`` down its gradient, and by the share ``pull`` of its distance towards ``theta_0``.

    ``theta += pull * (theta_0 - theta) - rate * d_theta``: plain SGD where ``pull`` is 0. Arrays of one shape.
    """
    for name, array in (("d_theta", d_theta), ("theta_0", theta_0)):
        check_array(name, array, theta.shape)
    kernels.decay_update(
        _flat("theta", theta), d_theta.reshape(-1), theta_0.reshape(-1), np.float32(rate), np.float32(pull)
    )


def _flat(name: str, array: Float32) -> Float32:
    """Return ``array`` as one row, a view."""
    check_array(name, array, array.shape)
    return array.reshape(-1)
