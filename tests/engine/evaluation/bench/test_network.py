from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.bench import network, peers
from engine.evaluation.bench.contenders import FullPrecision
from engine.evaluation.bench.network import measure_network, weight_bytes
from engine.evaluation.bench.sampling import Sweep, take_turns


class Peer(FullPrecision):
    """A peer that is our network, wrong by ``error``."""

    key, name, meaning, error = "peer", "Peer", "A peer.", 0.0

    def logits(self, row):
        return super().logits(row) + np.float32(self.error)


@pytest.fixture
def model(engine):
    return engine.predictor.blend.model


def measured_with(model, monkeypatch, error):
    peer = Peer(model)
    peer.error = error
    monkeypatch.setattr(network, "open_peers", lambda *_: ([peer], []))
    return measure_network(model, n_rounds=2, tell=lambda _: None)


def test_a_peer_that_agrees_is_compared(model, monkeypatch):
    group = measured_with(model, monkeypatch, 0.0)
    assert group.figure("peer").n == 2
    assert group.figure("peer_to_ours").value > 0
    assert group.notes == ()


@pytest.mark.parametrize("error", [0.5, float("nan")])
def test_a_peer_that_computes_another_network_is_not_compared(model, monkeypatch, error):
    group = measured_with(model, monkeypatch, error)
    assert group.figure("peer") is None
    assert group.figure("peer_to_ours") is None
    assert "another network" in group.notes[0]


def test_a_peer_that_is_not_installed_is_missed_in_one_sentence(model, monkeypatch):
    def lacking(*_):
        raise ModuleNotFoundError("No module named 'torch'")

    monkeypatch.setattr(peers, "_open_pytorch", lacking)
    monkeypatch.setattr(peers, "_open_onnx_runtime", lacking)
    notes = measure_network(model, n_rounds=1, tell=lambda _: None).notes
    assert len(notes) == 2
    assert all("pip install 'foretype[bench]'" in note for note in notes)


def test_the_bound_counts_each_weight_once(model):
    p = model.parameters
    everything = sum(part.nbytes for part in p)
    assert weight_bytes(p, 4) == everything
    matrices = [part for part in p if part.ndim == 2]
    assert weight_bytes(p, 1) == everything - sum(3 * matrix.size - 4 * len(matrix) for matrix in matrices)


def test_contenders_take_turns_on_the_same_words():
    read = []
    contenders = {name: lambda row, name=name: read.append((name, row)) for name in "ab"}
    sweep = Sweep()
    samples = take_turns(contenders, [5, 6], 3, sweep, lambda _: None)
    assert read == [("a", 5), ("b", 5), ("a", 6), ("b", 6), ("a", 5), ("b", 5)]
    assert [len(one.elapsed) for one in samples.values()] == [3, 3]
    assert len(sweep.samples.elapsed) == 6


def test_measuring_the_network_changes_nothing(model, monkeypatch):
    before, version = [part.copy() for part in model.parameters], model.version
    measured_with(model, monkeypatch, 0.0)
    assert model.version == version
    for part, old in zip(model.parameters, before, strict=True):
        np.testing.assert_array_equal(part, old)
