"""What a second start says to the first: one line of JSON with the files to open and the leave to come forward."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

END = b"\n"
REPLY = b"taken\n"
MOST_BYTES = 1 << 20
MOST_FILES = 500
_VERSION = 1
_LONGEST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """What a later start wants."""

    files: tuple[Path, ...] = ()
    """The files to open; none, where it just wants the window."""
    token: str = ""
    """What lets a window come forward on Wayland (xdg-activation-v1); the desktop gave it to the later start."""


class MessageError(ValueError):
    """A message that is too large, or says nothing that a Foretype would say."""


def encode(visit: Visit) -> bytes:
    """Return the message that asks for files by their absolute paths; raise MessageError where they are too many."""
    names = [str(path.absolute()) for path in visit.files]
    message = json.dumps({"version": _VERSION, "files": names, "token": visit.token}).encode("ascii") + END
    if len(names) > MOST_FILES or len(message) > MOST_BYTES:
        raise MessageError(f"{len(names)} files are too many for one message.")
    return message


def decode(message: bytes) -> Visit:
    """Return what a message asks for; raise MessageError for anything but a message of this version."""
    if len(message) > MOST_BYTES:
        raise MessageError("The message is too long.")
    try:
        said = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise MessageError("The message is no JSON.") from error
    if not isinstance(said, dict) or said.get("version") != _VERSION or not isinstance(said.get("files"), list):
        raise MessageError("The message is of another kind.")
    if len(said["files"]) > MOST_FILES:
        raise MessageError("The message asks for too many files.")
    return Visit(tuple(_path(name) for name in said["files"]), _token(said.get("token", "")))


def _path(name: object) -> Path:
    if not isinstance(name, str) or "\0" in name or not Path(name).is_absolute():
        raise MessageError("The message names something that is no absolute path.")
    return Path(name)


def _token(token: object) -> str:
    """Return a token that can stand in the environment; an odd one is left out, as the window can do without."""
    if isinstance(token, str) and len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable():
        return token
    return ""
