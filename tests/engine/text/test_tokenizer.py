from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.tokenizer import ADDRESS, LINE, NUMBER, SENTENCE_ENDS, TIE, fold, is_word, tokenize

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()))
PROSE = st.text("abcdeéñ İßΣ'’-.,?!…\"()0123456789 \n\t:@/_#😀\u0301\u200d", max_size=60)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("   ", []),
        ("Hello world ", ["Hello", "world"]),
        ("don't don’t 'tis rock'n'roll ", ["don't", "don't", "'" + TIE, "tis", "rock'n'roll"]),
        ("dogs' tails ", ["dogs", "'", "tails"]),
        ("well-known ", ["well", "-" + TIE, "known"]),
        ("this - that -- those ", ["this", "-", "that", "—", "those"]),
        ('He said "yes" . ', ["He", "said", '"' + TIE, "yes", '"', "."]),
        ("3 1,000 12:30 2.5 ", [NUMBER] * 4),
        ("3rd 4th", [NUMBER + TIE, "rd", NUMBER + TIE, "th"]),
        ("see www.a.org/x?y=1 or me@b.co.uk now ", ["see", ADDRESS, "or", ADDRESS, "now"]),
        ("https://example.com/a, then ", [ADDRESS, "then"]),
        ("example.com ", ["example", "." + TIE, "com"]),
        ("No... Yes!!! What?? Hm.... ", ["No", "...", "Yes", "!", "What", "?", "Hm", "..."]),
        ("one\ntwo\n\n \nthree ", ["one", LINE, "two", LINE, "three"]),
        ("one\r\ntwo\rthree ", ["one", LINE, "two", LINE, "three"]),
        ("fine 😀😀 thanks ", ["fine", "😀", "thanks"]),
        ("one.", ["one", "." + TIE]),
        ("one. ", ["one", "."]),
        ("naïve café ", ["naïve", "café"]),
        ("привет мир ", ["привет", "мир"]),
        ("a <line> b <unknown> ", ["a", "<" + TIE, "line", ">", "b", "<" + TIE, "unknown", ">"]),
    ],
)
def test_a_text_falls_into_these_tokens(text, tokens):
    assert tokenize(text) == tokens


@given(ANY_TEXT)
def test_any_string_has_tokens(text):
    assert all(tokenize(text)) or tokenize(text) == []


@given(PROSE)
def test_composed_and_decomposed_letters_are_the_same_words(text):
    assert tokenize(unicodedata.normalize("NFD", text)) == tokenize(unicodedata.normalize("NFC", text))


@given(PROSE)
def test_letters_are_in_words_and_in_nothing_else(text):
    for token in tokenize(text):
        letters = any(unicodedata.category(character).startswith("L") for character in token)
        assert letters == is_word(token) or token in {LINE, NUMBER, NUMBER + TIE, ADDRESS, ADDRESS + TIE}


@given(st.lists(st.text("abc de.,?!'\"-1", max_size=20), max_size=6))
def test_lines_can_be_read_one_by_one(lines):
    together = tokenize("".join(line + "\n" for line in lines))
    one_by_one = []
    for line in lines:
        tokens = tokenize(line + "\n")
        one_by_one += tokens[1:] if one_by_one and tokens == [LINE] else tokens
    assert together == one_by_one


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text):
    for token in tokenize(text):
        assert fold(fold(token)) == fold(token)


def test_a_mark_at_the_caret_ends_no_sentence_yet():
    assert tokenize("example.")[-1] not in SENTENCE_ENDS
    assert tokenize("example. ")[-1] in SENTENCE_ENDS


def test_no_text_that_is_typed_looks_like_a_special_token():
    typed = tokenize("<line> <number> <address> <unknown>")
    assert not {LINE, NUMBER, ADDRESS, "<unknown>"} & set(typed)
