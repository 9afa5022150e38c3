"""Letters like those of words are more probable than drawn ones."""

from __future__ import annotations

import pytest

import resources
from engine.text.letters import LetterModel
from engine.text.vocabulary import SPECIALS, Vocabulary


@pytest.fixture(scope="module")
def letters():
    return LetterModel(Vocabulary.parse((resources.model_path() / "vocabulary.tsv").read_text("utf-8"), 40_000))


def test_letters_of_words_are_more_probable_than_drawn_ones(letters):
    assert letters.mean_log_prob("Kowalski") > letters.mean_log_prob("xqzkvwjb") + 1.0
    assert letters.log_prob("them") > letters.log_prob("xqzj")


def test_of_other_letters_nothing_is_told(letters):
    assert letters.mean_log_prob("öğretmen") == letters.log_prob("öğretmen") == 0.0


def test_words_counted_in_parts_are_counted_like_all_of_them_at_once(monkeypatch):
    words = Vocabulary((*SPECIALS, "them", "the", "mother", "Öl", "theme", "oath"), (1,) * 8, 8)
    at_once = LetterModel(words)
    monkeypatch.setattr("engine.text.letters._WORDS_AT_ONCE", 2)
    assert LetterModel(words).log_prob("other") == at_once.log_prob("other")
