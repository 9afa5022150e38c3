from __future__ import annotations

import lzma

import numpy as np
import pytest

from engine.errors import CorpusError
from engine.text.vocabulary import SPECIALS
from engine.training.corpus import TokenCounts, build_vocabulary, count_tokens, encode, read_blocks

TEXT = "We met in London, and London was cold.\nlondon was loud.\nThey like the iPhone. He likes the iPhone too.\n"


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def vocabulary_of(path, n_rows=100, n_lexicon=100):
    totals = TokenCounts()
    totals.add(count_tokens(path), 1.0)
    return build_vocabulary(totals, n_rows, n_lexicon, min_count=1)


def test_the_vocabulary_begins_with_the_special_tokens_and_goes_on_by_count(text_file):
    vocabulary = vocabulary_of(text_file)
    assert vocabulary.tokens[: len(SPECIALS)] == SPECIALS
    counts = vocabulary.counts[len(SPECIALS) :]
    assert list(counts) == sorted(counts, reverse=True)


def test_a_word_keeps_the_case_that_it_has_inside_sentences(text_file):
    forms = vocabulary_of(text_file).forms
    assert "London" in forms
    assert "iPhone" in forms
    assert "we" in forms
    assert "We" not in forms


def test_words_without_a_row_go_to_the_lexicon_and_are_encoded_as_unknown(text_file):
    vocabulary = vocabulary_of(text_file, n_rows=6)
    assert vocabulary.n_rows == 6
    assert len(vocabulary) > 6
    ids = encode(text_file, vocabulary)
    assert ids.max() < 6
    assert (ids == 0).sum() == vocabulary.counts[0]


def test_a_compressed_file_reads_like_the_plain_one(text_file, tmp_path):
    packed = tmp_path / "talk.txt.xz"
    packed.write_bytes(lzma.compress(TEXT.encode()))
    assert "".join(read_blocks(packed)) == TEXT
    vocabulary = vocabulary_of(text_file)
    np.testing.assert_array_equal(encode(packed, vocabulary), encode(text_file, vocabulary))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00broken \xc3(", None])
def test_a_file_that_is_no_text_is_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "bad.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusError, match=r"bad\.txt cannot be read as UTF-8 text"):
        list(read_blocks(path))


def test_counts_of_a_source_weigh_as_often_as_it_is_read(text_file):
    totals = TokenCounts()
    totals.add(count_tokens(text_file), 3.0)
    assert totals.tokens["london"] == 9.0
