"""A later start's end: rings at the first window, or finds that there is none any more."""

from __future__ import annotations

import time

from PySide6.QtCore import QLockFile
from PySide6.QtNetwork import QLocalSocket

from keyboard_app.instance.message import REPLY, MessageError, Visit, encode

PATIENCE_S = 5.0
"""The first window may be opening, or closing, for so long."""
_REPLY_MS = 5_000
_SLICE_MS = 50
"""Waiting in Qt holds Python up; Ctrl+C and other threads get their turn in between."""
_BETWEEN_TRIES_S = 0.05


def hand_over(visit: Visit, name: str, lock: QLockFile, patience_s: float = PATIENCE_S) -> bool:
    """Let the window that holds ``lock`` do what ``visit`` asks for; tell whether it does.

    On False there is no such window, and ``lock`` is ours then if it could be had; or it does not answer.
    """
    end = time.monotonic() + patience_s
    while True:
        if ring(visit, name):
            return True
        if lock.tryLock(0) or time.monotonic() >= end:
            return False
        time.sleep(_BETWEEN_TRIES_S)


def ring(visit: Visit, name: str) -> bool:
    """Ask once; tell whether the window took the visit."""
    try:
        message = encode(visit)
    except MessageError:
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_REPLY_MS):
        return False
    socket.write(message)
    reply = b""
    end = time.monotonic() + _REPLY_MS / 1_000
    while len(reply) < len(REPLY) and time.monotonic() < end:
        if socket.waitForReadyRead(_SLICE_MS):
            reply += bytes(socket.readAll().data())
        elif socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            break
    socket.abort()
    return reply == REPLY
