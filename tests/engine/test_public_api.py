from __future__ import annotations

import dataclasses
import gc
import subprocess
import sys
import weakref

import pytest

import engine as package
from engine import Commit, CommitSource, Context, open_engine


def test_the_example_of_the_contract_runs(tiny_model, tmp_path):
    with open_engine(profile=tmp_path / "profile", model=tiny_model) as engine:
        context = Context.before_caret("Thanks for the quick tur")
        answer = engine.predictor.predict_one(context, limit=3)
        assert all(isinstance(one.text, str) for one in answer.items)
        report = engine.learner.learn_one(
            Commit(context=context, text="turnaround", source=CommitSource.TYPED, shown=("turn", "turned", "turning"))
        )
        assert report.updated
        assert report.loss_after < report.loss_before
        assert report.elapsed_ms > 0.0
        assert engine.predictor.predict_one(context).items[0].text == "turnaround"


def test_every_public_name_is_there():
    assert all(hasattr(package, name) for name in package.__all__)


@pytest.mark.parametrize("name", [name for name in package.__all__ if name.endswith("Error")])
def test_every_error_is_an_engine_error(name):
    assert issubclass(getattr(package, name), package.EngineError)


def test_values_that_cross_the_border_are_frozen(engine):
    context = Context.before_caret("to t")
    answer = engine.predictor.predict_one(context)
    commit = Commit(context, "the", CommitSource.TYPED)
    report = engine.learner.learn_one(commit)
    for value, name in (
        (context, "left"),
        (answer, "items"),
        (answer.items[0], "text"),
        (commit, "text"),
        (report, "word"),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, name, None)


def test_a_closed_engine_is_freed_at_once(tiny_model, tmp_path):
    """Who moves to another profile must not have two models in memory until Python looks for garbage."""
    gc.disable()
    try:
        with open_engine(tmp_path / "p", model=tiny_model) as engine:
            engine.warm_up()
            engine.learner.learn_one(Commit(Context("to be "), "Zorbly", CommitSource.TYPED, ("the",)))
            engine.explainer.explain(Context("to be "), "Zorbly")
            model = weakref.ref(engine.predictor.blend.model)
        del engine
        assert model() is None
    finally:
        gc.enable()


def test_in_memory_nothing_is_written(tiny_model, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with open_engine(None, model=tiny_model) as engine:
        engine.learner.learn_one(Commit(Context("to be "), "Zorbly", CommitSource.TYPED, ("the",)))
    assert list(tmp_path.iterdir()) == []


def test_warming_up_compiles_and_changes_no_answer(engine):
    context = Context.before_caret("to t")
    before = engine.predictor.predict_one(context)
    engine.warm_up()
    assert engine.predictor.predict_one(context) == before


def test_the_engine_needs_neither_qt_nor_torch():
    code = "import sys, engine; print([name for name in sys.modules if name.split('.')[0] in {'PySide6', 'torch'}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "source", "shown", "rejects"),
    [
        ("the", CommitSource.TYPED, (), False),
        ("the", CommitSource.TYPED, ("of",), True),
        ("the", CommitSource.TYPED, ("of", "THE"), False),
        ("don’t", CommitSource.TYPED, ("don't",), False),
        ("cafe\u0301", CommitSource.TYPED, ("café",), False),
        ("the", CommitSource.ACCEPTED, ("of",), False),
        ("the", CommitSource.REPLACED, (), True),
        ("the", CommitSource.REPLACED, ("the",), True),
        ("the", CommitSource.READ, (), False),
        ("the", CommitSource.READ, ("of",), True),
        ("the", CommitSource.READ, ("of", "THE"), False),
    ],
)
def test_a_commit_knows_whether_it_rejects(text, source, shown, rejects):
    assert Commit(Context(""), text, source, shown).rejects is rejects
