from __future__ import annotations

import re

import pytest

from engine import CommitSource, Context, Suggestion, SuggestionKind, Suggestions, open_engine
from engine.evaluation.simulated_typist import BUCKET_WORDS, SimulatedTypist, words_of
from tests.tiny_model import stream


class StubEngine:
    """Offers the fitting words of a list, in its order, and remembers what it was told."""

    def __init__(self, *words):
        self.words = words
        self.commits = []
        self.predictor = self.learner = self

    def predict_one(self, context, limit):
        prefix = context.prefix.casefold()
        fitting = [word for word in self.words if word.casefold().startswith(prefix)][:limit]
        items = tuple(Suggestion(word, -1.0, SuggestionKind.COMPLETION) for word in fitting)
        return Suggestions(context, items, 0)

    def learn_one(self, commit):
        self.commits.append(commit)


def figures(engine, *lines, learning=False, n_slots=3, max_words=6_000):
    typist = SimulatedTypist(engine, learning=learning, n_slots=n_slots)
    return typist.type_lines(lines, max_words).total


@pytest.mark.parametrize(
    ("words", "line", "keys"),
    [
        ((), "an old cat", 11),  # every letter, two spaces, Enter
        (("cat",), "cat", 2),  # one key and Enter
        (("cat",), "cat ", 2),  # the space comes with the word
        (("cat",), "cat  ", 3),  # but one only
        (("cat",), "cat,", 3),
        (("cat",), "CAT", 2),
        (("a", "b", "c", "cat"), "cat", 2 + 1),  # it is among the first three once its letter is typed
        (("cab", "car", "can", "cat"), "cat", 4),  # never shown before its last letter: typed in full
        (("don't",), "don’t go", 2 + 2),
        (("going to",), "going to be", 1 + 2 + 1),
        (("going to",), "going top", 5 + 1 + 3 + 1),  # not that phrase
        (("going to", "going"), "going top", 1 + 3 + 1),
        (("cat",), "", 0),
        (("cat",), "1 2", 4),
    ],
)
def test_keys_are_counted_as_the_contract_says(words, line, keys):
    tally = figures(StubEngine(*words), line)
    if not line:
        assert (tally.keys, tally.characters) == (0, 0)
        return
    assert tally.keys == keys
    assert tally.characters == len(line) + 1


def test_ranks_are_those_before_any_letter_is_typed():
    tally = figures(StubEngine("first", "second", "third", "fourth"), "first third fourth second fifth")
    assert (tally.words, tally.top1, tally.top3) == (5, 1, 3)


def test_a_phrase_counts_as_found_for_each_of_its_words():
    tally = figures(StubEngine("going to", "to"), "going to")
    assert (tally.words, tally.top1, tally.top3, tally.keys) == (2, 1, 2, 2)


def test_what_is_learned_says_how_the_word_came():
    engine = StubEngine("cat", "going to")
    figures(engine, "Cat dog going to", learning=True)
    assert [(commit.text, commit.source) for commit in engine.commits] == [
        ("Cat", CommitSource.ACCEPTED),
        ("dog", CommitSource.TYPED),
        ("going to", CommitSource.ACCEPTED),
    ]
    assert [commit.context for commit in engine.commits] == [Context(""), Context("Cat "), Context("Cat dog ")]
    assert [commit.shown for commit in engine.commits] == [("cat", "going to"), (), ("cat", "going to")]


def test_without_learning_nothing_is_told():
    engine = StubEngine("cat")
    figures(engine, "cat cat")
    assert engine.commits == []


def test_each_thousand_words_have_figures_of_their_own():
    typist = SimulatedTypist(StubEngine("cat"), learning=False)
    result = typist.type_lines(["cat dog " * 100] * 13, 10_000)
    assert [bucket.words for bucket in result.buckets] == [BUCKET_WORDS, BUCKET_WORDS, 600]
    for name in ("words", "characters", "keys", "top1", "top3"):
        assert sum(getattr(bucket, name) for bucket in result.buckets) == getattr(result.total, name)


def test_progress_is_told_line_by_line():
    heard = []
    SimulatedTypist(StubEngine(), learning=False).type_lines(["a b c", "d e", "f g"], 5, heard.append)
    assert heard == [3, 5]


def test_words_are_those_that_are_typed():
    assert list(words_of(["It's 3rd-rate, naïve."])) == ["It's", "rd", "rate", "na", "ve"]


# -------------------------------------------------------------------------------- an independent implementation


def slow_figures(engine, lines, *, learning, k=3):
    """Type lines letter by letter, straight from the contract, for an engine that offers single words."""
    from engine import Commit

    words = characters = keys = top1 = top3 = 0
    text = ""
    for line in lines:
        for piece in re.findall(r"[A-Za-z][A-Za-z'’]*|.", line.replace("’", "'")):
            characters += len(piece)
            if not piece[0].isalpha() or not piece[0].isascii():
                keys += 1
                if piece == " " and text.endswith("\0"):  # it came with the word that was taken
                    keys -= 1
                text = text.rstrip("\0") + piece
                continue
            text = text.rstrip("\0")
            before, words, taken = text[-2_000:], words + 1, False
            for n in range(len(piece)):
                answer = engine.predictor.predict_one(Context.before_caret(before + piece[:n]), limit=k)
                shown = tuple(item.text for item in answer.items)
                ranks = [rank for rank, one in enumerate(shown) if one.casefold() == piece.casefold()]
                if n == 0:
                    top1, top3 = top1 + (ranks == [0]), top3 + bool(ranks)
                keys += 1
                if ranks:
                    taken = True
                    break
            text += piece + ("\0" if taken else "")
            if learning:
                source = CommitSource.ACCEPTED if taken else CommitSource.TYPED
                engine.learner.learn_one(Commit(Context.before_caret(before), piece, source, shown))
        text = text.rstrip("\0") + "\n"
        characters, keys = characters + 1, keys + 1
    return words, characters, keys, top1, top3


@pytest.mark.parametrize("learning", [False, True])
def test_figures_are_those_of_an_independent_implementation(tiny_model, learning):
    text = "".join(f"{commit.text}{',' if n % 7 == 0 else ''} " for n, commit in enumerate(stream(8, 120)))
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    with open_engine(None, model=tiny_model) as one, open_engine(None, model=tiny_model) as two:
        tally = SimulatedTypist(one, learning=learning).type_lines(lines, 10_000).total
        slow = slow_figures(two, lines, learning=learning)
    assert (tally.words, tally.characters, tally.keys, tally.top1, tally.top3) == slow
