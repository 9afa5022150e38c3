from __future__ import annotations

import math
import random
from collections import Counter
from string import ascii_lowercase

import pytest

import resources
from engine.model.checkpoint import read_model
from engine.text import drawn
from engine.text.drawn import drawn_groups, looks_drawn, may_begin_groups
from engine.text.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_model(resources.model_path()).vocabulary


def draw(rng: random.Random, n: int) -> str:
    return "".join(rng.choice(ascii_lowercase) for _ in range(n))


@pytest.mark.parametrize("word", ["kqzxvw", "xKqzwp", "qzxvbnmkwp", "Qzxvbnmkwp", "aZqnXw", "OUxfMv"])
def test_letters_that_never_stand_together_were_drawn(word):
    assert looks_drawn(word)


@pytest.mark.parametrize(
    "word",
    [
        "rhythm", "Szczecin", "Nguyen", "Yaaaaay", "https", "HTTPS", "DHCPv", "Krzysztof", "Bydgoszcz", "Zorbly",
        "hmm", "Brno", "Přemyšl", "GitHub", "xkcd", "Kuznetsov", "Hvammstangi", "Llanfair", "МГУ", "", "Qaddafi", "thx",
        "hdtv", "OhMyZsh", "oeuvre", "lgbtq", "LaTeX", "DuckDuckGo", "BTreeMap", "Vladivostok",
    ],
)  # fmt: skip
def test_words_and_names_and_acronyms_were_not_drawn(word):
    assert not looks_drawn(word)


def test_most_drawn_letters_are_known_as_such_and_shipped_words_hardly_ever_are(vocabulary):
    rng = random.Random(5)
    for n, least in ((6, 0.6), (8, 0.75), (10, 0.8), (14, 0.9)):
        assert sum(looks_drawn(draw(rng, n)) for _ in range(500)) >= least * 500
    refused = [word for word in vocabulary.tokens[: vocabulary.n_rows] if looks_drawn(word)]
    assert len(refused) <= vocabulary.n_rows / 5_000, refused


def test_groups_of_four_drawn_letters_are_found_from_the_third_on():
    assert drawn_groups("it is xkqz vwpl mnrt qjhg now") == [(6, 20), (11, 25)]
    assert drawn_groups("it is xkqz vwpl now") == []
    assert drawn_groups("they know that this said more than once upon") == []


@pytest.mark.parametrize(("text", "may"), [("xkqz ", True), ("so xkqz vwpl ", True), ("xkqz", False), ("this ", False)])
def test_a_group_may_begin_a_password_as_long_as_its_letters_are_odd(text, may):
    assert may_begin_groups(text) is may


def test_the_table_says_what_the_shipped_vocabulary_says(vocabulary):
    words = [token for token in vocabulary.tokens if token.isascii() and token.isalpha()]
    pairs: Counter[str] = Counter()
    for word in words:
        pairs.update(a + b for a, b in zip(f" {word}", f"{word} ", strict=True))
    edges = f" {ascii_lowercase}"
    for first in edges:
        total = sum(pairs[first + second] + 0.5 for second in edges)
        for second in edges:
            bits = min(15.0, -math.log2((pairs[first + second] + 0.5) / total))
            assert abs(bits - drawn._BITS[first + second]) < 1.5, first + second
