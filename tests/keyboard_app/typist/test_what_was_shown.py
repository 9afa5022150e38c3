"""What the session tells the engine of how many words stood on screen, so that it can know which were passed over."""

from __future__ import annotations

import pytest

from keyboard_app.typist.manner import Manner
from tests.keyboard_app.typing_model import TypingModel


def asked(typist):
    return typist.session.ask_again().context


def test_letters_that_were_typed_under_the_strip_are_asked_about_as_such():
    for n_slots in (1, 3, 5):
        typist = TypingModel()
        typist.session.set_manner(Manner(n_slots=n_slots))
        assert asked(typist.type("a quick tu")).n_shown == n_slots


def test_a_word_that_the_caret_came_into_was_not_passed_over_by_anybody():
    assert asked(TypingModel().paste("a quick tu")).n_shown == 0
    assert asked(TypingModel().paste("a quick turn").move(-3).move(3)).n_shown == 0


@pytest.mark.parametrize("manner", [Manner(strip=False), Manner(makes_room=False)])
def test_nothing_was_passed_over_where_there_is_no_strip_or_the_user_wants_all_words_back(manner):
    typist = TypingModel()
    typist.session.set_manner(manner)
    assert asked(typist.type("a quick tu")).n_shown == 0
    typist.type("rn by")
    assert [commit.context.n_shown for commit in typist.release()] == [0, 0, 0]


def test_a_commit_says_how_many_words_stood_there_while_it_was_typed_or_taken():
    typist = TypingModel().type("quick tu")
    typist.offer("turn", "turned")
    typist.accept(1)
    assert [(commit.text, commit.context.n_shown) for commit in typist.release()] == [("quick", 3), ("turned", 3)]


def test_of_a_phrase_only_the_first_word_had_stood_there():
    typist = TypingModel().type("e")
    typist.offer("end")
    typist.offer_phrase("end of")
    typist.accept_ghost()
    assert [(commit.text, commit.context.n_shown) for commit in typist.release()] == [("end", 3), ("of", 0)]


def test_phrases_are_asked_for_unless_the_user_wants_none_or_a_word_stands_behind_the_caret():
    typist = TypingModel().type("a quick tu")
    assert asked(typist).phrases
    typist.session.set_manner(Manner(phrase_from=None))
    assert not asked(typist).phrases
    assert not asked(TypingModel().paste("a day").move(-3)).phrases
    typist.type("rn by")
    assert not typist.release()[-1].context.phrases


def test_what_stood_behind_a_word_that_was_taken_alone_is_known_to_have_been_left():
    typist = TypingModel().type("I am go")
    typist.offer("going", "gone", "going to")
    typist.accept(0)
    assert asked(typist).declined == ("to",)
    assert asked(typist.type("t")).declined == ("to",)
    typist.type("here ")
    assert asked(typist).declined == ()
    assert [commit.context.declined for commit in typist.release()][-2:] == [(), ("to",)]


def test_what_stood_behind_a_word_that_was_typed_in_spite_of_it_was_left_too():
    typist = TypingModel().type("I am goin")
    typist.offer("going", "gone", "going to")
    assert asked(typist.type("g ")).declined == ("to",)


def test_nothing_is_left_where_a_mark_stands_between_or_the_phrase_was_taken():
    typist = TypingModel().type("I am goin")
    typist.offer("going", "gone", "going to")
    assert asked(typist.type("g, ")).declined == ()
    typist = TypingModel().type("I am go")
    typist.offer("going", "gone", "going to")
    typist.accept(2)
    assert asked(typist).declined == ()


def test_what_the_ghost_goes_on_to_offer_was_not_left():
    for ghost, declined in (("end of", ()), ("end to", ("of",))):
        typist = TypingModel().type("e")
        typist.offer("end", "ever", "end of")
        typist.offer_phrase(ghost)
        typist.accept_word()
        assert asked(typist).declined == declined


def test_who_comes_to_another_place_left_nothing_there():
    typist = TypingModel().type("I am go")
    typist.offer("going", "gone", "going to")
    typist.accept(0)
    assert asked(typist.move(-6)).declined == ()
    assert asked(typist.move(6)).declined == ("to",)
