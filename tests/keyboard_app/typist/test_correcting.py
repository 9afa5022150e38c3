"""When a word stands for itself, and what becomes of the commits of words that may be typos."""

from __future__ import annotations

import pytest

from keyboard_app.typist.correcting import is_settled
from tests.keyboard_app.typing_model import TypingModel


@pytest.mark.parametrize(
    ("following", "settled"),
    [
        (" ", True), ("\n", True), (", ", True), ("!", True), (")", True), (". ", True), (".\n", True), ("-k", True),
        ('." ', True), (".c", False), ("(x", False), ("'s", False), ("", None), (".", None), ("-", None), ("'", None),
        (".)", True), ("' ", True), ("-9", False),
    ],
)  # fmt: skip
def test_a_word_is_settled_when_what_follows_says_that_it_goes_on_no_further(following, settled):
    assert is_settled(following) is settled


@pytest.fixture
def typist():
    model = TypingModel()
    model.session.look_at_words(True)
    return model


def looked_at(typist):
    """Return the word that was typed to its end last."""
    return typist.session._words.to_look_at


def test_a_word_waits_while_it_is_looked_at_and_marked_and_later_ones_do_not(typist):
    typist.type("teh ")
    word = looked_at(typist)
    typist.type("dog ")
    assert typist.commits == []
    typist.session.settle(word.number, marked=True)
    typist.session.settle(looked_at(typist).number)
    assert typist.words() == ["dog"]
    assert [word.text for word in typist.session.settle(word.number)] == ["teh"]


def test_a_word_that_was_looked_at_late_is_final_as_soon_as_it_was(typist):
    typist.type("the ")
    word = looked_at(typist)
    typist.type("dog")
    assert typist.commits == []
    assert [word.text for word in typist.session.settle(word.number)] == ["the"]
    assert typist.words() == []


def test_the_corrected_word_is_committed_in_place_of_the_typo_and_later_words_follow_it(typist):
    typist.type("a teh ")
    word = looked_at(typist)
    typist.type("dog ")
    later = looked_at(typist)
    typist.text = "a the dog "
    reaction = typist.session.reworded(word, "the", typist.caret_text())
    typist.session.settle(later.number)
    commits = {commit.text: commit.context.left for commit in (*reaction.commits, *typist.release())}
    assert commits == {"a": "", "the": "a ", "dog": "a the "}


def test_a_correction_of_a_word_that_was_learned_already_is_committed_at_once(typist):
    typist.type("teh ")
    word = looked_at(typist)
    typist.session.settle(word.number)
    assert typist.words() == ["teh"]
    typist.text = "the "
    reaction = typist.session.reworded(word, "the", typist.caret_text())
    assert [(commit.text, commit.rejects) for commit in reaction.commits] == [("the", False)]
    assert typist.words() == ["teh"]


def test_erasing_into_a_waiting_word_withdraws_it(typist):
    typist.type("teh ").backspace(2).type("n ")
    typist.session.settle(looked_at(typist).number)
    assert typist.words() == ["ten"]


def test_a_word_that_is_marked_for_long_is_final_after_a_dozen_more(typist):
    typist.type("teh ")
    typist.session.settle(looked_at(typist).number, marked=True)
    for _ in range(13):
        typist.type("dog ")
        typist.session.settle(looked_at(typist).number)
    assert typist.words().count("teh") == 1


def test_where_words_are_not_looked_at_none_waits():
    assert TypingModel().type("teh dog ").words() == ["teh", "dog"]
