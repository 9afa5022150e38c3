from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engine import Context, ProfileError
from engine.profile import files, store
from tests.tiny_model import answers, probes, random_text, stream, typed, weights_of, write_tiny_model

RECORDS = "profile.sqlite3"
WEIGHTS = ("weights-a.safetensors", "weights-b.safetensors")


def learn(engine, commits):
    for commit in commits:
        engine.learner.learn_one(commit)


def assert_says_the_same(one, two):
    """Assert that two engines give the same answers, to what single precision tells apart."""
    contexts = probes(21, 60)
    for first, second in zip(answers(one, contexts), answers(two, contexts), strict=True):
        assert [text for text, _ in first] == [text for text, _ in second]
        np.testing.assert_allclose([p for _, p in first], [p for _, p in second], atol=1e-4)


@pytest.fixture
def taught(open_tiny, tmp_path):
    """Return a closed profile folder with a few hundred words in it, and what its engine said of the probes."""
    engine = open_tiny(tmp_path / "taught")
    learn(engine, stream(31, 330))
    said = answers(engine, probes())
    engine.close()
    return tmp_path / "taught", said


# ---------------------------------------------------------------------------------------------------- restart


def test_a_restart_brings_back_exactly_what_was_learned(taught, open_tiny):
    folder, said = taught
    for _ in range(2):
        engine = open_tiny(folder)
        assert answers(engine, probes()) == said
        assert engine.notices == ()
        engine.close()


@pytest.mark.parametrize("n_words", [1, 2, 40, 256, 257, 600])
def test_a_killed_session_loses_no_finished_word(open_tiny, tmp_path, n_words):
    engine = open_tiny(tmp_path / "live")
    learn(engine, stream(32, n_words))
    shutil.copytree(tmp_path / "live", tmp_path / "killed")
    again = open_tiny(tmp_path / "killed")
    assert again.notices == ()
    assert_says_the_same(engine, again)
    for live, back in zip(weights_of(engine), weights_of(again), strict=True):
        np.testing.assert_allclose(back, live, atol=1e-4)


def test_learning_goes_on_after_a_restart_as_without_one(open_tiny, tmp_path):
    commits = [commit for commit in stream(33, 200) if not commit.rejects]
    whole, parts = open_tiny(tmp_path / "whole"), tmp_path / "parts"
    learn(whole, commits)
    for start in range(0, len(commits), 25):
        engine = open_tiny(parts)
        learn(engine, commits[start : start + 25])
        engine.close()
    assert_says_the_same(whole, open_tiny(parts))


def test_words_never_heard_of_do_not_stop_the_records(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    text = ""
    for word in ("Zorbly", "Quaxo", "frimble", "Zorbly", "Quaxo"):
        engine.learner.learn_one(typed(text, word))
        text += word + " "
    said = answers(engine, probes())
    engine.close()
    assert engine.notices == ()
    assert answers(open_tiny(tmp_path / "p"), probes()) == said


@pytest.mark.parametrize("left", ["half a pair \ud83d ", "zero \x00 byte ", "\udfff\ud800 ", "e\u0301 😀 \x85 "])
def test_any_text_around_a_word_can_be_kept(open_tiny, tmp_path, left):
    engine = open_tiny(tmp_path / "live")
    engine.learner.learn_one(typed(left, "Zorbly", ("the", "\ud800")))
    shutil.copytree(tmp_path / "live", tmp_path / "killed")
    assert engine.notices == ()
    again = open_tiny(tmp_path / "killed")
    assert_says_the_same(engine, again)
    assert answers(again, [Context.before_caret(left + "Zo")])[0][0][0] == "Zorbly"


def test_a_word_that_stood_there_before_it_was_typed_is_learned_again_as_it_was(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "live")
    learn(engine, [typed("Zorbly to be ", "Zorbly", ("the",)), typed("Zorbly to be ", "what", ("the",))])
    shutil.copytree(tmp_path / "live", tmp_path / "killed")
    again = open_tiny(tmp_path / "killed")
    for live, back in zip(weights_of(engine), weights_of(again), strict=True):
        np.testing.assert_allclose(back, live, atol=1e-5)


def test_the_text_around_old_words_is_forgotten(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    engine.learner.learn_one(typed("my secret nightingale plan ", "Zorbly", ("the",)))
    for seed in range(3):
        learn(engine, stream(seed, 300))
    engine.close()
    assert all(b"nightingale" not in path.read_bytes() for path in (tmp_path / "p").iterdir())


def test_files_are_for_their_owner_only(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    learn(engine, stream(34, 300))
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "p").iterdir()}
    assert {RECORDS, RECORDS + "-wal", RECORDS + "-shm", WEIGHTS[0]} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert (tmp_path / "p").stat().st_mode & 0o777 == 0o700


def test_weights_are_written_in_turn(open_tiny, tmp_path):
    folder = tmp_path / "p"
    seen = []
    for seed in range(4):
        engine = open_tiny(folder)
        learn(engine, stream(seed, 20))
        engine.close()
        seen.append({name: (folder / name).read_bytes() for name in WEIGHTS if (folder / name).exists()})
    assert set(seen[0]) == {WEIGHTS[0]}
    assert seen[1][WEIGHTS[0]] == seen[0][WEIGHTS[0]]
    assert seen[2][WEIGHTS[1]] == seen[1][WEIGHTS[1]]
    assert seen[3][WEIGHTS[0]] == seen[2][WEIGHTS[0]]
    assert seen[2][WEIGHTS[0]] != seen[1][WEIGHTS[0]]


# ---------------------------------------------------------------------------------------------------- killed


def test_a_profile_opens_whenever_its_session_was_killed(open_tiny, tmp_path, monkeypatch):
    """Copies are taken between any two steps of writing a file, and between words."""
    copies = []

    def copy(*_):
        copies.append(tmp_path / f"copy-{len(copies)}")
        shutil.copytree(tmp_path / "live", copies[-1])

    def between(step):
        def watched(*arguments):
            copy()
            result = step(*arguments)
            copy()
            return result

        return watched

    monkeypatch.setattr(os, "fsync", between(os.fsync))
    monkeypatch.setattr(files, "make_private_file", between(files.make_private_file))
    monkeypatch.setattr(os, "replace", between(os.replace))
    engine = open_tiny(tmp_path / "live")
    rng = random.Random(1)
    for commit in stream(35, 530):
        engine.learner.learn_one(commit)
        if rng.random() < 0.02:
            copy()
    engine.close()
    copy()
    monkeypatch.undo()
    assert len(copies) > 20
    n_words = []
    for folder in copies:
        again = open_tiny(folder)
        assert again.notices == ()
        assert answers(again, probes(4, 5))
        again.close()
        with closing(sqlite3.connect(folder / RECORDS)) as records:
            n_words.append(records.execute("SELECT count(*) FROM events").fetchone()[0])
    assert n_words == sorted(n_words)
    assert n_words[-1] == 530


SESSION = """
import os, sys, threading, time
from pathlib import Path
from engine import open_engine
from tests.tiny_model import stream
engine = open_engine(Path(sys.argv[1]), model=Path(sys.argv[2]))
def stop():
    time.sleep(float(sys.argv[3]))
    os._exit(9)
threading.Thread(target=stop).start()
seed = 0
while True:
    for commit in stream(seed, 300):
        engine.learner.learn_one(commit)
    seed += 1
"""


def test_a_process_that_dies_while_it_learns_leaves_a_profile_that_opens(open_tiny, tiny_model, tmp_path):
    folder = tmp_path / "p"
    for delay_s in ("0.3", "0.9"):
        done = subprocess.run([sys.executable, "-c", SESSION, folder, tiny_model, delay_s], cwd=Path.cwd(), check=False)
        assert done.returncode == 9
        engine = open_tiny(folder)
        assert engine.notices == ()
        said = answers(engine, probes())
        engine.close()
        again = open_tiny(folder)
        assert answers(again, probes()) == said
        again.close()


# ---------------------------------------------------------------------------------------------------- damage


def everything_in(folder):
    return [path.read_bytes() for path in folder.iterdir()]


def assert_opens(open_tiny, folder):
    """Assert that a damaged profile opens, or says in one sentence why not; return the engine."""
    try:
        engine = open_tiny(folder)
    except ProfileError:
        with pytest.raises(ProfileError, match=r"\A[^\n]*\Z"):
            open_tiny(folder)
        return None
    assert all("\n" not in notice for notice in engine.notices)
    assert answers(engine, probes(5, 5))
    learn(engine, stream(36, 3))
    assert len(engine.learner.notices) <= 3
    return engine


@pytest.mark.parametrize("content", [b"not a database, but long enough to be one " * 30, b"\x00" * 5_000, b"x"])
def test_records_that_are_none_are_set_aside_with_a_notice(open_tiny, taught, content):
    folder, said = taught
    (folder / RECORDS).write_bytes(content)
    engine = open_tiny(folder)
    assert RECORDS + ".damaged-1" in engine.notices[0]
    assert (folder / (RECORDS + ".damaged-1")).read_bytes() == content
    assert answers(engine, probes()) != said
    learn(engine, stream(37, 300))
    said = answers(engine, probes())
    engine.close()
    again = open_tiny(folder)
    assert again.notices == ()
    assert answers(again, probes()) == said


def test_truncated_records_are_set_aside_and_not_lost(open_tiny, taught, tmp_path):
    folder, _ = taught
    whole = (folder / RECORDS).read_bytes()
    for length in (1, 16, 99, 100, 512, 4_095, 4_096, 8_192, len(whole) // 2):
        copy = shutil.copytree(folder, tmp_path / f"cut-{length}")
        (copy / RECORDS).write_bytes(whole[:length])
        engine = assert_opens(open_tiny, copy)
        assert engine.notices
        assert whole[:length] in everything_in(copy)
        engine.close()


def test_records_with_flipped_bits_never_stop_the_program(open_tiny, taught, tmp_path):
    folder, _ = taught
    whole = (folder / RECORDS).read_bytes()
    rng = random.Random(7)
    places = [*range(16, 100, 3), *(rng.randrange(100, 4_096) for _ in range(40))]
    places += [rng.randrange(len(whole)) for _ in range(120)]
    n_open = 0
    for number, place in enumerate(places):
        copy = shutil.copytree(folder, tmp_path / f"flip-{number}")
        damaged = bytearray(whole)
        damaged[place] ^= 1 << rng.randrange(8)
        (copy / RECORDS).write_bytes(damaged)
        engine = assert_opens(open_tiny, copy)
        n_open += engine is not None
        if engine:
            engine.close()
        shutil.rmtree(copy)
    assert n_open > 0.9 * len(places)


def test_flipped_bits_in_the_log_of_the_records_never_stop_the_program(open_tiny, tmp_path):
    live = open_tiny(tmp_path / "live")
    learn(live, stream(38, 40))
    rng = random.Random(8)
    for number in range(40):
        copy = shutil.copytree(tmp_path / "live", tmp_path / f"flip-{number}")
        wal = copy / (RECORDS + "-wal")
        damaged = bytearray(wal.read_bytes())
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        wal.write_bytes(damaged)
        engine = assert_opens(open_tiny, copy)
        assert engine
        engine.close()


def test_damage_to_the_newest_weights_loses_nothing(open_tiny, tmp_path):
    folder = tmp_path / "p"
    for seed in range(3):
        engine = open_tiny(folder)
        learn(engine, stream(seed, 120))
        engine.close()
    newest = folder / WEIGHTS[0]
    whole = bytearray(newest.read_bytes())
    whole[-3] ^= 8
    newest.write_bytes(whole)
    again = open_tiny(folder)
    assert newest.name + ".damaged-1" in again.notices[0]
    assert (folder / (newest.name + ".damaged-1")).read_bytes() == whole
    assert_says_the_same(engine, again)


def test_without_any_weights_the_words_and_counts_are_kept(open_tiny, taught):
    folder, _ = taught
    for name in WEIGHTS:
        (folder / name).write_bytes(b"gone")
    engine = open_tiny(folder)
    assert len(engine.notices) == 2
    assert "Zorbly" in [text for text, _ in answers(engine, [Context.before_caret("to Zor")])[0]]
    learn(engine, stream(39, 50))
    said = answers(engine, probes())
    engine.close()
    assert answers(open_tiny(folder), probes()) == said


def test_records_that_are_gone_take_their_weights_with_them(open_tiny, taught):
    folder, _ = taught
    (folder / RECORDS).unlink()
    engine = open_tiny(folder)
    assert engine.notices
    learn(engine, stream(40, 50))
    said = answers(engine, probes())
    engine.close()
    again = open_tiny(folder)
    assert again.notices == ()
    assert answers(again, probes()) == said


def test_with_another_model_the_words_and_counts_are_kept(open_tiny, taught, tmp_path):
    folder, _ = taught
    other = write_tiny_model(tmp_path / "other", seed=77)
    engine = open_tiny(folder, model=other)
    assert "another model" in engine.notices[0]
    assert len(engine.predictor.blend.cache) == 0  # it reads places otherwise
    assert "Zorbly" in [text for text, _ in answers(engine, [Context.before_caret("to Zor")])[0]]
    learn(engine, stream(41, 60))
    said = answers(engine, probes())
    engine.close()
    again = open_tiny(folder, model=other)
    assert again.notices == ()
    assert answers(again, probes()) == said


def test_a_profile_of_a_later_version_is_left_alone(open_tiny, taught):
    folder, _ = taught
    with closing(sqlite3.connect(folder / RECORDS)) as records:
        records.execute("PRAGMA user_version = 99")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ProfileError, match=r"version 99.*newer"):
        open_tiny(folder)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}
    assert after == before


def test_a_file_in_the_place_of_the_folder_is_refused(open_tiny, tmp_path):
    (tmp_path / "p").write_text("mine")
    with pytest.raises(ProfileError, match="cannot be used"):
        open_tiny(tmp_path / "p")
    assert (tmp_path / "p").read_text() == "mine"


def test_a_folder_in_the_place_of_the_records_is_refused(open_tiny, tmp_path):
    (tmp_path / "p" / RECORDS).mkdir(parents=True)
    with pytest.raises(ProfileError, match="cannot be written"):
        open_tiny(tmp_path / "p")


def test_a_profile_that_another_program_holds_is_refused(open_tiny, taught, monkeypatch):
    folder, _ = taught
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0.01}))
    with closing(connect(folder / RECORDS, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProfileError, match="locked"):
            open_tiny(folder)


# ---------------------------------------------------------------------------------------------------- a full disk


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database or disk is full"), OSError(28, "No space left")])
def test_where_the_disk_refuses_learning_goes_on_in_memory_with_one_notice(open_tiny, tmp_path, monkeypatch, error):
    engine = open_tiny(tmp_path / "p")
    learn(engine, stream(42, 20))
    kept = engine.learner.notices

    def refuse(*_):
        raise error

    monkeypatch.setattr("engine.profile.store.ProfileStore.record", refuse)
    commits = stream(43, 20)
    learn(engine, commits)
    assert kept == ()
    assert len(engine.notices) == 1
    assert "cannot be saved" in engine.notices[0]
    assert engine.learner.learn_one(typed("to be ", "what", ("the",))).updated
    monkeypatch.undo()
    engine.close()
    assert len(engine.notices) == 1
    assert_opens(open_tiny, tmp_path / "p")


def test_what_could_not_be_saved_is_not_called_exported(open_tiny, tmp_path, monkeypatch):
    engine = open_tiny(tmp_path / "p")
    learn(engine, stream(42, 20))

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.learning.keeping.write_weights", refuse)
    with pytest.raises(ProfileError, match="an export would lack it"):
        engine.knowledge.export(tmp_path / "me.zip")
    assert not (tmp_path / "me.zip").exists()


def test_where_the_weights_cannot_be_written_the_records_bring_them_back(open_tiny, tmp_path, monkeypatch):
    engine = open_tiny(tmp_path / "p")
    learn(engine, stream(44, 60))

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    engine.close()
    monkeypatch.undo()
    assert "No space left" in engine.notices[0]
    assert_says_the_same(engine, open_tiny(tmp_path / "p"))


def test_an_engine_can_be_closed_twice(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    learn(engine, stream(45, 5))
    engine.close()
    engine.close()
    assert engine.notices == ()


def test_learning_after_closing_is_in_memory_only_and_says_so(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    engine.close()
    learn(engine, stream(46, 3))
    assert len(engine.notices) == 1


def test_two_profiles_know_nothing_of_each_other(open_tiny, tmp_path):
    one, two = open_tiny(tmp_path / "one"), open_tiny(tmp_path / "two")
    said = answers(two, probes())
    learn(one, stream(47, 30))
    assert answers(two, probes()) == said


def test_texts_of_any_length_are_kept_no_longer_than_the_window(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "live")
    text = random_text(random.Random(9), 2_000)
    engine.learner.learn_one(typed(text, "what", ("the",)))
    shutil.copytree(tmp_path / "live", tmp_path / "killed")
    assert sum(len(content) for content in everything_in(tmp_path / "killed")) < 200_000
    assert_says_the_same(engine, open_tiny(tmp_path / "killed"))


def test_counts_that_make_room_are_gone_from_memory_too(open_tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "N_TRIGRAMS", 60)
    engine = open_tiny(tmp_path / "p")
    commits = stream(48, 600)
    learn(engine, commits)
    engine.learner.learn_one(typed("nobody said ", "zebra"))
    engine.close()
    assert 50 <= len(dict(engine.predictor.blend.counts)) <= 61
    assert "zebra" in [text for text, _ in answers(engine, [Context.before_caret("nobody said z")])[0]]
    said = answers(engine, probes())
    assert answers(open_tiny(tmp_path / "p"), probes()) == said
