"""The network in ONNX Runtime, from a graph that is built here: one thread, float32."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnxruntime
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper

from engine.evaluation.bench.contenders import N_BEST
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import Float32, Parameters

_OPSET, _IR_VERSION = 17, 8
"""Old enough for every release of ONNX Runtime that Python 3.11 has."""
_OPERATORS = {CellKind.TANH: "RNN", CellKind.GRU: "GRU", CellKind.LSTM: "LSTM"}
_GATE_ORDER = {CellKind.TANH: [0], CellKind.GRU: [1, 0, 2], CellKind.LSTM: [0, 3, 1, 2]}
"""Where ONNX's gates stand among ours: z r h in r z n, i o f c in i f g o."""


class OnnxRuntimePeer:
    """One step at a time; the recurrent state goes in and comes out as arrays."""

    key = "onnx_runtime"
    name = "ONNX Runtime"
    meaning = "The same network and weights in ONNX Runtime: one thread, float32, all of its optimisations."

    def __init__(self, config: ModelConfig, parameters: Parameters) -> None:
        """Build the graph with copies of the weights, and let ONNX Runtime optimise it as it likes."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        graph = build_graph(config, parameters).SerializeToString()
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._states = _state_names(config.cell)
        self._shape = (1, 1, config.n_hidden)
        self.begin()

    def begin(self) -> None:
        """Forget what was read."""
        self._carried = [np.zeros(self._shape, np.float32) for _ in self._states]

    def step(self, row: int) -> object:
        """Read one token, and find the best words."""
        return self._read(row, "best")[0]

    def logits(self, row: int) -> Float32:
        """Read one token, and return the logits."""
        scores: Float32 = self._read(row, "scores")[0]
        return scores

    def _read(self, row: int, wanted: str) -> Float32:
        names = [wanted, *(f"{name}_next" for name in self._states)]
        inputs = {"row": np.array([row], np.int64), **dict(zip(self._states, self._carried, strict=True))}
        found, *self._carried = self._session.run(names, inputs)
        answer: Float32 = found
        return answer


def build_graph(config: ModelConfig, parameters: Parameters) -> ModelProto:
    """Return the network as a graph: row (1,), states (1, 1, H) in; best (1, k), scores (1, V), new states out."""
    cell, states = config.cell, _state_names(config.cell)
    attributes = {"hidden_size": config.n_hidden} | ({"linear_before_reset": 1} if cell is CellKind.GRU else {})
    nodes = [
        helper.make_node("Gather", ["E", "row"], ["embedded"]),
        helper.make_node("Unsqueeze", ["embedded", "first"], ["x"]),
        helper.make_node(
            _OPERATORS[cell], ["x", "W_x", "W_h", "b", "", *states], ["", *(f"{name}_next" for name in states)],
            **attributes,
        ),
        helper.make_node("Squeeze", ["h_next", "first"], ["h_row"]),
        helper.make_node("Gemm", ["h_row", "P", "b_p"], ["z"], transB=1),
        helper.make_node("Gemm", ["z", "E", "b_out"], ["scores"], transB=1),
        helper.make_node("TopK", ["scores", "n_best"], ["best_scores", "best"]),
    ]  # fmt: skip
    carried = (1, 1, config.n_hidden)
    graph = helper.make_graph(
        nodes,
        "word_step",
        [_value("row", TensorProto.INT64, (1,)), *(_value(name, TensorProto.FLOAT, carried) for name in states)],
        [
            _value("best", TensorProto.INT64, (1, N_BEST)),
            _value("scores", TensorProto.FLOAT, (1, config.n_vocabulary)),
            *(_value(f"{name}_next", TensorProto.FLOAT, carried) for name in states),
        ],
        [numpy_helper.from_array(array, name) for name, array in _constants(cell, parameters).items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
    checker.check_model(model)
    return model


def _constants(cell: CellKind, parameters: Parameters) -> Mapping[str, np.ndarray]:
    """Return the weights by their names in the graph; those of the cell have a first axis for its directions."""
    p = parameters
    b = np.concatenate([_reordered(cell, p.b_x), _reordered(cell, p.b_h)])
    return {
        "E": p.E, "W_x": _reordered(cell, p.W_x)[np.newaxis], "W_h": _reordered(cell, p.W_h)[np.newaxis],
        "b": b[np.newaxis], "P": p.P, "b_p": p.b_p, "b_out": p.b_out,
        "first": np.array([0], np.int64), "n_best": np.array([N_BEST], np.int64),
    }  # fmt: skip


def _reordered(cell: CellKind, weights: Float32) -> Float32:
    blocks = np.split(weights, cell.n_gates)
    return np.concatenate([blocks[at] for at in _GATE_ORDER[cell]])


def _state_names(cell: CellKind) -> Sequence[str]:
    return ("h", "c") if cell is CellKind.LSTM else ("h",)


def _value(name: str, kind: int, shape: Sequence[int]) -> object:
    return helper.make_tensor_value_info(name, kind, shape)
