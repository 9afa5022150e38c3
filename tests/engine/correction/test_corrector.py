"""Which words are taken for typos, on the shipped model."""

from __future__ import annotations

import pytest

import resources
from engine import Commit, CommitSource, Context, Feedback, FeedbackKind, open_engine
from engine.correction.corrector import Caution, Corrector
from engine.correction.misspellings import read_misspellings


@pytest.fixture(scope="module")
def engine():
    with open_engine() as opened:
        yield opened


@pytest.fixture
def fresh():
    """Return an engine that a test may teach."""
    with open_engine() as opened:
        yield opened


def correct(engine, left, word):
    return engine.corrector.correct(Context(left), word)


@pytest.mark.parametrize(
    ("left", "typed", "meant"),
    [
        ("We went to ", "teh", "the"),
        ("", "Teh", "The"),
        ("I ", "dont", "don't"),
        ("Yes, ", "im", "I'm"),
        ("I walked ", "form", "from"),
        ("He lives ", "inthe", "in the"),
        ("I like it ", "alot", "a lot"),
        ("It is ", "definately", "definitely"),
        ("A new ", "governemnt", "government"),
        ("the ", "intrenational", "international"),
        ("Thank you very ", "nuch", "much"),
        ("all the ", "leters", "letters"),
    ],
)
def test_typos_are_recognised_and_what_was_meant_comes_first_in_the_case_of_what_was_typed(engine, left, typed, meant):
    assert correct(engine, left, typed).items[0] == meant


@pytest.mark.parametrize(
    ("left", "word"),
    [
        ("I went ", "home"), ("We ", "were"), ("all is ", "well"), ("they lost ", "their"), ("Dear ", "Kael"),
        ("We met ", "Zorblax"), ("the ", "NASA"), ("the ", "HTE"), ("my ", "iPhone"), ("a ", "naïve"), ("see ", "x"),
        ("I ", "wanna"), ("well, ", "lol"), ("call ", "getName"),
    ],
)  # fmt: skip
def test_words_names_acronyms_and_code_are_let_be(engine, left, word):
    assert correct(engine, left, word).items == ()


@pytest.mark.parametrize("left", ["My new wifi password: ", "the password for the bank is ", "PIN = "])
@pytest.mark.parametrize("typed", ["battrey", "recieve", "winterr"])
def test_nothing_that_is_called_a_password_is_mended(engine, left, typed):
    assert not correct(engine, left, typed).items
    assert correct(engine, "I said that we ", typed).items


def test_what_is_likely_enough_may_be_put_in_unasked_and_what_is_not_may_not(engine):
    assert correct(engine, "We went to ", "teh").is_certain
    assert not correct(engine, "and ", "im").is_certain


def test_two_words_must_be_surer_than_one_to_be_put_in_unasked(engine):
    listed = read_misspellings(resources.misspellings_text())
    wary = Corrector(engine.predictor, engine.corrector.memory, listed, lambda _: False, Caution(two_words=20.0))
    assert correct(engine, "He lives ", "inthe").is_certain
    assert not wary.correct(Context("He lives "), "inthe").is_certain
    assert wary.correct(Context("He lives "), "inthe").items[0] == "in the"
    assert wary.correct(Context("We went to "), "teh").is_certain


def test_text_in_another_language_is_let_be(engine):
    german = "Gestern habe ich zufällig meinen alten Schulfreund getroffen und "
    assert correct(engine, german, "nciht").items == ()
    assert correct(engine, "Yesterday I met an old friend of mine and ", "nciht").items


def test_a_blocked_word_is_never_what_was_meant(engine):
    assert "ass" not in correct(engine, "What an ", "asss").items


def test_a_word_of_the_user_is_known_once_it_stood_in_two_places(fresh):
    left = ("He works for ", "We looked at ")
    assert correct(fresh, "I saw ", "gogle").items
    for place in left:
        fresh.learner.learn_one(Commit(Context(place), "gogle", CommitSource.TYPED))
    assert correct(fresh, "I saw ", "gogle").items == ()
    assert "gogle" in correct(fresh, "He works for ", "goggle").items + correct(fresh, "He works for ", "gogel").items


def test_a_word_that_is_left_as_it_is_is_never_marked_again(fresh):
    fresh.corrector.hear(Feedback("teh", "the", FeedbackKind.LEFT_ALONE))
    assert correct(fresh, "We went to ", "teh").items == ()
    assert correct(fresh, "", "Teh").items == ()


def test_after_two_corrections_taken_back_there_is_no_third(fresh):
    for _ in range(2):
        assert correct(fresh, "We went to ", "teh").items
        fresh.corrector.hear(Feedback("teh", "the", FeedbackKind.TAKEN_BACK))
    assert correct(fresh, "We went to ", "teh").items == ()


def test_a_word_that_is_left_as_it_is_waits_no_more_as_a_slip(fresh):
    commit = Commit(Context("an "), "intrenational", CommitSource.TYPED)
    assert fresh.learner.learn_one(commit).meant == "international"
    fresh.corrector.hear(Feedback("intrenational", "international", FeedbackKind.LEFT_ALONE))
    report = fresh.learner.learn_one(commit)
    assert (report.meant, report.new_word) == ("", True)


def test_a_pair_that_was_taken_comes_first_the_next_time(fresh):
    before = correct(fresh, "and ", "im")
    second = before.items[1]
    fresh.corrector.hear(Feedback("im", second, FeedbackKind.TAKEN))
    assert correct(fresh, "and ", "im").items[0] == second


def test_looking_at_a_word_changes_nothing(engine):
    version = engine.predictor.blend.version
    assert correct(engine, "We went to ", "teh") == correct(engine, "We went to ", "teh")
    assert engine.predictor.blend.version == version


def test_the_misspellings_are_never_meant_and_what_is_meant_is_known(engine):
    pairs = read_misspellings(resources.misspellings_text())
    known = engine.predictor.blend.model.vocabulary
    assert len(pairs) > 200
    for typed, meant in pairs.items():
        assert typed == typed.lower() != meant.lower()
        assert all(word.lower() in known and word.lower() not in pairs for word in meant.split())


def test_a_list_of_misspellings_may_hold_anything():
    assert read_misspellings("# none\n\nTeh the # the\nword\nalot a lot\n") == {"teh": "the", "alot": "a lot"}


def test_a_word_called_right_is_let_be(fresh):
    fresh.wishes.call_right(Commit(Context("We went to "), "teh", CommitSource.TYPED))
    assert correct(fresh, "We went to ", "teh").items == ()


def test_a_word_blocked_later_is_not_meant_any_more_and_the_others_still_are(fresh):
    assert "much" in correct(fresh, "Thank you very ", "nuch").items
    fresh.wishes.never_offer("much")
    assert "much" not in correct(fresh, "Thank you very ", "nuch").items
    assert correct(fresh, "We went to ", "teh").items[0] == "the"
