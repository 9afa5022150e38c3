from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")

from safetensors.torch import load_file, save_file  # noqa: E402

from engine.errors import CorpusError  # noqa: E402
from engine.model import cells  # noqa: E402
from engine.model.config import CellKind, ModelConfig  # noqa: E402
from engine.training.export import to_parameters  # noqa: E402
from engine.training.mixture import Mixture  # noqa: E402
from engine.training.network import Network  # noqa: E402
from engine.training.sampled_softmax import RowSampler  # noqa: E402
from engine.training.trainer import Schedule, Trainer  # noqa: E402

V, D, H = 300, 16, 24
CONFIG = ModelConfig(CellKind.LSTM, V, D, H)


def counts():
    return torch.arange(V, 0, -1, dtype=torch.float32) ** 1.5


def schedule(**changes):
    sizes = {"n_streams": 8, "n_steps": 10, "n_always": 60, "n_drawn": 100, "warm_up_tokens": 500}
    return Schedule(**{"tokens": 20_000, "report_minutes": 100.0, **sizes, **changes})


def repeating_text():
    """Sequences that a network can learn: each token is followed by the next one."""
    return np.arange(60_000, dtype=np.uint16) % V


def test_the_sampled_loss_is_the_exact_one_where_every_row_is_in_the_sample():
    network = Network(CONFIG, counts())
    sampler = RowSampler(counts(), n_always=V - 1, n_drawn=1, generator=torch.Generator().manual_seed(0))
    ids = torch.randint(0, V, (6, 4))
    sampled, _ = network.sampled_loss(ids, None, sampler.draw())
    exact, _ = network.exact_losses(ids, None)
    assert sampled.item() == pytest.approx(exact.mean().item(), abs=0.02)


def test_the_sampled_loss_is_near_the_exact_one_on_average():
    network = Network(CONFIG, counts())
    sampler = RowSampler(counts(), n_always=60, n_drawn=60, generator=torch.Generator().manual_seed(0))
    ids = torch.randint(0, V, (6, 4))
    drawn = [network.sampled_loss(ids, None, sampler.draw())[0].item() for _ in range(200)]
    exact, _ = network.exact_losses(ids, None)
    assert np.mean(drawn) == pytest.approx(exact.mean().item(), abs=0.03)


def test_the_gradient_of_the_sampled_loss_is_that_of_plain_cross_entropy_over_the_sample():
    network = Network(CONFIG, counts())
    sampler = RowSampler(counts(), n_always=V - 1, n_drawn=1, generator=torch.Generator().manual_seed(0))
    ids = torch.randint(0, V, (6, 4))
    network.sampled_loss(ids, None, sampler.draw())[0].backward()
    sampled = {name: parameter.grad.clone() for name, parameter in network.named_parameters()}
    network.zero_grad()
    z, _ = network.read(torch.nn.functional.embedding(ids[:-1], network.embedding), None)
    scores = z.float() @ network.embedding.t() + network.bias
    torch.nn.functional.cross_entropy(scores, ids[1:].reshape(-1)).backward()
    for name, parameter in network.named_parameters():
        scale = parameter.grad.abs().max().item()
        assert (sampled[name] - parameter.grad).abs().max().item() < 0.05 * scale, name


def test_training_lowers_the_held_out_loss(tmp_path):
    trainer = Trainer(CONFIG, counts(), Mixture({"text": repeating_text()}, {}), schedule(), tmp_path)
    before = trainer.held_out_loss()
    trainer.run(print)
    assert trainer.held_out_loss() < before - 1.0


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path):
    mixture = Mixture({"text": repeating_text()}, {})
    first = Trainer(CONFIG, counts(), mixture, schedule(tokens=10_000), tmp_path)
    first.run(print)
    resumed = Trainer(CONFIG, counts(), mixture, schedule(), tmp_path)
    assert resumed.progress.tokens == first.progress.tokens
    assert resumed.held_out_loss() == pytest.approx(first.held_out_loss(), abs=1e-6)
    resumed.run(print)
    assert resumed.progress.tokens >= 20_000


def run_to_the_end(folder, **changes):
    trainer = Trainer(CONFIG, counts(), Mixture({"text": repeating_text()}, {}), schedule(**changes), folder)
    trainer.run(print)
    return trainer


def place_of(trainer):
    progress = trainer.progress
    return progress.tokens, progress.passes, progress.window, progress.curve[-1]["held_out"]


def test_weights_and_progress_are_one_file_so_that_neither_can_be_older_than_the_other(tmp_path):
    first = run_to_the_end(tmp_path, tokens=10_000)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.safetensors"]
    kept = (tmp_path / "checkpoint.safetensors").read_bytes()
    (tmp_path / "progress.json").write_text(json.dumps({"tokens": 1, "passes": 7}), encoding="utf-8")
    resumed = Trainer(CONFIG, counts(), first.mixture, schedule(tokens=10_000), tmp_path)
    assert place_of(resumed) == place_of(first)
    resumed.save(resumed.held_out_loss(), 0.0)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.safetensors"]
    assert (tmp_path / "checkpoint.safetensors").read_bytes() != kept


def test_a_checkpoint_of_earlier_versions_in_two_files_is_resumed(tmp_path):
    first = run_to_the_end(tmp_path, tokens=10_000)
    file = tmp_path / "checkpoint.safetensors"
    save_file(load_file(file), file)  # as it was written then, without a word of the progress
    assert Trainer(CONFIG, counts(), first.mixture, schedule(), tmp_path).progress.tokens == 0
    (tmp_path / "progress.json").write_text(json.dumps(asdict(first.progress)), encoding="utf-8")
    resumed = Trainer(CONFIG, counts(), first.mixture, schedule(), tmp_path)
    assert place_of(resumed) == place_of(first)
    assert resumed.held_out_loss() == pytest.approx(first.held_out_loss(), abs=1e-6)


@pytest.mark.parametrize(
    ("mixture", "changes", "told"),
    [
        (Mixture({"text": repeating_text()[:7_000]}, {}), {"n_streams": 700}, "6,965 tokens, .* 700 read .* 7,700"),
        (Mixture({"text": repeating_text()[:1_000]}, {}), {}, "held out of the text has 5 tokens"),
        (Mixture({"text": repeating_text()}, {"text": 0.0}), {}, "held out of the text has 0 tokens"),
        (Mixture({"text": repeating_text()}, {"text": 0.01}), {}, "A pass over the text has 0 tokens"),
    ],
)
def test_too_little_text_is_told_instead_of_reading_it_over_and_over_for_nothing(tmp_path, mixture, changes, told):
    trainer = Trainer(CONFIG, counts(), mixture, schedule(**changes), tmp_path)
    with pytest.raises(CorpusError, match=f"{told}.*; hand over more text"):
        trainer.run(print)


def test_a_run_begins_with_the_weights_of_the_model_that_it_goes_on_from(tmp_path):
    mixture = Mixture({"text": repeating_text()}, {})
    first = Trainer(CONFIG, counts(), mixture, schedule(tokens=10_000), tmp_path / "first")
    first.run(print)
    weights = to_parameters(first.network.state_dict())
    second = Trainer(CONFIG, counts(), mixture, schedule(), tmp_path / "second", weights)
    assert second.progress.tokens == 0
    assert second.held_out_loss() == pytest.approx(first.held_out_loss(), abs=1e-6)


def test_the_learning_rate_rises_holds_and_falls_to_nothing():
    rates = [schedule(tokens=10_000, decay_share=0.5).rate_at(seen) for seen in (0, 499, 4_000, 7_500, 10_000)]
    full = Schedule(1).learning_rate
    assert rates[0] < 0.01 * full
    assert rates[1] == rates[2] == full
    assert rates[3] == pytest.approx(full / 2)
    assert rates[4] == 0.0


@pytest.mark.parametrize("kind", CellKind)
def test_exported_weights_give_the_engine_the_losses_that_training_saw(kind):
    config = ModelConfig(kind, V, D, H)
    network = Network(config, counts())
    ids = torch.randint(0, V, (12, 1))
    expected, _ = network.exact_losses(ids, None)
    parameters = to_parameters(network.state_dict())
    rows = ids[:, 0].numpy()
    trace = cells.forward(config, parameters, parameters.E[rows[:-1]], cells.zero_state(H))
    scores = [cells.logits(parameters, z) for z in cells.project(parameters, trace.H)]
    losses = [cells.log_sum_exp(s) - float(s[row]) for s, row in zip(scores, rows[1:], strict=True)]
    np.testing.assert_allclose(losses, expected[:, 0].numpy(), atol=0.05)
