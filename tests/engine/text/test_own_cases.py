from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.own_cases import CaseHabit, OwnCases
from engine.text.two_cases import LargeShare, TwoCases
from engine.text.vocabulary import SPECIALS, Vocabulary

WORDS = ("the", "I", "I'm", "Warriors", "Spurs", "London", "Paris", "Berlin", "NASA", "apple", "gui", "State", "again")


@pytest.fixture
def cases():
    vocabulary = Vocabulary([*SPECIALS, *WORDS], [9] * (len(SPECIALS) + len(WORDS)), len(SPECIALS) + len(WORDS))
    return OwnCases(vocabulary, TwoCases({"state": LargeShare(0.3, 0.7)}))


def use(cases, *forms, after_name=False):
    for form in forms:
        cases.note(form, after_name=after_name)


@pytest.mark.parametrize(
    ("uses", "usual"),
    [
        ((), "Warriors"),
        (("warriors",), "Warriors"),
        (("warriors", "warriors"), "warriors"),
        (("Warriors", "warriors", "warriors"), "warriors"),
        (("warriors", "Warriors", "warriors"), "warriors"),
        (("warriors",) * 5 + ("Warriors",), "warriors"),
        (("warriors",) * 5 + ("Warriors",) * 2, "warriors"),
        (("warriors",) * 5 + ("Warriors",) * 3, "Warriors"),
        (("warriors",) * 2 + ("Warriors",) * 2, "Warriors"),
        (("apple", "Apple", "Apple"), "Apple"),
        (("the", "the", "the", "The", "The"), "the"),
        (("again", "AGAIN", "AGAIN"), "again"),
        (("gui", "GUI", "GUI", "GUI"), "gui"),
        (("GUI", "GUI"), "gui"),
        (("GUI",) * 3, "GUI"),
        (("nasa", "nasa"), "nasa"),
        (("nasa", "nasa", "NASA", "NASA", "NASA"), "NASA"),
        (("i", "i"), "i"),
    ],
)
def test_a_word_is_written_as_most_of_its_latest_uses_were(cases, uses, usual):
    use(cases, *uses)
    token = (uses or ("warriors",))[0].lower()
    assert cases.usual(token) == usual


def test_behind_a_name_a_word_that_goes_both_ways_is_told_apart(cases):
    use(cases, "state", "state")
    assert cases.form("State", "", after_name=False) == "state"
    assert cases.form("State", "", after_name=True) == "State"
    use(cases, "state", "state", after_name=True)
    assert cases.form("State", "", after_name=True) == "state"


def test_one_that_goes_one_way_is_not(cases):
    use(cases, "warriors", "warriors")
    assert cases.form("Warriors", "", after_name=True) == "warriors"


def test_who_begins_a_word_small_gets_it_large_only_where_it_hardly_ever_is_small(cases):
    use(cases, "apple", "Apple", "Apple")
    assert cases.form("apple", "a", after_name=False) == "apple"
    assert cases.form("apple", "A", after_name=False) == "Apple"
    use(cases, "Apple", "Apple")
    assert cases.form("apple", "a", after_name=False) == "Apple"


def test_who_begins_a_word_small_that_they_wrote_small_once_gets_it_small(cases):
    use(cases, "Warriors", "warriors")
    assert cases.form("Warriors", "", after_name=False) == "Warriors"
    assert cases.form("Warriors", "w", after_name=False) == "warriors"
    assert cases.form("Warriors", "W", after_name=False) == "Warriors"


def test_who_writes_nearly_all_names_small_is_offered_new_ones_so(cases):
    use(cases, "warriors", "spurs", "london", "paris")
    assert cases.usual("berlin") == "Berlin"
    use(cases, "nasa")
    assert (cases.usual("berlin"), cases.usual("warriors")) == ("berlin", "warriors")
    assert cases.usual("i'm") == "I'm"
    use(cases, "Berlin")
    assert cases.usual("berlin") == "Berlin"
    use(cases, "Paris")
    assert cases.usual("warriors") == "Warriors"


def test_what_the_user_set_holds_whatever_is_typed(cases):
    cases.fix("london", "LonDon")
    use(cases, "london", "london")
    assert cases.usual("london") == "LonDon"
    assert cases.is_own("london")
    cases.forget("london")
    assert cases.usual("london") == "London"
    assert not cases.is_own("london")


def test_what_was_kept_comes_back_and_what_is_no_case_of_its_word_does_not(cases):
    cases.restore([CaseHabit("london", False, ("other", "london", "london"))], {"paris": "PARIS", "spurs": "other"})
    assert (cases.usual("london"), cases.usual("paris"), cases.usual("spurs")) == ("london", "PARIS", "Spurs")


USES = st.lists(st.tuples(st.sampled_from([*WORDS, *map(str.lower, WORDS), *map(str.upper, WORDS)]), st.booleans()))


@given(USES, USES)
def test_taking_uses_back_one_by_one_leaves_what_was_there(first, later):
    vocabulary = Vocabulary([*SPECIALS, *WORDS], [9] * (len(SPECIALS) + len(WORDS)), len(SPECIALS) + len(WORDS))
    cases = OwnCases(vocabulary, TwoCases({}))
    for word, after_name in first:
        cases.note(word, after_name=after_name)
    habits, usual = cases.habits, [cases.usual(word.lower()) for word in WORDS]
    before = [cases.note(word, after_name=after_name)[0] for word, after_name in later]
    for habit in reversed(before):
        cases.put(habit)
    assert (cases.habits, [cases.usual(word.lower()) for word in WORDS]) == (habits, usual)
    again = OwnCases(vocabulary, TwoCases({}))
    again.restore(sorted(habits, key=lambda habit: (habit.token, habit.after_name)), {})
    assert [again.usual(word.lower()) for word in WORDS] == usual
