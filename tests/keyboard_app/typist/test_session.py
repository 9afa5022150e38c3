from __future__ import annotations

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.text.secrets import MASK, mask_secrets
from engine.values import CommitSource
from tests.keyboard_app.typing_model import TypingModel

ACCEPTED, REPLACED, TYPED = CommitSource.ACCEPTED, CommitSource.REPLACED, CommitSource.TYPED


def test_a_word_is_finished_by_a_space_and_final_when_the_next_one_begins():
    typist = TypingModel().type("quick ")
    assert typist.commits == []
    typist.type("b")
    assert [(c.text, c.source, c.context.left) for c in typist.commits] == [("quick", TYPED, "")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("one two three ", ["one", "two", "three"]),
        ("Well, yes.\nNo! ", ["Well", "yes", "No"]),
        ("it's the dogs' ", ["it's", "the", "dogs"]),
        ('‘quoted’ (in) "marks" ', ["quoted", "in", "marks"]),
        ("a well-known thing ", ["a", "well", "known", "thing"]),
        ("naïve Zoë ", ["naïve", "Zoë"]),
        ("unfinished", []),
        ("see www.example.com now ", ["see", "now"]),
        ("mail me@example.org please ", ["mail", "please"]),
        ("https://a.org/b?c=d then ", ["then"]),
        ("room 12b or b12 it ", ["room", "or", "it"]),
        ("call_this foo=bar end ", ["end"]),
        ("*emphasis* here ", ["emphasis", "here"]),
        ("time to #ActNow: yes ", ["time", "to", "ActNow", "yes"]),
        ("written in C# today ", ["written", "in", "today"]),
    ],
)
def test_words_of_prose_are_committed_and_nothing_else(typed, words):
    assert TypingModel().type(typed).words() == words


@pytest.mark.parametrize(
    "secret",
    [
        "Zorkblatt-Quixhorny7", "Brillowe!Tanquist", "Hopperly*Grandole;Mint", "drumbelk-fasterno-mimsyboro-gallumpet",
        "gellmar-trostin@example.com", "Ormskelt,Brandish7x", "a-Sandorle-b-c-d-e-f-g-h-i9",
    ],
)  # fmt: skip
def test_no_part_of_a_secret_is_committed_before_its_end_is_known(secret):
    assert TypingModel().type(f"the the {secret} now, ").words() == ["the", "the", "now"]
    assert TypingModel().type(f"It is {secret}").words() == ["It", "is"]


def test_a_part_of_a_secret_is_dropped_where_the_caret_leaves_its_end():
    typist = TypingModel().type("see Zorkblatt-Quixhorny7").move(-10)
    assert typist.type("x").words() == ["see"]


def test_words_that_wait_for_the_end_of_their_chunk_are_committed_once_and_in_their_order():
    words = ["well", "known", "it's", "either", "or", "so", "well", "fine", "yes"]
    assert TypingModel().type("well-known it's either—or: “so-well”, fine! yes ").words() == words


def test_a_word_that_stands_in_a_secret_too_is_dropped_there_only():
    typist = TypingModel()
    typist.session.look_at_words(True)
    assert typist.type("the tin the-tin7 ").words() == ["the", "tin"]


@pytest.mark.parametrize("secret", ["xkqz vwpl mnrt qjhg", "kqzxvw", "xKqzwp", "qzxvbnmkwp"])
def test_no_drawn_letters_are_committed_however_they_are_grouped(secret):
    typist = TypingModel().type(f"it is {secret} now and {secret} ")
    assert typist.words() == ["it", "is", "now", "and"]


@pytest.mark.parametrize(
    "secret",
    ["xkqz vwpl mnrt qjhg", "Zorkblatt-Quixhorny7", "gellmar.trostin@example.com", "vexil.krontab.local"],
)
def test_who_pauses_in_a_secret_commits_no_part_of_it(secret):
    typist = TypingModel().type("It is ")
    for letter in f"{secret} now ":
        typist.type(letter).pause()
    assert typist.words() == ["It", "is", "now"]


def test_who_pauses_behind_a_word_commits_it_without_typing_on():
    assert [commit.text for commit in TypingModel().type("the river ").pause().commits] == ["the", "river"]


def test_a_group_that_only_looked_drawn_is_committed_once_the_next_word_is_known():
    typist = TypingModel().type("run html ")
    assert [commit.text for commit in typist.commits] == ["run"]
    typist.type("p")
    assert [commit.text for commit in typist.commits] == ["run"]
    typist.type("ages ")
    typist.type("f")
    assert [commit.text for commit in typist.commits] == ["run", "html", "pages"]


WORDS = ["a", "it", "the", "html", "know", "sudo", "well", "dpkg", "don't", "Zorbly", "river"]


@pytest.mark.parametrize("looks_at_words", [False, True])
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=30),
    st.lists(st.sampled_from([" ", " ", ", ", " (", '" ', "-", "—", "! "]), min_size=30, max_size=30),
    st.integers(0, 100),
)
@settings(max_examples=150, deadline=None)
def test_every_word_of_prose_is_committed_once_and_in_its_order(looks_at_words, words, marks, pause):
    text = "".join(word + mark for word, mark in zip(words, marks, strict=False)) + " "
    assume(MASK not in mask_secrets(text))
    typist = TypingModel()
    typist.session.look_at_words(looks_at_words)
    typist.type(text[:pause])
    typist.release()
    assert typist.type(text[pause:]).words() == regex.findall(r"\p{L}+(?:'\p{L}+)*", text)


def test_the_context_of_a_commit_is_the_text_before_the_word():
    commit = TypingModel().type("Hello, dear reader ").release()[-1]
    assert (commit.text, commit.context.left, commit.context.prefix) == ("reader", "Hello, dear ", "")


def test_a_typed_word_carries_what_was_on_screen_before_it_was_finished():
    typist = TypingModel().type("turnaroun")
    typist.offer("turnaround", "turn")
    commit = typist.type("d ").release()[-1]
    assert commit.shown == ("turnaround", "turn")
    assert not commit.rejects


def test_typing_past_the_suggestions_rejects_them():
    typist = TypingModel().type("wo")
    typist.offer("world", "word")
    typist.type("n")
    typist.offer("won", "wonder", "won't")  # too late: it is typed
    commit = typist.type(" ").release()[-1]
    assert (commit.text, commit.shown, commit.rejects) == ("won", ("world", "word"), True)


def test_a_word_before_whose_last_letter_nothing_was_on_screen_rejects_nothing():
    typist = TypingModel().type("wo")
    typist.offer("world", "word")
    typist.type("n")
    commit = typist.type("t ").release()[-1]
    assert (commit.text, commit.shown, commit.rejects) == ("wont", (), False)


def test_a_word_of_one_letter_rejects_what_stood_there_before_it():
    typist = TypingModel()
    typist.offer("the", "of")
    commit = typist.type("a ").release()[-1]
    assert (commit.text, commit.shown, commit.rejects) == ("a", ("the", "of"), True)


def test_an_accepted_suggestion_is_committed_as_accepted():
    typist = TypingModel().type("the quick tur")
    typist.offer("turn", "turned")
    assert typist.accept(1)
    assert typist.text == "the quick turned "
    commit = typist.release()[-1]
    assert (commit.text, commit.source, commit.shown) == ("turned", ACCEPTED, ("turn", "turned"))
    assert commit.context.left == "the quick "


def test_a_phrase_is_committed_word_by_word():
    typist = TypingModel().type("in Ne")
    typist.offer("New York City")
    typist.accept()
    typist.type("b")
    assert [(c.text, c.context.left) for c in typist.commits] == [
        ("in", ""), ("New", "in "), ("York", "in New "), ("City", "in New York "),
    ]  # fmt: skip


def test_deleting_an_accepted_word_and_typing_another_says_replaced():
    typist = TypingModel().type("the tur")
    typist.offer("turn")
    typist.accept()
    typist.backspace(5).type("quick ")
    commit = typist.release()[-1]
    assert (commit.text, commit.source, commit.shown) == ("quick", REPLACED, ("turn",))
    assert typist.words() == ["the", "quick"]


def test_undoing_an_acceptance_and_typing_another_word_says_replaced():
    typist = TypingModel().type("the tur")
    typist.offer("turn", "turned")
    typist.accept()
    typist.put("the tur").type("key ")
    commit = typist.release()[-1]
    assert (commit.text, commit.source, commit.shown) == ("turkey", REPLACED, ("turn", "turned"))


def test_an_acceptance_that_is_undone_and_redone_is_committed_once():
    typist = TypingModel().type("the tur")
    typist.offer("turn")
    typist.accept()
    typist.put("the tur").put("the turn ").type("n")
    assert [(c.text, c.source) for c in typist.commits] == [("the", TYPED), ("turn", ACCEPTED)]


def test_an_accepted_word_that_is_extended_is_learned_whole():
    typist = TypingModel().type("tur")
    typist.offer("turn")
    typist.accept()
    typist.backspace().type("around ")
    assert [(c.text, c.source) for c in typist.release()] == [("turnaround", TYPED)]


def test_an_apostrophe_after_an_accepted_word_makes_one_word():
    typist = TypingModel().type("i")
    typist.offer("it")
    typist.accept()
    typist.type("'s so")
    assert typist.text == "it's so"
    assert typist.words() == ["it's"]


def test_an_accepted_word_that_is_deleted_and_typed_again_stays_accepted():
    typist = TypingModel().type("tur")
    typist.offer("turn")
    typist.accept()
    typist.backspace(2).type("n ")
    assert [(c.text, c.source) for c in typist.release()] == [("turn", ACCEPTED)]


def test_a_word_accepted_earlier_and_replaced_after_it_was_final_says_replaced():
    typist = TypingModel().type("the tur")
    typist.offer("turn")
    typist.accept()
    typist.type("of").backspace(7).type("quick ")
    assert [(c.text, c.source) for c in typist.release()][-1] == ("quick", REPLACED)


def test_taking_back_the_last_word_before_the_next_begins_commits_nothing():
    typist = TypingModel().type("brwon ").backspace(4).type("own ")
    assert typist.words() == ["brown"]


def test_a_word_that_was_final_and_is_left_as_it_was_is_not_committed_twice():
    typist = TypingModel().type("the fox ")
    typist.release()
    typist.backspace(2).type("x ")
    assert typist.words() == ["the", "fox"]


def test_selecting_all_and_typing_commits_nothing_that_is_gone():
    typist = TypingModel().type("hello ")
    typist.text, typist.caret = "B", 1
    typist._take(typist.session.typed("B", typist.caret_text()))
    assert typist.type("ye ").words() == ["Bye"]


def test_pasted_text_is_not_committed():
    typist = TypingModel().type("see ").paste("secret words ").type("here ")
    assert typist.words() == ["see", "here"]


def test_a_word_with_a_caret_jump_inside_is_not_committed():
    typist = TypingModel().type("wrld").move(-3).type("o").move(3).type(" next ")
    assert typist.words() == ["next"]


def test_a_fragment_typed_before_existing_letters_offers_nothing_from_inside_the_word():
    typist = TypingModel().paste("turning").move(-3)
    typist.offer("turn")
    assert typist.session.offering.shown == ()


def test_completion_in_the_middle_of_a_text_before_another_word():
    typist = TypingModel().paste("the turn").move(-4).type("qu")
    typist.offer("quick")
    assert typist.session.offering.shown == ("quick",)
    assert typist.session.offering.ghost == ""  # there is no room for it


def test_the_word_behind_the_caret_is_not_offered_a_second_time():
    typist = TypingModel().paste("How are you").move(-3)
    assert typist.session.ask_again().limit == 4  # one may be left out
    typist.offer("you", "they", "we", "your")
    assert typist.session.offering.shown == ("they", "we", "your")


def test_once_its_first_letter_is_typed_the_word_behind_the_caret_may_be_meant():
    typist = TypingModel().paste("How are you").move(-3).type("y")
    typist.offer("you", "your")
    assert typist.session.offering.shown == ("you", "your")


def test_a_typed_curly_apostrophe_keeps_the_words_on_offer_that_go_on_behind_it():
    typist = TypingModel().type("don")
    typist.offer("don't", "done")
    typist.type("’")
    assert typist.session.offering.slots[0].text == "don't"


def test_an_older_answer_is_filtered_by_the_letters_typed_since():
    typist = TypingModel().type("t")
    typist.offer("turn", "the", "turned")
    typist.type("u")
    assert [slot.text if slot else None for slot in typist.session.offering.slots] == ["turn", None, "turned"]
    assert typist.session.offering.is_waiting


def test_an_answer_for_another_place_never_acts():
    typist = TypingModel().type("tu")
    typist.offer("turn")
    typist.type("rn ")
    assert typist.session.offering.acceptance(0) is None


def test_escape_hides_until_the_next_word():
    typist = TypingModel().type("tu")
    typist.offer("turn")
    assert typist.session.offering.hide()
    typist.type("r")
    typist.offer("turn")
    assert typist.session.offering.shown == ()
    typist.type("n ")
    typist.offer("of")
    assert typist.session.offering.shown == ("of",)


def test_one_word_of_a_ghost_can_be_taken():
    typist = TypingModel().type("in N")
    typist.offer("New York")
    assert typist.session.offering.ghost == "ew York"
    acceptance = typist.session.offering.acceptance_of_word()
    assert acceptance is not None
    assert acceptance.text == "New"


def test_a_long_text_costs_no_more_and_forgets_no_commit():
    typist = TypingModel()
    typist.paste("word " * 3_000).type("one two ")
    assert typist.words() == ["one", "two"]


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.text("abt' .,\n-1é😀\"", min_size=1, max_size=6)),
        st.tuples(st.just("offer"), st.lists(st.sampled_from(["tab", "bat", "at", "Ab", "big bat"]), max_size=3)),
        st.tuples(st.just("accept"), st.integers(0, 2)),
        st.tuples(st.just("backspace"), st.integers(1, 4)),
        st.tuples(st.just("move"), st.integers(-5, 5)),
        st.tuples(st.just("paste"), st.text("ab .", max_size=4)),
    ),
    max_size=30,
)


@given(ACTIONS)
@settings(max_examples=150, deadline=None)
def test_no_letter_is_ever_lost_or_reordered_whatever_the_typist_does(actions):
    typist = TypingModel()
    for action, value in actions:
        before, caret = typist.text, typist.caret
        if action == "type":
            typist.type(value)
        elif action == "offer":
            typist.offer(*value)
        elif action == "accept":
            acceptance = typist.session.offering.acceptance(value)
            if typist.accept(value):
                prefix = acceptance.prefix
                assert typist.text == before[: caret - len(prefix)] + acceptance.text + " " + before[caret:]
        elif action == "backspace":
            typist.backspace(value)
            assert typist.text == before[: max(0, caret - value)] + before[caret:]
        elif action == "move":
            typist.move(value)
            assert typist.text == before
        else:
            typist.paste(value)
        if action == "type":
            left, right = before[:caret], before[caret:]
            assert typist.text.endswith(right)
            written = typist.text[: len(typist.text) - len(right)]
            without_space = (left + value).replace(" ", "")
            assert written.replace(" ", "") == without_space  # at most automatic spaces gave way
    for commit in typist.release():
        assert commit.text
        assert commit.context.prefix == ""


@given(ACTIONS)
@settings(max_examples=100, deadline=None)
def test_commits_are_never_dropped_or_doubled_by_holding_back(actions):
    """Releasing at once after every step finds the same number of words as the ledger ever held."""
    typist = TypingModel()
    for action, value in actions:
        if action in ("type", "paste"):
            getattr(typist, action)(value)
    texts = typist.words()
    assert typist.session.n_held == 0
    assert all(any(letter.isalpha() for letter in text) for text in texts)
