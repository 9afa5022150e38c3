from __future__ import annotations

import hashlib
import json
import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load, save

from engine import CheckpointError, EngineError, open_engine
from engine.model.checkpoint import read_model, write_model, write_spelling
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import initialise
from engine.model.spelling import to_tensors
from tests.tiny_model import drawn_moments, tiny_character_network, vocabulary, write_tiny_model

FILES = ("model.json", "weights.safetensors", "vocabulary.tsv", "ngrams.safetensors")


@pytest.fixture
def folder(tiny_model, tmp_path):
    """Return a copy of the tiny model that a test may damage."""
    return shutil.copytree(tiny_model, tmp_path / "copy")


def assert_refused(folder):
    """Assert that a model is refused with one sentence, and return it."""
    with pytest.raises(EngineError) as caught:
        read_model(folder)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "install" in sentence
    return sentence


def change_card(folder, **changes):
    """Write another card over the one of a model."""
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    (folder / "model.json").write_text(json.dumps(card | changes), encoding="utf-8")


def put(folder, name, content):
    """Write a file of a model, with the checksum that its card needs."""
    (folder / name).write_bytes(content)
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    change_card(folder, sha256=card["sha256"] | {name: hashlib.sha256(content).hexdigest()})


@pytest.mark.parametrize("cell", CellKind)
def test_a_model_that_was_written_is_read_as_it_was(cell, tmp_path):
    words = vocabulary()
    config = ModelConfig(cell, words.n_rows, 8, 8)
    parameters = initialise(config, np.random.default_rng(1))
    moments = drawn_moments(config)
    write_model(tmp_path / "model", config, parameters, words, moments, {"words": 3})
    model = read_model(tmp_path / "model")
    assert model.config == config
    assert model.vocabulary.forms == words.forms
    assert model.card["training"] == {"words": 3}
    assert not model.background.tables
    for written, read in zip(moments, model.moments, strict=True):
        np.testing.assert_array_equal(written, read)
    for written, read in zip(parameters, model.parameters, strict=True):
        largest = np.abs(written).max(axis=-1, keepdims=True) if written.ndim == 2 else 0.0
        assert np.all(np.abs(read - written) <= largest / 253.0)  # half a step of 127 from each side of zero


def test_a_model_that_was_read_is_written_as_it_was(tiny_model, tmp_path):
    model = read_model(tiny_model)
    write_model(
        tmp_path / "again", model.config, model.parameters, model.vocabulary, model.moments, model.card["training"]
    )
    for first, second in zip(model.parameters, read_model(tmp_path / "again").parameters, strict=True):
        np.testing.assert_array_max_ulp(first, second, 2)


def test_two_models_have_two_checksums(tmp_path):
    one, two = (read_model(write_tiny_model(tmp_path / str(seed), seed=seed)) for seed in (1, 2))
    again = read_model(write_tiny_model(tmp_path / "again", seed=1))
    assert one.checksum == again.checksum != two.checksum


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert name in assert_refused(folder)


def test_a_missing_folder_is_named(tmp_path):
    assert "nowhere" in assert_refused(tmp_path / "nowhere")


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_place_of_a_file_is_refused(folder, name):
    (folder / name).unlink()
    (folder / name).mkdir()
    assert_refused(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_anywhere_is_refused(folder, name):
    whole = (folder / name).read_bytes()
    for length in {*range(0, len(whole) - 1, max(1, len(whole) // 40)), len(whole) - 2}:
        (folder / name).write_bytes(whole[:length])
        assert_refused(folder)


@pytest.mark.parametrize("name", FILES)
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_is_refused_or_harmless(folder, tiny_model, name, data):
    whole = bytearray((tiny_model / name).read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (folder / name).write_bytes(whole)
    right = read_model(tiny_model)
    try:
        model = read_model(folder)
    except EngineError:
        assert_refused(folder)
    else:  # a letter of the record of the training
        assert name == "model.json"
        assert model.config == right.config
        assert model.vocabulary.forms == right.vocabulary.forms
        for one, two in zip(model.parameters, right.parameters, strict=True):
            np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "another"},
        {"format": None},
        {"version": 1},
        {"version": "1"},
        {"version": None},
        {"cell": "transformer"},
        {"cell": None},
        {"cell": []},
        {"cell": {}},
        {"cell": "gru"},
        {"n_hidden": 9},
        {"n_hidden": 0},
        {"n_hidden": -8},
        {"n_hidden": 8.0},
        {"n_hidden": "8"},
        {"n_hidden": True},
        {"n_hidden": 10**30},
        {"n_hidden": float("nan")},
        {"n_embedding": 7},
        {"n_vocabulary": 5},
        {"n_vocabulary": 10**9},
        {"sha256": None},
        {"sha256": []},
        {"sha256": {}},
        {"sha256": {"weights.safetensors": 5, "vocabulary.tsv": None}},
        {"sha256": {"other.safetensors": ""}},
    ],
)
def test_a_card_that_does_not_fit_is_refused(folder, changes):
    change_card(folder, **changes)
    assert_refused(folder)


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "5", '"card"', "{", "[" * 100_000, '{"a":' * 50_000, "1" * 5_000, "1e999", "\ufeff{}", "{}"],
)
def test_a_hostile_card_is_refused(folder, text):
    (folder / "model.json").write_text(text, encoding="utf-8")
    assert_refused(folder)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00" * 64])
def test_a_card_that_is_not_text_is_refused(folder, content):
    (folder / "model.json").write_bytes(content)
    assert_refused(folder)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from(["format", "version", "cell", "n_vocabulary", "n_embedding", "n_hidden", "sha256"]),
    value=JSON,
)
def test_a_card_with_anything_in_a_field_is_refused(folder, tiny_model, field, value):
    shutil.copy(tiny_model / "model.json", folder / "model.json")
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    change_card(folder, **{field: value})
    if value != card[field] or type(value) is not type(card[field]):
        assert_refused(folder)


@pytest.mark.parametrize(
    "change", ["missing", "no scales", "other scales", "one scale", "shape", "rows", "nan", "infinite", "too large"]
)
def test_weights_that_are_none_are_refused_whatever_their_checksum(folder, change):
    tensors = load((folder / "weights.safetensors").read_bytes())
    if change == "missing":
        del tensors["W_h"]
    elif change == "no scales":
        del tensors["W_h.scales"]
    elif change == "other scales":
        tensors["W_h.scales"] = tensors["W_h.scales"][:-1].copy()
    elif change == "one scale":
        tensors["W_h.scales"] = np.zeros((), np.float32)
    elif change == "shape":
        tensors["W_h"] = tensors["W_h"][:, :-1].copy()
    elif change == "rows":
        tensors["E"], tensors["E.scales"] = tensors["E"][:-1].copy(), tensors["E.scales"][:-1].copy()
    else:
        tensors["P.scales"] = tensors["P.scales"].astype(np.float64)
        tensors["P.scales"][0] = {"nan": np.nan, "infinite": np.inf, "too large": 1e300}[change]
    put(folder, "weights.safetensors", save(tensors))
    assert_refused(folder)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 8, b"\xff" * 64, b"\x02\x00\x00\x00\x00\x00\x00\x00{}", b"\x40" + b"\x00" * 7 + b"[" * 64],
)
def test_weights_in_no_format_are_refused_whatever_their_checksum(folder, content):
    put(folder, "weights.safetensors", content)
    assert_refused(folder)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"<unknown>\t1\n<line>\t1\n", b"the\t" + b"9" * 400 + b"\n", b"\x00" * 50]
)
def test_a_vocabulary_that_is_none_is_refused_whatever_its_checksum(folder, content):
    put(folder, "vocabulary.tsv", content)
    assert_refused(folder)


def test_an_engine_without_a_model_does_not_open_and_leaves_no_profile(tmp_path):
    with pytest.raises(CheckpointError):
        open_engine(tmp_path / "profile", model=tmp_path)
    assert not (tmp_path / "profile").exists()


def test_weights_that_are_no_numbers_are_not_written(tmp_path):
    words = vocabulary()
    config = ModelConfig(CellKind.GRU, words.n_rows, 8, 8)
    parameters = initialise(config, np.random.default_rng(1))
    parameters.W_x[0, 0] = np.inf
    with pytest.raises(CheckpointError, match="W_x"):
        write_model(tmp_path / "model", config, parameters, words, drawn_moments(config), {})
    assert not (tmp_path / "model" / "model.json").exists()


@pytest.mark.parametrize("change", ["missing", "shape", "scalar", "nan", "lopsided", "negative"])
def test_moments_that_are_none_are_refused_whatever_their_checksum(folder, tiny_model, change):
    tensors = read_model(tiny_model).moments._asdict()
    if change == "missing":
        del tensors["H"]
    elif change == "shape":
        tensors["H"] = tensors["H"][:-1, :-1].copy()
    elif change == "scalar":
        tensors["Z"] = np.zeros((), np.float32)
    elif change == "nan":
        tensors["X"][0, 0] = np.nan
    elif change == "lopsided":
        tensors["X"][0, 1] += 1.0
    else:
        tensors["H"] = -tensors["H"]
    put(folder, "moments.safetensors", save(tensors))
    assert_refused(folder)


@pytest.fixture
def spelling_folder(folder):
    """Return a copy of the tiny model that has a character network."""
    write_spelling(folder, tiny_character_network(), {"words": 5})
    return folder


def test_a_character_network_is_read_with_its_model(spelling_folder, tiny_model):
    model, plain = read_model(spelling_folder), read_model(tiny_model)
    assert plain.spelling is None
    np.testing.assert_allclose(model.spelling.compose("abc"), tiny_character_network().compose("abc"), atol=1e-2)
    assert model.card["spelling"] == {"words": 5}
    assert model.checksum == plain.checksum  # what was learned on the model without one stays true
    with open_engine(None, model=spelling_folder) as engine:
        engine.warm_up()


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped", "empty"])
def test_a_damaged_character_network_is_refused(spelling_folder, damage):
    path = spelling_folder / "spelling.safetensors"
    whole = bytearray(path.read_bytes())
    if damage == "missing":
        path.unlink()
    elif damage == "flipped":
        whole[len(whole) // 2] ^= 1
        path.write_bytes(whole)
    else:
        path.write_bytes(whole[: len(whole) - 1] if damage == "cut" else b"")
    assert "spelling.safetensors" in assert_refused(spelling_folder)


@pytest.mark.parametrize("change", ["missing", "shape", "scalar", "nan", "alphabet", "other words"])
def test_a_character_network_that_is_none_is_refused_whatever_its_checksum(spelling_folder, change):
    tensors = to_tensors(tiny_character_network(9 if change == "other words" else 8))
    if change == "missing":
        del tensors["W_s"]
    elif change == "shape":
        tensors["W_h"] = tensors["W_h"][:, :-1].copy()
    elif change == "scalar":
        tensors["E"] = np.zeros((), np.float16)
    elif change == "nan":
        tensors["b_s"][0] = np.nan
    elif change == "alphabet":
        tensors["alphabet"][0] = -5
    put(spelling_folder, "spelling.safetensors", save(tensors))
    assert_refused(spelling_folder)
