from __future__ import annotations

import itertools
import shutil
from types import SimpleNamespace

import numpy as np
import pytest
import regex

from engine import CommitSource, Context
from engine.learning import from_text
from engine.learning.from_text import TextReading
from engine.learning.text_pages import TextPages
from engine.text.context import WINDOW_CHARACTERS
from engine.text.secrets import MASK
from tests.tiny_model import answers, probes, weights_of

TEXT = "We met Quillonia in London. Quillonia said: what is it?\nMy password is hunterly2!x, and Quillonia was there.\n"


def reading_of(engine, text=TEXT):
    reading = TextReading(engine.predictor, engine.learner, text)
    while not reading.is_ready:
        reading.go_on()
    return reading


def read_all(engine, text=TEXT):
    reading = reading_of(engine, text)
    while not reading.is_done:
        reading.go_on()
    reading.close()
    return reading


def uses(engine):
    return {word.text: word.uses for word in engine.knowledge.words()}


def test_a_text_is_learned_word_by_word_and_its_secrets_are_not(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    reading = read_all(engine)
    assert reading.n_done == reading.n_words == 17
    assert uses(engine)["Quillonia"] == 3
    answer = engine.predictor.predict_one(Context.before_caret("We met Qu"))
    assert "Quillonia" in [item.text for item in answer.items]
    assert b"hunterly" not in b"".join(path.read_bytes() for path in (tmp_path / "p").iterdir())


def test_a_word_that_is_forgotten_while_a_text_is_read_is_not_learned_again_from_it(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    reading = reading_of(engine)
    for _ in range(3):
        reading.go_on()
    assert engine.forget("Quillonia")
    while not reading.is_done:
        reading.go_on()
    reading.close()
    assert "Quillonia" not in uses(engine)
    assert uses(engine)["London"] == 1
    assert b"quillonia" not in b"".join(path.read_bytes() for path in (tmp_path / "p").iterdir()).lower()


def test_nothing_of_an_address_is_a_word(open_tiny):
    engine = open_tiny(None)
    read_all(engine, "See https://www.example.com/a and www.quillonia.org (or write to bob@quillonia.org), said he.\n")
    assert sorted(uses(engine)) == ["See", "and", "he", "or", "said", "to", "write"]


def test_a_word_of_a_file_is_told_from_one_that_was_typed_and_teaches_the_same_to_the_bit(
    open_tiny, tmp_path, monkeypatch
):
    read, typed = (open_tiny(tmp_path / name) for name in ("read", "typed"))
    read_all(read, TEXT * 8)
    with monkeypatch.context() as patch:
        patch.setattr(from_text, "CommitSource", SimpleNamespace(READ=CommitSource.TYPED))
        read_all(typed, TEXT * 8)
    histories = [engine.knowledge.events() for engine in (read, typed)]
    assert [{event.source for event in events} for events in histories] == [{"read"}, {"typed"}]
    assert any(event.updated for event in histories[0])
    taught = [
        [(one.word, one.shown, one.updated, one.loss_before, one.loss_after) for one in events] for events in histories
    ]
    assert taught[0] == taught[1]
    for _ in range(2):  # and once more when both were opened again
        assert answers(read, probes(8)) == answers(typed, probes(8))
        assert all(map(np.array_equal, weights_of(read), weights_of(typed)))
        assert read.learner.unlearned == typed.learner.unlearned
        assert read.predictor.attention.declined == typed.predictor.attention.declined
        read.close()
        typed.close()
        read, typed = (open_tiny(tmp_path / name) for name in ("read", "typed"))


def test_what_was_learned_once_is_not_learned_again(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    read_all(engine)
    before = uses(engine)
    engine.close()
    engine = open_tiny(tmp_path / "p")
    assert reading_of(engine).is_done
    assert read_all(engine).n_done == 17
    assert uses(engine) == before


def test_a_reading_that_was_left_goes_on_where_it_was(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    whole = open_tiny(tmp_path / "whole")
    read_all(whole)
    for n in (3, 5):
        reading = reading_of(engine)
        for _ in range(n):
            reading.go_on()
        reading.close()
    assert reading_of(engine).n_done == 8
    read_all(engine)
    assert uses(engine) == uses(whole)


def test_a_killed_reading_learns_no_word_twice(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "live")
    reading = reading_of(engine)
    for _ in range(7):
        reading.go_on()
    shutil.copytree(tmp_path / "live", tmp_path / "killed")
    again = open_tiny(tmp_path / "killed")
    assert reading_of(again).n_done == 7
    read_all(again)
    read_all(engine)
    assert uses(again) == uses(engine)


def test_any_text_can_be_handed_over(engine):
    for text in ("", "\n\n", "1234 :-)", "\ud800 half", "x" * 5_000, "é" * 50, "\x00zero"):
        read_all(engine, text)


def pages_of(text):
    pages = TextPages(text)
    while not pages.are_ready:
        pages.make_next_ready()
    return pages


def test_the_words_of_a_long_text_are_found_a_page_at_a_time_and_none_is_cut():
    sentences = [f"Words stood here, and word number {'a' * (n % 7 + 1)} behind them.\r\n" for n in range(2_000)]
    pages = TextPages("".join(sentences))
    n_found = [0]
    while not pages.are_ready:
        pages.make_next_ready()
        n_found.append(len(pages))
    steps = [after - before for before, after in itertools.pairwise(n_found)]
    assert max(steps) < 2_500
    assert [word.text for word in pages] == [word for s in sentences for word in regex.findall(r"[A-Za-z]+", s)]


def test_a_word_at_the_head_of_a_page_is_read_behind_what_stood_on_the_page_before():
    pages = pages_of("A line that fills pages.\n" * 3_000)
    before = [word.before for word in pages]
    assert min(map(len, before[500:])) == WINDOW_CHARACTERS
    assert all(text.endswith(("pages.\n", "A ", "line ", "that ", "fills ")) for text in before[1:])


@pytest.mark.parametrize("n_before", range(9_960, 10_010, 7))
def test_a_secret_at_the_edge_of_a_page_is_masked_on_both_sides(n_before):
    filling = ("prose words, " * 800)[: n_before - 1] + " "
    pages = pages_of(filling + "the password is: tulip hammock and then prose goes on. " + "More prose words. " * 600)
    assert not [word for word in pages if "tulip" in word.before or "hammock" in word.before]
    assert not {"tulip", "hammock"} & {word.text for word in pages}
    assert any(MASK in word.before for word in pages)


@pytest.mark.parametrize("n_before", range(9_970, 10_005, 3))
def test_a_password_in_groups_at_the_edge_of_a_page_is_masked_whole(n_before):
    filling = ("prose words, " * 800)[: n_before - 1] + " "
    pages = pages_of(filling + "qzxv wkjp mnbt grtk and then prose goes on. " + "More prose words. " * 600)
    assert not [word for word in pages if word.text in {"qzxv", "wkjp", "mnbt", "grtk"} or "wkjp" in word.before]


def test_what_was_called_a_password_further_back_than_a_word_is_read_is_masked_before_it():
    secret = "London NASA iPhone Berlin"
    pages = pages_of("Prose words stand here. " * 500 + f"My password: {secret}. " + "More prose words. " * 600)
    assert not [word for word in pages if "NASA iPhone" in word.before]


def test_a_text_without_any_space_has_pages_too():
    assert pages_of("x" * 50_000)[0].text
