"""What the user taught, in SQLite: words, counts, weights of interpolation, and the journal of learning events.

Each learned word is one transaction: a process killed at any instant leaves what was learned before it. The network's
changed weights lie beside it (``engine.profile.weights``); the journal keeps the text around recent events, so that
what was learned since those weights were written can be learned again.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import ProfileError
from engine.model.attention import Sighting
from engine.model.continuous_cache import KEPT_WORDS
from engine.profile.files import make_private_folder
from engine.profile.schema import DAMAGE, OUTSIDE, connect, set_records_aside
from engine.text.normalize import storable
from engine.text.own_cases import CaseHabit
from engine.text.tokenizer import fold
from engine.values import CommitSource

N_EVENTS = 10_000
"""Events that the journal keeps at least."""
N_TRIGRAMS = 300_000
"""Counts that are kept."""
_FILE = "profile.sqlite3"
_USES = tuple(source.value for source in CommitSource)
"""Sources of events that are uses of words; others are notes about words."""
_IS_USE = f"source IN ({', '.join('?' * len(_USES))})"


@dataclass(frozen=True, slots=True)
class LearningEvent:
    """One word learned: when it is stored it gets an id and a time."""

    left_text: str | None
    word: str
    position: int | None
    """The place of the word among those with a row of their own, where this event gave it one."""
    source: str
    shown: tuple[str, ...]
    n_learned: int
    """Words that the network learned in this event; 0 where its weights did not move."""
    loss_before: float
    loss_after: float
    elapsed_ms: float
    sighting: Sighting | None = None
    """Where the word first stood on screen; None where that is not known."""
    id: int = 0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class WordUse:
    """One use of a word, with all that it changes beside the weights."""

    event: LearningEvent
    token: str
    form: str
    trigram: tuple[str, str, str] | None
    """None where the word waits: it is not counted after its context then."""
    weights: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Weights of the blend that moved, by the name of their bucket."""
    habit: CaseHabit | None = None
    """How the word is written now; None where this use says nothing of it."""
    place: bytes | None = None
    """What the network made of the text before it, in 8 bit; None where that is not remembered."""


class ProfileStore:
    """The records of one profile folder. One process and one thread use it."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, clock: Callable[[], float]) -> None:
        self.folder = folder
        self.model = ""
        """How the checksum of the network begins whose places are remembered."""
        self.connection = connection
        self._clock = clock
        self._reading: tuple[str, int, int] | None = None
        self.notices: list[str] = []
        """Sentences that the user should see."""

    @classmethod
    def open(cls, folder: Path, clock: Callable[[], float] = time.time) -> ProfileStore:
        """Open the records in a folder, created if missing; damaged records are set aside with a notice.

        Raises ProfileError where the folder cannot be used, or holds records of a later version.
        """
        make_private_folder(folder)
        path = folder / _FILE
        try:
            return cls(folder, connect(path), clock)
        except DAMAGE as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in OUTSIDE:
                raise ProfileError(
                    f"The profile in {folder} cannot be opened ({error}); free the folder or choose another one."
                ) from error
        try:
            aside = set_records_aside(path)
            store = cls(folder, connect(path), clock)
        except (OSError, *DAMAGE) as error:
            raise ProfileError(
                f"The profile in {folder} is damaged and cannot be set aside ({error}); free the folder or choose "
                "another one."
            ) from error
        store.notices.append(
            f"The profile's records were damaged and were set aside as {aside.name}; learning starts afresh."
        )
        return store

    def now(self) -> float:
        """Return the time, in seconds since 1970."""
        return self._clock()

    def record(self, use: WordUse) -> int:
        """Store one use of a word in one transaction; return the id of its event."""
        event, now = use.event, self.now()
        left_text = None if event.left_text is None else storable(event.left_text)
        with self.connection as db:
            db.execute(
                "INSERT INTO words VALUES (?, ?, 1, ?, ?, 0) ON CONFLICT (token) DO UPDATE SET "
                "uses = uses + 1, last_used = excluded.last_used, "
                "form = CASE WHEN fixed THEN form ELSE excluded.form END, "
                "position = coalesce(position, excluded.position)",
                (use.token, use.form, now, event.position),
            )
            put_interpolation(db, use.weights)
            cursor = db.execute(
                "INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (now, left_text, event.word, event.position, event.source, json.dumps(event.shown),
                 event.n_learned, event.loss_before, event.loss_after, event.elapsed_ms, *_columns(event.sighting)),
            )  # fmt: skip
            event_id = int(cursor.lastrowid or 0)
            if use.trigram is not None:
                db.execute(
                    "INSERT INTO trigrams VALUES (?, ?, ?, 1, ?) "
                    "ON CONFLICT DO UPDATE SET count = count + 1, event = excluded.event",
                    (*use.trigram, event_id),
                )
            if use.habit is not None:
                put_habit(db, use.habit)
            if use.place is not None:
                db.execute("INSERT INTO recent VALUES (?, ?, ?, ?)", (event_id, use.token, use.place, self.model))
            if self._reading is not None:
                db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", self._reading)
        return event_id

    def note_reading(self, digest: str, n_done: int, n_words: int) -> None:
        """Let the next word that is recorded say how far the reading of a file has come: both are stored or none."""
        self._reading = (digest, n_done, n_words)

    def finish_reading(self) -> None:
        """Store how far the reading has come, and note no more of it."""
        reading, self._reading = self._reading, None
        if reading is not None:
            with self.connection as db:
                db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", reading)

    def n_read(self, digest: str) -> int:
        """Return how many words of a file were learned before."""
        row = self.connection.execute("SELECT n_done FROM readings WHERE digest = ?", (digest,)).fetchone()
        return int(row[0]) if row else 0

    def trigrams(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield every trigram of tokens with its count."""
        yield from self.connection.execute("SELECT before, last, word, count FROM trigrams")

    def uses(self) -> dict[str, int]:
        """Return how often each word was used."""
        return dict(self.connection.execute("SELECT token, uses FROM words WHERE uses > 0"))

    def fixed_forms(self) -> dict[str, str]:
        """Return the words whose form the user set, each with that form."""
        return dict(self.connection.execute("SELECT token, form FROM words WHERE fixed"))

    def case_habits(self) -> list[CaseHabit]:
        """Return how shipped words are written."""
        rows = self.connection.execute("SELECT token, after_name, latest FROM cases ORDER BY token, after_name")
        return [CaseHabit(token, bool(after_name), tuple(latest.split())) for token, after_name, latest in rows]

    def own_words(self) -> list[tuple[str, str]]:
        """Return token and form of the words with a row of their own, in the order of the rows."""
        rows = self.connection.execute("SELECT position, token, form FROM words WHERE position IS NOT NULL")
        return [(token, form) for _, token, form in sorted(rows)]

    def renumber(self, tokens: Sequence[str]) -> None:
        """Set which words have a row of their own, or keep the place of one, in the order of the rows."""
        with self.connection as db:
            db.execute("DELETE FROM words WHERE position IS NOT NULL AND substr(token, 1, 1) = '<'")
            db.execute("UPDATE words SET position = NULL WHERE position IS NOT NULL")
            for position, token in enumerate(tokens):
                if token.startswith("<"):
                    keep_place(db, token, position)
                else:
                    db.execute("UPDATE words SET position = ? WHERE token = ?", (position, token))

    def interpolation(self) -> dict[str, tuple[float, float]]:
        """Return the learned weights of interpolation by bucket."""
        rows = self.connection.execute("SELECT bucket, weight, seen FROM interpolation")
        return {bucket: (weight, seen) for bucket, weight, seen in rows}

    def recent_words(self) -> list[tuple[str, bytes]]:
        """Return the latest words with the places that the present network read, oldest first."""
        query = "SELECT word, place FROM recent WHERE model = ? ORDER BY event DESC LIMIT ?"
        return self.connection.execute(query, (self.model, KEPT_WORDS)).fetchall()[::-1]

    def last_event(self) -> int:
        """Return the id of the latest event; 0 where there is none."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0])

    def events_after(self, event_id: int) -> list[LearningEvent]:
        """Return the later events, oldest first."""
        query = (
            "SELECT left_text, word, position, source, shown, n_learned, loss_before, loss_after, elapsed_ms, id, at "
            "FROM events WHERE id > ? ORDER BY id"
        )
        rows = self.connection.execute(query, (event_id,))
        return [
            LearningEvent(
                left, word, position, source, tuple(json.loads(shown)), n_learned, before, after, ms, None, event_id, at
            )
            for left, word, position, source, shown, n_learned, before, after, ms, event_id, at in rows
        ]

    def sightings(self, limit: int) -> list[Sighting]:
        """Return where the latest words first stood on screen, oldest first."""
        rows = self.connection.execute(
            "SELECT first_shown, overlooked FROM events WHERE overlooked IS NOT NULL ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [Sighting(n_typed, bool(overlooked)) for n_typed, overlooked in rows][::-1]

    def last_word(self) -> tuple[str, tuple[str, ...]]:
        """Return the word that was learned last, and what was on screen just before; empty where there was none."""
        query = f"SELECT word, shown FROM events WHERE {_IS_USE} ORDER BY id DESC LIMIT 1"  # noqa: S608  a constant
        row = self.connection.execute(query, _USES).fetchone()
        return (row[0], tuple(map(str, json.loads(row[1])))) if row else ("", ())

    def unlearned_words(self, limit: int) -> tuple[str, ...]:
        """Return the latest words that were used since the network last learned some, folded, oldest first."""
        query = (
            f"SELECT word FROM events WHERE {_IS_USE} AND word != '' "  # noqa: S608  a constant
            "AND id > (SELECT coalesce(max(id), 0) FROM events WHERE n_learned > 0) ORDER BY id DESC LIMIT ?"
        )
        rows = self.connection.execute(query, (*_USES, limit)).fetchall()
        return tuple(fold(word) for (word,) in reversed(rows))

    def drop_text_until(self, event_id: int) -> None:
        """Forget the text around events whose effect on the weights is safe on disk."""
        with self.connection as db:
            db.execute("UPDATE events SET left_text = NULL WHERE id <= ? AND left_text IS NOT NULL", (event_id,))

    def trim(self, until: int) -> list[tuple[str, str, str, int]]:
        """Drop the oldest events, none later than ``until``, the oldest counts and places, where there are too many.

        Return the counts that were dropped, as ``trigrams`` yields them.
        """
        with self.connection as db:
            trim_recent(db, KEPT_WORDS + 1)  # one more: the last may be taken back
            db.execute("DELETE FROM events WHERE id <= min(?, ?)", (until, self.last_event() - N_EVENTS))
            surplus = db.execute("SELECT count(*) FROM trigrams").fetchone()[0] - N_TRIGRAMS
            if surplus <= 0:
                return []
            limit = "SELECT event FROM trigrams ORDER BY event LIMIT 1 OFFSET ?"
            return db.execute(
                f"DELETE FROM trigrams WHERE event < ({limit}) RETURNING before, last, word, count",  # noqa: S608
                (surplus,),
            ).fetchall()

    def make_durable(self) -> None:
        """Bring every record so far through a power cut; a killed process loses none anyway."""
        self.connection.execute("PRAGMA wal_checkpoint")

    def close(self) -> None:
        """Close the file; what was recorded is durable already."""
        self.connection.close()


def keep_place(db: sqlite3.Connection, token: str, position: int) -> None:
    """Let a token that no text can hold keep the place of a word, so that the rows of others stay where they are."""
    db.execute("INSERT INTO words VALUES (?, '', 0, 0, ?, 0)", (token, position))


def put_habit(db: sqlite3.Connection, habit: CaseHabit) -> None:
    """Store how a word is written; a habit without uses is taken out."""
    db.execute("DELETE FROM cases WHERE token = ? AND after_name = ?", (habit.token, habit.after_name))
    if habit.latest:
        db.execute("INSERT INTO cases VALUES (?, ?, ?)", (habit.token, habit.after_name, " ".join(habit.latest)))


def put_interpolation(db: sqlite3.Connection, weights: Mapping[str, tuple[float, float]]) -> None:
    """Store weights of the blend with the words they have seen, by the name of their bucket."""
    rows = [(bucket, weight, seen) for bucket, (weight, seen) in weights.items()]
    db.executemany("INSERT OR REPLACE INTO interpolation VALUES (?, ?, ?)", rows)


def trim_recent(db: sqlite3.Connection, n_kept: int) -> None:
    """Forget the places of all but the latest words."""
    first = "SELECT event FROM recent ORDER BY event DESC LIMIT 1 OFFSET ?"
    db.execute(f"DELETE FROM recent WHERE event <= ({first})", (n_kept,))  # noqa: S608  a constant


def _columns(sighting: Sighting | None) -> tuple[int, int] | tuple[None, None]:
    return (sighting.n_typed, int(sighting.was_overlooked)) if sighting is not None else (None, None)
