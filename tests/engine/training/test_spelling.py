from __future__ import annotations

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")

from engine.model.alphabet import Alphabet  # noqa: E402
from engine.model.checkpoint import read_model  # noqa: E402
from engine.model.config import CellKind, ModelConfig  # noqa: E402
from engine.training import spelling_examples  # noqa: E402
from engine.training.spelling_examples import CONTEXT_TOKENS, Examples, collect  # noqa: E402
from engine.training.spelling_network import PADDING, SpellingNetwork  # noqa: E402
from engine.training.spelling_run import (  # noqa: E402
    SpellingRecipe,
    known_words,
    to_character_network,
    train_character_network,
)
from engine.training.spelling_trainer import KnownWords, SpellingSchedule, padded, train_spelling  # noqa: E402
from tests.tiny_model import write_tiny_model  # noqa: E402

ALPHABET = Alphabet("'abcdefghijklmnopqrstuvwxyz")
CONFIG = ModelConfig(CellKind.GRU, len(ALPHABET), 8, 24)
N_WORD = 8


def words_of_two_kinds(n):
    """Return words that end in -ing at one kind of place and in -ed at the other, with those places."""
    rng = np.random.default_rng(0)
    stems = ["".join(rng.choice(list("bcdfgklmnprst"), 3)) for _ in range(n)]
    kinds = rng.integers(0, 2, n)
    words = tuple(stem + ("ing" if kind else "ed") for stem, kind in zip(stems, kinds, strict=True))
    return Examples(words, np.where(kinds[:, None], 1.0, -1.0).repeat(N_WORD, axis=1).astype(np.float16))


def known_by_their_ends(n):
    """Return known words whose vectors say how they end."""
    examples = words_of_two_kinds(n)
    return KnownWords(examples.words, torch.from_numpy(examples.Z.astype(np.float32)))


def test_training_learns_letters_places_and_vectors():
    torch.manual_seed(0)
    network = SpellingNetwork(CONFIG, N_WORD)
    examples, held_out = words_of_two_kinds(4_000), words_of_two_kinds(4_500)
    held_out = Examples(held_out.words[4_000:], held_out.Z[4_000:])
    schedule = SpellingSchedule(passes=20, batch=64, learning_rate=1e-2)
    figures = train_spelling(network, examples, held_out, known_by_their_ends(200), ALPHABET, schedule, print)
    letters = 6.5  # the end included
    assert figures["bits_a_letter"] < (3 * math.log2(13) + 0.8) / letters
    assert figures["bits_a_letter"] < figures["bits_a_letter_without_place"]
    assert figures["vector_variance_explained"] > 0.8


def test_words_of_other_lengths_beside_it_do_not_change_a_word():
    network = SpellingNetwork(CONFIG, N_WORD)
    z = torch.randn(3, N_WORD)
    words = ("ab", "abcdef", "c")
    losses, last = network.read(padded(words, ALPHABET), z)
    for column, word in enumerate(words):
        alone, state = network.read(padded((word,), ALPHABET), z[column : column + 1])
        assert losses[:, column].sum().item() == pytest.approx(alone.sum().item(), abs=1e-4)
        torch.testing.assert_close(last[column], state[0], atol=1e-5, rtol=1e-4)
        assert (losses[len(word) + 1 :, column] == 0).all()


def test_words_are_padded_behind():
    ids = padded(("ab", "c"), ALPHABET)
    assert ids.T.tolist() == [[2, 3], [4, PADDING]]


def test_exported_weights_spell_as_training_saw():
    network = SpellingNetwork(CONFIG, N_WORD)
    engine, z = to_character_network(network, CONFIG, ALPHABET), torch.randn(2, N_WORD)
    words = ("don't", "zeal")
    losses, _ = network.read(padded(words, ALPHABET), z)
    vectors = network.compose(padded(words, ALPHABET))
    for column, word in enumerate(words):
        read = engine.read(engine.begin(z[column].numpy()), word)
        assert -(read.log_p + read.log_next[0]) == pytest.approx(losses[:, column].sum().item(), abs=1e-3)
        np.testing.assert_allclose(engine.compose(word), vectors[column].detach().numpy(), atol=1e-4)


@pytest.fixture
def source(tmp_path):
    """Return a text with words that the tiny model has no row for, and one that nothing can spell."""
    text = "the quixotic of zebra and naïvetéж of the zorbly\n" * 300
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_examples_are_words_without_a_row_with_what_the_engine_expects_there(source, tmp_path):
    model = read_model(write_tiny_model(tmp_path / "model"))
    parts = (model.config, model.parameters, model.vocabulary)
    train, held_out = collect({"text": source}, {}, parts, 100, 1, print)
    assert set(train.words) == {"quixotic", "zebra", "zorbly"}
    assert len(train.words) == 100
    assert set(held_out.words) <= set(train.words)
    assert len(held_out.words) > 0
    assert np.isfinite(train.Z.astype(np.float32)).all()
    by_word = {word: set() for word in train.words}
    for word, z in zip(train.words, train.Z, strict=True):
        by_word[word].add(z.tobytes())
    assert all(len(places) <= CONTEXT_TOKENS + 1 for places in by_word.values())  # the text repeats, and so do places
    train.save(tmp_path / "examples.npz")
    again = Examples.load(tmp_path / "examples.npz")
    assert again.words == train.words
    np.testing.assert_array_equal(again.Z, train.Z)


def test_a_source_that_is_not_read_gives_no_examples(source, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("the quagga of\n" * 100, encoding="utf-8")
    model = read_model(write_tiny_model(tmp_path / "model"))
    parts = (model.config, model.parameters, model.vocabulary)
    train, _ = collect({"text": source, "other": other}, {"other": 0.0}, parts, 50, 1, print)
    assert "quagga" not in train.words


def test_large_sources_are_thinned_out_evenly(monkeypatch, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("".join(f"{number}\n" for number in range(3_000)), encoding="utf-8")
    monkeypatch.setattr("engine.training.corpus._BLOCK_CHARACTERS", 300)
    whole = spelling_examples._spread(path)
    monkeypatch.setattr(spelling_examples, "TOKENS_A_SOURCE", 600)
    some = spelling_examples._spread(path)
    assert len(whole) > 3 * len(some) > 3
    assert set(some) < set(whole)


def test_one_command_adds_a_character_network_to_a_model(source, tmp_path):
    folder = write_tiny_model(tmp_path / "model")
    before = read_model(folder)
    assert before.spelling is None
    recipe, schedule = SpellingRecipe(n_embedding=4, n_hidden=8, n_examples=200), SpellingSchedule(1.0, 16)
    train_character_network([source], tmp_path / "work", folder, recipe, schedule, {}, {"command": "a test"}, print)
    after = read_model(folder)
    assert after.checksum == before.checksum
    assert after.spelling is not None
    assert after.spelling.compose("zorbly").shape == (N_WORD,)
    assert after.card["spelling"]["command"] == "a test"
    assert after.card["spelling"]["n_known_words"] == len(known_words(before, Alphabet()).words)
