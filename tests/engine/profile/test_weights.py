from __future__ import annotations

import dataclasses
import hashlib
import json
import random

import numpy as np
import pytest

from engine.profile.weights import CORE, ChangedWeights, read_weights, write_weights

FILES = ("weights-a.safetensors", "weights-b.safetensors")


def changed(event, model="m"):
    rng = np.random.default_rng(event)
    core = {name: rng.normal(size=(4, 3)).astype(np.float32) for name in CORE}
    return ChangedWeights(
        model, event, 2, core, np.array([3, 9]), rng.normal(size=(2, 3)).astype(np.float32), np.zeros(2, np.float32)
    )


def assert_same(one, two):
    assert dataclasses.replace(one, core={}, rows=None, E=None, b_out=None) == dataclasses.replace(
        two, core={}, rows=None, E=None, b_out=None
    )
    pairs = [(one.core[name], two.core[name]) for name in CORE]
    for first, second in [*pairs, (one.rows, two.rows), (one.E, two.E), (one.b_out, two.b_out)]:
        np.testing.assert_array_equal(first, second)


def test_no_file_is_no_weights(tmp_path):
    assert read_weights(tmp_path, "m", 10) == (None, [])


def test_the_latest_weights_are_read_and_the_ones_before_are_kept(tmp_path):
    for event in (5, 9, 20, 31):
        write_weights(tmp_path, changed(event))
        kept, notices = read_weights(tmp_path, "m", 100)
        assert_same(kept, changed(event))
        assert notices == []
    assert sorted(path.name for path in tmp_path.iterdir()) == list(FILES)
    (tmp_path / FILES[1]).unlink()
    assert_same(read_weights(tmp_path, "m", 100)[0], changed(20))


def test_files_are_for_their_owner_only(tmp_path):
    write_weights(tmp_path, changed(1))
    assert (tmp_path / FILES[0]).stat().st_mode & 0o777 == 0o600


def damages(whole, rng):
    """Yield what may become of a file."""
    for length in {0, 1, 7, 8, 9, *(rng.randrange(len(whole)) for _ in range(12)), len(whole) - 1}:
        yield whole[:length]
    for _ in range(60):
        flipped = bytearray(whole)
        flipped[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        yield bytes(flipped)
    yield whole + b"more"
    for header in (b"[" * 100_000, b"{}", b"null", b"[]", b'{"__metadata__": []}', b'{"__metadata__": {"event": []}}'):
        yield len(header).to_bytes(8, "little") + header
    yield b"\xff" * 100


def test_a_damaged_file_is_set_aside_and_the_older_one_is_read(tmp_path):
    write_weights(tmp_path, changed(5))
    write_weights(tmp_path, changed(9))
    whole = {name: (tmp_path / name).read_bytes() for name in FILES}
    for damaged in damages(whole[FILES[1]], random.Random(1)):
        for path in tmp_path.iterdir():
            path.unlink()
        (tmp_path / FILES[0]).write_bytes(whole[FILES[0]])
        (tmp_path / FILES[1]).write_bytes(damaged)
        kept, notices = read_weights(tmp_path, "m", 100)
        if kept.event == 5:  # a file that cannot tell its age is looked at last, and stays until it is written over
            assert_same(kept, changed(5))
        else:
            pytest.fail("damaged weights were read")
        assert all("\n" not in notice for notice in notices)
        contents = [path.read_bytes() for path in tmp_path.iterdir()]
        assert damaged in contents
        write_weights(tmp_path, changed(12))
        assert_same(read_weights(tmp_path, "m", 100)[0], changed(12))


@pytest.mark.parametrize(
    "damage",
    [
        {"rows": np.array([3.0, 9.0])},
        {"rows": np.array([3, 9], np.int32)},
        {"rows": np.array([9, 3])},
        {"rows": np.array([3, 3])},
        {"rows": np.array([-1, 3])},
        {"rows": np.array([[3, 9]])},
        {"rows": np.array([3])},
        {"E": np.zeros((2, 3))},
        {"E": np.zeros((3, 3), np.float32)},
        {"E": np.zeros(2, np.float32)},
        {"b_out": np.array([0, np.nan], np.float32)},
        {"b_out": np.array([0, -np.inf], np.float32)},
        {"b_out": np.array([0, 1.1e5], np.float32)},
        {"core": {name: np.full((4, 3), 3e38, np.float32) for name in CORE}},
        {"core": {name: np.zeros((4, 3), np.float16) for name in CORE}},
        {"n_own_words": -1},
    ],
)
def test_weights_that_no_learning_makes_are_set_aside_though_their_checksum_fits(tmp_path, damage):
    write_weights(tmp_path, changed(5))
    write_weights(tmp_path, dataclasses.replace(changed(9), **damage))
    kept, notices = read_weights(tmp_path, "m", 100)
    assert_same(kept, changed(5))
    assert "damaged" in notices[0]
    assert "\n" not in notices[0]
    assert (tmp_path / (FILES[1] + ".damaged-1")).exists()


def test_a_word_that_was_silenced_is_no_damage(tmp_path):
    weights = dataclasses.replace(changed(5), b_out=np.array([-1e4, 0], np.float32))
    write_weights(tmp_path, weights)
    kept, notices = read_weights(tmp_path, "m", 100)
    assert_same(kept, weights)
    assert notices == []


def test_weights_without_any_rows_are_read(tmp_path):
    none = {"rows": np.empty(0, np.int64), "E": np.empty((0, 3), np.float32), "b_out": np.empty(0, np.float32)}
    write_weights(tmp_path, dataclasses.replace(changed(5), **none))
    kept, notices = read_weights(tmp_path, "m", 100)
    assert kept.rows.size == 0
    assert notices == []


def test_two_damaged_files_are_two_notices_and_no_weights(tmp_path):
    write_weights(tmp_path, changed(5))
    write_weights(tmp_path, changed(9))
    for name in FILES:
        whole = bytearray((tmp_path / name).read_bytes())
        whole[-1] ^= 1
        (tmp_path / name).write_bytes(whole)
    kept, notices = read_weights(tmp_path, "m", 100)
    assert kept is None
    assert len(notices) == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_weights_of_another_model_are_set_aside(tmp_path):
    write_weights(tmp_path, changed(5, model="old"))
    kept, notices = read_weights(tmp_path, "new", 100)
    assert kept is None
    assert "another model" in notices[0]
    assert [path.name for path in tmp_path.iterdir()] == [FILES[0] + ".damaged-1"]


def test_of_weights_of_other_models_only_the_newest_stay_aside(tmp_path):
    for model in ("first", "second", "third"):
        for event in (5, 9):
            write_weights(tmp_path, changed(event, model))
        kept, notices = read_weights(tmp_path, "next", 100)
        assert (kept, len(notices)) == (None, 1)
        (path,) = tmp_path.iterdir()
        assert model.encode() in path.read_bytes()
        assert path.name in notices[0]


def test_weights_that_know_more_than_the_records_are_set_aside(tmp_path):
    write_weights(tmp_path, changed(5))
    write_weights(tmp_path, changed(9))
    kept, notices = read_weights(tmp_path, "m", 7)
    assert_same(kept, changed(5))
    assert len(notices) == 1


def test_weights_of_a_later_format_are_set_aside(tmp_path):
    write_weights(tmp_path, changed(5))
    path = tmp_path / FILES[0]
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    header["__metadata__"]["version"] = "2"
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + content[8 + length :])
    digest = hashlib.sha256(path.read_bytes()).digest()
    kept, notices = read_weights(tmp_path, "m", 100)
    assert kept is None
    assert "version" in notices[0]
    assert hashlib.sha256((tmp_path / (FILES[0] + ".damaged-1")).read_bytes()).digest() == digest
