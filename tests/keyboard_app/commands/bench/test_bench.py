from __future__ import annotations

import json
import math
import subprocess
import sys

import pytest

from keyboard_app.__main__ import main
from keyboard_app.commands.bench.command import GROUPS
from tests.tiny_model import write_tiny_model


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Let the shipped model be a tiny one, in this process."""
    model = write_tiny_model(tmp_path / "model")
    monkeypatch.setattr("resources.model_path", lambda: model)
    return model


def figures_of(group):
    """Return every number of a group with the name it is told by."""
    for key, figure in group["figures"].items():
        for name in ("value", "p95", "min", "processor", "processor_p95", "n"):
            if name in figure:
                yield f"{key}.{name}", figure[name]


@pytest.mark.slow
def test_every_figure_is_finite_and_positive_and_says_what_it_means(capsys):
    assert main(["bench", "--quick", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert tuple(told["groups"]) == GROUPS
    assert told["machine"]["n_cores"] >= 1
    for name, group in told["groups"].items():
        assert group["figures"], name
        for key, value in figures_of(group):
            assert math.isfinite(value), f"{name}.{key}"
            assert value > 0, f"{name}.{key}"
        for key, figure in group["figures"].items():
            assert figure["meaning"].endswith("."), f"{name}.{key}"
    network = told["groups"]["network"]
    assert {"word_step", "word_step_float32", "bound", "bound_float32", "to_bound"} <= set(network["figures"])
    compared = {"pytorch_to_ours", "onnx_runtime_to_ours"} & set(network["figures"])
    assert len(compared) + len(network["notes"]) == 2  # each peer is measured, or a sentence says why not


def test_only_what_is_asked_for_is_measured(tiny, capsys):
    assert main(["bench", "--quick", "--json", "--only", "keystroke,disk"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told["groups"]) == ["keystroke", "disk"]
    size = sum(path.stat().st_size for path in tiny.iterdir()) / 1e6
    assert told["groups"]["disk"]["figures"]["model"]["value"] == pytest.approx(size, rel=1e-3)


def test_people_get_a_sentence_for_each_figure(tiny, capsys):
    assert main(["bench", "--quick", "--only", "network,keystroke,learning"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    letter = next(n for n, line in enumerate(lines) if line.startswith("  a letter inside a word"))
    assert "ms" in lines[letter]
    assert "aim: p95 ≤ 2 ms" in lines[letter]
    assert lines[letter + 1].startswith("      predict_one")
    heads = next(line for line in reversed(lines[:letter]) if line.split()[:2] == ["median", "p95"])
    assert heads.endswith("steps")  # the network was measured as well
    assert err.splitlines()[1:] == ["network", "keystroke", "learning"]


def test_columns_stand_under_each_other(tiny, capsys):
    assert main(["bench", "--quick", "--only", "keystroke"]) == 0
    lines = capsys.readouterr().out.splitlines()
    heads = next(line for line in lines if line.split()[:2] == ["median", "p95"])
    row = next(line for line in lines if line.startswith("  a new word"))
    assert row.index(" ms") + 3 == heads.index("median") + len("median")


@pytest.mark.parametrize("groups", ["", "networks", "network,,disk", "network disk"])
def test_a_group_that_does_not_exist_is_refused(groups, capsys):
    with pytest.raises(SystemExit):
        main(["bench", "--only", groups])
    assert "network, keystroke" in capsys.readouterr().err


def test_the_command_asks_for_one_thread_before_numpy_is_there():
    modules = "keyboard_app.__main__, keyboard_app.commands.bench.command"
    code = f"import sys, {modules}; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
