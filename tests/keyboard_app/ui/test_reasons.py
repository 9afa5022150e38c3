from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Context, Explanation
from engine.text.tokenizer import LINE
from keyboard_app.ui.reasons import headline, in_percent, reasons_of, remark, told
from keyboard_app.ui.wording import chance


def explanation(shipped=0.0, spelled=0.0, learned=0.0, own=0.0, recent=0.0, uses=0, after=(), uses_after=0, prefix=""):
    p = shipped + spelled + learned + own + recent
    return Explanation(
        Context("we met ", prefix), "Quillonia", p, shipped, spelled, learned, own, recent, uses, after, uses_after
    )


def names(reasons):
    return [(one.percent, one.name) for one in reasons]


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6))
def test_percents_add_up_to_100_and_are_off_by_less_than_one(parts):
    percents = in_percent(parts)
    total = sum(parts)
    if total > 0.0:
        assert sum(percents) == 100
        assert all(abs(percent - 100 * part / total) < 1.0 for percent, part in zip(percents, parts, strict=True))
    else:
        assert set(percents) == {0}


@given(*[st.floats(0.0, 0.2)] * 4, st.floats(-0.2, 0.2))
def test_whatever_learning_did_the_parts_make_a_whole(shipped, spelled, own, recent, learned):
    learned = max(learned, -(shipped + spelled))
    one = explanation(shipped, spelled, learned, own, recent)
    total = sum(reason.percent for reason in reasons_of(one))
    assert total == (100 if one.probability > 1e-12 else total)
    assert all(reason.percent > 0 for reason in reasons_of(one))


def test_the_parts_stand_in_words():
    one = explanation(0.31, 0.0, 0.045, 0.105, 0.04, uses=5, after=("met",), uses_after=4)
    assert names(reasons_of(one)) == [
        (62, "the shipped model"),
        (9, "what the model learned from you"),
        (21, "your own words"),
        (8, "what you wrote lately"),
    ]
    assert reasons_of(one)[-2].meaning == "you wrote it 5 times, 4 of them after “met”"
    assert headline(one) == "Its chance here is 50 in 100. That comes from:"


@pytest.mark.parametrize(
    ("uses", "after", "uses_after", "meaning"),
    [
        (1, ("we", "met"), 1, "you wrote it once, after “we met”"),
        (3, ("met",), 3, "you wrote it 3 times, always after “met”"),
        (2, (), 0, "you wrote it twice"),
        (4, (".", LINE), 2, "you wrote it 4 times, 2 of them at the beginning of a line"),
        (4, ("Tom", ","), 2, "you wrote it 4 times, 2 of them after “,”"),
        (0, (), 0, "words that you wrote in such places"),
    ],
)
def test_it_says_where_the_user_wrote_the_word(uses, after, uses_after, meaning):
    assert reasons_of(explanation(own=0.2, uses=uses, after=after, uses_after=uses_after))[0].meaning == meaning


def test_what_learning_takes_away_is_told_and_taken_from_the_shipped_part():
    one = explanation(shipped=0.4, learned=-0.1, own=0.1, uses=1)
    assert names(reasons_of(one)) == [(75, "the shipped model"), (25, "your own words")]
    assert remark(one) == ("What the model learned from you speaks against it: without that it would be 50 in 100.")


def test_a_word_that_was_spelled_says_so():
    one = explanation(spelled=0.3, prefix="Qui")
    assert names(reasons_of(one)) == [(100, "spelled from its letters")]
    assert "among all words that begin with “Qui”" in headline(one)
    assert remark(one).startswith("You have not written this word yet")


def test_a_screen_reader_is_told_all_of_it():
    sentence = told(explanation(shipped=0.3, own=0.1, uses=2))
    assert sentence.startswith("Why “Quillonia”? Its chance here is 40 in 100.")
    assert "75 % the shipped model: what Foretype knew before you wrote a word, 25 % your own words" in sentence


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (1.0, "99 in 100"), (0.623, "62 in 100"), (0.1, "10 in 100"), (0.0999, "1 in 10"), (1 / 45, "1 in 45"),
        (1 / 1234, "1 in 1,200"), (1e-9, "1 in 1,000,000,000"), (0.0, "1 in 1,000,000,000"),
    ],
)  # fmt: skip
def test_a_chance_is_told_as_people_tell_it(p, words):
    assert chance(p) == words
