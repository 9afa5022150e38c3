from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyboard_app.typist.word_at import word_at


@pytest.mark.parametrize(
    ("before", "after", "left", "word"),
    [
        ("We met Quil", "", "We met ", "Quil"),
        ("We met Quil", "lonia today", "We met ", "Quillonia"),
        ("We met Quillonia", " today", "We met ", "Quillonia"),
        ("We met Quillonia ", "", "We met ", "Quillonia"),
        ("We met Quillonia, 12 ", "x", "We met ", "Quillonia"),
        ("He said ‘don’t’", "", "He said ‘", "don’t"),
        ("one\n", "two", None, None),
        ("", "", None, None),
        ("12 ", "", None, None),
    ],
)
def test_it_is_the_word_around_the_caret_or_the_one_before_it(before, after, left, word):
    found = word_at(before, after)
    assert (found and (found[0].left, found[1])) == (word and (left, word))


@given(st.text(alphabet="ab '’.\n1", max_size=20), st.text(alphabet="ab '", max_size=5))
def test_what_is_found_stands_there(before, after):
    found = word_at(before, after)
    if found is not None:
        place, word = found
        assert place.prefix == ""
        assert (before + after).startswith(place.left + word)
        assert word[0].isalpha()
        assert word[-1].isalpha()
