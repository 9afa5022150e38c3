"""Files on their way into the profile, without a thread."""

from __future__ import annotations

import pytest

from keyboard_app.typist.orders import FileRefused, LearnFiles, StopReading, TakeBack
from keyboard_app.worker.order_book import OrderBook
from tests.keyboard_app.fake_engine import FakeEngine


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def book():
    return OrderBook()


def files(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return tuple(folder / f"{name}.txt" for name in texts)


def read_all(book, engine):
    """Read to the end; return all answers."""
    answers = []
    while book.is_reading:
        answers.append(book.read_on(engine))
    return answers


def test_each_file_is_opened_when_its_turn_comes(book, engine, tmp_path):
    (first, second) = files(tmp_path, a="alpha", b="beta")
    book.carry_out(engine, LearnFiles((first, second)))
    assert book.read_on(engine).name == "a.txt"
    second.unlink()
    answers = read_all(book, engine)
    assert isinstance(answers[0], FileRefused)
    assert answers[-1].sentence == "Learned 1 word"


def test_a_file_that_cannot_be_opened_is_told_and_the_others_go_on(book, engine, tmp_path):
    (first,) = files(tmp_path, a="alpha beta")
    book.carry_out(engine, LearnFiles((tmp_path / "none.txt", first, tmp_path)))
    answers = read_all(book, engine)
    refused = [answer.sentence for answer in answers if isinstance(answer, FileRefused)]
    assert [sentence.split("”")[0] for sentence in refused] == ["“none.txt", f"“{tmp_path.name}"]
    assert answers[-1].has_ended
    assert answers[-1].sentence == "Learned 2 words"


def test_words_of_files_that_are_added_meanwhile_are_counted_with_the_others(book, engine, tmp_path):
    first, second = files(tmp_path, a="alpha beta", b="gamma delta")
    book.carry_out(engine, LearnFiles((first,)))
    engine.learner.delay_s = 0.01  # a slice ends after one word
    book.read_on(engine)
    book.carry_out(engine, LearnFiles((second,)))
    assert read_all(book, engine)[-1].sentence == "Learned 4 words"
    book.carry_out(engine, LearnFiles((second,)))
    assert read_all(book, engine)[-1].sentence == "Learned 2 words"


@pytest.mark.parametrize(
    ("is_kept", "sentence"),
    [
        (True, "Nothing new: these files hold no words, or were learned before"),
        (False, "Nothing learned: these files hold no words"),
    ],
)
def test_files_without_words_are_told_of_as_what_they_can_be(book, engine, tmp_path, is_kept, sentence):
    engine.knowledge.is_kept = is_kept
    book.carry_out(engine, LearnFiles(files(tmp_path, a="")))
    assert read_all(book, engine)[-1].sentence == sentence


def test_only_what_is_kept_goes_on_from_there(book, engine, tmp_path):
    engine.learner.delay_s = 0.01
    paths = files(tmp_path, a="alpha " * 50)
    for is_kept, end in ((True, "; the same files go on from there"), (False, "")):
        engine.knowledge.is_kept = is_kept
        book.carry_out(engine, LearnFiles(paths))
        book.read_on(engine)
        assert book.carry_out(engine, StopReading()).sentence == f"Stopped after 1 word{end}"
        assert not book.is_reading
    engine.knowledge.is_kept = True
    book.carry_out(engine, LearnFiles(paths))
    book.read_on(engine)
    assert book.leave().sentence == "Stopped after 1 word"  # another profile is opened


def test_nothing_is_said_of_files_where_none_are_read(book, engine):
    assert book.carry_out(engine, StopReading()) is None


def test_no_event_is_taken_back_but_the_last(book, engine, tmp_path):
    book.carry_out(engine, LearnFiles(files(tmp_path, a="alpha beta")))
    read_all(book, engine)
    assert book.carry_out(engine, TakeBack(1)).sentence == "Something was learned since; look again"
    assert book.carry_out(engine, TakeBack(2)).sentence == "Took back what “beta” taught"
    assert book.carry_out(engine, TakeBack()).sentence == "Took back what “alpha” taught"
    assert book.carry_out(engine, TakeBack()).sentence == "There is nothing to take back"
