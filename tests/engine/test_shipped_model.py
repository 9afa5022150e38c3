"""What anybody can see the shipped model know, and what must hold for it whatever it knows."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Commit, CommitSource, Context, open_engine


@pytest.fixture(scope="module")
def engine():
    with open_engine() as engine:
        yield engine


def first_three(engine, text):
    return [item.text for item in engine.predictor.predict_one(Context.before_caret(text), limit=3).items]


def probability(engine, text, token):
    p = engine.predictor.network_probabilities(Context.before_caret(text))
    return p[engine.predictor.blend.model.row_of(token)]


def test_how_are_expects_you(engine):
    assert first_three(engine, "How are ")[0] == "you"


def test_the_united_states_of_expects_america(engine):
    assert first_three(engine, "He grew up in the United States of ")[0] == "America"


def test_a_singular_subject_far_back_expects_a_singular_verb(engine):
    assert {"was", "is"} & set(first_three(engine, "The book that I read past summer "))


def test_a_question_expects_a_question_mark_and_a_statement_a_full_stop(engine):
    assert probability(engine, "Am I happy", "?") > probability(engine, "Am I happy", ".")
    assert probability(engine, "I am happy", ".") > probability(engine, "I am happy", "?")


def test_words_are_cased_for_their_place(engine):
    assert first_three(engine, "Do you think tha")[0] == "that"
    assert first_three(engine, "We flew from Paris to Lond")[0] == "London"
    offered = engine.predictor.predict_one(Context.before_caret("Well, I think that "), limit=20).items
    assert "I" in [item.text for item in offered]
    assert all(text[0].isupper() for text in first_three(engine, "That is it. "))
    assert all(text.isupper() for text in first_three(engine, "PLEASE DO NOT TOUCH TH"))


PLACES = (
    "I would like to thank ",
    "This morning I went to the ",
    "We should talk about ",
    "Please send it to ",
    "Yesterday my ",
    "She told me that ",
    "After lunch we met ",
    "The letter is from ",
    "He is a friend of ",
    "I live in ",
    "We were a",
    "They all s",
)


def test_names_keep_away_where_nobody_spoke_of_any(engine):
    offered = [text for place in PLACES for text in first_three(engine, place)]
    names = [text for text in offered if text[0].isupper() and text != "I"]
    assert len(offered) == 3 * len(PLACES)
    assert len(names) <= 2


TWO_LANGUAGES = "We leave at eight. Ich fahre morgen mit dem Zug. It was long. Wir fahren morgen mit dem Zug."


def test_another_language_is_learned_and_offered_between_the_first_without_switching():
    with open_engine() as engine:
        written = ""
        for word in TWO_LANGUAGES.split():
            place = Context.before_caret(written)
            engine.learner.learn_one(Commit(place, word.rstrip("."), CommitSource.TYPED))
            written += f"{word} "
        assert first_three(engine, f"{written}Ich fahre ")[0] == "morgen"
        assert first_three(engine, f"{written}Wir fahren mor")[0] == "morgen"
        assert {"at", "the"} & set(first_three(engine, f"{written}The train leaves "))


def random_contexts(n):
    """Contexts of any length: words of the model in any order, with and without history and marks."""
    rng = np.random.default_rng(3)
    plain = "the cat of I you Zork 12 , . ? - (a) don't happy was is London MAIL 😀 été x@y.org"
    words = [*plain.split(), "\n"]
    for index in range(n):
        length = 0 if index % 10 == 0 else int(rng.integers(1, 120))
        yield " ".join(rng.choice(words, length)) + rng.choice(["", " "])


def test_a_thousand_random_contexts_give_finite_normalised_distributions(engine):
    for text in random_contexts(1_000):
        context = Context.before_caret(text)
        assert engine.predictor.network_probabilities(context).sum() == pytest.approx(1.0, abs=1e-3)
        answer = engine.predictor.next_word(context)
        assert np.isfinite(answer.blended).all()
        assert answer.blended.sum() == pytest.approx(1.0, abs=1e-3)
        assert (answer.blended >= 0).all()


def test_rejections_lower_the_loss_of_the_words_that_were_typed():
    sentences = ["The harbour was full of small grey boats. ", "My sister paints enormous orange birds. "]
    changes = []
    with open_engine() as engine:
        for sentence in sentences * 3:
            before = ""
            for word in sentence.split():
                context = Context.before_caret(before)
                shown = tuple(item.text for item in engine.predictor.predict_one(context).items)
                report = engine.learner.learn_one(Commit(context, word.strip("."), CommitSource.TYPED, shown))
                if report.updated:
                    changes.append(report.loss_after - report.loss_before)
                before += word + " "
    assert len(changes) >= 10
    assert np.mean(changes) < -0.1
    assert max(changes) <= 0.0
