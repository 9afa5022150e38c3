from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHOW = "from engine import jit; import numba; print(jit.cache_folder); print(numba.config.CACHE_DIR)"
DAMAGED = """
from engine import jit
from engine.model import cells
cells.warm_up()
for path in jit.cache_folder.glob("*/*.nb[ic]"):
    path.write_bytes(b"damaged")
"""
WORK_OUT = """
import hashlib
import numpy as np
from engine.model import cells
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import initialise
from engine.model.state import zero_state
from engine.model.quantised import QuantisedCore
found = hashlib.sha256()
for kind in CellKind:
    rng = np.random.default_rng(1)
    config = ModelConfig(kind, 50, 64, 160)
    parameters = initialise(config, rng)
    X, d_H = (rng.normal(size=(20, size)).astype(np.float32) for size in (64, 160))
    trace = cells.forward(config, parameters, X, zero_state(160))
    gradients = cells.backward(config, parameters, trace, d_H)
    states = QuantisedCore(kind, parameters).read(parameters, zero_state(160), X)
    for array in (trace.H, *gradients.weights, states[-1].h, cells.softmax(X[0])):
        found.update(array.tobytes())
print(found.hexdigest())
"""


def run(code, **environment):
    """Run ``code`` in a process of its own and return its lines."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith("NUMBA_")}
    variables |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | environment
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_cache_folder_that_is_set_already_is_respected(tmp_path):
    assert run(SHOW, NUMBA_CACHE_DIR=str(tmp_path / "mine")) == [str(tmp_path / "mine")] * 2


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is how Linux names the user's cache")
def test_kernels_are_cached_by_version_and_old_versions_are_removed(tmp_path):
    (old := tmp_path / "foretype" / "numba" / "0.0.0-old").mkdir(parents=True)
    folder, seen_by_numba = run(SHOW, XDG_CACHE_HOME=str(tmp_path))
    assert folder == seen_by_numba
    assert Path(folder).parent == old.parent
    assert not old.exists()
    checked, _ = run(SHOW, XDG_CACHE_HOME=str(tmp_path), NUMBA_BOUNDSCHECK="1")
    assert checked == f"{folder}-checked"
    assert Path(folder).is_dir()


@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "NUMBA_CACHE_DIR"])
def test_a_cache_that_cannot_be_written_breaks_nothing(tmp_path, variable):
    (tmp_path / "file").touch()
    code = f"{SHOW}\nfrom engine.model import kernels\nprint(kernels.log_sum_exp(__import__('numpy').zeros(1, 'f4')))"
    folder, _, value = run(code, **{variable: str(tmp_path / "file" / "below")})
    assert float(value) == 0.0
    assert not Path(folder).exists()


@pytest.mark.slow
def test_a_damaged_cache_is_made_again(tmp_path):
    run(DAMAGED, NUMBA_CACHE_DIR=str(tmp_path))
    assert run("from engine.model import cells; cells.warm_up(); print('ready')", NUMBA_CACHE_DIR=str(tmp_path)) == [
        "ready"
    ]


@pytest.mark.slow
def test_the_process_that_compiles_works_out_the_same_bits_as_those_that_load(tmp_path):
    first, later = (run(WORK_OUT, NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2))
    assert any(tmp_path.rglob("*.nbc"))
    assert first == later


@pytest.mark.parametrize("module", ["model", "correction"])
def test_what_a_kernel_calls_is_compiled_into_it(module):
    tree = ast.parse((ROOT / "engine" / module / "kernels.py").read_text(encoding="utf-8"))
    kernels = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    called = {
        call.func.id
        for node in kernels.values()
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }
    parts = {name for name, node in kernels.items() if [ast.unparse(one) for one in node.decorator_list] != ["kernel"]}
    assert parts == called & set(kernels) != set()
