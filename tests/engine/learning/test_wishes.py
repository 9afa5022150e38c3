from __future__ import annotations

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from engine import Commit, CommitSource, Context
from engine.errors import ProfileError
from engine.learning.wishes import with_word, without_word
from engine.prediction.blocklist import Blocklist
from engine.profile.files import BLOCKLIST, RIGHT_WORDS

LEFT = "What a "


def offered(engine, text=LEFT):
    answer = engine.predictor.predict_one(Context.before_caret(text), limit=200)
    return [item.text.casefold() for item in answer.items]


def commit(word, left=LEFT):
    return Commit(Context(left), word, CommitSource.TYPED)


def test_a_word_is_offered_no_more_from_now_on(engine):
    word = offered(engine)[0]
    engine.wishes.never_offer(word.title())
    assert word not in offered(engine)
    assert word not in offered(engine, LEFT + word[0])


def test_a_word_of_the_users_own_can_be_blocked_too(engine):
    for _ in range(3):
        engine.learner.learn_one(commit("Quillonia"))
    assert "quillonia" in offered(engine)
    engine.wishes.never_offer("Quillonia")
    assert "quillonia" not in offered(engine)


def test_that_can_be_taken_back(engine):
    before = offered(engine)
    engine.wishes.never_offer(before[0])
    engine.wishes.offer_again(before[0])
    assert offered(engine) == before


def test_it_holds_after_a_restart_and_the_shipped_list_goes_on_to_hold(open_tiny, tmp_path):
    engine = open_tiny(tmp_path)
    word = offered(engine)[0]
    engine.wishes.never_offer(word)
    engine.close()
    again = open_tiny(tmp_path)
    assert word not in offered(again)
    text = (tmp_path / BLOCKLIST).read_text(encoding="utf-8")
    assert text == f"{resources.blocklist_text()}{word}\n"
    assert stat.S_IMODE((tmp_path / BLOCKLIST).stat().st_mode) == 0o600


def test_the_lines_that_the_user_wrote_stay_as_they_are(open_tiny, tmp_path):
    (tmp_path / BLOCKLIST).write_text("# mine\nfoo # why\nbar", encoding="utf-8")
    engine = open_tiny(tmp_path)
    engine.wishes.never_offer("baz")
    engine.wishes.offer_again("Foo")
    assert (tmp_path / BLOCKLIST).read_text(encoding="utf-8") == "# mine\nbar\nbaz\n"


def test_a_list_that_cannot_be_read_is_not_written_over(open_tiny, tmp_path):
    engine = open_tiny(tmp_path)
    (tmp_path / BLOCKLIST).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProfileError, match="cannot be read"):
        engine.wishes.never_offer("foo")
    assert (tmp_path / BLOCKLIST).read_bytes() == b"\xff\xfe\x00"


def test_a_word_that_looks_drawn_is_learned_if_the_user_calls_it_right(engine):
    for learn in (engine.learner.learn_one, engine.wishes.call_right):
        assert "xkqzwvp" not in [word.text for word in engine.knowledge.words()]
        learn(commit("xkqzwvp"))
    assert "xkqzwvp" in [word.text for word in engine.knowledge.words()]


def test_a_word_that_is_right_is_learned_as_a_typed_one_and_remembered(open_tiny, tmp_path):
    engine = open_tiny(tmp_path)
    report = engine.wishes.call_right(commit("Quillonia"))
    assert (report.word, report.new_word) == ("Quillonia", True)
    assert report.loss_after < report.loss_before
    engine.close()
    again = open_tiny(tmp_path)
    assert again.wishes.is_right("quillonia")
    assert not again.wishes.is_right("quilloni")
    assert (tmp_path / RIGHT_WORDS).read_text(encoding="utf-8") == "Quillonia\n"
    again.wishes.call_right(commit("Quillonia"))
    assert (tmp_path / RIGHT_WORDS).read_text(encoding="utf-8") == "Quillonia\n"


def test_a_list_of_right_words_that_cannot_be_read_is_told_and_left_as_it_is(open_tiny, tmp_path):
    (tmp_path / RIGHT_WORDS).write_bytes(b"na\xefve\n")
    engine = open_tiny(tmp_path)
    assert len(engine.notices) == 1
    assert RIGHT_WORDS in engine.notices[0]
    assert "mend it or remove it" in engine.notices[0]
    with pytest.raises(ProfileError):
        engine.wishes.call_right(commit("Quillonia"))
    assert (tmp_path / RIGHT_WORDS).read_bytes() == b"na\xefve\n"


@given(st.text(alphabet="ab #\n'-", max_size=30), st.sampled_from(["a", "Ab", "b-a", "a'b"]))
def test_any_list_takes_a_word_in_and_gives_it_up_again(text, word):
    longer = with_word(text, word)
    assert word.lower() in Blocklist.parse(longer)
    assert longer.startswith(text)
    assert not Blocklist.parse(without_word(longer, word)).lists(word)
    others = [line for line in text.splitlines() if not Blocklist.parse(line).lists(word)]
    assert without_word(longer, word).splitlines() == others
