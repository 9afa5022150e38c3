"""The tables of a profile's records: made, brought up to date, and checked whenever they are opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from engine.errors import ProfileError
from engine.profile.files import make_private_file, set_aside

SCHEMA_VERSION = 6
_WORDS = """CREATE TABLE words (
    token TEXT PRIMARY KEY, form TEXT NOT NULL, uses INTEGER NOT NULL, last_used REAL NOT NULL,
    position INTEGER UNIQUE CHECK (position >= 0),  -- order of the words with a row of their own; NULL for the others
    fixed INTEGER NOT NULL CHECK (fixed IN (0, 1))  -- 1 where the user set the form
) WITHOUT ROWID, STRICT"""
_TRIGRAMS = """CREATE TABLE trigrams (
    before TEXT NOT NULL, last TEXT NOT NULL, word TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 1e9),
    event INTEGER NOT NULL,  -- the latest that counted it: the oldest make room when there are too many
    PRIMARY KEY (before, last, word)
) WITHOUT ROWID, STRICT"""
_READINGS = """CREATE TABLE readings (
    digest TEXT PRIMARY KEY,  -- of a file that was handed over
    n_done INTEGER NOT NULL CHECK (n_done >= 0), n_words INTEGER NOT NULL CHECK (n_words >= 0)
) WITHOUT ROWID, STRICT"""
_EVENTS = """CREATE TABLE events (
    id INTEGER PRIMARY KEY, at REAL NOT NULL,
    left_text TEXT,  -- what stood before the word; NULL once the weights that came of it are safe
    word TEXT NOT NULL, position INTEGER CHECK (position >= 0), source TEXT NOT NULL,
    shown TEXT NOT NULL CHECK (json_valid(shown) AND json_type(shown) = 'array'),
    n_learned INTEGER NOT NULL,  -- words that the network learned in this event; 0 where its weights did not move
    loss_before REAL NOT NULL, loss_after REAL NOT NULL, elapsed_ms REAL NOT NULL,
    first_shown INTEGER CHECK (first_shown >= -1),  -- letters typed when it first stood on screen, -1 if in a phrase
    overlooked INTEGER CHECK (overlooked IN (0, 1)),  -- whether it was not taken there; NULL, as both, if not known
    CHECK ((first_shown IS NULL) = (overlooked IS NULL))
) STRICT"""
_CASES = """CREATE TABLE cases (
    token TEXT NOT NULL, after_name INTEGER NOT NULL CHECK (after_name IN (0, 1)),
    latest TEXT NOT NULL,  -- how the word was written in its latest uses inside sentences, with spaces between
    PRIMARY KEY (token, after_name)
) WITHOUT ROWID, STRICT"""
_INTERPOLATION = """CREATE TABLE interpolation (
    bucket TEXT PRIMARY KEY CHECK (bucket GLOB '[0-3]:[0-9]' OR bucket GLOB '3:1[0-9]'),
    weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1), seen REAL NOT NULL CHECK (seen BETWEEN 0 AND 1e15)
) WITHOUT ROWID, STRICT"""
_RECENT = """CREATE TABLE recent (
    event INTEGER PRIMARY KEY,  -- that learned the word
    word TEXT NOT NULL,
    place BLOB NOT NULL CHECK (length(place) BETWEEN 1 AND 4096),  -- what the network made of the text before it
    model TEXT NOT NULL  -- how the checksum of that network begins: another would make something else of it
) STRICT"""
_TABLES = (_WORDS, _TRIGRAMS, _READINGS, _INTERPOLATION, _EVENTS, _CASES, _RECENT)
"""The checks are made again when a profile is opened: a disk may change what was written."""
_FROM_VERSION_1 = f"""BEGIN;
ALTER TABLE words RENAME TO old_words; ALTER TABLE trigrams RENAME TO old_trigrams;
{_WORDS}; {_TRIGRAMS}; {_READINGS};
INSERT INTO words SELECT token, form, uses, last_used, position, 0 FROM old_words;
INSERT INTO trigrams SELECT before, last, word, count, 0 FROM old_trigrams;
DROP TABLE old_words; DROP TABLE old_trigrams;
PRAGMA user_version = 2; COMMIT;"""  # noqa: S608  nothing here comes from outside
_FROM_VERSION_2 = f"""BEGIN;
ALTER TABLE events RENAME TO old_events;
{_EVENTS};
INSERT INTO events SELECT *, NULL, NULL FROM old_events;
DROP TABLE old_events;
PRAGMA user_version = 3; COMMIT;"""  # noqa: S608
_FROM_VERSION_3 = f"BEGIN; {_CASES}; PRAGMA user_version = 4; COMMIT;"
_FROM_VERSION_4 = f"""BEGIN;
ALTER TABLE interpolation RENAME TO old_interpolation;
{_INTERPOLATION}; {_RECENT};
INSERT INTO interpolation SELECT * FROM old_interpolation;
DROP TABLE old_interpolation;
PRAGMA user_version = 5; COMMIT;"""  # noqa: S608
_FROM_VERSION_5 = f"""BEGIN;
ALTER TABLE events RENAME TO old_events;
{_EVENTS};
INSERT INTO events SELECT * FROM old_events;
DROP TABLE old_events;
PRAGMA user_version = 6; COMMIT;"""  # noqa: S608
_UPDATES = (_FROM_VERSION_1, _FROM_VERSION_2, _FROM_VERSION_3, _FROM_VERSION_4, _FROM_VERSION_5)
"""Each brings the tables from one version to the next."""
OUTSIDE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
})  # fmt: skip
"""Errors that say nothing against the file itself."""
DAMAGE = (sqlite3.Error, UnicodeError)
"""The second where SQLite quotes what is no text in its message."""
_SMALLEST_DATABASE = 512
"""Bytes: what is shorter SQLite takes for a new file, and writes over it."""


def connect(path: Path) -> sqlite3.Connection:
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
        for update in _UPDATES[version - 1 :] if version > 0 else ():
            connection.executescript(update)
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


def set_records_aside(path: Path) -> Path:
    """Rename the records, and the log of SQLite with them, which may hold the latest of them; return the new name."""
    aside = set_aside(path)
    for ending in ("-wal", "-shm"):
        leftover = path.with_name(path.name + ending)
        if leftover.exists():
            leftover.replace(aside.with_name(aside.name + ending))
    return aside
