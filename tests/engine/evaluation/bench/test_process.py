from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from engine.errors import EngineError
from engine.evaluation.bench import process
from engine.evaluation.bench.memory import peak_resident_mb
from engine.evaluation.bench.one_thread import one_thread
from engine.evaluation.bench.process import listen

HELLO = """
import json, os, sys, time
print(json.dumps({"event": "began", "said": sys.argv[1], "colour": os.environ["COLOUR"]}), flush=True)
time.sleep(0.05)
print(json.dumps({"event": "ended"}))
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Write a module that can be run by its name."""

    def write(code):
        (tmp_path / "hello_there.py").write_text(code, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return "hello_there"

    return write


def test_what_a_process_tells_is_heard_with_the_time_since_its_start(module):
    events = listen(module(HELLO), "hello", COLOUR="grey")
    assert events["began"]["said"] == "hello"
    assert events["began"]["colour"] == "grey"
    assert 0 < events["began"]["at_s"] < events["ended"]["at_s"]


def test_a_process_that_fails_is_an_error_with_its_last_words(module):
    with pytest.raises(EngineError, match="ZeroDivisionError"):
        listen(module("1 / 0"))


def test_a_process_that_hangs_is_ended(module, monkeypatch):
    monkeypatch.setattr(process, "PATIENCE_S", 0.2)
    with pytest.raises(EngineError, match="failed"):
        listen(module("import time; time.sleep(60)"))


def test_a_folder_of_the_user_is_not_taken_for_one_of_our_packages(tmp_path, monkeypatch):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "__init__.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EngineError, match="IndexError"):  # ours runs, and wants to know how many words
        listen("engine.evaluation.bench.engine_alone")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system counts in another way")
def test_the_peak_of_a_process_is_its_own_and_not_that_of_its_parent():
    before = peak_resident_mb()
    np.ones(40 * 2**20 // 8)
    large = np.ones(200 * 2**20 // 8)
    assert peak_resident_mb() >= before
    assert peak_resident_mb() > 200
    code = "from engine.evaluation.bench.memory import peak_resident_mb; print(peak_resident_mb())"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 1 < float(asked.stdout) < 150
    del large


def test_libraries_are_asked_for_one_thread_and_the_environment_is_as_before(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with one_thread():
        assert os.environ["OMP_NUM_THREADS"] == os.environ["MKL_NUM_THREADS"] == "1"
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ
