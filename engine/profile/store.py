"""What the user taught, in SQLite: words, counts, weights of interpolation, and the journal of learning events.

Each learned word is one transaction: a process killed at any instant leaves what was learned before it. The network's
changed weights lie beside it (``engine.profile.weights``); the journal keeps the text around recent events, so that
what was learned since those weights were written can be learned again.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ProfileError
from engine.profile.files import make_private_file, make_private_folder, set_aside
from engine.text.normalize import storable

SCHEMA_VERSION = 1
_FILE = "profile.sqlite3"
_TABLES = (
    """CREATE TABLE words (
    token TEXT PRIMARY KEY, form TEXT NOT NULL, uses INTEGER NOT NULL, last_used REAL NOT NULL,
    position INTEGER UNIQUE CHECK (position >= 0)  -- order of the words with a row of their own; NULL for the others
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE trigrams (
    before TEXT NOT NULL, last TEXT NOT NULL, word TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 1e9),
    PRIMARY KEY (before, last, word)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE interpolation (
    bucket TEXT PRIMARY KEY CHECK (bucket GLOB '[0-2]:[0-9]'),
    weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1), seen REAL NOT NULL CHECK (seen BETWEEN 0 AND 1e15)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE events (
    id INTEGER PRIMARY KEY, at REAL NOT NULL,
    left_text TEXT,  -- what stood before the word; NULL once the weights that came of it are safe
    word TEXT NOT NULL, position INTEGER CHECK (position >= 0), source TEXT NOT NULL,
    shown TEXT NOT NULL CHECK (json_valid(shown) AND json_type(shown) = 'array'),
    n_learned INTEGER NOT NULL,  -- words that the network learned in this event; 0 where its weights did not move
    loss_before REAL NOT NULL, loss_after REAL NOT NULL, elapsed_ms REAL NOT NULL
) STRICT""",
)
"""The checks are made again when a profile is opened: a disk may change what was written."""
_OUTSIDE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
})  # fmt: skip
"""Errors that say nothing against the file itself."""
_DAMAGE = (sqlite3.Error, UnicodeError)
"""The second where SQLite quotes what is no text in its message."""
_SMALLEST_DATABASE = 512
"""Bytes: what is shorter SQLite takes for a new file, and writes over it."""


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
    id: int = 0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class WordUse:
    """One use of a word, with all that it changes beside the weights."""

    event: LearningEvent
    token: str
    form: str
    trigram: tuple[str, str, str]
    bucket: str | None
    interpolation: tuple[float, float]


class ProfileStore:
    """The records of one profile folder. One process and one thread use it."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, clock: Callable[[], float]) -> None:
        self.folder = folder
        self._connection = connection
        self._clock = clock
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
            return cls(folder, _connect(path), clock)
        except _DAMAGE as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUTSIDE:
                raise ProfileError(
                    f"The profile in {folder} cannot be opened ({error}); free the folder or choose another one."
                ) from error
        try:
            aside = _set_records_aside(path)
            store = cls(folder, _connect(path), clock)
        except (OSError, *_DAMAGE) as error:
            raise ProfileError(
                f"The profile in {folder} is damaged and cannot be set aside ({error}); free the folder or choose "
                "another one."
            ) from error
        store.notices.append(
            f"The profile's records were damaged and were set aside as {aside.name}; learning starts afresh."
        )
        return store

    def record(self, use: WordUse) -> int:
        """Store one use of a word in one transaction; return the id of its event."""
        event, now = use.event, self._clock()
        left_text = None if event.left_text is None else storable(event.left_text)
        with self._connection as db:
            db.execute(
                "INSERT INTO words VALUES (?, ?, 1, ?, ?) ON CONFLICT (token) DO UPDATE SET "
                "uses = uses + 1, last_used = excluded.last_used, form = excluded.form, "
                "position = coalesce(position, excluded.position)",
                (use.token, use.form, now, event.position),
            )
            db.execute(
                "INSERT INTO trigrams VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1", use.trigram
            )
            if use.bucket is not None:
                db.execute("INSERT OR REPLACE INTO interpolation VALUES (?, ?, ?)", (use.bucket, *use.interpolation))
            cursor = db.execute(
                "INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (now, left_text, event.word, event.position, event.source, json.dumps(event.shown),
                 event.n_learned, event.loss_before, event.loss_after, event.elapsed_ms),
            )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def trigrams(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield every trigram of tokens with its count."""
        yield from self._connection.execute("SELECT before, last, word, count FROM trigrams")

    def own_words(self) -> list[tuple[str, str]]:
        """Return token and form of the words with a row of their own, in the order of the rows."""
        rows = self._connection.execute("SELECT position, token, form FROM words WHERE position IS NOT NULL")
        return [(token, form) for _, token, form in sorted(rows)]

    def renumber(self, tokens: Sequence[str]) -> None:
        """Set which words have a row of their own, in the order of the rows."""
        with self._connection as db:
            db.execute("UPDATE words SET position = NULL WHERE position IS NOT NULL")
            db.executemany("UPDATE words SET position = ? WHERE token = ?", enumerate(tokens))

    def interpolation(self) -> dict[str, tuple[float, float]]:
        """Return the learned weights of interpolation by bucket."""
        rows = self._connection.execute("SELECT bucket, weight, seen FROM interpolation")
        return {bucket: (weight, seen) for bucket, weight, seen in rows}

    def last_event(self) -> int:
        """Return the id of the latest event; 0 where there is none."""
        return int(self._connection.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0])

    def events_after(self, event_id: int) -> list[LearningEvent]:
        """Return the later events, oldest first."""
        query = (
            "SELECT left_text, word, position, source, shown, n_learned, loss_before, loss_after, elapsed_ms, id, at "
            "FROM events WHERE id > ? ORDER BY id"
        )
        rows = self._connection.execute(query, (event_id,))
        return [
            LearningEvent(left, word, position, source, tuple(json.loads(shown)), *figures)
            for left, word, position, source, shown, *figures in rows
        ]

    def drop_text_until(self, event_id: int) -> None:
        """Forget the text around events whose effect on the weights is safe on disk."""
        with self._connection as db:
            db.execute("UPDATE events SET left_text = NULL WHERE id <= ? AND left_text IS NOT NULL", (event_id,))

    def make_durable(self) -> None:
        """Bring every record so far through a power cut; a killed process loses none anyway."""
        self._connection.execute("PRAGMA wal_checkpoint")

    def close(self) -> None:
        """Close the file; what was recorded is durable already."""
        self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    """Open and check the file, with the schema made where it is new."""
    try:
        make_private_file(path)
    except OSError as error:
        raise ProfileError(f"The profile file {path} cannot be written ({error.strerror}); free it.") from error
    if 0 < path.stat().st_size < _SMALLEST_DATABASE:
        raise sqlite3.DatabaseError("it is cut short")
    # The model thread opens the profile and closes it; another thread may only end up closing it after a failure.
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.text_factory = _decode
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise ProfileError(
                f"The profile in {path.parent} has version {version}, but this program reads up to {SCHEMA_VERSION}; "
                "install a newer Foretype or choose another profile."
            )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        if version == 0:
            statements = (*_TABLES, f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.executescript(f"BEGIN; {';'.join(statements)}; COMMIT;")
        _check(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    """Raise DatabaseError where the file does not hold what was written."""
    tables = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    if tables != set(_TABLES):
        raise sqlite3.DatabaseError("its tables are not those of this version")
    with closing(connection.execute("PRAGMA quick_check")) as check:
        if check.fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check failed")


def _decode(text: bytes) -> str:
    """Decode what a table holds; a damaged letter is no reason to refuse all the others."""
    return text.decode("utf-8", "replace")


def _set_records_aside(path: Path) -> Path:
    """Rename the records, and the log of SQLite with them, which may hold the latest of them; return the new name."""
    aside = set_aside(path)
    for ending in ("-wal", "-shm"):
        leftover = path.with_name(path.name + ending)
        if leftover.exists():
            leftover.replace(aside.with_name(aside.name + ending))
    return aside
