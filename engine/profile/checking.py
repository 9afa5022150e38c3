"""What imported records may hold: the tables check types, this what a value may be.

A file that was made by anybody could otherwise offer text that is no word, or hold numbers that only later, when they
are counted on, shown as a date or passed to a kernel, stop what uses them.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.profile.editing import FORGOTTEN
from engine.profile.store import ProfileStore
from engine.text.normalize import normalize
from engine.text.own_cases import N_LATEST
from engine.text.tokenizer import ADDRESS, LINE, NUMBER, TIE, fold, is_single_word, is_word, tokenize
from engine.text.vocabulary import UNKNOWN

MOST_OWN_WORDS = 300_000
"""Each has a row of 1 KB in memory, and in the weights, which could hold few more."""
_LONGEST_FORM = 60
"""Letters; the learner takes words of 40."""
_LONGEST_TOKEN = 2 * _LONGEST_FORM
"""Some capitals are two letters when they are small."""
_LONGEST_NOTE = 64
"""Letters of a source, or of a checksum."""
_PLACEHOLDER = re.compile(re.escape(FORGOTTEN) + r"[0-9]{1,19}>")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SPECIAL = frozenset(special + tie for special in (UNKNOWN, LINE, NUMBER, ADDRESS) for tie in ("", TIE))


class _Range(NamedTuple):
    least: float
    most: float


_EVENT = _Range(1, 1e12)
"""Ids: far more than anybody types, and far from the last that SQLite can give."""
_NUMBER = _Range(0, 1e9)
"""How often something was done: each use counts on."""
_MOMENT = _Range(0, 3.2e10)
"""Seconds since 1970. It ends in 2984: no system shows dates behind the year 3000 that another one cannot."""
_LOSS = _Range(-1, 1e5)
"""Nats, below 0 by rounding only. The blend ends at 21, what the network alone says in a rehearsal need not."""
_MILLISECONDS = _Range(0, 1e9)
"""Up to eleven days."""
_LETTERS = _Range(-1, 1e3)
"""Typed of a word; -1 stands for a phrase."""
_RANGES: Mapping[str, Mapping[str, _Range]] = {
    "words": {"uses": _NUMBER, "last_used": _MOMENT, "position": _Range(0, 1e12)},
    "trigrams": {"count": _Range(1, 1e9), "event": _Range(0, _EVENT.most)},
    "interpolation": {"weight": _Range(0, 1), "seen": _Range(0, 1e15)},
    "events": {
        "id": _EVENT, "at": _MOMENT, "position": _Range(0, 1e12), "n_learned": _NUMBER, "loss_before": _LOSS,
        "loss_after": _LOSS, "elapsed_ms": _MILLISECONDS, "first_shown": _LETTERS,
    },
    "readings": {"n_done": _NUMBER, "n_words": _NUMBER},
    "recent": {"event": _EVENT},
}  # fmt: skip
"""What the numbers of each table may be, where they are known at all."""


def check_records(store: ProfileStore) -> None:
    """Raise ValueError where records hold what this program does not write, and what could do harm."""
    db = store.connection
    for table, columns in _RANGES.items():
        for column, (least, most) in columns.items():
            # NULL lies in no range and outside of none, so it passes; the table says where it may stand.
            query = f"SELECT 1 FROM {table} WHERE {column} NOT BETWEEN ? AND ? LIMIT 1"  # noqa: S608  own names
            if db.execute(query, (least, most)).fetchone():
                raise ValueError(f"{column} of {table} is out of range")
    _check_words(db)
    _check_counts(db)
    _check_events(db)
    _check_latest(db, store.last_event())
    if not all(_DIGEST.fullmatch(digest) for (digest,) in db.execute("SELECT digest FROM readings")):
        raise ValueError("a text that was read has no checksum")


def _check_words(db: sqlite3.Connection) -> None:
    """Check what is offered, and comes into the user's text."""
    for token, form in db.execute("SELECT token, form FROM words"):
        is_placeholder = not form and _PLACEHOLDER.fullmatch(token)
        if not is_placeholder and not (fold(form) == normalize(token) and _is_typed_word(form)):
            raise ValueError(f"{(form or token)[:20]!r} is no word")
    for token, form in _habits(db):
        if fold(form) != normalize(token) or not _is_typed_word(form):
            raise ValueError(f"{form[:20]!r} is no word")
    n_own = db.execute("SELECT count(*) FROM words WHERE position IS NOT NULL").fetchone()[0]
    if n_own > MOST_OWN_WORDS:
        raise ValueError("it holds more words than anybody has of their own")


def _habits(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield token and form of each use that says how a word is written; a row without any is none."""
    for token, latest in db.execute("SELECT token, latest FROM cases"):
        forms = latest.split(" ")
        if len(forms) > N_LATEST:
            raise ValueError("a word has too many latest uses")
        yield from ((token, form) for form in forms)


def _check_counts(db: sqlite3.Connection) -> None:
    """Check what was counted: words, after tokens of any kind."""
    for (token,) in db.execute("SELECT word FROM trigrams UNION SELECT word FROM recent"):
        if not _is_folded_word(token):
            raise ValueError(f"{token[:20]!r} is no word")
    for (token,) in db.execute("SELECT before FROM trigrams UNION SELECT last FROM trigrams"):
        if not (_is_folded_word(token) or _is_mark(token)):
            raise ValueError(f"{token[:20]!r} is no token")


def _check_events(db: sqlite3.Connection) -> None:
    """Check what the history shows."""
    for word, source, shown in db.execute("SELECT word, source, shown FROM events"):
        if word and not _is_typed_word(word):
            raise ValueError(f"{word[:20]!r} is no word")
        if not _is_note(source):
            raise ValueError("an event comes from nowhere")
        if not all(isinstance(text, str) for text in json.loads(shown)):
            raise ValueError("an event shows what is no text")


def _check_latest(db: sqlite3.Connection, last_event: int) -> None:
    """Check the latest words: each belongs to an event, whose id no later one gets."""
    latest = db.execute("SELECT coalesce(max(event), 0) FROM recent").fetchone()[0]
    if latest > last_event or not all(_is_note(model) for (model,) in db.execute("SELECT DISTINCT model FROM recent")):
        raise ValueError("its latest words belong to no event")


def _is_typed_word(word: str) -> bool:
    """Tell whether a text is one word, as the tokenizer finds it in what was typed."""
    return len(word) <= _LONGEST_FORM and is_single_word(word)


def _is_folded_word(token: str) -> bool:
    """Tell whether a token is that of a word; what earlier programs folded need not be normalised."""
    is_single = is_word(token) and tokenize(token) == [normalize(token)]
    return is_single and len(token) <= _LONGEST_TOKEN and fold(token) == normalize(token)


def _is_mark(token: str) -> bool:
    """Tell whether a token stands for something else than a word."""
    if token in _SPECIAL or _PLACEHOLDER.fullmatch(token):
        return True
    mark = token.removesuffix(TIE) or token
    return not is_word(mark) and tokenize(mark) == [mark + TIE]


def _is_note(text: str) -> bool:
    """Tell whether a text is one that this program notes for itself."""
    return len(text) <= _LONGEST_NOTE and text.isprintable()
