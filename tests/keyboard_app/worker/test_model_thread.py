from __future__ import annotations

import gc
import time
from threading import Timer

import pytest

from engine.errors import ProfileError
from engine.values import Commit, CommitSource, Context, Correction, Feedback, FeedbackKind
from keyboard_app.typist.messages import CorrectionAnswer, CorrectionRequest, PredictRequest, Task, Wish, WordWish
from keyboard_app.typist.orders import (
    ExportProfile,
    KnowledgeShown,
    LearnFiles,
    Rehearse,
    Rehearsed,
    ShowKnowledge,
)
from keyboard_app.worker.model_thread import ModelThread
from tests.keyboard_app.fake_engine import FakeEngine, missing_model

SECONDS_OF_SEARCH = 30.0


@pytest.fixture
def started(qtbot):
    """Start model threads, and stop them at the end."""
    threads = []

    def start(engine, *, wait=True):
        thread = ModelThread(engine.open if isinstance(engine, FakeEngine) else engine)
        threads.append(thread)
        if wait:
            with qtbot.waitSignal(thread.ready):
                thread.start()
        else:
            thread.start()
        return thread

    yield start
    for thread in threads:
        assert thread.stop()


def request(revision, text="tu"):
    return PredictRequest(revision, Context.before_caret(text))


def commit(text):
    return Commit(Context.before_caret(""), text, CommitSource.TYPED)


def test_an_answer_carries_the_stamp_of_its_question(qtbot, started):
    thread = started(FakeEngine())
    with qtbot.waitSignal(thread.suggestions_ready) as blocker:
        thread.ask(request(7))
    answer = blocker.args[0]
    assert answer.revision == 7
    assert [item.text for item in answer.suggestions.items] == ["turn", "turned", "turning"]


def test_stale_questions_are_not_answered(qtbot, started):
    engine = FakeEngine()
    thread = started(engine)
    engine.hold()
    answers = []
    thread.suggestions_ready.connect(answers.append)
    for revision in range(1, 21):
        thread.ask(request(revision))
    engine.let_go()
    qtbot.waitUntil(lambda: bool(answers) and answers[-1].revision == 20)
    assert len(engine.predictor.asked) <= 2


def test_a_question_goes_before_commits_that_wait(qtbot, started):
    engine = FakeEngine(learn_s=0.02)
    thread = started(engine)
    predict_one, n_before = engine.predictor.predict_one, []

    def count(context, limit=3):
        n_before.append(len(engine.learner.commits))
        return predict_one(context, limit)

    engine.predictor.predict_one = count
    thread.learn([commit(f"w{n}") for n in range(20)])
    with qtbot.waitSignal(thread.suggestions_ready):
        thread.ask(request(1))
    assert n_before[0] < 10
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 20)
    assert [one.text for one in engine.learner.commits] == [f"w{n}" for n in range(20)]


def test_a_phrase_comes_after_the_words_with_the_stamp_of_the_same_question(qtbot, started):
    engine = FakeEngine()
    engine.ghosts.phrases["turn"] = "around"
    thread = started(engine)
    came = []
    thread.suggestions_ready.connect(came.append)
    thread.phrase_ready.connect(came.append)
    thread.ask(PredictRequest(3, Context.before_caret("tu"), phrase_from=0.5))
    qtbot.waitUntil(lambda: len(came) == 2)
    assert [answer.revision for answer in came] == [3, 3]
    assert came[0].ghost.text == "turn"
    assert came[1].ghost.text == "turn around"


def test_no_phrase_is_looked_for_unasked(qtbot, started):
    engine = FakeEngine()
    thread = started(engine)
    with qtbot.waitSignal(thread.suggestions_ready):
        thread.ask(request(1))
    assert engine.ghosts.asked == []


def test_a_new_question_ends_the_search_for_the_phrase_of_the_old_one(qtbot, started):
    engine = FakeEngine()
    engine.ghosts.phrases["turn"] = "around"
    engine.ghosts.wait_for = wait_until_stale
    thread = started(engine)
    answers, phrases = [], []
    thread.suggestions_ready.connect(answers.append)
    thread.phrase_ready.connect(phrases.append)
    thread.ask(PredictRequest(1, Context.before_caret("t"), phrase_from=0.5))
    qtbot.waitUntil(lambda: len(answers) == 1)
    engine.ghosts.wait_for = None
    thread.ask(PredictRequest(2, Context.before_caret("tu"), phrase_from=0.5))
    qtbot.waitUntil(lambda: bool(phrases))
    assert [phrase.revision for phrase in phrases] == [2]


def test_stopping_does_not_wait_for_a_phrase(qtbot, started):
    engine = FakeEngine()
    engine.ghosts.wait_for = wait_until_stale
    thread = started(engine)
    with qtbot.waitSignal(thread.suggestions_ready):
        thread.ask(PredictRequest(1, Context.before_caret("t"), phrase_from=0.5))
    began = time.monotonic()
    assert thread.stop()
    assert time.monotonic() - began < SECONDS_OF_SEARCH / 2


def wait_until_stale(is_stale):
    """Search on and on, as long as the answer is wanted, but not for ever."""
    deadline = time.monotonic() + SECONDS_OF_SEARCH
    while not is_stale() and time.monotonic() < deadline:
        time.sleep(0.002)


def test_stopping_learns_what_is_queued_and_closes_the_engine(started):
    engine = FakeEngine(learn_s=0.005)
    thread = started(engine)
    thread.learn([commit(f"w{n}") for n in range(10)])
    assert thread.stop()
    assert len(engine.learner.commits) == 10
    assert engine.is_closed


def test_stopping_while_it_warms_up_closes_the_engine(started, qtbot):
    engine = FakeEngine()
    engine.is_warm.clear()
    thread = started(engine, wait=False)
    qtbot.waitUntil(engine.warms_up.is_set)
    Timer(0.2, engine.is_warm.set).start()
    assert thread.stop()
    assert engine.is_closed


def test_what_the_first_update_needs_is_made_when_the_first_suggestions_are_there(started, qtbot, monkeypatch):
    engine = FakeEngine()
    engine.is_warm.clear()
    n_asked_before = []
    monkeypatch.setattr(engine, "prepare_to_learn", lambda: n_asked_before.append(len(engine.predictor.asked)))
    thread = started(engine, wait=False)
    thread.ask(request(1))
    engine.is_warm.set()
    qtbot.waitUntil(lambda: bool(n_asked_before))
    assert n_asked_before == [1]


def test_an_order_to_stop_that_comes_before_the_start_leaves_nothing_open(qapp):
    opened = []
    thread = ModelThread(lambda: opened.append(True))
    thread._mailbox.put_stop()
    thread._wake.emit()
    thread.start()
    assert thread.stop()
    assert not opened


def test_a_thread_that_is_forgotten_while_it_compiles_ends_when_that_is_done(qtbot):
    """Qt would abort the process where a running thread is destroyed."""
    engine = FakeEngine()
    engine.is_warm.clear()
    thread = ModelThread(engine.open)
    thread.start()
    qtbot.waitUntil(engine.warms_up.is_set)
    assert not thread.stop(deadline_ms=50)
    del thread
    gc.collect()
    engine.is_warm.set()
    qtbot.waitUntil(lambda: engine.is_closed)


def test_a_model_that_cannot_be_opened_is_told_in_its_own_sentence(qtbot, started):
    thread = started(missing_model, wait=False)
    with qtbot.waitSignal(thread.failed) as blocker:
        pass
    failure = blocker.args[0]
    assert failure.task is Task.OPEN
    assert failure.sentence == "The model file is missing; install Foretype again."


def test_where_the_model_cannot_be_opened_nobody_waits_for_it(qtbot, started, tmp_path):
    thread = started(missing_model, wait=False)
    told, answered, looked_at = [], [], []
    thread.failed.connect(told.append)
    thread.answered.connect(answered.append)
    thread.looked_at.connect(looked_at.append)
    thread.learn([commit("tulips")])
    thread.look_at(CorrectionRequest(3, Context.before_caret(""), "teh"))
    thread.order(ShowKnowledge())
    thread.order(LearnFiles((tmp_path / "mine.txt",)))
    thread.order(Rehearse())
    thread.do(WordWish(Wish.NEVER_OFFER, "tulips"))
    qtbot.waitUntil(lambda: (len(told), len(answered), len(looked_at)) == (3, 1, 1))
    assert [failure.task for failure in told] == [Task.OPEN, Task.WISH, Task.ORDER]
    assert {failure.sentence for failure in told} == {"The model file is missing; install Foretype again."}
    assert answered[0].has_ended
    assert answered[0].sentence == "Nothing learned. The model file is missing; install Foretype again."
    assert looked_at == [CorrectionAnswer(3, Correction("teh"))]
    with qtbot.waitSignal(thread.failed):  # what comes later is heard, too
        thread.order(ShowKnowledge())


def test_a_rehearsal_goes_on_to_its_end_while_nothing_else_is_to_be_done(qtbot, started):
    engine = FakeEngine()
    thread = started(engine)
    with qtbot.waitSignal(thread.answered) as blocker:
        thread.order(Rehearse())
    (rehearsal,) = engine.rehearsals
    assert rehearsal.n_done == engine.n_rehearsal_steps
    assert blocker.args == [Rehearsed(rehearsal.report)]


@pytest.mark.parametrize("key", ["a question", "a word"])
def test_whatever_comes_ends_a_rehearsal_for_good(qtbot, started, key):
    engine = FakeEngine()
    engine.n_rehearsal_steps, engine.rehearsal_step_s = 10_000, 0.005
    thread = started(engine)
    thread.order(Rehearse())
    qtbot.waitUntil(lambda: bool(engine.rehearsals) and engine.rehearsals[0].n_done > 2)
    with qtbot.waitSignal(thread.suggestions_ready if key == "a question" else thread.learnt):
        thread.ask(request(1)) if key == "a question" else thread.learn([commit("turn")])
    n_done = engine.rehearsals[0].n_done
    qtbot.wait(50)
    assert engine.rehearsals[0].n_done == n_done


def test_an_order_that_fails_lets_the_files_go_on_that_are_being_read(qtbot, started, tmp_path):
    (tmp_path / "a.txt").write_text("alpha beta " * 60, encoding="utf-8")
    engine = FakeEngine(learn_s=0.002)
    engine.knowledge.errors = [ProfileError("There is no room on the disk.")]
    thread = started(engine)
    ends = []
    thread.answered.connect(lambda answer: ends.append(answer) if getattr(answer, "has_ended", False) else None)
    thread.order(LearnFiles((tmp_path / "a.txt",)))
    with qtbot.waitSignal(thread.failed) as blocker:
        thread.order(ExportProfile(tmp_path / "me.zip"))
    assert blocker.args[0].sentence == "There is no room on the disk."
    qtbot.waitUntil(lambda: bool(ends))
    assert [end.sentence for end in ends] == ["Learned 120 words"]


def test_files_that_cannot_be_read_on_are_left_and_the_end_says_why(qtbot, started, tmp_path):
    (tmp_path / "a.txt").write_text("alpha beta " * 60, encoding="utf-8")
    engine = FakeEngine()
    engine.learner.errors = [ProfileError("The disk is full.")]
    thread = started(engine)
    with qtbot.waitSignal(thread.answered, check_params_cb=lambda answer: answer.has_ended) as blocker:
        thread.order(LearnFiles((tmp_path / "a.txt", tmp_path / "b.txt")))
    assert blocker.args[0].sentence == "The disk is full. Stopped after 0 words; the same files go on from there"
    assert engine.readings[0].is_closed
    with qtbot.waitSignal(thread.answered, check_params_cb=lambda answer: isinstance(answer, KnowledgeShown)):
        thread.order(ShowKnowledge())


def test_where_there_is_nothing_to_rehearse_nothing_happens(qtbot, started):
    engine = FakeEngine()
    engine.n_rehearsal_steps = 0
    thread = started(engine)
    thread.order(Rehearse())
    with qtbot.waitSignal(thread.suggestions_ready):
        thread.ask(request(1))
    assert not engine.rehearsals


def test_a_rehearsal_that_fails_is_told_and_left(qtbot, started):
    engine = FakeEngine()
    engine.rehearse = BrokenRehearsal
    thread = started(engine)
    with qtbot.waitSignal(thread.failed) as blocker:
        thread.order(Rehearse())
    assert blocker.args[0].task is Task.ORDER
    with qtbot.waitSignal(thread.suggestions_ready):
        thread.ask(request(1))


class BrokenRehearsal:
    report = None

    def go_on(self):
        raise ValueError("the disk is full")


def test_three_failures_in_a_row_switch_predictions_off_and_learning_goes_on(qtbot, started):
    engine = FakeEngine()
    engine.predictor.errors = [RuntimeError("broken")] * 3
    thread = started(engine)
    failures = []
    thread.failed.connect(failures.append)
    for revision in range(1, 4):
        thread.ask(request(revision))
        qtbot.waitUntil(lambda n=revision: len(failures) == n)
    assert [failure.gave_up for failure in failures] == [False, False, True]
    assert "off until" in failures[-1].sentence
    thread.ask(request(4))
    thread.learn([commit("word")])
    qtbot.waitUntil(lambda: len(engine.learner.commits) == 1)
    assert len(engine.predictor.asked) == 3


def test_a_failure_between_successes_does_not_add_up(qtbot, started):
    engine = FakeEngine()
    thread = started(engine)
    for revision in range(1, 6):
        engine.predictor.errors = [ValueError("once")]
        with qtbot.waitSignal(thread.failed) as blocker:
            thread.ask(request(revision))
        assert not blocker.args[0].gave_up
        with qtbot.waitSignal(thread.suggestions_ready):
            thread.ask(request(revision))


def test_what_is_heard_of_a_correction_does_not_bring_back_corrections_that_were_given_up(qtbot, started):
    engine = FakeEngine()
    engine.corrector.errors = [RuntimeError("broken")] * 3
    thread = started(engine)
    answers = []
    thread.looked_at.connect(answers.append)
    for number in range(1, 4):
        thread.look_at(CorrectionRequest(number, Context.before_caret(""), "teh"))
    thread.hear(Feedback("teh", "the", FeedbackKind.TAKEN))
    thread.look_at(CorrectionRequest(4, Context.before_caret(""), "teh"))
    qtbot.waitUntil(lambda: len(answers) == 4)
    assert len(engine.corrector.feedback) == 1
    assert len(engine.corrector.asked) == 3
    assert not answers[-1].correction.items
