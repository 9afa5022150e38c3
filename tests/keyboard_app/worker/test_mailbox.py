from __future__ import annotations

from engine.values import Commit, CommitSource, Context
from keyboard_app.typist.messages import PredictRequest
from keyboard_app.worker.mailbox import Mailbox


def request(revision):
    return PredictRequest(revision, Context.before_caret("a"))


def commit(text):
    return Commit(Context.before_caret(""), text, CommitSource.TYPED)


def test_the_newest_question_wins():
    box = Mailbox()
    assert box.put_request(request(1))
    assert not box.put_request(request(2))
    taken = box.take_request()
    assert taken is not None
    assert taken.revision == 2
    assert box.take_request() is None


def test_commits_keep_their_order_and_none_is_dropped():
    box = Mailbox()
    assert [box.put_commit(commit(str(n))) for n in range(4)] == [True, False, False, False]
    taken = [box.take_commit() for _ in range(5)]
    assert [one.text if one else None for one in taken] == ["0", "1", "2", "3", None]


def test_the_end_drops_the_question_but_keeps_the_commits():
    box = Mailbox()
    box.put_request(request(1))
    box.put_commit(commit("kept"))
    box.put_stop()
    assert box.is_stopping
    assert not box.has_request
    assert box.n_commits == 1
    assert not box.is_empty
