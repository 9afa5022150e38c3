from __future__ import annotations

import json

import pytest

from engine import open_engine
from engine.model.config import CellKind
from keyboard_app.__main__ import main
from keyboard_app.commands.evaluate import evaluate
from tests.tiny_model import write_tiny_model


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with two texts; the shipped model is a tiny one."""
    model = write_tiny_model(tmp_path / "model")
    monkeypatch.setattr("resources.model_path", lambda: model)
    (tmp_path / "a.txt").write_text("What is it that you said to the other?\n" * 9, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Their iPhone can't be there.\r\nI am on it.\r\n", encoding="utf-8")
    return tmp_path


def figures(capsys):
    """Return what was printed for machines."""
    return json.loads(capsys.readouterr().out)


def test_figures_for_machines_hold_every_file_and_each_thousand(folder, capsys):
    assert main(["evaluate", str(folder / "a.txt"), str(folder / "b.txt"), "--json"]) == 0
    printed = figures(capsys)
    assert printed["learning"] is True
    assert printed["slots"] == 3
    a = printed["files"][str(folder / "a.txt")]
    assert set(a["total"]) == {"words", "characters", "keystrokes", "ks", "top1", "top3"}
    assert a["total"]["words"] == 81
    assert a["buckets"] == [a["total"]]
    assert printed["files"][str(folder / "b.txt")]["total"]["words"] == 9


def test_what_is_learned_in_one_file_is_not_known_in_the_next(folder, capsys):
    paths = [folder / "a.txt", folder / "b.txt"]
    assert evaluate(paths, as_json=True) == 0
    together = figures(capsys)["files"]
    assert evaluate(paths[1:], as_json=True) == 0
    assert figures(capsys)["files"][str(paths[1])] == together[str(paths[1])]


def test_learning_saves_keys_in_a_text_that_repeats_itself(folder, capsys):
    arguments = ["evaluate", str(folder / "a.txt"), "--json"]
    assert main(arguments) == 0
    learning = figures(capsys)["files"][str(folder / "a.txt")]["total"]
    assert main([*arguments, "--no-learn"]) == 0
    shipped = figures(capsys)["files"][str(folder / "a.txt")]["total"]
    assert learning["ks"] > shipped["ks"]


def test_more_slots_save_more_and_fewer_words_are_typed_on_demand(folder, capsys):
    savings = []
    for slots in ("1", "8"):
        assert main(["evaluate", str(folder / "a.txt"), "--json", "--no-learn", "--slots", slots, "--words", "20"]) == 0
        total = figures(capsys)["files"][str(folder / "a.txt")]["total"]
        savings.append(total["ks"])
        assert total["words"] == 27  # the line in which the last word stands is typed to its end
    assert savings[0] < savings[1]


def test_learning_can_be_measured_part_by_part(folder, capsys):
    saved = {}
    for tiers in ("network", "counts, attention"):
        assert main(["evaluate", str(folder / "a.txt"), "--json", "--tiers", tiers]) == 0
        saved[tiers] = figures(capsys)["files"][str(folder / "a.txt")]["total"]["ks"]
    assert saved["counts, attention"] > saved["network"]
    with pytest.raises(SystemExit, match="2"):
        main(["evaluate", str(folder / "a.txt"), "--tiers", "magic"])
    assert "'magic' is none of counts, cache, network, attention" in capsys.readouterr().err


@pytest.mark.parametrize("cell", CellKind)
def test_a_model_of_any_cell_can_be_measured_in_place_of_the_shipped_one(folder, capsys, cell):
    other = write_tiny_model(folder / "other", cell=cell, seed=9)
    arguments = ["evaluate", str(folder / "a.txt"), "--json", "--no-learn"]
    assert main(arguments) == 0
    shipped = figures(capsys)["files"]
    assert main([*arguments, "--model", str(other)]) == 0
    assert figures(capsys)["files"] != shipped


def test_a_folder_that_holds_no_model_is_told_in_one_sentence(folder, capsys):
    assert main(["evaluate", str(folder / "a.txt"), "--model", str(folder)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_table_has_a_line_for_each_file_and_the_mean(folder, capsys):
    assert main(["evaluate", str(folder / "a.txt"), str(folder / "b.txt")]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["a.txt", "b.txt", "mean"]
    assert lines[0].split()[:4] == ["words", "KS", "top1", "top3"]
    assert err == ""


def test_a_terminal_sees_how_far_it_is(folder, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert evaluate([folder / "b.txt"], as_json=True) == 0
    assert "of 9 words" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"\n\n", b"123 456\n", b"\x00\x01\x02" * 100])
def test_a_file_that_cannot_be_typed_is_one_sentence_and_a_failure(folder, capsys, content):
    path = folder / "bad.txt"
    if content is not None:
        path.write_bytes(content)
    assert main(["evaluate", str(folder / "a.txt"), str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "bad.txt" in err


def test_a_folder_is_no_text(folder, capsys):
    assert main(["evaluate", str(folder)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_without_a_model_the_cause_is_one_sentence(folder, capsys):
    def open_nothing():
        return open_engine(model=folder / "nowhere")

    assert evaluate([folder / "a.txt"], open_fresh=open_nothing) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5", ""])
def test_numbers_that_make_no_sense_are_refused(folder, number):
    with pytest.raises(SystemExit):
        main(["evaluate", str(folder / "a.txt"), "--slots", number])


def test_evaluating_writes_no_profile(folder, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("HOME", str(folder / "home"))
    assert main(["evaluate", str(folder / "b.txt")]) == 0
    assert not (folder / "data").exists()
    assert not (folder / "home").exists()
