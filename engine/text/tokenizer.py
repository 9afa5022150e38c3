"""Split text into the tokens of the network: words, numbers, punctuation and line breaks.

A token is a plain string. Words keep their case here (``fold`` takes it away); everything that is not a word
comes in a form that no word can take:

========================  ==============================================================
``<line>``                one or more line breaks
``<number>``              digits, with inner ``.``, ``,`` and ``:`` (3, 1,000, 12:30)
``<address>``             a web or mail address
``.`` ``?`` ``...`` ``—``  punctuation; a run of one mark is one token
``-⁀`` ``"⁀`` ``<number>⁀``  the same, with a letter or digit directly behind it
========================  ==============================================================

The tie says what a space would: ``well-known`` is not ``well - known``, an opening quote is not a closing one,
and ``example.com`` does not end a sentence.
"""

from __future__ import annotations

import unicodedata

import regex

from engine.text.normalize import normalize

LINE = "<line>"
NUMBER = "<number>"
ADDRESS = "<address>"
TIE = "⁀"
"""Appended to a token that is not a word and has a letter or digit directly behind it."""

SENTENCE_ENDS = frozenset({".", "?", "!", "...", LINE})

WORD = r"\p{L}[\p{L}\p{M}]*(?:'\p{L}[\p{L}\p{M}]*)*"
"""The pattern of a word in normalised text: letters, with apostrophes between them."""
_TOKEN = regex.compile(
    rf"""
      (?P<address> (?: https?:// | www\. ) [^\s<>"]+ | (?<![\w.+-]) [\w.+-]++ @ [\w-]++ (?: \. [\w-]++ )+ )
    | (?P<word>    {WORD} )
    | (?P<number>  \p{{N}}+ (?: [.,:] \p{{N}}+ )* )
    | (?P<line>    \n )
    | (?P<mark>    ( [^\s\p{{L}}\p{{N}}] ) \6* )
    """,
    regex.VERBOSE,
)
_RUNS = {".": "...", "-": "—"}


def tokenize(text: str) -> list[str]:
    """Return the tokens of ``text`` in order; never raises, whatever the string holds.

    The end of the text counts as something that a letter may follow at once: the caret stands there.
    """
    text = normalize(text)
    end = len(text)
    tokens: list[str] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "word":
            tokens.append(match.group())
        elif kind == "line":
            if not tokens or tokens[-1] != LINE:
                tokens.append(LINE)
        else:
            token = _plain(kind, match.group())
            after = match.end()
            tied = after == end or text[after].isalnum()
            tokens.append(token + TIE if tied else token)
    return tokens


def _plain(kind: str | None, surface: str) -> str:
    if kind == "number":
        return NUMBER
    if kind == "address":
        return ADDRESS
    return _RUNS.get(surface[0], surface[0]) if len(surface) > 1 else surface


def fold(token: str) -> str:
    """Return the form under which the network knows a token, in NFC: case is kept out of its way."""
    small = token.lower()
    return small if small.isascii() else unicodedata.normalize("NFC", small)


def as_token(word: str) -> str:
    """Return the token that a word is known by, however it was typed or a file has it; a phrase keeps its space."""
    return fold(normalize(word))


def is_word(token: str) -> bool:
    """Tell a word from the tokens that stand for anything else."""
    return token[:1].isalpha()


def possessive_of(word: str) -> str:
    """Return the possessive of a word, which has a row and records of its own."""
    return f"{word}'s"


def is_single_word(text: str) -> bool:
    """Tell whether a text is one word, as the tokenizer finds it in what was typed, and nothing else."""
    return is_word(text) and tokenize(text) == [text]
