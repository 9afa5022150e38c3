"""A profile as one file, to be carried to another machine: a zip that names and sums up what is in it.

``manifest.json`` says format, version, and size and SHA-256 of every other file. ``NAME.jsonl`` holds the rows of one
table, one JSON array a line; ``weights.safetensors`` the changed weights of the network; ``blocklist.txt``,
``right-words.txt`` and ``corrections.json`` what the user said of words. What comes in was made by anybody: nothing of
it is used before all of it was checked, and no name in it becomes a path.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from engine.errors import ProfileError
from engine.profile import editing
from engine.profile.checking import check_records
from engine.profile.files import (
    BLOCKLIST,
    CORRECTIONS,
    IMPORTING,
    RIGHT_WORDS,
    make_private_folder,
    replace_whole,
    whole_file,
)
from engine.profile.store import ProfileStore
from engine.profile.weights import newest_weights, put_weights

FORMAT, VERSION = "foretype-profile", 5
_ADDED_COLUMNS: Mapping[int, Mapping[str, int]] = {1: {"events": 2}, 2: {}, 3: {}, 4: {}, VERSION: {}}
"""The versions that are read, and how many columns at its end a table got after them: they are NULL then."""
_MANIFEST, _WEIGHTS = "manifest.json", "weights.safetensors"
_TABLES = ("words", "trigrams", "interpolation", "events", "readings", "cases", "recent")
_LISTS = (BLOCKLIST, RIGHT_WORDS, CORRECTIONS)
"""Files that are carried as they are; whoever opens the profile reads them with care."""
_MOST_BYTES: Mapping[str, int] = {
    _MANIFEST: 100_000, _WEIGHTS: 400_000_000, **dict.fromkeys((f"{table}.jsonl" for table in _TABLES), 200_000_000),
    **dict.fromkeys(_LISTS, 200_000), CORRECTIONS: 2_000_000,
}  # fmt: skip
"""The only names that are read, and how long each may be when it is unpacked."""
_LONGEST_LINE = 100_000
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How files in an archive may be packed: there is no need for more, and each way to unpack has errors of its own."""
_STAYS_AT_HOME = "left_text"
"""The column that no file brings: it is learned from when a profile is opened, and nobody could check what it says."""
_BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, NotImplementedError,
    RuntimeError, EOFError, zipfile.BadZipFile, zlib.error, struct.error, sqlite3.Error,
)  # fmt: skip
"""Whatever a file may raise that is not what was written."""


def export_profile(store: ProfileStore, path: Path) -> None:
    """Write a profile whose weights are up to date to one private file; raise ProfileError where that cannot be.

    The file that was there stays until the new one is whole: it may be the only other copy.
    """
    parts = {f"{table}.jsonl": _dump(store.connection, table) for table in _TABLES}
    try:
        weights = newest_weights(store.folder)
        if weights is not None:
            parts[_WEIGHTS] = weights
        parts |= {name: _list_in(store.folder / name) for name in _LISTS if (store.folder / name).exists()}
        sums = {name: {"bytes": len(part), "sha256": _sum(part)} for name, part in parts.items()}
        manifest = json.dumps({"format": FORMAT, "version": VERSION, "files": sums}, indent=1).encode()
        with (
            whole_file(path) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
        ):
            for name, part in {_MANIFEST: manifest, **parts}.items():
                archive.writestr(name, part)
    except OSError as error:
        raise ProfileError(f"{path} cannot be written ({error.strerror}); choose another place.") from error


def import_profile(path: Path, folder: Path) -> None:
    """Make a new profile in ``folder`` from an exported file; a bad one raises ProfileError and leaves nothing."""
    if folder.exists():
        raise ProfileError(f"There is a profile in {folder} already; reset it first, or choose another name.")
    workshop = folder.with_name(folder.name + IMPORTING)
    shutil.rmtree(workshop, ignore_errors=True)
    try:
        version, parts = _unpack(path)
        make_private_folder(workshop)
        _build(workshop, parts, _ADDED_COLUMNS[version])
        _try_out(workshop)
        workshop.rename(folder)
    except _BROKEN as error:
        raise _unreadable(path, error) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _list_in(path: Path) -> bytes:
    """Return what a list holds; raise ProfileError where an import would refuse it."""
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path} cannot be exported, as it is no UTF-8 text; mend it or remove it.") from error
    if len(content) > _MOST_BYTES[path.name]:
        raise ProfileError(
            f"{path} has {len(content):,} bytes, and an export takes {_MOST_BYTES[path.name]:,} of it; shorten it."
        )
    return content


def check_export(path: Path) -> None:
    """Raise ProfileError where a file is no exported profile by its own account; what is in it is not looked at."""
    try:
        with zipfile.ZipFile(path) as archive:
            _manifest_of(archive)
    except _BROKEN as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> ProfileError:
    if not path.is_file():
        return ProfileError(f"There is no file “{path}”.")
    return ProfileError(f"{path.name} is no profile that can be read ({error}); nothing was changed.")


def _dump(connection: sqlite3.Connection, table: str) -> bytes:
    columns = ", ".join(
        "NULL" if column == _STAYS_AT_HOME else column
        for _, column, *_ in connection.execute(f"PRAGMA table_info({table})")
    )
    rows = connection.execute(f"SELECT {columns} FROM {table}")  # noqa: S608  names of this program
    return "".join(json.dumps(row, ensure_ascii=False, default=bytes.hex) + "\n" for row in rows).encode()


def _unpack(path: Path) -> tuple[int, dict[str, bytes]]:
    """Return version and files of an archive; raise ValueError where they are not what the manifest says."""
    with zipfile.ZipFile(path) as archive:
        manifest = _manifest_of(archive)
        parts = {name: _read(archive, name) for name in archive.namelist() if name != _MANIFEST}
    sums = {name: {"bytes": len(part), "sha256": _sum(part)} for name, part in parts.items()}
    if manifest["files"] != sums:
        raise ValueError("its checksums differ")
    return int(manifest["version"]), parts


def _manifest_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return what an archive says of itself; raise ValueError where it is of another kind."""
    names = archive.namelist()
    if len(names) != len(set(names)) or not set(names) <= set(_MOST_BYTES) or _MANIFEST not in names:
        raise ValueError("it holds other files than an exported profile")
    manifest: dict[str, Any] = json.loads(_read(archive, _MANIFEST))
    if manifest.get("format") != FORMAT:
        raise ValueError("it is not an exported profile")
    if manifest.get("version") not in _ADDED_COLUMNS:
        raise ValueError(f"it has version {manifest.get('version')!r}, but this program reads up to {VERSION}")
    return manifest


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack one file, and not more than it may hold, whatever its header says."""
    if archive.getinfo(name).compress_type not in _PACKED:
        raise ValueError(f"{name} is packed in another way")
    with archive.open(name) as file:
        content = file.read(_MOST_BYTES[name] + 1)
    if len(content) > _MOST_BYTES[name]:
        raise ValueError(f"{name} is too long")
    return content


def _build(folder: Path, parts: Mapping[str, bytes], added_columns: Mapping[str, int]) -> None:
    store = ProfileStore.open(folder)
    try:
        with store.connection as db:
            for table in _TABLES:
                _fill(db, table, parts.get(f"{table}.jsonl", b""), added_columns.get(table, 0))
        check_records(store)
        store.renumber([token for token, _ in store.own_words()])  # new words get the numbers behind the last of them
        store.make_durable()
        last_event = store.last_event()
    finally:
        store.close()
    if _WEIGHTS in parts:
        put_weights(folder, parts[_WEIGHTS], last_event)
    for name in _LISTS:
        if name in parts:
            text = parts[name].decode("utf-8")
            if name.endswith(".json"):
                json.loads(text)
            replace_whole(folder / name, parts[name])


def _fill(db: sqlite3.Connection, table: str, content: bytes, n_added: int) -> None:
    """Put the rows of a file into a table that got ``n_added`` columns since the file's version."""
    columns = {column: kind for _, column, kind, *_ in db.execute(f"PRAGMA table_info({table})")}
    marks = ", ".join("?" * len(columns))
    db.executemany(
        f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608  names of this program
        _rows(content, columns, n_added),
    )


def _rows(content: bytes, columns: Mapping[str, str], n_added: int) -> Iterable[list[Any]]:
    """Yield the rows of a table whose columns have these types; the table itself checks the types."""
    for line in content.splitlines():
        if len(line) > _LONGEST_LINE:
            raise ValueError("a line is too long")
        row = json.loads(line)
        if not isinstance(row, list) or len(row) != len(columns) - n_added:
            raise ValueError("a row has another number of values than its table")
        values = zip([*row, *[None] * n_added], columns.items(), strict=True)
        yield [_value(value, column, kind) for value, (column, kind) in values]


def _value(value: Any, column: str, kind: str) -> Any:
    """Return what goes into a column for a value of a file."""
    if column == _STAYS_AT_HOME:
        return None
    return bytes.fromhex(value) if kind == "BLOB" else value


def _try_out(folder: Path) -> None:
    """Read all records back, as an opening and the panels do; raise what that raises, or ValueError."""
    store = ProfileStore.open(folder)
    try:
        if store.notices:
            raise ValueError("its records cannot be read back")
        n_events = len(store.events_after(0))
        store.sightings(n_events)
        editing.past_events(store, n_events)
        editing.known_words(store)
        for read in (store.uses, store.fixed_forms, store.case_habits, store.own_words, store.interpolation):
            read()
        for _ in (*store.trigrams(), *store.recent_words(), *store.last_word()):
            pass
    finally:
        store.close()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
