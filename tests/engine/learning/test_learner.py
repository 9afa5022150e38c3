from __future__ import annotations

import dataclasses
import gc
import math
import random
import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Commit, CommitSource, Context, open_engine
from engine.learning import teacher as teacher_module
from engine.learning.bptt import NetworkUpdater
from engine.text.context import WINDOW_CHARACTERS
from tests.tiny_model import WORDS, answers, probes, random_text, stream, typed, weights_of

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()), max_size=80)


def loss_of(engine, left, word):
    """Return the loss that the predictor has for a word now."""
    blend = engine.predictor.blend
    return blend.loss(engine.predictor.next_word(Context(left)), word)


def same_weights(one, two):
    return all(first.tobytes() == second.tobytes() for first, second in zip(one, two, strict=True))


def rejected(left, word):
    return typed(left, word, [other for other in ("the", "of", "and") if other != word.casefold()])


def test_a_rejection_lowers_the_loss_of_the_word_that_was_typed(engine):
    rng = random.Random(1)
    gains = []
    for _ in range(200):
        report = engine.learner.learn_one(rejected(random_text(rng, 12), rng.choice(WORDS)))
        gains.append(report.loss_before - report.loss_after)
    assert np.mean(gains) > 0.02
    assert np.mean(np.array(gains) > 0.0) > 0.9


def test_the_network_itself_learns_from_rejections(engine):
    left = "to be or "
    row = engine.predictor.blend.model.row_of("what")
    before = engine.predictor.next_word(Context(left)).network[row]
    for _ in range(5):
        assert engine.learner.learn_one(rejected(left, "what")).updated
    assert engine.predictor.next_word(Context(left)).network[row] > 1.1 * before


def learn_in_a_row(engine, words):
    """Take one word behind the other, each of them offered; return the reports."""
    reports, left = [], ""
    for word in words:
        reports.append(engine.learner.learn_one(typed(left, word, (word,), CommitSource.ACCEPTED)))
        left += f"{word} "
    return reports


def test_words_that_nobody_rejected_are_learned_together_when_a_window_of_them_waits(engine):
    reports = learn_in_a_row(engine, ["the", "of", "and", "that"] * 10)
    updates = [place for place, report in enumerate(reports) if report.updated]
    assert updates
    window = engine.learner.teacher.updater.rule.window
    assert all(after - before < window for before, after in zip([-1, *updates], updates, strict=False))
    assert len(updates) <= len(reports) / (window // 2)


def targets_of(engine, monkeypatch):
    """Return the list of words that the network is going to learn, each with those behind it in one update."""
    targets = []
    gradient_of = NetworkUpdater.gradient_of

    def noted(updater, start, rows, target, n_learned=1, refused=0):
        model = engine.predictor.blend.model
        places = [*rows, target][-n_learned:]
        targets.append([model.token_of(row) for row in places])
        return gradient_of(updater, start, rows, target, n_learned, refused)

    monkeypatch.setattr(NetworkUpdater, "gradient_of", noted)
    return targets


def test_words_that_the_user_did_not_finish_are_read_but_never_learned(engine, monkeypatch):
    learn_in_a_row(engine, ["the", "of", "and"])  # elsewhere: they still wait when the next one is rejected
    targets = targets_of(engine, monkeypatch)
    engine.learner.learn_one(rejected("there said were London said were ", "his"))
    assert targets == [["his"]]


def test_words_wait_for_the_network_only_as_far_as_the_text_still_holds_them(engine, monkeypatch):
    for left, word in (("pasted all ", "the"), ("pasted all the ", "of")):
        engine.learner.learn_one(typed(left, word, (word,), CommitSource.ACCEPTED))
    targets = targets_of(engine, monkeypatch)
    engine.learner.learn_one(rejected("pasted all the of, ", "his"))
    assert targets == [["the", "of", ",", "his"]]


def test_a_finished_word_that_turned_out_to_be_part_of_a_secret_does_not_part_the_others(engine, monkeypatch):
    for left, word in (("", "the"), ("the ", "said"), ("the said4you ", "of")):
        engine.learner.learn_one(typed(left, word, (word,), CommitSource.ACCEPTED))
    targets = targets_of(engine, monkeypatch)
    engine.learner.learn_one(rejected("the said4you of ", "his"))
    assert [word for word in targets[0] if word in WORDS] == ["the", "of", "his"]


def test_no_word_is_learned_twice_nor_forgotten_between_a_rejection_and_the_next(engine, monkeypatch):
    learned = []
    teach, take_back = teacher_module.NetworkTeacher.teach, teacher_module.NetworkTeacher.take_back

    def noted(teacher, rows, target, n_words, refused=0):
        learned.append(n_words)
        return teach(teacher, rows, target, n_words, refused)

    def noted_take_back(teacher):
        learned.pop()
        take_back(teacher)

    monkeypatch.setattr(teacher_module.NetworkTeacher, "teach", noted)
    monkeypatch.setattr(teacher_module.NetworkTeacher, "take_back", noted_take_back)
    words = random.Random(2).choices(["the", "of", "and", "that"], k=100)
    learn_in_a_row(engine, words)
    engine.learner.learn_one(rejected(" ".join(words) + " ", "what"))
    assert sum(learned) == len(words) + 1


def test_a_word_that_was_taken_and_deleted_again_becomes_less_likely_there_than_one_that_was_only_shown(tiny_model):
    left, expected = "to be or ", {}
    for source in (CommitSource.TYPED, CommitSource.REPLACED):
        with open_engine(None, model=tiny_model) as engine:
            row = engine.predictor.blend.model.row_of("the")
            for _ in range(5):
                assert engine.learner.learn_one(typed(left, "what", ("the", "of"), source)).updated
            expected[source] = engine.predictor.next_word(Context(left)).network[row]
    assert expected[CommitSource.REPLACED] < expected[CommitSource.TYPED]


@pytest.mark.parametrize(
    ("word", "source", "shown"),
    [
        ("the", CommitSource.ACCEPTED, ("the", "of")),
        ("zebra", CommitSource.ACCEPTED, ("the", "of")),
        ("the", CommitSource.TYPED, ("of", "the")),
        ("THE", CommitSource.TYPED, ("of", "the")),
        ("the", CommitSource.TYPED, ("of", "The")),
        ("don’t", CommitSource.TYPED, ("don't",)),
        ("the", CommitSource.TYPED, ()),
        ("Zorbly", CommitSource.ACCEPTED, ("Zorbly",)),
    ],
)
def test_without_a_rejection_no_weight_moves(engine, word, source, shown):
    commit = typed("to be ", word, shown, source)
    before = weights_of(engine)
    report = engine.learner.learn_one(commit)
    assert not commit.rejects
    assert not report.updated
    after = [part[: len(old)] for part, old in zip(weights_of(engine), before, strict=True)]
    assert same_weights(before, after)


@pytest.mark.parametrize(
    ("word", "source", "shown"),
    [
        ("what", CommitSource.TYPED, ("of", "the")),
        ("what", CommitSource.REPLACED, ()),
        ("what", CommitSource.REPLACED, ("what",)),
        ("Zorbly", CommitSource.TYPED, ("of",)),
    ],
)
def test_a_rejection_moves_weights(engine, word, source, shown):
    commit = typed("to be ", word, shown, source)
    before = weights_of(engine)
    report = engine.learner.learn_one(commit)
    assert commit.rejects
    assert report.updated
    after = [part[: len(old)] for part, old in zip(weights_of(engine), before, strict=True)]
    assert not same_weights(before, after)


def test_losses_are_what_the_predictor_says_before_and_after(engine):
    for commit in stream(2, 200):
        left = commit.context.left
        before = loss_of(engine, left, commit.text)
        report = engine.learner.learn_one(commit)
        assert report.loss_before == pytest.approx(before, abs=1e-5)
        assert report.loss_after == pytest.approx(loss_of(engine, left, commit.text), abs=1e-5)


def test_a_new_word_is_offered_after_its_first_use(engine):
    report = engine.learner.learn_one(typed("We met ", "Zorbly", ("the",)))
    assert report.new_word
    assert report.word == "Zorbly"
    assert "Zorbly" in [item.text for item in engine.predictor.predict_one(Context.before_caret("We met Zo")).items]
    assert not engine.learner.learn_one(typed("We met ", "Zorbly")).new_word


def test_a_word_of_the_lexicon_gets_ahead_by_its_use(engine):
    context = Context.before_caret("We met t")
    before = [item.text for item in engine.predictor.predict_one(context, 50).items].index("tunnel")
    for _ in range(3):
        engine.learner.learn_one(typed("We met ", "tunnel", ("the",)))
    after = [item.text for item in engine.predictor.predict_one(context, 50).items]
    assert after.index("tunnel") < before
    assert after.count("tunnel") == 1


def test_a_sequence_that_is_repeated_is_foretold(engine):
    for _ in range(4):
        engine.learner.learn_one(typed("yours ", "Zorbly"))
        engine.learner.learn_one(typed("yours Zorbly ", "Quaxo"))
    assert engine.predictor.predict_one(Context.before_caret("yours Zorbly ")).items[0].text == "Quaxo"


def test_the_case_of_a_new_word_is_that_of_its_use_inside_a_sentence(engine):
    def offered():
        return [item.text for item in engine.predictor.predict_one(Context.before_caret("to be frimb")).items]

    engine.learner.learn_one(typed("", "Frimble"))
    assert offered() == ["Frimble"]
    engine.learner.learn_one(typed("to be ", "frimble"))
    assert offered() == ["frimble"]
    engine.learner.learn_one(typed("It is. ", "Frimble"))
    assert offered() == ["frimble"]


def test_a_word_of_the_lexicon_that_begins_a_sentence_keeps_its_own_case(engine):
    engine.learner.learn_one(typed("", "Thunder"))
    assert "thunder" in [item.text for item in engine.predictor.predict_one(Context.before_caret("to be thun")).items]


def test_a_shipped_word_is_offered_in_the_case_that_the_user_gives_it(engine):
    def offered(left):
        return [item.text for item in engine.predictor.predict_one(Context.before_caret(left), 60).items]

    assert "London" in offered("to be lon")
    for _ in range(2):
        assert "London" in offered("to be ")
        engine.learner.learn_one(typed("to be ", "london"))
        engine.learner.learn_one(typed("It is. ", "London"))  # says nothing: a sentence begins
    assert "london" in offered("to be ")
    assert "london" in offered("to be lon")
    assert "London" in offered("to be Lon")
    for _ in range(2):
        engine.learner.learn_one(typed("to be ", "The"))
    assert "The" in offered("to be ")
    engine.learner.learn_one(typed("to be ", "the"))
    engine.learner.learn_one(typed("to be ", "the"))
    assert "the" in offered("to be ")


def test_a_phrase_is_learned_word_by_word(engine):
    report = engine.learner.learn_one(typed("yours ", "Zorbly Quaxo", (), CommitSource.ACCEPTED))
    assert report.word == "Zorbly Quaxo"
    offered = [item.text for item in engine.predictor.predict_one(Context.before_caret("yours Zorbly ")).items]
    assert "Quaxo" in offered


@pytest.mark.parametrize(
    "text", ["", " ", "123", "?!", "\n", "😀", "\ud800", "x" * 41, "word " * 100_000, "a." * 500_000]
)
def test_what_is_no_word_teaches_nothing(engine, text):
    before, contexts = weights_of(engine), probes(7, 10)
    said = answers(engine, contexts)
    report = engine.learner.learn_one(Commit(Context("to be "), text, CommitSource.TYPED, ("the",)))
    assert (report.updated, report.new_word, report.word) == (False, False, "")
    assert report.loss_before == report.loss_after == 0.0
    assert same_weights(before, weights_of(engine))
    assert answers(engine, contexts) == said


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=ANY_TEXT, text=ANY_TEXT, source=st.sampled_from(CommitSource), shown=st.lists(ANY_TEXT, max_size=3))
def test_anything_can_be_committed(engine, left, text, source, shown):
    report = engine.learner.learn_one(typed(left, text, shown, source))
    assert math.isfinite(report.loss_before)
    assert math.isfinite(report.loss_after)
    assert report.elapsed_ms >= 0.0
    assert np.isfinite(engine.predictor.next_word(Context(left)).blended).all()


def test_a_context_far_longer_than_the_window_can_be_learned_from(engine):
    long = Context(random_text(random.Random(4), 3_000))
    assert len(long.left) > WINDOW_CHARACTERS
    assert engine.learner.learn_one(Commit(long, "what", CommitSource.TYPED, ("of",))).updated


def test_learning_leaves_the_commit_as_it_was(engine):
    commit = rejected("to be ", "what")
    copy = dataclasses.replace(commit)
    engine.learner.learn_one(commit)
    assert commit == copy


def test_the_same_stream_twice_gives_the_same_weights(tiny_model):
    results = []
    for _ in range(2):
        with open_engine(None, model=tiny_model) as engine:
            reports = [engine.learner.learn_one(commit) for commit in stream(5, 250)]
            results.append((weights_of(engine), answers(engine, probes()), [r.loss_after for r in reports]))
    (weights_1, said_1, losses_1), (weights_2, said_2, losses_2) = results
    assert same_weights(weights_1, weights_2)
    assert said_1 == said_2
    assert losses_1 == losses_2


def test_asking_on_the_way_changes_no_answer_later(tiny_model):
    results = []
    for asks in (False, True):
        with open_engine(None, model=tiny_model) as engine:
            for commit in stream(6, 80):
                if asks:
                    engine.predictor.predict_one(commit.context)
                engine.learner.learn_one(commit)
            results.append(answers(engine, probes()))
    for one, two in zip(*results, strict=True):
        assert [text for text, _ in one] == [text for text, _ in two]
        np.testing.assert_allclose([p for _, p in one], [p for _, p in two], atol=1e-4)


@pytest.mark.parametrize("part", ["P", "E"])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_gradient_that_is_not_finite_moves_nothing(engine, monkeypatch, part, bad):
    whole = teacher_module.NetworkUpdater.gradient_of

    def broken(*arguments, **options):
        gradient = whole(*arguments, **options)
        getattr(gradient, part)[0, 0] = bad
        return gradient

    before = weights_of(engine)
    monkeypatch.setattr(teacher_module.NetworkUpdater, "gradient_of", broken)
    report = engine.learner.learn_one(rejected("to be ", "what"))
    assert not report.updated
    assert same_weights(before, weights_of(engine))
    monkeypatch.undo()
    assert engine.learner.learn_one(rejected("to be ", "what")).updated


@pytest.mark.parametrize("word", ["what", "Zorbly"])
@pytest.mark.parametrize("bad", [np.nan, -30.0])
def test_an_update_that_does_harm_is_taken_back(engine, monkeypatch, word, bad):
    whole = teacher_module.NetworkUpdater.apply

    def harmful(updater, gradient):
        done = whole(updater, gradient)
        live = engine.predictor.blend.model.parameters
        live.b_out[engine.predictor.blend.model.row_of(word)] += bad
        return done

    before = weights_of(engine)
    monkeypatch.setattr(teacher_module.NetworkUpdater, "apply", harmful)
    report = engine.learner.learn_one(rejected("to be ", word))
    assert not report.updated
    assert math.isfinite(report.loss_after)
    after = [part[: len(old)] for part, old in zip(weights_of(engine), before, strict=True)]
    assert same_weights(before, after)


def test_a_thousand_rejections_leave_the_weights_bounded(engine):
    before = weights_of(engine)
    for _ in range(1_000):
        engine.learner.learn_one(rejected("to be ", "what"))
    for old, new in zip(before, weights_of(engine), strict=True):
        assert np.isfinite(new).all()
        assert np.abs(new - old).max() < 20.0


def test_memory_stays_flat_while_the_same_words_come_again(engine):
    commits = stream(9, 100)

    def round_of_work():
        for commit in commits:
            engine.predictor.predict_one(commit.context)
            engine.learner.learn_one(commit)

    for _ in range(4):
        round_of_work()
    gc.collect()
    tracemalloc.start()
    try:
        round_of_work()
        gc.collect()
        first = tracemalloc.get_traced_memory()[0]
        for _ in range(3):
            round_of_work()
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] - first < 300_000
    finally:
        tracemalloc.stop()


def test_notices_of_an_engine_without_a_profile_are_none(engine):
    assert engine.notices == ()
