"""The same words, typed into the same profile, make the same model, bit for bit."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace

import numpy as np
import pytest

from engine import CommitSource, open_engine
from tests import tiny_model
from tests.tiny_model import WORDS, answers, probes, typed, weights_of


def stream(seed, n_words):
    """Return commits as ``tiny_model.stream``, of a typist who is careless of case."""
    rng = random.Random(seed)
    cases = (str.lower, str.capitalize, str.upper, str)
    return [replace(commit, text=rng.choice(cases)(commit.text)) for commit in tiny_model.stream(seed, n_words)]


def learn(engine, commits):
    for commit in commits:
        engine.learner.learn_one(commit)


def learned(engine):
    """Return all that learning changes: weights, words, counts and the weights of the mixture."""
    blend = engine.predictor.blend
    model = blend.model
    return {
        "weights": [part.tobytes() for part in weights_of(engine)],
        "words": (list(model.user_tokens), list(model.user_forms)),
        "uses": dict(engine.learner.book.uses),
        "counts": dict(blend.counts),
        "mixture": dict(blend.weights._state),
        "latest": [part.tolist() for part in blend.cache.recall(np.ones(model.config.n_embedding, np.float32))[:2]],
        "cases": engine.predictor.cases.habits,
        "looks": (engine.predictor.attention._rates, engine.predictor.attention.declined),
        "answers": answers(engine, probes()),
    }


@pytest.fixture
def begun(open_tiny, tmp_path):
    """Return a closed profile that holds some words."""
    engine = open_tiny(tmp_path / "begun")
    learn(engine, stream(80, 90))
    engine.close()
    return tmp_path / "begun"


def test_the_same_words_make_the_same_model_bit_for_bit(open_tiny, begun, tmp_path):
    engines = [open_tiny(shutil.copytree(begun, tmp_path / name)) for name in "ab"]
    for engine in engines:
        learn(engine, stream(81, 500))
    assert learned(engines[0]) == learned(engines[1])


@pytest.mark.parametrize("n_before", [1, 37, 255, 256, 257, 400])
def test_a_restart_in_the_middle_changes_no_bit(open_tiny, begun, tmp_path, n_before):
    commits = stream(81, 500)
    whole = open_tiny(shutil.copytree(begun, tmp_path / "whole"))
    learn(whole, commits)
    parts = open_tiny(shutil.copytree(begun, tmp_path / "parts"))
    learn(parts, commits[:n_before])
    parts.close()
    parts = open_tiny(tmp_path / "parts")
    learn(parts, commits[n_before:])
    assert learned(parts) == learned(whole)


def test_a_restart_after_every_few_words_changes_no_bit(open_tiny, tmp_path):
    commits = stream(82, 120)
    whole, parts = open_tiny(tmp_path / "whole"), tmp_path / "parts"
    learn(whole, commits)
    for start in range(0, len(commits), 7):
        engine = open_tiny(parts)
        learn(engine, commits[start : start + 7])
        engine.close()
    assert learned(open_tiny(parts)) == learned(whole)


@pytest.mark.parametrize("seed", range(4))
def test_what_a_killed_session_learned_in_text_of_unknown_words_is_learned_again_bit_for_bit(open_tiny, tmp_path, seed):
    """The journal hides words that nobody committed: reading begins where it began with them."""
    rng = random.Random(seed)
    engine = open_tiny(tmp_path / "p")
    text = "".join(
        rng.choice([*WORDS, "Zwolgar", "quixotic", "Frimbul"]) + rng.choice([" ", " ", ". "]) for _ in range(400)
    )
    for _ in range(5):
        text += rng.choice(WORDS) + " "
        word = rng.choice(WORDS)
        engine.learner.learn_one(
            typed(text, word, [other for other in ("the", "of", "and") if other != word.casefold()])
        )
        text += word + " "
    shutil.copytree(tmp_path / "p", tmp_path / "killed")
    assert learned(open_tiny(tmp_path / "killed")) == learned(engine)


@pytest.mark.parametrize("seed", range(4))
def test_a_new_word_that_was_taken_back_leaves_its_row_where_it_was_in_a_killed_session_too(open_tiny, tmp_path, seed):
    engine = open_tiny(tmp_path / "p")
    engine.learner.learn_one(typed("we saw the ", "Zwolgar", ("the",)))
    engine.knowledge.take_back()
    commits = [commit for commit in stream(seed, 60) if commit.text in WORDS]
    learn(engine, commits)
    shutil.copytree(tmp_path / "p", tmp_path / "killed")
    assert learned(open_tiny(tmp_path / "killed")) == learned(engine)


def test_a_profile_on_disk_and_one_in_memory_learn_the_same(open_tiny, tmp_path):
    on_disk, in_memory = open_tiny(tmp_path / "p"), open_tiny(None)
    for engine in (on_disk, in_memory):
        learn(engine, stream(83, 300))
    assert learned(on_disk) == learned(in_memory)


@pytest.mark.parametrize("edit", ["take back", "forget", "take back a slip"])
def test_words_not_yet_learned_by_the_network_are_known_after_a_restart(open_tiny, tmp_path, edit):
    """What an update learns are all the words since the last one; so they are counted across a restart."""
    engines = [open_tiny(tmp_path / name) for name in "ab"]
    for engine in engines:
        learn(engine, [typed("to be ", "what", ("the",)), typed("or ", "not"), typed("all ", "Zorbly")])
        if edit == "take back":
            engine.learner.learn_one(typed("were ", "what", ("the",)))
            engine.knowledge.take_back()
        elif edit == "forget":
            engine.learner.learn_one(typed("when ", "Zorbly", ("the",)))
            engine.learner.learn_one(typed("when ", "of", ("of",), CommitSource.ACCEPTED))
            engine.forget("Zorbly")
        else:
            engine.learner.is_right = lambda _: False
            engine.learner.learn_one(typed("said ", "teh"))
            engine.knowledge.take_back()
    engines[1].close()
    again = open_tiny(tmp_path / "b")
    assert again.learner.unlearned == engines[0].learner.unlearned != ()
    for engine in (engines[0], again):
        learn(engine, stream(84, 60))
    assert learned(again) == learned(engines[0])


@pytest.mark.slow
def test_the_shipped_model_learns_the_same_bit_for_bit_with_a_restart_in_the_middle(tmp_path):
    commits = stream(85, 60)
    with open_engine(tmp_path / "whole") as whole:
        learn(whole, commits)
        expected = learned(whole)
    for start in (0, 30):
        with open_engine(tmp_path / "parts") as parts:
            learn(parts, commits[start : start + 30])
            if start:
                assert learned(parts) == expected
