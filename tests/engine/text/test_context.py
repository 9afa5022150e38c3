from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Context
from engine.text.context import WINDOW_CHARACTERS

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()))
SHORT = st.text("abé'’ʼ-1 .\n\u0301😀Z", max_size=30)


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("", ""),
        ("Thanks for the quick tur", "tur"),
        ("Thanks ", ""),
        ("Thanks", "Thanks"),
        ("don't", "don't"),
        ("don’t", "don’t"),
        ("dogs'", "dogs'"),
        ("'tis", "tis"),
        ("''''a", "a"),
        ("'", ""),
        ("a 'quoted", "quoted"),
        ("rock'n'ro", "rock'n'ro"),
        ("well-kn", "kn"),
        ("well-", ""),
        ("3rd", "rd"),
        ("3", ""),
        ("R2D", "D"),
        ("under_score", "score"),
        ("a.b", "b"),
        ("line\n", ""),
        ("line\nnext", "next"),
        ("naïve", "naïve"),
        ("nai\u0308ve", "nai\u0308ve"),
        ("😀smile", "smile"),
        ("при", "при"),
        ("\u0301a", "a"),
        ("me@home", "home"),
    ],
)
def test_the_prefix_is_the_word_at_the_caret(text, prefix):
    context = Context.before_caret(text)
    assert context.prefix == prefix
    assert context.left == text[: len(text) - len(prefix)]


@given(ANY_TEXT)
def test_left_and_prefix_are_the_text(text):
    context = Context.before_caret(text)
    assert context.left + context.prefix == text


@given(SHORT)
def test_the_prefix_is_the_longest_run_that_begins_with_a_letter(text):
    def fits(run):
        return (
            bool(run)
            and unicodedata.category(run[0])[0] == "L"
            and all(unicodedata.category(one)[0] in "LM" or one in "'’ʼ" for one in run)
        )

    runs = [text[start:] for start in range(len(text)) if fits(text[start:])]
    assert Context.before_caret(text).prefix == max(runs, key=len, default="")


@given(st.text("ab '.\n", max_size=40))
def test_of_a_long_text_only_the_end_counts(text):
    short = Context.before_caret("x" * WINDOW_CHARACTERS + " " + "y " * WINDOW_CHARACTERS + text)
    long = Context.before_caret("z" * 100_000 + "y " * WINDOW_CHARACTERS + text)
    assert short == long
    assert len(long.left) == WINDOW_CHARACTERS


def test_left_stays_the_same_while_a_word_is_typed_into_a_long_text():
    text = "All work and no play makes Jack a dull boy. " * 200
    lefts = {Context.before_caret(text + "turnaround"[:n]).left for n in range(11)}
    assert lefts == {text[-WINDOW_CHARACTERS:]}


def test_a_word_without_an_end_is_cut():
    context = Context.before_caret("a" * 1_000_000)
    assert len(context.prefix) == WINDOW_CHARACTERS
    assert len(context.left) == WINDOW_CHARACTERS


def test_of_a_novel_no_more_is_touched_than_of_a_paragraph():
    class Novel(str):
        """Counts the characters that are cut out of it."""

        __slots__ = ()
        cut = 0

        def __getitem__(self, key):
            piece = str.__getitem__(self, key)
            Novel.cut += len(piece)
            return piece

    context = Context.before_caret(Novel("Once upon a time. " * 200_000 + "The en"))
    assert context.prefix == "en"
    assert Novel.cut <= 2 * WINDOW_CHARACTERS
