"""The user's hand in the records: what was learned is listed, corrected, taken back and forgotten."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.model.continuous_cache import KEPT_WORDS
from engine.profile.files import PARTIAL
from engine.profile.store import ProfileStore, keep_place, put_habit, put_interpolation, trim_recent
from engine.text.own_cases import CaseHabit
from engine.text.tokenizer import fold, possessive_of, tokenize
from engine.values import REHEARSED, KnownWord, PastEvent, RehearsalReport

TAKEN_BACK = "taken back"
FORGETTING, WIPING, FORGOTTEN_EVENT = "forgetting", "wiping", "forgotten"
"""Source of the event that tells of forgotten words, by how far that has come: an opening goes on where it stopped."""
FORGOTTEN = "<forgotten "
"""How the token begins that keeps the place of a forgotten word, so that the rows of the others stay where they are."""


def placeholder(position: int) -> str:
    """Return what stands in the place of a forgotten word."""
    return f"{FORGOTTEN}{position}>"


@dataclass(frozen=True, slots=True)
class Undo:
    """All that one event changed beside the weights, to be changed back."""

    event_id: int
    token: str
    form_before: str | None
    """None where this was the first use."""
    trigram: tuple[str, str, str] | None
    weights_before: Mapping[str, tuple[float, float]]
    """Weights of the blend, by the name of their bucket."""
    position: int | None
    """Of the row that the event made."""
    habit_before: CaseHabit | None = None
    """How the word was written before; None where the event said nothing of it."""


def known_words(store: ProfileStore) -> list[KnownWord]:
    """Return every word that was used, in no order; whether it waits the records do not know."""
    rows = store.connection.execute(
        "SELECT form, uses, last_used, position IS NOT NULL FROM words WHERE substr(token, 1, 1) != '<'"
    )
    return [KnownWord(form, uses, last_used, is_own=bool(own)) for form, uses, last_used, own in rows]


def past_events(store: ProfileStore, limit: int) -> list[PastEvent]:
    """Return the latest events, newest first."""
    rows = store.connection.execute(
        "SELECT id, at, word, shown, source, n_learned, loss_before, loss_after, elapsed_ms, position IS NOT NULL "
        "FROM events WHERE word != '' OR source = ? ORDER BY id DESC LIMIT ?",
        (REHEARSED, limit),
    )
    return [
        PastEvent(event_id, at, word, tuple(json.loads(shown)), source, n_learned > 0 or source == REHEARSED,
                  before, after, ms, bool(new))
        for event_id, at, word, shown, source, n_learned, before, after, ms, new in rows
    ]  # fmt: skip


def set_form(store: ProfileStore, token: str, form: str) -> None:
    """Set how a word is written inside a sentence; later uses do not change it."""
    with store.connection as db:
        db.execute("UPDATE words SET form = ?, fixed = 1 WHERE token = ?", (form, token))


def take_back(store: ProfileStore, undo: Undo) -> int:
    """Change back what one event did, in one transaction; return the id of the event that says so.

    The event keeps its id without its words: weights on disk say by ids what they know.
    """
    with store.connection as db:
        db.execute("UPDATE words SET uses = uses - 1 WHERE token = ?", (undo.token,))
        if undo.form_before is not None:
            db.execute("UPDATE words SET form = ? WHERE token = ? AND NOT fixed", (undo.form_before, undo.token))
        if undo.position is not None:
            _keep_place(db, undo.token)
        db.execute("DELETE FROM words WHERE token = ? AND uses <= 0", (undo.token,))
        if undo.trigram is not None:
            where = "WHERE before = ? AND last = ? AND word = ?"
            db.execute(f"DELETE FROM trigrams {where} AND count <= 1", undo.trigram)  # noqa: S608  a constant
            # What is left of it was counted before this event.
            db.execute(f"UPDATE trigrams SET count = count - 1 {where}", undo.trigram)  # noqa: S608
        put_interpolation(db, undo.weights_before)
        db.execute("DELETE FROM recent WHERE event = ?", (undo.event_id,))
        if undo.habit_before is not None:
            put_habit(db, undo.habit_before)
        _blank(db, undo.event_id)
        blank = "UPDATE events SET n_learned = 0, source = ?, first_shown = NULL, overlooked = NULL WHERE id = ?"
        db.execute(blank, (TAKEN_BACK, undo.event_id))
        return _say(db, TAKEN_BACK)


def forget(store: ProfileStore, tokens: Collection[str]) -> int:
    """Take words out of all records, in one transaction; return the id of the event that says so.

    Weights and free pages may still hold them, so that event names them until ``are_gone`` says that none does.
    """
    gone = {*tokens, *map(possessive_of, tokens)}
    with store.connection as db:
        trim_recent(db, KEPT_WORDS)  # else older ones would come in their place
        for token in tokens:
            _keep_place(db, token)
            db.execute("DELETE FROM words WHERE token = ?", (token,))
            db.execute("DELETE FROM cases WHERE token = ?", (token,))
            db.execute("DELETE FROM trigrams WHERE before = :t OR last = :t OR word = :t", {"t": token})
            db.execute("DELETE FROM recent WHERE word = ?", (token,))
        # The text around events may name them too. What it is kept for goes into the weights, which are written next.
        db.execute("UPDATE events SET left_text = NULL")
        for event_id, word, shown in db.execute("SELECT id, word, shown FROM events").fetchall():
            if fold(word) in gone:
                _blank(db, event_id)
                continue
            offered = json.loads(shown)
            kept = [text for text in offered if gone.isdisjoint(map(fold, tokenize(str(text))))]
            if len(kept) < len(offered):
                db.execute("UPDATE events SET shown = ? WHERE id = ?", (json.dumps(kept), event_id))
        return _say(db, FORGETTING, shown=tokens)


def being_forgotten(store: ProfileStore) -> tuple[str, ...]:
    """Return the words whose forgetting was begun and not finished, as the program was killed; none otherwise."""
    rows = store.connection.execute("SELECT shown FROM events WHERE source = ?", (FORGETTING,))
    return tuple(str(token) for (tokens,) in rows for token in json.loads(tokens))


def are_gone(store: ProfileStore) -> None:
    """Name the words no more that were being forgotten: no file but the records holds them now."""
    with store.connection as db:
        db.execute("UPDATE events SET shown = '[]', source = ? WHERE source = ?", (WIPING, FORGETTING))


def is_wiping(store: ProfileStore) -> bool:
    """Tell whether bytes of what was deleted may still lie in the records."""
    return bool(store.connection.execute("SELECT 1 FROM events WHERE source = ? LIMIT 1", (WIPING,)).fetchone())


def note_rehearsal(store: ProfileStore, report: RehearsalReport) -> int:
    """Store that what was learned was gone over; return the id of the event."""
    figures = (report.loss_before, report.loss_after, report.elapsed_ms)
    with store.connection as db:
        return _say(db, REHEARSED, store.now(), figures)


def say_again(store: ProfileStore) -> int:
    """Store an event without words, for weights that are written again; return its id."""
    with store.connection as db:
        return _say(db, "written again")


def wipe(store: ProfileStore) -> None:
    """Leave no byte of what was deleted in the records: in no free page, and in no log."""
    db = store.connection
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute("VACUUM")
    with db:
        db.execute("UPDATE events SET source = ? WHERE source = ?", (FORGOTTEN_EVENT, WIPING))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def remove_copies_set_aside(folder: Path, tokens: Collection[str]) -> None:
    """Remove the records that were set aside as damaged and hold one of the words, and all weights that were.

    Weights say by numbers, not by letters, what they know, and those of another model are never used again. What a kill
    left of a file that was being written goes, too.
    """
    for path in folder.glob(f"*{PARTIAL}"):
        path.unlink()
    searched = [form for token in tokens for form in (token, json.dumps(token).strip('"'))]
    for path in folder.glob("*.damaged-*"):
        if path.is_file() and (path.name.startswith("weights") or _holds_any(path, searched)):
            path.unlink()


def _holds_any(path: Path, searched: Iterable[str]) -> bool:
    """Tell whether a file holds one of some folded texts, in any case."""
    content = fold(path.read_bytes().decode("utf-8", "replace"))
    return any(each in content for each in searched)


def _keep_place(db: sqlite3.Connection, token: str) -> None:
    """Put a placeholder where the word had a row of its own."""
    row = db.execute("SELECT position FROM words WHERE token = ? AND position IS NOT NULL", (token,)).fetchone()
    if row is not None:
        db.execute("UPDATE words SET position = NULL WHERE token = ?", (token,))
        keep_place(db, placeholder(row[0]), row[0])


def _blank(db: sqlite3.Connection, event_id: int) -> None:
    """Leave nothing of an event but its id, its figures, and the place of the row that it made."""
    db.execute(
        "UPDATE events SET word = '', left_text = NULL, shown = '[]' WHERE id = ?",
        (event_id,),
    )


def _say(
    db: sqlite3.Connection,
    what: str,
    at: float = 0,
    figures: tuple[float, float, float] = (0, 0, 0),
    shown: Collection[str] = (),
) -> int:
    """Store an event without a word; its figures are loss before and after, and milliseconds. Return its id."""
    cursor = db.execute(
        "INSERT INTO events VALUES (NULL, ?, NULL, '', NULL, ?, ?, 0, ?, ?, ?, NULL, NULL)",
        (at, what, json.dumps(list(shown)), *figures),
    )
    return int(cursor.lastrowid or 0)
