from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.casing import Place, cased, place_after, shows_own_case
from engine.text.tokenizer import tokenize


@pytest.mark.parametrize(("form", "offered"), [("ßeltan", "ßeltan"), ("ﬁlmik", "ﬁlmik"), ("ǆepnik", "ǅepnik")])
def test_a_first_letter_that_would_become_two_stays_small(form, offered):
    assert cased(form, "", Place.SENTENCE_START) == offered


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", Place.SENTENCE_START),
        ("I am ", Place.INSIDE),
        ("It is done. ", Place.SENTENCE_START),
        ("Is it? ", Place.SENTENCE_START),
        ("It is! ", Place.SENTENCE_START),
        ("Well... ", Place.SENTENCE_START),
        ("one line\n", Place.SENTENCE_START),
        ('It is. "', Place.SENTENCE_START),
        ("It is. ('", Place.SENTENCE_START),
        ('He said "', Place.INSIDE),
        ("yes, ", Place.INSIDE),
        ("example.", Place.INSIDE),
        ("well-", Place.INSIDE),
        ("STOP THAT ", Place.SHOUTED),
        ("please STOP ", Place.INSIDE),
        ("STOP it ", Place.INSIDE),
        ("I A ", Place.INSIDE),
        ("STOP THAT. ", Place.SENTENCE_START),
        ("need the following things today:\n- ", Place.SENTENCE_START),
        ("\n- one\n- ", Place.INSIDE),
    ],
)
def test_the_text_before_a_word_says_where_it_stands(text, place):
    assert place_after(tokenize(text)) is place


@pytest.mark.parametrize(
    ("form", "prefix", "place", "offered"),
    [
        ("I", "", Place.INSIDE, "I"),
        ("I'm", "i", Place.INSIDE, "I'm"),
        ("word", "", Place.INSIDE, "word"),
        ("word", "", Place.SENTENCE_START, "Word"),
        ("London", "", Place.INSIDE, "London"),
        ("London", "lon", Place.INSIDE, "London"),
        ("London", "LON", Place.INSIDE, "LONDON"),
        ("word", "w", Place.SENTENCE_START, "word"),
        ("word", "W", Place.INSIDE, "Word"),
        ("word", "WO", Place.INSIDE, "WORD"),
        ("word", "Wo", Place.INSIDE, "Word"),
        ("iPhone", "", Place.SENTENCE_START, "iPhone"),
        ("iPhone", "I", Place.INSIDE, "iPhone"),
        ("NASA", "na", Place.INSIDE, "NASA"),
        ("word", "", Place.SHOUTED, "WORD"),
        ("word", "w", Place.SHOUTED, "word"),
        ("don't", "D", Place.INSIDE, "Don't"),
        ("don't", "DON'", Place.INSIDE, "DON'T"),
        ("élan", "", Place.SENTENCE_START, "Élan"),
    ],
)
def test_a_word_is_offered_in_the_case_of_its_place(form, prefix, place, offered):
    assert cased(form, prefix, place) == offered


@given(st.text("abcdefXYZ'", min_size=1, max_size=8), st.integers(0, 8), st.sampled_from(Place))
def test_case_is_all_that_changes(form, n_typed, place):
    prefix = form[:n_typed].upper() if n_typed % 2 else form[:n_typed]
    assert cased(form, prefix, place).casefold() == form.casefold()


@pytest.mark.parametrize(
    ("left", "word", "shows"),
    [
        ("we saw the ", "warriors", True),
        ("we saw the ", "WARRIORS", True),
        ("", "warriors", False),
        ("It is over. ", "Warriors", False),
        ("no way. not now. never. ", "Warriors", False),
        ("GO ON ", "WARRIORS", False),
        ("well, GO ", "WARRIORS", False),
        ("well, GO ", "warriors", True),
    ],
)
def test_the_first_word_of_a_sentence_and_shouting_say_nothing_of_case(left, word, shows):
    assert shows_own_case(tokenize(left), word) is shows
