"""The peers that are installed: other libraries that run the same network. The extra ``bench`` brings them."""

from __future__ import annotations

from collections.abc import Callable

from engine.evaluation.bench.contenders import Contender
from engine.model.config import ModelConfig
from engine.model.parameters import Parameters

INSTALL = "pip install 'foretype[bench]'"


def open_peers(config: ModelConfig, parameters: Parameters) -> tuple[list[Contender], list[str]]:
    """Return the peers with these weights, and a sentence for each that is not installed."""
    openers: dict[str, Callable[[ModelConfig, Parameters], Contender]] = {
        "PyTorch": _open_pytorch,
        "ONNX Runtime": _open_onnx_runtime,
    }
    found: list[Contender] = []
    lacking: list[str] = []
    for name, opener in openers.items():
        try:
            found.append(opener(config, parameters))
        except ImportError as error:
            lacking.append(f"{name} is not measured, as it is not installed ({error}): {INSTALL}")
    return found, lacking


def _open_pytorch(config: ModelConfig, parameters: Parameters) -> Contender:
    from engine.evaluation.bench.pytorch_peer import PyTorchPeer  # noqa: PLC0415  optional

    return PyTorchPeer(config, parameters)


def _open_onnx_runtime(config: ModelConfig, parameters: Parameters) -> Contender:
    from engine.evaluation.bench.onnx_peer import OnnxRuntimePeer  # noqa: PLC0415  optional

    return OnnxRuntimePeer(config, parameters)
