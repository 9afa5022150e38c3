from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.normalize import APOSTROPHES, normalize, storable

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()))
"""Lone surrogates included."""


@given(ANY_TEXT)
def test_normalizing_twice_is_normalizing_once(text):
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(ANY_TEXT)
def test_a_normalized_text_can_be_written_to_a_file(text):
    assert normalize(text).encode("utf-8").decode("utf-8") == normalize(text)


@given(ANY_TEXT)
def test_a_text_that_was_stored_reads_as_before(text):
    stored = storable(text)
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert normalize(stored) == normalize(text)


@given(ANY_TEXT)
def test_composed_and_decomposed_accents_are_one_text(text):
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert normalize(unicodedata.normalize("NFD", text)) == normalize(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_every_apostrophe_is_a_plain_one(mark):
    assert normalize(f"don{mark}t") == "don't"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("“Yes”", '"Yes"'),
        ("«Oui»", '"Oui"'),
        ("a\u00a0b\u202fc\u3000d", "a b c d"),
        ("a\r\nb\rc\u2028d\u0085e\ff\vg", "a\nb\nc\nd\ne\nf\ng"),
        ("a\r\nb\rc\fd\ve", "a\nb\nc\nd\ne"),
        ("so\u00adft zero\u200bwidth \ufeffmark", "soft zerowidth mark"),
        ("e\u200b\u0301", "é"),
        ("wait… 3–4 — no", "wait... 3—4 — no"),
        ("half \ud83d pair", "half \ufffd pair"),
    ],
)
def test_variants_of_one_mark_become_one(text, normal):
    assert normalize(text) == normal
