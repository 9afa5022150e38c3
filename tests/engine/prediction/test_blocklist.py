from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from engine import Commit, CommitSource, Context
from engine.prediction.blocklist import Blocklist, read_blocklist
from engine.profile.files import BLOCKLIST

CONTEXT = Context.before_caret("What a ")


def offered(engine, text):
    return {item.text.casefold() for item in engine.predictor.predict_one(Context.before_caret(text), limit=200).items}


@given(st.text(max_size=60))
def test_any_text_is_a_list(text):
    blocked = Blocklist.parse(text)
    assert len(blocked) <= len(text.splitlines())


def test_beginnings_of_many_letters_are_told_apart():
    blocked = Blocklist.parse("zor*\nquil*\nzo*\né*\n")
    assert [word for word in ("zorbly", "zo", "quill", "qui", "élan", "rz", "") if word in blocked] == [
        "zorbly", "zo", "quill", "élan",
    ]  # fmt: skip


def test_comments_and_empty_lines_block_nothing():
    assert len(Blocklist.parse("# words\n\n  \n")) == 0


@pytest.mark.parametrize("token", ["darn", "darn's", "god-darn", "darn-it"])
def test_possessives_and_compounds_of_a_word_fall_under_it(token):
    assert token in Blocklist.parse("Darn # mild\n")


@pytest.mark.parametrize("token", ["darns", "darned", "darning", "darnin", "darning's"])
def test_regular_forms_of_a_word_fall_under_it(token):
    assert token in Blocklist.parse("darn")


@pytest.mark.parametrize(
    ("word", "form"), [("shame", "shaming"), ("shame", "shamed"), ("church", "churches"), ("strip", "stripping")]
)
def test_forms_are_spelled_as_english_spells_them(word, form):
    assert form in Blocklist.parse(word)


@pytest.mark.parametrize("token", ["darner", "darnel", "da", ""])
def test_other_words_that_begin_like_it_do_not(token):
    assert token not in Blocklist.parse("darn")


@pytest.mark.parametrize(
    ("word", "other"), [("wa", "was"), ("asses", "assess"), ("thing", "thinged"), ("even", "event")]
)
def test_words_that_only_look_like_forms_do_not(word, other):
    assert other not in Blocklist.parse(word)


def test_a_star_blocks_everything_that_begins_so():
    blocked = Blocklist.parse("darn*\n")
    assert all(word in blocked for word in ("darn", "darnation", "darn-it"))
    assert "dart" not in blocked
    assert "darling" not in Blocklist.parse("*\n")


def test_a_line_with_an_exclamation_mark_lets_a_form_be_another_word():
    blocked = Blocklist.parse("even\n!evening\n")
    assert "evening" not in blocked
    assert "evens" in blocked


def test_the_shipped_list_leaves_everyday_words_alone():
    blocked = Blocklist.parse(resources.blocklist_text())
    assert "shit" in blocked
    everyday = (
        "class pass assess assessed spiced evening swank snigger "
        "cocktail peacock scunthorpe dickens shitake analysis title titan grape therapist hello"
    )
    assert not [word for word in everyday.split() if word in blocked]


def test_a_blocked_word_is_never_offered_however_often_it_was_typed(open_tiny):
    engine = open_tiny()
    for _ in range(5):
        report = engine.learner.learn_one(Commit(CONTEXT, "Bullshit", CommitSource.TYPED, ("the",)))
        assert report.word == "Bullshit"
    for text in ("What a ", "What a b", "What a bullsh"):
        assert "bullshit" not in offered(engine, text)


def test_a_list_in_the_profile_takes_the_place_of_the_shipped_one(open_tiny, tmp_path):
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / BLOCKLIST).write_text("Zorblax\n", encoding="utf-8")
    engine = open_tiny(profile)
    for word in ("bullshit", "zorblax"):
        engine.learner.learn_one(Commit(CONTEXT, word, CommitSource.TYPED, ("the",)))
    assert "bullshit" in offered(engine, "What a bu")
    assert "zorblax" not in offered(engine, "What a zo")


def test_a_list_that_cannot_be_read_is_told_and_the_shipped_one_holds(tmp_path):
    (tmp_path / BLOCKLIST).write_bytes(b"\xff\xfe\x00")
    blocked, notices = read_blocklist("darn\n", tmp_path / BLOCKLIST)
    assert "darn" in blocked
    assert len(notices) == 1
