"""Measure how many words of a text would be offered in another case than it has, as shipped and with learning.

    python tests/benchmarks/measure_case.py TEXT... [--words 6000]

Each word that the shipped vocabulary has a row for is looked at behind the text before it, with no letter of it typed.
The network is not asked: this is about the case of the word that is meant, wherever it stands in the strip.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import resources
from engine.model.checkpoint import read_model
from engine.prediction.candidates import is_offered
from engine.text.casing import cased, follows_name, place_after, shows_own_case
from engine.text.own_cases import OwnCases
from engine.text.tokenizer import LINE, fold, is_word, tokenize
from engine.text.two_cases import TwoCases
from engine.text.vocabulary import Vocabulary

N_LOOKED_BACK = 200
"""Tokens before a word; the engine looks no further."""


def words_in_place(text: str, n_words: int) -> Iterator[tuple[list[str], str]]:
    """Yield the first words of a text, each with the tokens before it."""
    tokens: list[str] = []
    for line in text.replace("’", "'").replace("‘", "'").splitlines():
        for token in tokenize(f"{line}\n"):
            if is_word(token):
                if n_words == 0:
                    return
                n_words -= 1
                yield tokens[-N_LOOKED_BACK:], token
            if token != LINE or tokens[-1:] != [LINE]:
                tokens.append(token)


def share_in_another_case(text: str, n_words: int, vocabulary: Vocabulary, *, learning: bool) -> float:
    """Return the share of the words of a text that would be offered in another case."""
    cases = OwnCases(vocabulary, TwoCases.parse(resources.two_cases_text()))
    n_looked_at = n_other = 0
    for before, word in words_in_place(text, n_words):
        row = vocabulary.row_of(word)
        if not row or not is_offered(fold(word)):
            continue
        after_name = follows_name(before)
        offered = cased(cases.form(vocabulary.forms[row], "", after_name=after_name), "", place_after(before))
        n_looked_at += 1
        n_other += offered != word
        if learning and shows_own_case(before, word):
            cases.note(word, after_name=after_name)
    return n_other / max(1, n_looked_at)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=6_000)
    arguments = parser.parse_args()
    vocabulary = read_model(resources.model_path()).vocabulary
    for path in arguments.texts:
        text = path.read_text(encoding="utf-8")
        shares = [share_in_another_case(text, arguments.words, vocabulary, learning=on) for on in (False, True)]
        print(
            json.dumps({"text": path.stem, "shipped": round(shares[0], 4), "learned": round(shares[1], 4)}), flush=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
