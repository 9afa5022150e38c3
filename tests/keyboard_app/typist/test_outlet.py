"""Which finished words go to the learner."""

from __future__ import annotations

import pytest

from engine.values import CommitSource, Context
from keyboard_app.typist.commits import OwnWord
from keyboard_app.typist.outlet import Outlet, end_of_words


def own(*texts):
    return [OwnWord(Context(""), text, CommitSource.TYPED) for text in texts]


def texts(commits):
    return [commit.text for commit in commits]


def test_words_go_out_in_the_order_in_which_they_were_finished():
    assert texts(Outlet().pass_on(own("one", "two"))) == ["one", "two"]


def test_nothing_goes_out_where_nothing_may_be_learned():
    outlet = Outlet()
    outlet.learns = False
    assert outlet.pass_on(own("one")) == ()
    outlet.learns, outlet.is_private = True, True
    assert outlet.pass_on(own("two")) == ()


def test_what_is_held_goes_out_once_when_it_is_let_go():
    outlet = Outlet()
    outlet.hold()
    assert outlet.pass_on(own("one")) == ()
    outlet.is_private = True
    outlet.pass_on(own("secret"))
    outlet.is_private = False
    assert texts(outlet.let_go()) == ["one"]
    assert outlet.let_go() == ()
    assert texts(outlet.pass_on(own("two"))) == ["two"]


def test_the_last_late_word_that_is_learned_is_told():
    outlet = Outlet()
    assert not outlet.follow_learning()
    outlet.expect_late(own("one", "two"))
    assert [outlet.follow_learning() for _ in range(3)] == [False, True, False]


def test_late_words_that_are_not_learned_are_not_waited_for():
    outlet = Outlet()
    outlet.is_private = True
    outlet.expect_late(own("one"))
    assert not outlet.follow_learning()


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("private words. One, two ", "One, two "),
        ("one two ", "one two "),
        ("two one ", "one "),
        ("one two three ", ""),
        ("one I’m two ", "one I’m two "),
        ("", ""),
    ],
)
def test_the_end_of_a_text_that_holds_known_words_only_is_found(text, end):
    words = ["one", "i'm", "two"] if "’" in text else ["one", "two"] if text != "two one " else ["one"]
    assert end_of_words(text, words) == end


def test_where_text_was_private_words_go_out_with_those_only_that_went_out_before():
    outlet = Outlet()
    outlet.hides_text = True
    places = ("my secret ", "my secret open ", "my secret open, hidden ")
    words = [
        OwnWord(Context(left), text, CommitSource.TYPED)
        for left, text in zip(places, ("open", "and", "now"), strict=True)
    ]
    assert [commit.context.left for commit in outlet.pass_on(words)] == ["", "open ", ""]
