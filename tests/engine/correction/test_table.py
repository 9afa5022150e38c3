"""The search for words that a few slips turn into what was typed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.correction.error_model import code_of, slip_costs
from engine.correction.table import _WORDS_AT_ONCE, SpellingTable
from engine.learning.gate import _before_slips

WORDS = ("the", "then", "they", "ten", "receive", "don't", "international", "letter", "café", "a", "of")
short_words = st.text("abct'é", min_size=1, max_size=6)


def found(table, words, typed):
    near = table.near(typed)
    return dict(zip([words[index] for index in near.words], near.costs.tolist(), strict=True))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("teh", "the"), ("thr", "the"), ("te", "the"), ("thhe", "the"), ("recieve", "receive"), ("dont", "don't"),
        ("leter", "letter"), ("lettter", "letter"), ("internatoinl", "international"), ("fo", "of"),
    ],
)  # fmt: skip
def test_words_a_slip_or_two_away_are_found(typed, meant):
    assert meant in found(SpellingTable(WORDS), WORDS, typed)


def test_short_words_are_not_found_over_two_slips():
    assert "the" not in found(SpellingTable(WORDS), WORDS, "tgw")


def test_a_word_costs_nothing_itself_and_a_swap_costs_a_swap():
    costs = found(SpellingTable(WORDS), WORDS, "teh")
    assert found(SpellingTable(WORDS), WORDS, "the")["the"] == 0
    assert costs["the"] == pytest.approx(float(slip_costs().transposition))


def test_one_of_two_equal_letters_is_left_out_sooner_than_a_single_one():
    words = ("better", "beater")
    costs = found(SpellingTable(words), words, "beter")
    assert costs["better"] < costs["beater"]


def test_a_slip_in_the_first_letter_costs_more():
    words = ("bat", "tab")
    first, last = found(SpellingTable(words), words, "nat")["bat"], found(SpellingTable(words), words, "tan")["tab"]
    assert first - last == pytest.approx(float(slip_costs().first_letter))


@settings(max_examples=150, deadline=None)
@given(st.lists(short_words, min_size=1, max_size=12, unique=True), short_words)
def test_it_finds_what_a_plain_table_of_distances_finds(words, typed):
    table = SpellingTable(words)
    costs = found(table, words, typed)
    for word in words:
        cost, n_slips = plain_cost(typed, word)
        if n_slips == 1 and cost <= 11.9 and len(typed) < 6:
            assert costs[word] == pytest.approx(cost, abs=1e-3)
        elif word in costs:
            assert costs[word] >= cost - 1e-3


@given(st.text(max_size=50))
@settings(deadline=None)
def test_any_text_can_be_looked_for(text):
    table = SpellingTable(WORDS)
    if text:
        assert (table.near(text).costs >= 0).all()


@pytest.mark.parametrize("typed", ["teh", "receove", "lettter", "interational", "doumt"])
def test_what_the_gate_takes_for_a_slip_is_one_here_too(typed):
    """One slip that the gate knows never costs more than is looked for: what waits as a slip can be put right."""
    for meant in set(_before_slips(typed)) - {typed, ""}:
        assert meant in found(SpellingTable((meant,)), (meant,), typed)


def test_an_empty_table_finds_nothing():
    assert SpellingTable(()).near("word").words.size == 0


def plain_cost(typed, meant):
    """Return the least cost of any slips, and how many those are: the textbook's table, letter by letter."""
    costs = slip_costs()
    t, m = [code_of(letter) for letter in typed], [code_of(letter) for letter in meant]
    best = {(0, 0): (0.0, 0)}
    for j in range(len(m) + 1):
        for i in range(len(t) + 1):
            ways = [best[0, 0]] if i == j == 0 else []
            first = float(costs.first_letter)
            if j:
                pair = m[j - 1] in (m[j - 2] if j > 1 else None, m[j] if j < len(m) else None)
                omission = float(costs.omission[m[j - 1]])
                omission = min(omission, float(costs.omission_in_pair)) if pair else omission
                ways.append(plus(best[i, j - 1], omission + first * (j == 1)))
            if i:
                beside = [m[k] for k in (j - 1, j) if 0 <= k < len(m)]
                added = min(float(costs.insertion[letter, t[i - 1]]) for letter in beside)
                ways.append(plus(best[i - 1, j], added + first * (j == 0)))
            if i and j:
                hit = float(costs.substitution[m[j - 1], t[i - 1]])
                same = t[i - 1] == m[j - 1]
                ways.append(best[i - 1, j - 1] if same else plus(best[i - 1, j - 1], hit + first * (j == 1)))
            if i > 1 and j > 1 and t[i - 1] == m[j - 2] and t[i - 2] == m[j - 1] and t[i - 1] != t[i - 2]:
                ways.append(plus(best[i - 2, j - 2], float(costs.transposition) + first * (j == 2)))
            best[i, j] = min(ways) if ways else (math.inf, 0)
    return best[len(t), len(m)]


def plus(way, cost):
    return way[0] + cost, way[1] + 1


def test_words_are_found_wherever_they_stand_in_a_long_table():
    words = [f"x{number}'s" for number in range(_WORDS_AT_ONCE - 1)] + ["letter", "receive"]
    table = SpellingTable(words)
    assert [words[index] for index in table.near("leter").words] == ["letter"]
    assert [words[index] for index in table.near("recieve").words] == ["receive"]
