from __future__ import annotations

import pytest

from keyboard_app.typist.spacing import SpaceAction, Spacing
from tests.keyboard_app.typing_model import TypingModel


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (".", "turn."), (",", "turn,"), (" ", "turn "), ("\n", "turn\n"), ("?!", "turn?!"), (") ", "turn) "),
        ("'s", "turn's"), ("(", "turn ("), ('"', 'turn "'), ("b", "turn b"), ("  ", "turn  "), ("7", "turn 7"),
        ("-key", "turn-key"), (" - ", "turn - "), ("\u00a0!", "turn\u00a0!"), ("\u202f!", "turn\u202f!"),
    ],
)  # fmt: skip
def test_the_space_after_an_accepted_word_gives_way_to_punctuation_and_is_never_doubled(typed, text):
    typist = TypingModel().type("tu")
    typist.offer("turn")
    typist.accept()
    assert typist.type(typed).text == text


def test_a_quotation_that_is_open_is_closed_without_a_space():
    typist = TypingModel().type('"tu')
    typist.offer("turn")
    typist.accept()
    assert typist.type('"').text == '"turn"'


@pytest.mark.parametrize(
    ("before", "typed", "text"),
    [
        ("", ":", "turn:"),
        ("", "—", "turn —"),
        ("so: ", ":", "turn:"),
        ("thanks :) ", ":)", "turn :)"),
        ("thanks :) so: ", ":", "turn:"),
        ("at 12 :30 ", ":", "turn:"),
        ("one—two ", "—", "turn—"),
        ("one — two ", "—", "turn —"),
        ("one – two ", "–", "turn –"),
        ("one – two ", "—", "turn —"),
        ("a :) " + "so " * 400, ":", "turn:"),
    ],
)
def test_a_dash_and_a_colon_stand_as_the_last_one_did(before, typed, text):
    typist = TypingModel().type(before + "tu")
    typist.offer("turn")
    typist.accept()
    assert typist.type(typed).text == before + text


def test_a_space_that_the_user_typed_stays_before_punctuation():
    assert TypingModel().type("turn .").text == "turn ."


def test_the_automatic_space_becomes_ordinary_when_the_caret_moves():
    typist = TypingModel().type("tu")
    typist.offer("turn")
    typist.accept()
    typist.move(-1).move(1)
    assert typist.type(".").text == "turn ."


def test_nothing_is_swallowed_where_no_space_stands():
    spacing = Spacing()
    spacing.accepted(space_added=True)
    assert spacing.plan(".", "turn") is SpaceAction.TYPE
