"""What the shipped model offers in the places where people write, and what it keeps to itself."""

from __future__ import annotations

import pytest

from engine import Commit, CommitSource, Context, open_engine


@pytest.fixture(scope="module")
def engine():
    with open_engine() as engine:
        yield engine


def offered(engine, text, limit=3):
    return [item.text for item in engine.predictor.predict_one(Context.before_caret(text), limit).items]


def everything(engine, text):
    return set(offered(engine, text, 400))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "It rained.\n",
        "It rained.\n\n",
        "It rained. ",
        "Did it rain? ",
        '"I know." ',
        "(It rained.) ",
        'She said, "',
        "1. ",
        "1. Wash the car\n2. ",
        "- Buy milk\n- ",
        "• ",
    ],
)
def test_a_sentence_a_paragraph_a_quotation_and_a_list_item_begin_large(engine, text):
    assert offered(engine, text)
    assert all(word[0].isupper() for word in offered(engine, text))


@pytest.mark.parametrize(
    "text",
    [
        "It rained, ",
        "It rained; ",
        "It rained: ",
        "It rained (",
        "It rained - ",
        '"Did it rain?" ',
        "We need 3 ",
        "fruit, e.g. ",
        "It was us vs. ",
        "- buy milk\n- ",
        "a well-",
    ],
)
def test_what_goes_on_inside_a_sentence_begins_small(engine, text):
    words = [word for word in offered(engine, text) if not word.startswith("I")]
    assert any(word.islower() for word in words), words


def test_who_begins_sentences_small_is_offered_small_words(engine):
    text = "ok i will do that.\nsee you there. bring the other one too.\nnot sure yet. "
    assert all(word.islower() or word.startswith("I") for word in offered(engine, text, 5))
    assert all(word[0].isupper() for word in offered(engine, text.title(), 5))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I dont", "don't"),
        ("im", "I'm"),
        ("Im", "I'm"),
        ("ive", "I've"),
        ("youre", "you're"),
        ("thats", "that's"),
        ("He cant", "can't"),
        ("they wont", "won't"),
        ("at three oclock", "o'clock"),
    ],
)
def test_a_contraction_is_offered_to_who_leaves_its_apostrophe_out(engine, typed, meant):
    assert meant in offered(engine, typed, 1)


def test_who_leaves_apostrophes_out_is_offered_words_without_them(engine):
    assert "didnt" in everything(engine, "i dont know why you did")


def test_words_without_their_apostrophe_are_not_offered_to_others(engine):
    assert "dont" not in everything(engine, "I don")
    assert "im" not in everything(engine, "and i")
    assert "thats" not in everything(engine, "and that")


def test_a_possessive_goes_on_behind_its_apostrophe(engine):
    assert offered(engine, "I met my brother'")[0] == "brother's"
    assert offered(engine, "my brother's ")


def test_the_kind_of_apostrophe_that_is_typed_is_the_kind_that_is_offered(engine):
    assert "don’t" in offered(engine, "I’m sure I don")
    assert "don't" in offered(engine, "I'm sure I don")
    assert all("'" not in word for word in everything(engine, "I’m sure that "))


@pytest.mark.parametrize(("text", "word"), [("It is well-kn", "known"), ("a T-sh", "shirt"), ("twenty-f", "five")])
def test_the_part_behind_a_hyphen_is_completed(engine, text, word):
    assert word in offered(engine, text)


@pytest.mark.parametrize("text", ["yes,", "(it rained)", 'She said "yes!', "well-known:", "rained?"])
def test_nothing_is_offered_where_a_space_comes_first(engine, text):
    assert offered(engine, text) == []


@pytest.mark.parametrize("text", ["see example.", "cd /etc/", "a #", "It rained. ", "It rained.\n", "'"])
def test_parts_of_an_address_or_a_path_are_offered(engine, text):
    assert offered(engine, text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("we crossed the str", "street"),
        ("the offices on Wall Str", "Street"),
        ("he killed the spid", "spider"),
        ("I painted a small white ", "house"),
        ("She works at the White ", "House"),
        ("we fly to Lond", "London"),
        ("see you on mond", "Monday"),
        ("it was in febr", "February"),
    ],
)
def test_a_word_that_is_a_name_at_times_is_large_only_then(engine, text, word):
    assert word in offered(engine, text)


@pytest.mark.parametrize(
    ("text", "word"), [("The CP", "CPython"), ("we have many AP", "APIs"), ("PLEASE DO NOT TOUC", "TOUCH")]
)
def test_capitals_typed_are_kept_and_go_on_only_where_the_word_has_none_of_its_own(engine, text, word):
    assert word in offered(engine, text, 20)


def test_rare_words_in_capitals_wait_for_their_capitals(engine):
    assert "EPEL" not in everything(engine, "use ep")
    assert "EPEL" in everything(engine, "use EP")
    assert "NASA" in everything(engine, "he worked for na")


@pytest.mark.parametrize("text", ["", "I was at ", "l", "the t", "n", "She is r", "r", "v", "a d"])
def test_fragments_and_single_letters_are_not_offered(engine, text):
    fragments = {"ly", "s", "th", "nd", "rd", "re", "ll", "ve", "t", "u", "o", "de", "un", "em"}
    assert not fragments & {word.lower() for word in everything(engine, text)}


@pytest.mark.parametrize("word", ["definately", "recieve", "becuase", "jsut", "alot", "eachother", "seperate", "tehre"])
def test_misspellings_of_the_sources_are_not_offered(engine, word):
    assert not [one for one in everything(engine, f"It is {word[:-1]}") if one.lower() == word]


def test_words_differ_in_more_than_case_and_apostrophe(engine):
    for text in ("", "I ", "don", "the us", "he said it's ", "We’ll s"):
        words = [word.replace("’", "'").casefold() for word in offered(engine, text, 400)]
        assert len(set(words)) == len(words)


def test_a_withheld_word_is_offered_to_who_writes_it():
    with open_engine() as engine:
        assert "dont" not in everything(engine, "i don")
        for left in ("i ", "they "):
            engine.learner.learn_one(Commit(Context(left), "dont", CommitSource.TYPED, ()))
        assert "dont" in everything(engine, "i don")
