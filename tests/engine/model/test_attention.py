from __future__ import annotations

import pytest

from engine.model.attention import IN_A_PHRASE, N_REMEMBERED, Attention, Declined, Sighting


def noted(*overlooked, n_typed=0):
    attention = Attention()
    for one in overlooked:
        attention.note(Sighting(n_typed, one))
    return attention


def test_nothing_is_thought_of_a_user_before_they_have_typed():
    assert Attention().says_nothing
    assert Attention().overlooked(0) == 1.0


def test_who_overlooks_nothing_is_known_for_it_after_some_words_and_not_at_once():
    assert noted(*[False] * 3).overlooked(0) > 0.4
    assert noted(*[False] * 100).overlooked(0) < 0.1


def test_who_overlooks_every_second_word_is_known_for_that():
    assert noted(*[True, False] * 200).overlooked(0) == pytest.approx(0.5, abs=0.02)


def test_who_has_begun_to_overlook_words_is_known_by_the_latest_words():
    assert noted(*[False] * 1_000, *[True] * N_REMEMBERED).overlooked(0) > 0.97


def test_who_looks_only_after_some_letters_is_known_for_that():
    attention = Attention()
    for _ in range(100):
        attention.note(Sighting(0, was_overlooked=True))
        attention.note(Sighting(2, was_overlooked=False))
    assert attention.overlooked(0) > 0.9
    assert attention.overlooked(2) < 0.1


def test_what_is_known_of_one_letter_is_believed_of_another_until_that_is_known():
    attention = noted(*[False] * 200, n_typed=1)
    assert attention.overlooked(3) < 0.1
    assert attention.overlooked(3) == attention.overlooked(9)


def test_the_last_word_noted_can_be_taken_back_though_an_older_one_was_forgotten():
    attention = noted(True, *[False] * (N_REMEMBERED - 1))
    before = attention.overlooked(0)
    attention.note(Sighting(0, was_overlooked=False))
    assert attention.overlooked(0) < before
    attention.take_back()
    assert attention.overlooked(0) == before


def test_who_overlooks_phrases_is_not_taken_to_overlook_words():
    attention = Attention()
    for _ in range(100):
        attention.note(Sighting(IN_A_PHRASE, was_overlooked=True))
        attention.note(Sighting(0, was_overlooked=False))
    assert attention.overlooked(IN_A_PHRASE) > 0.9
    assert attention.overlooked(0) < 0.1


def test_of_what_was_left_of_phrases_a_word_can_be_taken_out():
    declined = Declined("going", ("to", "on"))
    assert declined.without("to") == Declined("going", ("on",))
    assert declined.without("going") == Declined()
    assert declined.without("away") == declined
