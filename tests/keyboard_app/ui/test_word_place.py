"""Where a finished word stands: what joins it, what stands behind it, in any script and at the ends of a text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from shiboken6 import delete

from keyboard_app.ui.word_place import WordPlace


def place_in(page, before):
    """Return the place behind ``before``, with the page that it is in."""
    return WordPlace(page, len(before.encode("utf-16-le")) // 2)


@pytest.mark.parametrize("before", ["", "a ", "wö ", "𝐀𝐀 ", "😀", "one\n", "one 😀\n", "("])
@pytest.mark.parametrize("after", ["", " b", " ö", " 𝐀", "😀", "\nnext", ". ", ")"])
@pytest.mark.parametrize("word", ["teh", "wröter", "𝐀bc𝐀"])
def test_a_word_that_stands_alone_is_read_whatever_the_script_around_it(qapp, before, word, after):
    page = QTextDocument(before + word + after)
    place = place_in(page, before)
    assert place.reads(word)
    assert not place.reads(word[:-1])
    assert not place.reads(word + "x")
    assert not place.reads(word.upper())


@pytest.mark.parametrize("letter", ["a", "ö", "7", "語", "𝐀", "𝟘"])
def test_a_word_that_a_letter_or_digit_joins_is_not_read(qapp, letter):
    joined_after, joined_before = QTextDocument(f"teh{letter} x"), QTextDocument(f"x {letter}teh")
    assert not place_in(joined_after, "").reads("teh")
    assert not place_in(joined_before, f"x {letter}").reads("teh")


def test_a_word_is_not_read_over_the_end_of_its_line_or_of_the_text(qapp):
    page = QTextDocument("one\ntwo")
    assert not place_in(page, "").reads("onetwo")
    assert not place_in(page, "").reads("one\ntwo")
    assert not place_in(page, "one\n").reads("twofold")


@pytest.mark.parametrize(
    ("after", "following"),
    [("", ""), (" ", " "), (". b", ". "), ("\nb", "\n"), (".\nb", ".\n"), (", and\nb", ", \n"), ("\n", "\n")],
)
def test_what_follows_a_word_ends_with_its_line(qapp, after, following):
    page = QTextDocument(f"ö teh{after}")
    assert place_in(page, "ö ").following("teh") == following


def test_an_emoji_behind_a_word_is_one_character_as_any_other(qapp):
    page = QTextDocument("teh😀 x")
    assert place_in(page, "").following("teh") == "😀 "


def test_no_word_is_read_in_a_page_that_is_gone(qapp):
    page = QTextDocument("teh")
    place = place_in(page, "")
    delete(page)
    assert not place.reads("teh")


def test_a_key_far_from_a_word_does_not_read_its_paragraph_again(qapp, monkeypatch):
    page = QTextDocument("wröter " * 5_000)
    place = place_in(page, "wröter " * 100)
    monkeypatch.setattr(QTextBlock, "text", lambda _: pytest.fail("the whole paragraph was read"))
    assert place.reads("wröter")
    assert place.following("wröter") == " w"
    QTextCursor(page).insertText("before ")
    assert place.reads("wröter")
