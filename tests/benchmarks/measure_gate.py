"""How well slips and secrets are kept out, and how soon new words are let in.

    python tests/benchmarks/measure_gate.py FILE...

From the words of the files, 500 slips of the keys are made and given to the gate once each; every word of the files
that the shipped vocabulary lacks is given to it at its first use. Then 500 made secrets of ten shapes are handed over
whole, between words of the first file, to a fresh profile, and its files are searched for them and for each run of 4
letters in them. The same again, with more shapes and with secrets called so, typed letter by letter as in the window.
"""

from __future__ import annotations

import argparse
import random
import re
import string
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import resources
from engine import Commit, CommitSource, Context, open_engine
from engine.learning.gate import Verdict, WordGate
from engine.learning.learner import Learner
from engine.model.checkpoint import read_model
from engine.text.casing import Place, place_after
from engine.text.drawn import looks_drawn
from engine.text.keyboard import KEYS_AROUND
from engine.text.secrets import MASK, mask_secrets
from engine.text.tokenizer import fold, is_word, tokenize
from engine.text.vocabulary import Vocabulary
from keyboard_app.typist.caret_text import CaretText
from keyboard_app.typist.session import TypistSession

N = 500


def words_in_place(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each word that is no part of a secret, and whether it stands inside a sentence."""
    tokens = tokenize(mask_secrets(text))
    for index, token in enumerate(tokens):
        if is_word(token) and MASK not in token:
            yield token, place_after(tokens[max(0, index - 8) : index]) is Place.INSIDE


def slip_of(word: str, rng: random.Random) -> str:
    """Return a word as one wrong movement of a finger leaves it."""
    at = rng.randrange(len(word))
    beside = rng.choice(KEYS_AROUND.get(word[at], "e"))
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    kinds = [word[:at] + beside + word[at + 1 :]] * 2
    return rng.choice([*kinds, word[:at] + word[at] + word[at:], word[:at] + word[at + 1 :], swapped])


def measure_slips(texts: list[str], vocabulary: Vocabulary, rng: random.Random) -> None:
    gate = WordGate(vocabulary)
    known = [fold(word) for text in texts for word, _ in words_in_place(text) if fold(word) in vocabulary]
    verdicts: Counter[Verdict] = Counter()
    while verdicts.total() < N:
        word = rng.choice(known)
        slip = slip_of(word, rng) if len(word) > 2 else word
        if slip not in vocabulary and slip.isalpha():
            verdicts[gate.judge(slip, {}, inside_sentence=True).verdict] += 1
    print(f"slips: {verdicts[Verdict.LEARN]} of {N} would be offered ({verdicts[Verdict.LEARN] / N:.1%})")


def measure_unknown(texts: list[str], vocabulary: Vocabulary) -> None:
    verdicts: Counter[Verdict] = Counter()
    n_names = n_names_held = 0
    for text in texts:
        gate, seen = WordGate(vocabulary), set()
        for word, inside in words_in_place(text):
            if fold(word) in vocabulary or fold(word) in seen:
                continue
            seen.add(fold(word))
            verdict = gate.judge(word, {}, inside_sentence=inside).verdict
            verdicts[verdict] += 1
            if inside and word[0].isupper():
                n_names += 1
                n_names_held += verdict is not Verdict.LEARN
        # what is masked before the gate sees it, though nothing but its letters speaks against it
        chunks = {chunk.strip(string.punctuation) for chunk in text.split()}
        verdicts[Verdict.SECRET] += len(
            {fold(word) for word in chunks if looks_drawn(word) and fold(word) not in vocabulary} - seen
        )
    shares = {verdict: f"{verdicts[verdict] / verdicts.total():.1%}" for verdict in Verdict}
    print(f"words that no vocabulary lists, at first use: {verdicts.total()}; {shares[Verdict.LEARN]} are let in,")
    print(f"    {shares[Verdict.WAIT]} wait, {shares[Verdict.SECRET]} leave nothing")
    print(f"of them names inside a sentence: {n_names}, {n_names_held / max(1, n_names):.1%} held back")


def _drawn(rng: random.Random, alphabet: str, n: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(n))


LOWER, LETTERS = string.ascii_lowercase, string.ascii_letters
MIXED = LETTERS + string.digits
SHAPES: dict[str, Callable[[random.Random], str]] = {
    "letters and digits": lambda r: _drawn(r, MIXED, 11) + r.choice(string.digits),
    "with symbols": lambda r: _drawn(r, LETTERS, 5) + r.choice("!@#$%&*") + _drawn(r, MIXED, 6),
    "word and digits": lambda r: r.choice(["Winterfell", "Qatarina", "Zorgblat"]) + _drawn(r, string.digits, 4),
    "hex": lambda r: _drawn(r, "0123456789abcdef", 31) + "7",
    "key with a prefix": lambda r: r.choice(["sk-", "ghp_", "AKIA"]) + _drawn(r, MIXED, 20) + "4",
    "mail": lambda r: f"{_drawn(r, LOWER, 7)}.{_drawn(r, LOWER, 6)}@{_drawn(r, LOWER, 8)}.org",
    "address": lambda r: f"https://{_drawn(r, LOWER, 9)}.com/{_drawn(r, LOWER, 8)}?t=1",
    "drawn letters": lambda r: _drawn(r, LOWER, 14),
    "letters of both cases": lambda r: _drawn(r, LETTERS, 14),
    "passphrase": lambda r: "-".join(_drawn(r, LOWER, 6) for _ in range(4)),
}


def _invented(rng: random.Random) -> str:
    """Return a name that can be spoken, and that nobody bears."""
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") + rng.choice("lnrst") for _ in range(3)).title()


TYPED_SHAPES: dict[str, Callable[[random.Random], str]] = {
    "six drawn letters": lambda r: _drawn(r, LOWER, 6),
    "six of both cases": lambda r: _drawn(r, LETTERS, 6),
    "drawn, three times": lambda r: " or ".join([_drawn(r, LOWER, 10)] * 3),
    "groups of four": lambda r: " ".join(_drawn(r, LOWER, 4) for _ in range(4)),
    "two names and a digit": lambda r: f"{_invented(r)}-{_invented(r)}{r.choice(string.digits)}",
    "two names and a mark": lambda r: _invented(r) + r.choice("!*;?") + _invented(r),
    "spoken passphrase": lambda r: "-".join(_invented(r).lower() for _ in range(4)),
}
"""What the window hands over in parts."""
CALLED = (
    "password {}", "password - {}", "pass: {}", "the password's {}", "password: {} {}", "wifi key: {}", "secret: {}",
    "token: {}", "login bob / {}", "password for the bank is {}", "Passwort lautet {}", "my password is {}",
)  # fmt: skip
Secret = tuple[str, str, str]
"""Its shape, itself, and how it is written."""


def made_secrets(rng: random.Random, n: int) -> list[Secret]:
    """Return ``n`` secrets, as many of each shape."""
    secrets = [(shape, make(rng)) for shape, make in SHAPES.items() for _ in range(n // len(SHAPES))]
    rng.shuffle(secrets)
    return [(shape, secret, secret) for shape, secret in secrets]


def more_secrets(rng: random.Random, n: int) -> list[Secret]:
    """Return ``n`` secrets of all shapes, as many of each, and of each way to call one so."""
    each = max(1, n // (len(SHAPES) + len(TYPED_SHAPES) + len(CALLED)))
    made = [(shape, make(rng)) for shape, make in (SHAPES | TYPED_SHAPES).items() for _ in range(each)]
    secrets = [(shape, secret, secret) for shape, secret in made]
    for call in CALLED:
        for _ in range(each):
            names = [_invented(rng) for _ in range(call.count("{}"))]
            secrets.append((call, " ".join(names), call.format(*names)))
    rng.shuffle(secrets)
    return secrets


def hand_over(learner: Learner, words: list[str], secrets: list[Secret]) -> None:
    """Learn from three words and a secret in turns, each secret as one word."""
    text = ""
    for index, (_, _, written) in enumerate(secrets):
        for chunk in (*words[index * 3 : index * 3 + 3], written):
            shown = ("the",) if index % 7 == 0 else ()
            learner.learn_one(Commit(Context(text[-1_500:]), chunk, CommitSource.TYPED, shown))
            text += chunk + " "


def type_out(learner: Learner, words: list[str], secrets: list[Secret]) -> None:
    """Type three words and a secret in turns, letter by letter; learn what the session lets pass."""
    session, text = TypistSession(), ""
    session.reset(CaretText(text))
    for index, (_, _, written) in enumerate(secrets):
        for character in " ".join((*words[index * 3 : index * 3 + 3], written, "")):
            text = (text + character)[-4_000:]
            for commit in session.typed(character, CaretText(text)).commits:
                learner.learn_one(replace(commit, shown=("the",)) if index % 7 == 0 else commit)
    for word in session.release():
        learner.learn_one(word.as_commit())


def measure_secrets(
    name: str, write: Callable[[Learner, list[str], list[Secret]], None], words: list[str], secrets: list[Secret]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with open_engine(Path(folder)) as engine:
            write(engine.learner, words, secrets)
        content = b"".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()).lower()
        weights = b"".join(path.read_bytes() for path in Path(folder).glob("weights-*")).lower()
    found: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    plain = " ".join(words).lower()
    for shape, secret, _ in secrets:
        found[shape] += secret.lower().encode() in content
        runs = [run for run in re.findall(r"[a-z]{4,}", secret.lower()) if run not in plain]
        parts[shape] += any(run.encode() in content and run.encode() not in weights for run in runs)
    print(f"secrets {name}: {found.total()} of {len(secrets)} found in the profile, parts of {parts.total()}; "
          f"by shape {dict(+found)} {dict(+parts)}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--secrets", type=int, default=N, help="how many are made, each time (%(default)s)")
    arguments = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in arguments.files]
    rng = random.Random(7)
    vocabulary = read_model(resources.model_path()).vocabulary
    measure_slips(texts, vocabulary, rng)
    measure_unknown(texts, vocabulary)
    words = [word for word, _ in words_in_place(texts[0])][: 6 * N]
    measure_secrets("handed over whole", hand_over, words, made_secrets(rng, arguments.secrets))
    measure_secrets("typed", type_out, words, more_secrets(rng, arguments.secrets))


if __name__ == "__main__":
    main()
