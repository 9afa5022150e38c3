from __future__ import annotations

import pytest

from engine.evaluation.ghosts import Candidate, Moment, Screen, Thresholds, WordMoments, replay, watch
from engine.prediction.calibration import Calibration, Line

AS_IT_IS = Calibration()


def word(text, *moments, gap=" "):
    return WordMoments(gap, text, moments)


def moment(n_typed, rank=None, ghost=None, phrases=()):
    return Moment(n_typed, rank, ghost, tuple(phrases))


def played(words, word_from=0.0, phrase_from=2.0, screen=None, calibration=AS_IT_IS):
    return replay(words, calibration, Thresholds(word_from, phrase_from), screen)


def test_every_word_of_a_text_is_watched_from_its_first_letter_to_its_end(engine):
    words = list(watch(engine, ["The king’s, at 5.", "", "be"], 10))
    assert [(one.gap, one.text) for one in words] == [("", "The"), (" ", "king's"), (", ", "at"), (" 5.\n\n", "be")]
    assert [[one.n_typed for one in each.moments] for each in words] == [[*range(len(w.text) + 1)] for w in words]


def test_watching_ends_after_so_many_words(engine):
    assert [one.text for one in watch(engine, ["one two three"], 2)] == ["one", "two"]


def test_a_word_is_right_where_it_is_the_one_that_follows(engine):
    for one in watch(engine, ["the of and to in is you that it he"], 10):
        for at in one.moments:
            assert at.word is None or at.word.is_right is (at.word.text.casefold() == one.text)


def test_a_word_in_a_slot_costs_one_key_and_brings_its_space():
    tally = played([word("the", moment(0, rank=1), gap=""), word("cat", moment(0), moment(1), moment(2), moment(3))])
    assert (tally.keys, tally.characters, tally.words) == (1 + 3, 3 + 4, 2)


def test_a_right_phrase_costs_one_key_and_a_wrong_one_none():
    right, wrong = Candidate("the cat", 0.5, is_right=True), Candidate("the dog", 0.5, is_right=False)
    ghost = Candidate("the", 0.9, is_right=True)
    words = [word("the", moment(0, 0, ghost, [right]), gap=""), word("cat", moment(0, 0))]
    assert played(words, phrase_from=0.5).keys == 1
    assert played(words, phrase_from=0.6).keys == 2
    words[0] = word("the", moment(0, 0, ghost, [wrong]), gap="")
    tally = played(words, phrase_from=0.5)
    assert (tally.keys, tally.phrases_shown, tally.phrases_right) == (2, 1, 0)


def test_of_two_phrases_the_one_that_promises_more_is_shown():
    short, long = Candidate("the cat", 0.5, is_right=True), Candidate("the cat sat on", 0.4, is_right=True)
    ghost = Candidate("the", 0.9, is_right=True)
    tail = [word(text, moment(0, 0)) for text in ("cat", "sat", "on")]
    words = [word("the", moment(0, 0, ghost, [short, long]), gap=""), *tail]
    assert played(words, phrase_from=0.3).keys == 1
    assert played(words, phrase_from=0.45).keys == 3


def test_a_ghost_that_stays_while_its_letters_are_typed_is_shown_once():
    wrong = Candidate("cats", 0.5, is_right=False)
    words = [word("cat", *(moment(n, None, wrong) for n in range(4)), gap="")]
    tally = played(words)
    assert (tally.words_shown, tally.words_right, tally.keys) == (1, 0, 3)


@pytest.mark.parametrize(("word_from", "shown"), [(0.4, 1), (0.6, 0)])
def test_a_ghost_below_its_threshold_is_not_shown(word_from, shown):
    words = [word("cat", moment(0, 3, Candidate("cat", 0.5, is_right=True)), gap="")]
    assert played(words, word_from).words_shown == shown


def test_thresholds_are_calibrated_ones():
    words = [word("cat", moment(0, 3, Candidate("cat", 0.5, is_right=True)), gap="")]
    assert played(words, 0.4, calibration=Calibration({1: Line(1.0, -2.0)})).words_shown == 0


def test_a_phrase_in_the_last_slot_takes_the_place_of_its_word():
    phrase = Candidate("dog is", 0.5, is_right=False)
    at = moment(0, 2, Candidate("dog", 0.6, is_right=False), [phrase])
    words = [word("cat", at, moment(1), moment(2), moment(3), gap="")]
    assert played(words, phrase_from=0.5).keys == 1
    assert played(words, phrase_from=0.5, screen=Screen(phrase_in_last_slot=True)).keys == 3
