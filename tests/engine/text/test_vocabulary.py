from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import EngineError, VocabularyError
from engine.text.vocabulary import Vocabulary

TEXT = "<unknown>\t7\n<line>\t5\nthe\t4\nLondon\t3\niPhone\t2\nzebra\t1\n"


@pytest.fixture
def vocabulary():
    return Vocabulary.parse(TEXT, 5)


@pytest.mark.parametrize(
    ("token", "row"), [("the", 2), ("The", 2), ("LONDON", 3), ("iphone", 4), ("<line>", 1), ("zebra", 0), ("nobody", 0)]
)
def test_a_token_in_any_case_has_its_row(vocabulary, token, row):
    assert vocabulary.row_of(token) == row
    assert vocabulary.rows_of([token, token]) == [row, row]


def test_a_word_of_the_lexicon_is_known_without_a_row(vocabulary):
    assert vocabulary.find("zebra") == 5
    assert "zebra" in vocabulary
    assert vocabulary.row_of("zebra") == 0
    assert vocabulary.find("nobody") is None
    assert len(vocabulary) == 6


def test_a_vocabulary_that_was_saved_is_the_same(vocabulary, tmp_path):
    vocabulary.save(tmp_path / "words.tsv")
    again = Vocabulary.parse((tmp_path / "words.tsv").read_text(encoding="utf-8"), 5)
    assert (again.forms, again.counts, again.tokens) == (vocabulary.forms, vocabulary.counts, vocabulary.tokens)


@pytest.mark.parametrize(
    ("text", "n_rows"),
    [
        ("", 0),
        ("", 5),
        ("<unknown>\t1\n", 1),
        ("<line>\t1\n<unknown>\t1\n", 2),
        (TEXT, 7),
        (TEXT, 1),
        (TEXT, -1),
        (TEXT + "The\t4\n", 5),
        (TEXT + "\t4\n", 5),
        (TEXT + "word\n", 5),
        (TEXT + "word\tmany\n", 5),
        (TEXT + "word\t-1\n", 5),
        (TEXT + "word\t1.5\n", 5),
        (TEXT + "word\t²\n", 5),
        (TEXT + "word\t" + "9" * 400 + "\n", 5),
        (TEXT + "word\t" + "9" * 5_000 + "\n", 5),
        (TEXT.replace("\n", "\r\n"), 5),
    ],
)
def test_a_file_that_is_no_vocabulary_is_refused_in_one_sentence(text, n_rows):
    with pytest.raises(VocabularyError, match=r"reinstall") as caught:
        Vocabulary.parse(text, n_rows)
    assert "\n" not in str(caught.value)


@given(st.text(st.characters(categories=None), max_size=80), st.integers(-1, 8))
def test_any_text_is_a_vocabulary_or_is_refused(text, n_rows):
    for candidate in (text, TEXT + text):
        with contextlib.suppress(EngineError):  # and nothing else
            assert Vocabulary.parse(candidate, n_rows).n_rows == n_rows


def test_a_word_that_folding_leaves_as_it_is_is_kept_once():
    words = Vocabulary.parse("<unknown>\t1\n<line>\t1\nword\t1\nLondon\t1\n", 4)
    assert words.tokens[2:] == ("word", "london")
    assert words.tokens[2] is words.forms[2]
