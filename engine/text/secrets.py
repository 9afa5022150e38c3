"""What must never be learned: addresses, keys, passwords and numbers, known by the raw text that surrounds a word.

The tokenizer splits ``hunter2!x`` into parts that look like words. So the text is looked at by chunks between white
space, and masked before anything reads it: digits become 0, and the letters of a chunk that may be a secret become
one letter that no word is written with. A mask is as long as what it hides and marks no other place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from engine.text.called_secrets import CALLED_SECRET
from engine.text.drawn import drawn_groups, looks_drawn
from engine.text.normalize import APOSTROPHES, normalize

MASK = "ꙮ"
"""A letter for no sound that is left in any language: no vocabulary has a word of it."""

_SUSPICIOUS = regex.compile(r"[\p{N}@/\\_=&%|$^<>`~+\#{}\[\]] | (?<=\p{L}) [.!?*;-] \p{L}", regex.VERBOSE)
"""What every secret chunk has somewhere: a quick first look."""
_SPACE = regex.compile(r"\s")
_SPACE_BEFORE = regex.compile(r"(?r)\s")
_ADDRESS = regex.compile(
    r"""(?P<web> (?: \p{L}[\w+.-]{0,30}+:// | www\. ) [^\s<>"]+ )
      | (?P<mail> (?<![\w.+-]) [\w.+-]++ @ [\w-]++ (?: \. [\w-]++ )+ )""",
    regex.VERBOSE,
)
"""A long run of letters and digits costs as much as its length, and not its square."""
_EDGES = "\"'“”„‟‘’«»()[]{}*_~.,;:!?…–—-#@"
"""Marks around a word of prose: quotes, brackets, emphasis, and what names a topic or a person."""
_SYMBOLS = regex.compile(r"[@/\\_=&%|$^<>`~+#{}\[\]] | (?<=\p{L}) [!?*;]+ (?=\p{L})", regex.VERBOSE)
_SMALL = r"(?: (?!\p{Lu}) \p{L} )"
_PLAIN = rf"(?: \p{{Lu}}? {_SMALL}{{1,13}} | \p{{Lu}}{{1,6}} s? )"
_NAME = (
    rf"(?: {_PLAIN} | {_SMALL}{{0,2}} (?: \p{{Lu}} {_SMALL}{{1,12}} ){{1,3}}"
    rf"  | \p{{Lu}}? {_SMALL}{{1,5}} \p{{Lu}}{{1,3}} | \p{{Lu}}{{1,6}} {_SMALL}{{1,12}} )"
)
"""iPhone, GitHub, macOS, URLs."""
_PROSE_WITH_SYMBOL = regex.compile(
    rf"""{_PLAIN} (?: & {_PLAIN} ){{1,2}}                 # R&D  salt&pepper
      | {_NAME} (?: / {_NAME} ){{1,2}}                    # and/or  iOS/macOS
      | \p{{L}}\+{{1,2}} | \p{{L}}\#                      # C++  C#
    """,
    regex.VERBOSE,
)
"""Two words or three; where the case of letters was drawn they are none."""
_PROSE_WITH_DIGITS = regex.compile(
    r"""[^\p{L}]+                                          # 10,000  12:30  +1-555  3.5%
      | \p{N}+ (?: [.,:] \p{N}+ )* -? \p{L}{1,3}           # 3rd  10am  1990s  5-km
      | \p{N}{1,4} (?: - \p{L}{1,10} ){1,3}                # 24-year-old
      | mid-\p{N}{4}s
      | \p{Lu}{1,5} -? \p{N}{1,3} \p{Lu}?                  # GPT-4  COVID-19  H2O  B2B
      | \w{1,3}                                            # mp3  v2
    """,
    regex.VERBOSE,
)
_DOMAIN = regex.compile(r"\p{L}{2,} (?: \. \p{L}{2,} )+", regex.VERBOSE)
_PASSPHRASE = regex.compile(r"\p{L}{4,} (?: [-.] \p{L}{4,} ){3,}", regex.VERBOSE)
_WORD = regex.compile(rf"\p{{L}}[\p{{L}}\p{{M}}\u00ad\u200b\u2060\ufeff]*(?:[{APOSTROPHES}]\p{{L}}[\p{{L}}\p{{M}}]*)*")
_TAIL = 200
"""Characters before a word that can make it a secret."""
_END_OF_CLAUSE = regex.compile(r"[.,;!?)] (?=\s) | \n", regex.VERBOSE)
"""What ends a secret of several words (``engine.text.called_secrets``)."""
_LONGEST_CLAUSE = 3 * _TAIL
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_DIGIT = regex.compile(r"\p{N}")
_LETTERS = regex.compile(r"[A-Za-z]{6,}+")
"""What may have been drawn: a quick first look."""
_UNJOINED_LETTERS = regex.compile(r"(?<![\p{L}\p{M}]) [A-Za-z]{6,}+ (?!\p{L}|\p{M})", regex.VERBOSE)


def mask_secrets(text: str) -> str:
    """Return ``text`` with digits, addresses and what may be a secret masked; of the same length, idempotent."""
    text = _DIGIT.sub("0", text)
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESS.sub(_mask_address, text)
    text = CALLED_SECRET.sub(_mask_called, text)
    for start, end in drawn_groups(text):
        text = text[:start] + _LETTER.sub(MASK, text[start:end]) + text[end:]
    if any(map(looks_drawn, _LETTERS.findall(text))):
        text = _UNJOINED_LETTERS.sub(_mask_drawn, text)
    parts: list[str] = []
    done = 0
    for start, end in _suspicious_chunks(text):
        parts += (text[done:start], _mask_chunk(text[start:end]))
        done = end
    return "".join((*parts, text[done:]))


def is_secret_chunk(chunk: str) -> bool:
    """Tell whether characters without white space between them may be a secret, an address or code."""
    inner = chunk.strip(_EDGES)
    if inner.isalpha():
        return looks_drawn(inner)
    if _SYMBOLS.search(inner):
        return _PROSE_WITH_SYMBOL.fullmatch(inner) is None
    if _DIGIT.search(inner):
        return _PROSE_WITH_DIGITS.fullmatch(inner) is None
    return bool(_DOMAIN.fullmatch(inner) or _PASSPHRASE.fullmatch(inner))


def mask_behind(left: str, text: str) -> str:
    """Return ``text`` masked as it stands behind ``left``: named a password there, or a part of an address."""
    tail = left[-_TAIL:]
    return mask_secrets(tail + text)[len(tail) :]


def mask_near_end(text: str) -> str:
    """Return ``text`` with its last characters masked, as far back as a word may still be held for what follows."""
    start = max(0, len(text) - 2 * _TAIL)
    return text[:start] + mask_secrets(text[start:])


def mask_cut_off(text: str) -> str:
    """Return a text that was cut off at its beginning with what stands there masked, up to the end of its clause.

    What was cut away may have named it a password.
    """
    end = _END_OF_CLAUSE.search(text, 0, _LONGEST_CLAUSE)
    n_masked = end.start() if end else _LONGEST_CLAUSE
    return _LETTER.sub(MASK, text[:n_masked]) + text[n_masked:]


def mask_words(text: str, is_kept: Callable[[str], bool]) -> str:
    """Return ``text`` with every word masked that is not to be kept; of the same length."""

    def mask(match: regex.Match[str]) -> str:
        word = match.group()
        return word if is_kept(normalize(word)) else _LETTER.sub(MASK, word)

    return _WORD.sub(mask, text)


def _mask_address(match: regex.Match[str]) -> str:
    """Keep the shape by which the tokenizer knows an address."""
    found = match.group()
    if match.lastgroup == "web":
        return "www." + "0" * (len(found) - 4)
    return regex.sub(r"[^@.]", "0", found)


def _mask_called(match: regex.Match[str]) -> str:
    start = match.start("secret") - match.start()
    whole = match.group()
    return whole[:start] + _LETTER.sub(MASK, whole[start:])


def _mask_drawn(match: regex.Match[str]) -> str:
    word = match.group()
    return MASK * len(word) if looks_drawn(word) else word


def _suspicious_chunks(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the chunks that deserve a closer look."""
    end = 0
    while found := _SUSPICIOUS.search(text, end):
        space = _SPACE_BEFORE.search(text, end, found.start())
        start = space.end() if space else end
        after = _SPACE.search(text, found.start())
        end = after.start() if after else len(text)
        yield start, end


def _mask_chunk(chunk: str) -> str:
    """Mask all of a chunk that may be a secret, or a part of which was masked as one."""
    if _ADDRESS.search(chunk) or not (MASK in chunk or is_secret_chunk(chunk)):
        return chunk
    return _LETTER.sub(MASK, chunk)
