from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from engine import Context, open_engine
from engine.prediction.blend import Blend
from engine.prediction.predictor import Predictor
from engine.prediction.spelling import LEAST_SHARE_SHOWN, Speller
from tests.tiny_model import typed

SHARE = 0.4
SPELLED = {"quillon": 0.3, "quillons": 0.05, "zebra": 0.05, "zebrule": 0.4, "their": 0.1}


class Words:
    """A character network that knows a few words and how likely each is."""

    def __init__(self, words=None):
        self.words = SPELLED if words is None else words
        self.n_read = self.n_begun = 0

    def _beginning(self, letters):
        p = sum(p for word, p in self.words.items() if word.startswith(letters))
        return SimpleNamespace(letters=letters, p=p)

    def begin(self, z):
        assert np.isfinite(z).all()
        self.n_begun += 1
        return self._beginning("")

    def read(self, beginning, letters):
        self.n_read += 1
        return self._beginning(beginning.letters + letters)

    def complete(self, beginning, least, limit, n_steps):
        found = [
            (word[len(beginning.letters) :], p / beginning.p)
            for word, p in self.words.items()
            if word.startswith(beginning.letters) and word != beginning.letters
        ]
        return sorted((one for one in found if one[1] >= least), key=lambda one: -one[1])[:limit]


@pytest.fixture
def predictor_with(tiny_model):
    """Return a function that makes a predictor on the tiny model with a given character network."""
    opened = []

    def make(network, blocked=()):
        opened.append(open_engine(None, model=tiny_model))
        whole = opened[-1].predictor.blend
        blend = Blend(whole.model, whole.counts, whole.weights, whole.background, SHARE)
        return Predictor(blend, blocked, network)

    yield make
    for engine in opened:
        engine.close()


def words(predictor, text, limit=3):
    return [item.text for item in predictor.predict_one(Context.before_caret(text), limit).items]


def test_a_word_that_no_table_holds_is_spelled(predictor_with):
    predictor = predictor_with(Words())
    assert words(predictor, "of the quil")[0] == "quillon"
    assert words(predictor_with(None), "of the quil") == []


def test_a_spelled_word_comes_in_the_case_that_is_typed(predictor_with):
    predictor = predictor_with(Words())
    assert words(predictor, "of the Qui")[0] == "Quillon"
    assert words(predictor, "of the QUI")[0] == "QUILLON"


def test_nothing_is_spelled_before_letters_are_typed(predictor_with):
    network = Words()
    predictor = predictor_with(network)
    for text in ("", "of the ", "It is. ", "of the q"):
        assert not {"quillon", "Quillon"} & set(words(predictor, text, 100))
    assert network.n_read <= 1


def test_spelled_words_compete_with_listed_ones_on_one_scale(predictor_with):
    predictor = predictor_with(Words())
    items = predictor.predict_one(Context.before_caret("of the zeb"), 10).items
    p_unknown = float(predictor.next_word(Context.before_caret("of the ")).blended[0])
    listed = predictor.blend.lexicon_share[-1] * p_unknown  # zebra, the last of the lexicon
    spelled = {word: SHARE * p_unknown * SPELLED[word] for word in ("zebra", "zebrule")}
    expected = {"zebra": listed + spelled["zebra"], "zebrule": spelled["zebrule"]}
    total = sum(expected.values())
    assert {item.text: math.exp(item.log_prob) for item in items} == pytest.approx(
        {word: p / total for word, p in expected.items()}, rel=1e-3
    )


def test_the_lexicon_and_spelling_share_what_the_network_puts_on_unknown(predictor_with):
    assert predictor_with(Words()).blend.lexicon_share.sum() == pytest.approx(
        min(1.0 - SHARE, predictor_with(None).blend.lexicon_share.sum()), abs=0.05
    )


def test_a_spelling_that_is_not_likely_enough_is_not_shown(predictor_with):
    unsure = {f"quill{ending}": LEAST_SHARE_SHOWN * 0.5 for ending in ("on", "et", "ow")}
    assert words(predictor_with(Words(unsure | {"quid": LEAST_SHARE_SHOWN * 2.0})), "of the qui") == ["quid"]


def test_words_with_a_row_are_left_to_the_network(predictor_with):
    predictor, plain = predictor_with(Words({"their": 0.9, "there": 0.1})), predictor_with(None)
    assert words(predictor, "of the", 10) == words(plain, "of the", 10)


def test_a_word_of_the_user_is_offered_once_and_by_its_own_row(tiny_model):
    with open_engine(None, model=tiny_model) as engine:
        engine.learner.learn_one(typed("of the ", "quillon"))
        predictor = Predictor(engine.predictor.blend, (), Words({"quillon": 1.0}))
        assert words(predictor, "of the quil") == ["quillon"]


@pytest.mark.parametrize("blocked", ["quillon", "quill"])
def test_a_blocked_word_and_what_begins_with_one_is_never_spelled(predictor_with, blocked):
    assert words(predictor_with(Words(), {blocked}), "of the qui") == []


def test_what_cannot_be_spelled_has_no_probability():
    class Nothing(Words):
        def read(self, beginning, letters):
            return None

    speller = Speller(Nothing(), np.zeros(8, np.float32))
    assert speller.probability("ж") == 0.0
    assert speller.completions("жж", 0.1) == []
    assert speller.probability("a" * 3_000) == 0.0


def test_each_letter_is_read_once(predictor_with):
    network = Words()
    predictor = predictor_with(network)
    for prefix in ("q", "qu", "qui", "quil", "qui", "quil"):
        words(predictor, "of the " + prefix)
    assert network.n_read == 4
    assert network.n_begun == 1


def test_nothing_is_spelled_before_the_first_letter(predictor_with):
    network = Words()
    predictor = predictor_with(network)
    words(predictor, "of the ")
    assert network.n_begun == 0
