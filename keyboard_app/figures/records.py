"""The figures of all days in a small SQLite file of the profile: numbers only, never text."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, fields
from datetime import date
from pathlib import Path

from engine.errors import ProfileError
from engine.profile.files import make_private_file, make_private_folder, set_aside
from keyboard_app.figures.day import Figures
from keyboard_app.figures.tally import FiguresByDay

FILE_NAME = "statistics.sqlite3"
SCHEMA_VERSION = 1
_COLUMNS = tuple(field.name for field in fields(Figures))
_TABLE = f"""CREATE TABLE days (
    day TEXT PRIMARY KEY CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    {", ".join(f"{name} {'REAL' if name.startswith('loss') else 'INTEGER'} NOT NULL" for name in _COLUMNS)}
) WITHOUT ROWID, STRICT"""
_ADD = (
    f"INSERT INTO days VALUES ({', '.join('?' * (len(_COLUMNS) + 1))}) ON CONFLICT (day) DO UPDATE SET "  # noqa: S608
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in _COLUMNS)
)


class FiguresFile:
    """Adds to the days and reads them; each addition is one transaction, so that a kill loses no earlier one."""

    def __init__(self, connection: sqlite3.Connection, notice: str = "") -> None:
        self._connection = connection
        self.notice = notice
        """A sentence that the user should see, or an empty string."""

    @classmethod
    def open(cls, folder: Path | None) -> FiguresFile:
        """Open the file in a profile folder, made where it is missing; on None keep the figures in memory.

        A damaged file is set aside. Raises ProfileError where none can be used, or one is of a later version.
        """
        if folder is None:
            return cls(_connected(":memory:"))
        path = folder / FILE_NAME
        try:
            make_private_folder(folder)
            make_private_file(path)
            try:
                return cls(_connected(path))
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                aside = set_aside(path)
                make_private_file(path)
                return cls(_connected(path), f"The statistics were damaged and were set aside as {aside.name}.")
        except (OSError, sqlite3.Error) as error:
            raise ProfileError(f"The statistics in {path} cannot be used ({error}); nothing is counted.") from error

    def add(self, days: FiguresByDay) -> None:
        """Add figures to those of their days."""
        with self._connection as db:
            db.executemany(_ADD, [(day.isoformat(), *astuple(figures)) for day, figures in days.items()])

    def read(self) -> FiguresByDay:
        """Return the figures of every day that has some, oldest first."""
        rows = self._connection.execute("SELECT * FROM days ORDER BY day")
        return {date.fromisoformat(day): Figures(*values) for day, *values in rows}

    def erase(self) -> None:
        """Remove every figure, from the disk too."""
        with self._connection as db:
            db.execute("DELETE FROM days")
        self._connection.execute("VACUUM")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _connected(path: Path | str) -> sqlite3.Connection:
    """Open and check a file of figures, with its table made where it is new; raise sqlite3.Error."""
    connection = sqlite3.connect(path, check_same_thread=False)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            reads = f"this one reads {SCHEMA_VERSION}"
            raise sqlite3.OperationalError(f"a later Foretype made it: version {version}, {reads}")
        if version == 0:
            connection.executescript(f"BEGIN; {_TABLE}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        (table,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'days'").fetchone() or ("",)
        if table != _TABLE or connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("it does not hold what was written")
        for (day,) in connection.execute("SELECT day FROM days"):
            try:
                date.fromisoformat(day)
            except ValueError as error:
                raise sqlite3.DatabaseError(f"“{day}” is no day") from error
    except BaseException:
        connection.close()
        raise
    return connection
