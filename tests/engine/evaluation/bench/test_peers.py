from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.bench.contenders import N_BEST, EightBit, FullPrecision, all_scores
from engine.model.config import CellKind, ModelConfig
from engine.model.language_model import LanguageModel
from engine.model.parameters import initialise
from tests.tiny_model import vocabulary

ROWS = [1, 7, 3, 3, 20, 41, 0, 9]


def pytorch(model):
    pytest.importorskip("torch", reason="PyTorch comes with the extra 'bench'")
    from engine.evaluation.bench.pytorch_peer import PyTorchPeer

    return PyTorchPeer(model.config, model.parameters)


def onnx_runtime(model):
    for module in ("onnx", "onnxruntime"):
        pytest.importorskip(module, reason="ONNX Runtime comes with the extra 'bench'")
    from engine.evaluation.bench.onnx_peer import OnnxRuntimePeer

    return OnnxRuntimePeer(model.config, model.parameters)


def model_with(cell):
    """Return a model whose every weight matters, biases included."""
    words, rng = vocabulary(), np.random.default_rng(8)
    parameters = initialise(ModelConfig(cell, words.n_rows, 8, 12), rng)
    drawn = [rng.normal(size=part.shape).astype(np.float32) for part in parameters]
    return LanguageModel(ModelConfig(cell, words.n_rows, 8, 12), type(parameters)(*drawn), words)


@pytest.mark.parametrize("cell", CellKind)
@pytest.mark.parametrize("peer", [pytorch, onnx_runtime])
def test_a_peer_gives_every_word_the_score_that_the_engine_gives_it(peer, cell):
    model = model_with(cell)
    np.testing.assert_allclose(all_scores(peer(model), ROWS), all_scores(FullPrecision(model), ROWS), atol=1e-4)


@pytest.mark.parametrize("peer", [pytorch, onnx_runtime])
def test_a_peer_finds_the_same_best_words(peer):
    model = model_with(CellKind.LSTM)
    ours, theirs = FullPrecision(model), peer(model)
    for row in ROWS:
        assert list(np.asarray(theirs.step(row)).reshape(-1)) == list(ours.step(row))


@pytest.mark.parametrize("contender", [FullPrecision, EightBit, pytorch, onnx_runtime])
def test_a_contender_that_begins_anew_has_forgotten_what_it_read(contender):
    one = contender(model_with(CellKind.LSTM))
    first = all_scores(one, ROWS)
    assert np.abs(first[2] - first[3]).max() > 0.01  # the same word read twice: what came before it counts
    np.testing.assert_array_equal(all_scores(one, ROWS), first)


def test_what_is_measured_as_ours_is_what_the_program_predicts_with(engine):
    model = engine.predictor.blend.model
    state = model.read(model.initial_state(), ROWS)[-1]
    scores = all_scores(EightBit(model), ROWS)[-1]
    p = np.exp(scores - scores.max())
    np.testing.assert_allclose(p / p.sum(), model.probabilities(state), atol=1e-5)
    assert len(EightBit(model).step(ROWS[0])) == N_BEST
