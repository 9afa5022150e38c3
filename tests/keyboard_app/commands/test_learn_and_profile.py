from __future__ import annotations

import pytest

from engine import ProfileError, open_engine
from engine.learning.from_text import TextReading
from engine.learning.keeping import ProfileKeeper
from keyboard_app import paths, profiles
from keyboard_app.__main__ import main
from keyboard_app.commands import learn as learn_command
from keyboard_app.commands import profile as profile_command

TEXT = "We met Quillonia in London. Quillonia said: what is it?\n" * 4


@pytest.fixture
def home(tmp_path, monkeypatch, tiny_model):
    """Let the commands work on profiles in a temporary folder, with the tiny model."""
    monkeypatch.setattr(paths.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(profile_command, "open_engine", lambda folder: open_engine(folder, model=tiny_model))
    monkeypatch.setattr(learn_command.learn, "__defaults__", (lambda folder: open_engine(folder, model=tiny_model),))
    (tmp_path / "mine.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_file_is_learned_once_and_what_it_taught_can_be_shown_and_forgotten(home, capsys):
    file = str(home / "mine.txt")
    assert main(["learn", file]) == 0
    assert capsys.readouterr().out == "mine.txt: learned 40 of 40 words\n"
    assert main(["learn", file]) == 0
    assert capsys.readouterr().out == "mine.txt: was learned before\n"
    assert main(["profile", "show"]) == 0
    assert "Quillonia                          8" in capsys.readouterr().out
    assert main(["profile", "forget", "quillonia"]) == 0
    assert main(["profile", "forget", "quillonia"]) == 1
    capsys.readouterr()
    assert main(["profile", "show", "--all"]) == 0
    assert "Quillonia" not in capsys.readouterr().out


def test_all_words_are_shown_where_all_are_asked_for(home, capsys):
    main(["learn", str(home / "mine.txt")])
    capsys.readouterr()
    assert main(["profile", "show"]) == 0
    few = capsys.readouterr().out.splitlines()
    assert main(["profile", "show", "--all"]) == 0
    heading, *every = capsys.readouterr().out.splitlines()
    words = {line.split()[0] for line in every}
    assert {"Quillonia", "what", "is", "in"} <= words
    assert heading.startswith(f"default: {len(words)} words used")
    assert few[-1] == f"... and {len(every) - len(few[1:-1])} more; --all shows every word"


def test_several_words_are_forgotten_at_once_and_each_is_told_of(home, capsys, monkeypatch):
    main(["learn", str(home / "mine.txt")])
    capsys.readouterr()
    forgotten, forget = [], ProfileKeeper.forget
    monkeypatch.setattr(ProfileKeeper, "forget", lambda keeper, words: forgotten.append(words) or forget(keeper, words))
    assert main(["profile", "forget", "Quillonia", "Vortrex", "LONDON"]) == 1
    assert capsys.readouterr().out == "forgot “Quillonia”\n“Vortrex” was not known\nforgot “LONDON”\n"
    assert len(forgotten) == 1
    main(["profile", "show", "--all"])
    assert not {"quillonia", "london"} & set(capsys.readouterr().out.casefold().split())


def test_an_interrupted_reading_goes_on_with_the_next_call(home, capsys, monkeypatch):
    whole = TextReading.go_on

    def interrupted(reading):
        if reading.n_done == 11:
            raise KeyboardInterrupt
        whole(reading)

    monkeypatch.setattr(TextReading, "go_on", interrupted)
    assert main(["learn", str(home / "mine.txt"), "--profile", "work"]) == 130
    assert "learned 11 of 40 words, 29 left" in capsys.readouterr().out
    monkeypatch.setattr(TextReading, "go_on", whole)
    assert main(["learn", str(home / "mine.txt"), "--profile", "work"]) == 0
    assert "learned 29 of 40 words, 11 earlier" in capsys.readouterr().out


def test_a_profile_is_exported_imported_listed_and_reset(home, capsys, monkeypatch):
    main(["learn", str(home / "mine.txt")])
    assert main(["profile", "export", str(home / "me.zip")]) == 0
    assert main(["profile", "import", str(home / "me.zip"), "--profile", "second"]) == 0
    assert main(["profile", "import", str(home / "me.zip"), "--profile", "second"]) == 1
    capsys.readouterr()
    assert main(["profile", "list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["default", "second"]
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert main(["profile", "reset", "--profile", "second"]) == 1
    assert main(["profile", "reset", "--profile", "second", "--yes"]) == 0
    assert profiles.all_profiles() == ("default",)


def test_what_cannot_be_done_is_told_in_one_sentence(home, capsys):
    for command in (
        ["profile", "show"], ["profile", "show", "--profile", "../evil"], ["profile", "import", "/nowhere.zip"],
        ["learn", "/nowhere.txt"], ["learn", str(home / "mine.txt"), "--profile", "a/b"],
    ):  # fmt: skip
        assert main(command) == 1
        error = capsys.readouterr().err
        assert error.startswith("foretype")
        assert error.count("\n") == 1
    assert main(["profile", "list"]) == 0
    assert not (home / "evil").exists()


def test_a_profile_that_a_window_uses_is_left_alone(home, capsys):
    with profiles.in_use("default"):
        assert main(["learn", str(home / "mine.txt")]) == 1
    assert "close it first" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "con", "x" * 41, "end ", "nul"])
def test_not_every_name_can_be_a_profiles(name):
    with pytest.raises(ProfileError):
        profiles.checked_name(name)


@pytest.mark.parametrize("name", ["default", "Work 2", "büro", "x" * 40])
def test_ordinary_names_can(name):
    assert profiles.checked_name(name) == name
