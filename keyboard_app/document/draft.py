"""A draft: the copy of an unsaved document that survives a crash, and how it is spelled on disk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from keyboard_app.document.file_state import FileStamp
from keyboard_app.document.text_file import Encoding, LineEnding, TextFile

_FORMAT = 1


def new_draft_name() -> str:
    """Return a name that no other draft has."""
    return uuid4().hex


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is not saved, and all that is needed to go on with it."""

    name: str
    title: str
    """What the user called the document."""
    file: TextFile
    path: Path | None = None
    stamp: FileStamp | None = None
    """The state of the file that the text began from: a later state is another program's work."""
    is_private: bool = False
    """Whether nothing in it is learned."""


def encode_draft(draft: Draft) -> bytes:
    """Return the draft as one line of JSON and the text behind it."""
    head = {
        "format": _FORMAT,
        "title": draft.title,
        "path": str(draft.path) if draft.path else None,
        "stamp": draft.stamp,
        "encoding": draft.file.encoding.value,
        "line_ending": draft.file.line_ending.value,
        "private": draft.is_private,
    }
    # Half an emoji may stand in an editor, and must not stand in the way of the rest.
    return json.dumps(head).encode("ascii") + b"\n" + draft.file.text.encode("utf-8", "surrogatepass")


def decode_draft(name: str, data: bytes) -> Draft:
    """Return the draft in ``data``; raise ValueError if it is not one."""
    line, _, body = data.partition(b"\n")
    try:
        head = json.loads(line)
        if not isinstance(head, dict) or head.get("format") != _FORMAT:
            raise ValueError("it is not a draft of this version")
        file = TextFile(
            body.decode("utf-8", "surrogatepass"), Encoding(head["encoding"]), LineEnding(head["line_ending"])
        )
        stamp = (int(head["stamp"][0]), int(head["stamp"][1])) if head["stamp"] else None
        path = Path(head["path"]) if head["path"] else None
        is_private = bool(head.get("private", False))  # drafts of earlier versions do not say
        return Draft(name, str(head["title"]), file, path, stamp, is_private)
    except (KeyError, TypeError, IndexError, OverflowError, RecursionError) as error:
        raise ValueError("it is damaged") from error
