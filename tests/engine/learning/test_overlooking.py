from __future__ import annotations

import random
import shutil
from dataclasses import replace

import pytest

from engine import Commit, CommitSource, Context, open_engine
from engine.evaluation.simulated_typist import SimulatedTypist
from engine.learning.overlooking import sighting_of
from engine.model.attention import IN_A_PHRASE, Declined, Sighting
from tests.tiny_model import answers, probes, random_text, typed

ACCEPTED, REPLACED, TYPED = CommitSource.ACCEPTED, CommitSource.REPLACED, CommitSource.TYPED
LEFT = "I hope that "


@pytest.fixture
def open_profile(tiny_model):
    """Return a function that opens engines on profiles."""
    opened = []

    def open_one(profile):
        opened.append(open_engine(profile, model=tiny_model))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.close()


def shown_for(engine, prefix):
    return tuple(item.text for item in engine.predictor.predict_one(Context(LEFT, prefix)).items)


def first_shown(engine, word):
    return next(n for n in range(len(word)) if word in shown_for(engine, word[:n]))


def taken(engine, word, n_typed):
    return Commit(Context(LEFT), word, ACCEPTED, shown_for(engine, word[:n_typed]))


def sighting(engine, commit):
    return sighting_of(engine.predictor, commit, Context(commit.context.left), commit.text)


def test_a_word_that_is_taken_where_it_first_appears_was_not_overlooked(engine):
    for word in ("the", "they", "there", "with"):
        commit = taken(engine, word, first_shown(engine, word))
        assert sighting(engine, commit) in (Sighting(first_shown(engine, word), False), None)
    assert sighting(engine, taken(engine, "the", 0)) == Sighting(0, was_overlooked=False)


def test_a_word_that_is_taken_a_letter_later_was_overlooked(engine):
    assert first_shown(engine, "the") == 0
    assert sighting(engine, taken(engine, "the", 1)) == Sighting(0, was_overlooked=True)


def test_a_word_that_is_typed_to_its_end_in_spite_of_being_shown_was_overlooked(engine):
    for word in ("the", "The"):
        commit = typed(LEFT, word, shown_for(engine, "th"))
        assert sighting(engine, commit) == Sighting(0, was_overlooked=True)


@pytest.mark.parametrize(
    "commit",
    [
        typed(LEFT, "the"),
        typed(LEFT, "Zorbly", ["the", "of", "and"]),
        typed(LEFT, "of", ["the"], REPLACED),
        Commit(Context(LEFT), "the", ACCEPTED, ("never", "were", "there")),
        Commit(Context(LEFT, n_shown=0), "the", TYPED, ("the", "of", "and")),
        Commit(Context(LEFT), "the", CommitSource.READ, ("the", "of", "and")),
    ],
)
def test_what_says_nothing_of_how_the_user_looks_is_left_out(engine, commit):
    assert sighting(engine, commit) is None


def test_the_second_word_of_a_phrase_that_is_taken_was_not_overlooked(engine):
    phrase = Commit(Context(LEFT), "the other", ACCEPTED, ("the", "of", "the other"))
    assert sighting_of(engine.predictor, phrase, Context(LEFT), "the") is None
    in_phrase = Sighting(IN_A_PHRASE, was_overlooked=False)
    assert sighting_of(engine.predictor, phrase, Context(LEFT + "the "), "other") == in_phrase
    alone = replace(phrase, context=Context(LEFT + "the ", n_shown=0), text="other")  # as the window tells it
    assert sighting(engine, alone) == in_phrase


def test_a_word_that_was_not_taken_along_and_then_written_was_overlooked(engine):
    engine.learner.learn_one(Commit(Context(LEFT), "the", ACCEPTED, ("the", "of", "the other")))
    assert engine.predictor.attention.declined == Declined("the", ("other",))
    overlooked = Sighting(IN_A_PHRASE, was_overlooked=True)
    for left, word, expected in (("the ", "other", overlooked), ("the ", "Other", overlooked), ("of ", "other", None)):
        commit = typed(LEFT + left, word, ("have", "from", "they"))
        assert (sighting(engine, commit) == overlooked) is (expected is overlooked)
    told = typed(LEFT + "of ", "other", ("have", "from", "they"))
    told = replace(told, context=replace(told.context, declined=("other",)))
    assert sighting(engine, told) == overlooked


def text(n_words):
    return random_text(random.Random(6), n_words).splitlines()


def test_a_typist_who_overlooks_nothing_becomes_known_for_it(engine):
    SimulatedTypist(engine, learning=True).type_lines(text(400), 300)
    assert engine.predictor.attention.overlooked(0) < 0.1


def test_a_typist_who_sees_nothing_before_the_second_letter_becomes_known_for_that(engine):
    class Late(SimulatedTypist):
        def _sees(self, _n_typed):
            return _n_typed >= 2

    Late(engine, learning=True).type_lines(text(400), 300)
    assert engine.predictor.attention.overlooked(0) > 0.5
    assert engine.predictor.attention.overlooked(2) < 0.5


def test_text_that_is_read_from_a_file_says_nothing_of_how_anybody_looks(engine):
    reading = engine.read_text("the there they with this have from and that")
    while not reading.is_done:
        reading.go_on()
    assert engine.predictor.attention.says_nothing


def test_a_restart_and_a_killed_process_bring_back_how_the_user_looks(open_profile, tmp_path):
    engine = open_profile(tmp_path / "p")
    SimulatedTypist(engine, learning=True).type_lines(text(300), 250)
    contexts = [*probes(8), Context(LEFT + "the ", phrases=False)]
    engine.learner.learn_one(Commit(Context(LEFT), "the", ACCEPTED, ("the", "of", "the other", "the you")))
    attention, declined = engine.predictor.attention.overlooked(0), engine.predictor.attention.declined
    assert declined.words == ("other", "you")
    said = answers(engine, contexts)
    shutil.copytree(tmp_path / "p", tmp_path / "killed")
    engine.close()
    for folder in ("p", "killed"):
        again = open_profile(tmp_path / folder)
        assert again.predictor.attention.overlooked(0) == attention < 0.5
        assert again.predictor.attention.declined == declined
        assert answers(again, contexts) == said


def test_taking_a_step_back_takes_back_what_it_said_of_how_the_user_looks(open_profile, tmp_path):
    engine = open_profile(tmp_path / "p")
    SimulatedTypist(engine, learning=True).type_lines(text(300), 250)
    engine.learner.learn_one(Commit(Context(LEFT), "the", ACCEPTED, ("the", "of", "the other")))
    declined = engine.predictor.attention.declined
    before, said = engine.predictor.attention.overlooked(0), answers(engine, probes(8))
    offered = next(word for word in shown_for(engine, "") if len(word) > 2)  # worth a look
    engine.learner.learn_one(typed(LEFT, offered, shown_for(engine, offered[:-1])))
    assert engine.predictor.attention.overlooked(0) > before
    engine.knowledge.take_back()
    assert engine.predictor.attention.declined == declined
    assert engine.predictor.attention.overlooked(0) == before
    assert answers(engine, probes(8)) == said
    engine.close()
    assert open_profile(tmp_path / "p").predictor.attention.overlooked(0) == before


def test_a_word_that_is_forgotten_was_left_of_no_phrase(open_profile, tmp_path):
    engine = open_profile(tmp_path / "p")
    engine.learner.learn_one(Commit(Context(LEFT), "the", ACCEPTED, ("the", "the other", "the you")))
    engine.knowledge.forget_all(("other",))
    assert engine.predictor.attention.declined == Declined("the", ("you",))
    engine.close()
    assert open_profile(tmp_path / "p").predictor.attention.declined == Declined("the", ("you",))


def test_a_typist_who_takes_phrases_becomes_known_for_it_and_one_who_does_not_for_that(tiny_model):
    class TakesWords(SimulatedTypist):
        def _wants(self, text):
            return " " not in text

    rates = []
    for kind in (SimulatedTypist, TakesWords):
        with open_engine(None, model=tiny_model) as engine:
            kind(engine, learning=True).type_lines(["the other man can be there with you"] * 60, 400)
            rates.append(engine.predictor.attention.overlooked(IN_A_PHRASE))
    takes_phrases, takes_words = rates
    assert takes_phrases < 0.2
    assert takes_words > 0.5
