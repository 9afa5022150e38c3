from __future__ import annotations

from engine.text.phrases import words_behind


def test_what_stands_behind_a_word_are_the_second_words_of_phrases_that_begin_with_it():
    shown = ("going", "going to", "go on", "Going on", "going to", "goings on")
    assert words_behind("going", shown) == ("to", "on")
    assert words_behind("go", shown) == ("on",)
    assert words_behind("to", shown) == ()


def test_case_and_the_kind_of_apostrophe_make_no_difference():
    assert words_behind("Don’t", ("don't Think",)) == ("think",)
    assert words_behind("DON'T", ("don’t think",)) == ("think",)
