from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

from engine.errors import CheckpointError, EngineError
from keyboard_app.commands.self_check import check
from tests.keyboard_app.fake_engine import FakeEngine


class Learning(FakeEngine):
    """A fake whose learner reports that every word became likelier."""

    def __init__(self, *, gets_better=True):
        super().__init__()
        learn = self.learner.learn_one
        gain = 1.0 if gets_better else 0.0
        self.learner.learn_one = lambda commit: replace(learn(commit), loss_before=5.0, loss_after=5.0 - gain)


def test_a_working_engine_passes_with_one_line_a_step(capsys):
    engine = Learning()
    assert check(lambda _profile: engine) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line.startswith("ok")]) == 7
    assert lines[-1] == "everything works"


def test_the_cause_of_a_failure_is_one_sentence_on_stderr(capsys):
    def opener(_profile):
        raise CheckpointError("The model file is damaged; install Foretype again.")

    assert check(opener) == 1
    assert capsys.readouterr().err == (
        "foretype self-check failed: The model file is damaged; install Foretype again.\n"
    )


def test_learning_without_effect_fails(capsys):
    engine = Learning(gets_better=False)
    assert check(lambda _profile: engine) == 1
    assert "did not make it likelier" in capsys.readouterr().err
    assert engine.is_closed


def test_a_profile_that_forgets_fails(capsys):
    engines = [Learning(), Learning()]
    assert check(lambda _profile: engines.pop(0)) == 1
    assert "not offered after opening the profile again" in capsys.readouterr().err


def test_whatever_breaks_is_told_without_a_traceback(capsys):
    engine = Learning()
    engine.predictor.errors = [ZeroDivisionError("oops")]
    assert check(lambda _profile: engine) == 1
    assert "ZeroDivisionError: oops" in capsys.readouterr().err
    assert issubclass(CheckpointError, EngineError)


def test_the_command_needs_no_qt():
    modules = "keyboard_app.__main__, keyboard_app.commands.self_check"
    code = f"import sys, {modules}; sys.exit('PySide6' in str(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
