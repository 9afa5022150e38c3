"""Ten places that anybody can judge. They were chosen before they were tried, and none was exchanged afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine import Context, open_engine

DAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})


@dataclass(frozen=True)
class Example:
    """A text, the words of which one must be offered behind it, and among how many suggestions."""

    about: str
    text: str
    accepted: frozenset[str]
    among: int
    instead: tuple[str, ...] = ()
    """What is offered where the example fails; such an example stays here, marked as failing."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


EXAMPLES = (
    Example("number, with another noun between", "The keys to the cabinet ", words("are were"), 3),
    Example("number, with a plural between", "One of my friends ", words("is was has"), 3),
    Example("number, of two together", "My parents and my sister ", words("are were have"), 3),
    Example("a question", "What time is ", words("it"), 1, instead=("the",)),
    Example("days", "See you on ", DAYS, 3, instead=("the", "this", "a")),
    Example("days in their order", "The shop is closed on Saturday and ", words("Sunday"), 1),
    Example("the greeting of a mail", "Dear all,\nI hope you are doing ", words("well"), 1),
    Example("the last sentence of a mail", "I look forward to hearing from ", words("you"), 1),
    Example("the closing of a mail", "Thanks again for your help.\n\nBest ", words("regards wishes"), 3),
)
"""The tenth is ``test_a_question_that_begins_with_where_expects_a_question_mark``."""


@pytest.fixture(scope="module")
def predictor():
    with open_engine() as engine:
        yield engine.predictor


def first_words(predictor, example):
    items = predictor.predict_one(Context.before_caret(example.text), limit=example.among).items
    return tuple(item.text for item in items)


def case(example):
    reason = f"offers {', '.join(example.instead)}"
    failing = [pytest.mark.xfail(strict=True, reason=reason)] if example.instead else []
    return pytest.param(example, marks=failing, id=example.about)


@pytest.mark.parametrize("example", [case(example) for example in EXAMPLES])
def test_a_word_that_fits_is_among_the_first(predictor, example):
    offered = first_words(predictor, example)
    assert example.accepted & set(offered), offered


def test_a_question_that_begins_with_where_expects_a_question_mark(predictor):
    p = predictor.network_probabilities(Context.before_caret("Where are you going"))
    row_of = predictor.blend.model.row_of
    assert p[row_of("?")] > p[row_of(".")]
