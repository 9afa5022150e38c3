"""The ghost goes along with the text."""

from __future__ import annotations

import pytest

from engine.values import CommitSource
from keyboard_app.typist.manner import Manner
from tests.keyboard_app.typing_model import TypingModel


def at_a_phrase(before="at the ", typed="e", phrase="end of the day"):
    """Return a typist who sees a phrase."""
    typist = TypingModel().type(before + typed)
    typist.offer(phrase.split()[0], "early")
    assert typist.offer_phrase(phrase)
    return typist


def test_a_phrase_follows_the_word_that_it_begins_with():
    typist = TypingModel().type("at the e")
    typist.offer("end", "early")
    assert typist.session.offering.ghost == "nd"
    assert typist.offer_phrase("end of the day")
    assert typist.session.offering.ghost == "nd of the day"
    assert [slot.text for slot in typist.session.offering.slots if slot] == ["end", "early"]


def test_the_whole_phrase_is_taken_and_each_of_its_words_is_finished():
    typist = at_a_phrase()
    assert typist.accept_ghost()
    assert typist.text == "at the end of the day "
    assert [(c.text, c.source) for c in typist.release()][2:] == [
        (word, CommitSource.ACCEPTED) for word in ("end", "of", "the", "day")
    ]


def test_the_first_slot_still_takes_one_word_and_the_rest_stays():
    typist = at_a_phrase()
    assert typist.accept()
    assert typist.text == "at the end "
    assert typist.session.offering.ghost == "of the day"


def test_a_phrase_is_taken_word_by_word_and_stays_whatever_the_model_says_meanwhile():
    typist = at_a_phrase()
    assert typist.accept_word()
    typist.offer("my", "of")
    assert typist.session.offering.ghost == "of the day"
    assert not typist.offer_phrase("of all things")
    assert typist.accept_word()
    assert typist.accept_word()
    typist.offer("world")
    assert typist.session.offering.ghost == "day"
    assert not typist.offer_phrase("day and night")
    assert typist.accept_ghost()
    assert typist.text == "at the end of the day "
    assert typist.session.offering.ghost == ""


def test_a_letter_that_agrees_shortens_the_ghost_at_once_and_one_that_does_not_ends_it():
    typist = at_a_phrase()
    for letter, rest in (("n", "d of the day"), ("d", " of the day"), (" ", "of the day"), ("o", "f the day")):
        typist.type(letter)
        assert typist.session.offering.ghost == rest
    assert typist.type("n").session.offering.ghost == ""


def test_a_ghost_is_never_gone_and_back_while_its_letters_are_typed():
    typist = TypingModel().type("the ")
    typist.offer("turn")
    for letter in "tur":
        typist.type(letter)
        assert typist.session.offering.ghost
        typist.offer("turned", "turn")  # an answer of another mind
        assert typist.session.offering.ghost == "turn"[len(typist.text) - 4 :]


def test_a_wholly_typed_word_does_not_reject_the_phrase_that_begins_with_it():
    typist = at_a_phrase()
    commit = typist.type("nd ").release()[-1]
    assert commit.text == "end"
    assert not commit.rejects


def test_right_behind_a_whole_word_takes_the_next_one():
    typist = at_a_phrase().type("nd")
    assert typist.session.offering.ghost == " of the day"
    assert typist.accept_word()
    assert typist.text == "at the end of "
    assert typist.session.offering.ghost == "the day"


def test_punctuation_ends_a_phrase_and_swallows_the_automatic_space():
    typist = at_a_phrase()
    typist.accept_word()
    typist.type(",")
    assert typist.text == "at the end,"
    assert typist.session.offering.ghost == ""


def test_erasing_into_what_was_there_before_the_ghost_ends_it_until_the_next_answer():
    typist = TypingModel().type("tux")
    typist.offer("tuxedo")
    assert typist.backspace().session.offering.ghost == ""
    typist.offer("turn")
    assert typist.session.offering.ghost == "rn"


def test_erasing_a_word_of_a_phrase_brings_it_back_in_grey():
    typist = at_a_phrase()
    typist.accept_word()
    typist.backspace(2)
    assert typist.session.offering.ghost == "d of the day"


def test_the_letters_typed_decide_about_capitals():
    typist = TypingModel()
    typist.offer("The", "It")
    assert typist.offer_phrase("The end of")
    typist.type("t")
    assert typist.session.offering.ghost == "he end of"
    typist.offer("the", "to")
    assert typist.accept_ghost()
    assert typist.text == "the end of "


def test_a_phrase_for_another_word_or_place_is_not_shown():
    typist = TypingModel().type("at the e")
    typist.offer("end")
    assert not typist.offer_phrase("early in the")
    assert typist.session.offering.ghost == "nd"
    typist.type("x")
    assert not typist.offer_phrase("end of the")
    assert typist.session.offering.ghost == ""


def test_a_phrase_that_is_not_likely_enough_is_not_shown():
    typist = TypingModel().type("e")
    typist.offer("end")
    assert not typist.offer_phrase("end of", 0.4)


def test_no_phrase_is_asked_for_where_there_is_no_room_or_none_is_wanted():
    typist = TypingModel().paste("the turn").move(-4)
    assert typist.session.ask_again().phrase_from is None
    typist = TypingModel()
    assert typist.session.ask_again().phrase_from == Manner().phrase_from
    assert typist.session.set_manner(Manner(phrase_from=None)).phrase_from is None
    typist.offer("end")
    assert not typist.offer_phrase("end of")


def test_only_what_is_seen_of_a_phrase_is_taken():
    typist = at_a_phrase()
    acceptance = typist.session.offering.acceptance_of_ghost("nd of")
    assert acceptance.text == "end of"
    assert typist.session.offering.acceptance_of_ghost("x") is None
    assert typist.session.offering.acceptance_of_ghost("") is None


@pytest.mark.parametrize("strip", [True, False])
def test_hiding_hides_a_phrase_too(strip):
    typist = TypingModel()
    typist.session.set_manner(Manner(strip=strip))
    typist.type("e")
    typist.offer("end")
    typist.offer_phrase("end of")
    assert typist.session.offering.hide()
    assert typist.session.offering.ghost == ""
    assert typist.session.offering.acceptance_of_word() is None


def test_without_a_strip_the_first_key_takes_one_word_of_the_ghost():
    typist = TypingModel()
    typist.session.set_manner(Manner(strip=False))
    typist.type("e")
    typist.offer("end", "early")
    typist.offer_phrase("end of")
    assert typist.session.offering.acceptance(1) is None
    assert typist.accept(0)
    assert typist.text == "end "


def test_a_word_that_only_begins_alike_when_it_is_folded_is_no_ghost():
    typist = TypingModel().type("at the ß")
    typist.offer("ssh")
    assert typist.session.offering.ghost == ""
