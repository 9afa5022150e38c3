from __future__ import annotations

import pytest

import resources
from engine.learning.gate import Verdict, WordGate
from engine.text.vocabulary import Vocabulary
from tests.tiny_model import vocabulary

COMMON = ["about", "because", "people", "turnaround", "government", "Spain", "serialize"]


@pytest.fixture(scope="module")
def gate():
    words = vocabulary()
    counts = [5_000] * (len(words) + len(COMMON))
    return WordGate(Vocabulary([*words.forms, *COMMON], counts, words.n_rows))


def judged(gate, word, uses=None, inside=True):
    return gate.judge(word, uses or {}, inside_sentence=inside)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("abput", "about"), ("abouut", "about"), ("abot", "about"), ("baout", "about"), ("aboiut", "about"),
        ("Becuase", "because"), ("peopel", "people"), ("turnarround", "turnaround"), ("thete", "there"),
        ("Lomdon", "London"),
    ],
)  # fmt: skip
def test_a_slip_of_the_keys_waits(gate, slip, meant):
    judgement = judged(gate, slip, inside=slip[0].islower() or meant[0].isupper())
    assert (judgement.verdict, judgement.meant) == (Verdict.WAIT, meant.lower())


@pytest.mark.parametrize(
    "word",
    [
        "Kowalski",
        "Zaragoza",
        "kubectl",
        "frobnicate",
        "GitOps",
        "NATO",
        "Abot",
        "serialise",
        "Łódź",
        "peoples",
        "tb",
        "о",
    ],
)
def test_names_and_jargon_are_learned_at_once(gate, word):
    assert judged(gate, word).verdict is Verdict.LEARN


def test_a_word_that_keeps_coming_is_let_in_unless_the_other_comes_far_more_often(gate):
    assert judged(gate, "thete", {"thete": 2}).verdict is Verdict.WAIT
    assert judged(gate, "thete", {"thete": 3}).verdict is Verdict.LEARN
    assert judged(gate, "thete", {"thete": 3, "there": 500}).verdict is Verdict.WAIT


def test_a_slip_of_the_users_own_word_waits_too(gate):
    assert judged(gate, "kowalksi", {"kowalski": 2}).verdict is Verdict.LEARN
    assert judged(gate, "kowalksi", {"kowalski": 3}).meant == "kowalski"


@pytest.fixture(scope="module")
def shipped_gate():
    return WordGate(Vocabulary.parse((resources.model_path() / "vocabulary.tsv").read_text("utf-8"), 40_000))


@pytest.mark.parametrize(
    "secret",
    ["xkqzwvbnmr", "qJxKvWzT", "aBcXyZqRtUwP", "correcthorsebatterystaple", "wjfkqpxnzv", "Zqxwvkjtrb", "z" * 25],
)
def test_what_a_machine_drew_is_a_secret(shipped_gate, secret):
    assert judged(shipped_gate, secret).verdict is Verdict.SECRET


def test_a_rare_word_that_looks_drawn_is_let_in_with_its_third_use(shipped_gate):
    verdicts = [judged(shipped_gate, "tghnkrzb").verdict for _ in range(3)]
    assert verdicts == [Verdict.SECRET, Verdict.SECRET, Verdict.LEARN]
