from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from engine.errors import CheckpointError, EngineError
from engine.model.alphabet import LONGEST_SPELLING, Alphabet
from engine.model.spelling import read_character_network, to_tensors
from tests.tiny_model import tiny_character_network

GOLDEN = Path(__file__).parents[2] / "golden" / "spelling.npz"
N_WORD = 6


@pytest.fixture(scope="module")
def golden():
    with np.load(GOLDEN, allow_pickle=False) as file:
        return dict(file)


@pytest.fixture(scope="module")
def network():
    """Return a network whose words are so short that all likely ones can be counted."""
    return tiny_character_network(N_WORD)


def begun(network, letters=""):
    return network.read(network.begin(np.linspace(-1.0, 1.0, N_WORD, dtype=np.float32)), letters)


def file_of(golden):
    return {name.removeprefix("file."): array for name, array in golden.items() if name.startswith("file.")}


def test_words_are_as_likely_as_pytorch_finds_them(golden):
    network = read_character_network(file_of(golden), N_WORD)
    for word, z, log_p in zip(golden["words"], golden["z"], golden["log_p"], strict=True):
        read = network.read(network.begin(z), str(word))
        assert read.log_p + read.log_next[0] == pytest.approx(float(log_p), abs=1e-4)


def test_composed_vectors_are_those_of_pytorch(golden):
    network = read_character_network(file_of(golden), N_WORD)
    for word, vector in zip(golden["words"], golden["vectors"], strict=True):
        np.testing.assert_allclose(network.compose(str(word)), vector, atol=1e-4)


def test_what_is_written_is_read_as_it_was(network):
    again = read_character_network(to_tensors(network), N_WORD)
    assert again.alphabet.letters == network.alphabet.letters
    np.testing.assert_allclose(again.compose("abc"), network.compose("abc"), atol=1e-2)


def test_the_next_letters_share_one_probability(network):
    for letters in ("", "a", "cab", "bbbb"):
        assert np.exp(begun(network, letters).log_next).sum() == pytest.approx(1.0, abs=1e-5)


def test_reading_letter_by_letter_is_reading_at_once(network):
    by_letter = begun(network)
    for letter in "cabba":
        by_letter = network.read(by_letter, letter)
    assert by_letter.log_p == pytest.approx(begun(network, "cabba").log_p, abs=1e-6)


@pytest.mark.parametrize("prefix", ["", "a", "bc"])
def test_the_likeliest_words_are_found_all_and_in_order(network, prefix):
    least, beginning = 0.005, begun(network, prefix)
    expected = {}
    for length in range(1, 6):
        for letters in map("".join, itertools.product("abc", repeat=length)):
            read = network.read(beginning, letters)
            p = math.exp(read.log_p + read.log_next[0] - beginning.log_p)
            if p >= least:
                expected[letters] = p
    assert len(expected) > 3
    assert max(map(len, expected)) < 5  # no longer word was left out of the count
    found = network.complete(beginning, least, limit=200, n_steps=2_000)
    assert dict(found) == pytest.approx(expected, rel=1e-3)
    assert [p for _, p in found] == sorted((p for _, p in found), reverse=True)


def test_the_first_words_are_the_same_however_many_are_asked_for(network):
    every = network.complete(begun(network), 0.004, limit=200, n_steps=2_000)
    assert network.complete(begun(network), 0.004, limit=3, n_steps=2_000) == every[:3]


def test_a_search_that_may_read_little_finds_the_first_of_the_same_words(network):
    every = network.complete(begun(network), 0.004, limit=200, n_steps=2_000)
    for n_steps in (1, 3, 10):
        found = network.complete(begun(network), 0.004, limit=200, n_steps=n_steps)
        assert found == every[: len(found)]
        assert len(found) <= n_steps


def test_a_word_that_ends_is_no_way_to_go_on(network):
    assert all(letters for letters, _ in network.complete(begun(network, "ab"), 0.004, 200, 2_000))


def test_no_word_grows_past_the_longest(network):
    beginning = begun(network, "a" * (LONGEST_SPELLING - 1))
    assert all(len(letters) == 1 for letters, _ in network.complete(beginning, 0.001, 200, 500))
    full = network.read(beginning, "b")
    assert network.complete(full, 0.001, 200, 500) == []
    assert network.read(full, "c") is None


def test_what_the_alphabet_lacks_is_neither_read_nor_composed(network):
    assert network.read(begun(network), "x") is None
    assert network.compose("naïve") is None
    assert network.compose("a" * (LONGEST_SPELLING + 1)) is None


@pytest.mark.parametrize("asked", [(0.0, 3, 9), (2.0, 3, 9), (math.nan, 3, 9), (0.1, 0, 9), (0.1, 3, 0)])
def test_a_search_without_bounds_is_refused(network, asked):
    with pytest.raises(EngineError):
        network.complete(begun(network), *asked)


def test_a_place_of_another_width_is_refused(network):
    with pytest.raises(EngineError):
        network.begin(np.zeros(N_WORD + 1, np.float32))


@pytest.mark.parametrize("name", ["W_h", "E", "W_s", "W_m", "b_m", "alphabet"])
def test_weights_that_do_not_fit_each_other_are_refused(network, name):
    tensors = to_tensors(network)
    with pytest.raises(CheckpointError):
        read_character_network(tensors | {name: tensors[name][:-1]}, N_WORD)
    with pytest.raises((CheckpointError, ValueError, TypeError)):
        read_character_network(tensors | {name: tensors[name].reshape(-1, 1, 1)}, N_WORD)


def test_weights_that_are_no_numbers_are_refused(network):
    tensors = to_tensors(network)
    with pytest.raises(CheckpointError):
        read_character_network(tensors | {"W_s": tensors["W_s"] * np.float16(np.nan)}, N_WORD)


def test_an_alphabet_with_a_letter_twice_is_refused():
    with pytest.raises(CheckpointError):
        Alphabet("aba")
