"""The first window's end: listens for later starts, and trusts nothing that it hears."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from keyboard_app.instance.message import END, MOST_BYTES, REPLY, MessageError, decode
from keyboard_app.timers import put_off

_LOG = logging.getLogger(__name__)
_MOST_VISITORS = 8
_PATIENCE_MS = 2_000
"""Who says nothing for so long is shown out."""


class Doorbell(QObject):
    """Listens on a socket that only this user can reach."""

    rung = Signal(object)
    """What a later start wants: a ``Visit``."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Nothing is listened to yet; ``name`` is a path, or the name of a pipe on Windows."""
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_VISITORS)
        self._server.newConnection.connect(self._admit)
        self._visitors: set[_Visitor] = set()

    def listen(self) -> bool:
        """Listen, in place of a window that has died; only the owner of the profile's lock may do that."""
        QLocalServer.removeServer(self._name)
        if self._server.listen(self._name):
            return True
        _LOG.warning("no later start can reach this window: %s", self._server.errorString())
        return False

    def close(self) -> None:
        """Hear nothing any more."""
        self._server.close()
        for visitor in tuple(self._visitors):
            visitor.leave()

    @Slot()
    def _admit(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            if len(self._visitors) >= _MOST_VISITORS:
                socket.abort()
                socket.deleteLater()
                continue
            visitor = _Visitor(socket, self)
            self._visitors.add(visitor)
            visitor.said.connect(self.rung)
            visitor.left.connect(self._forget)

    @Slot(object)
    def _forget(self, visitor: _Visitor) -> None:
        self._visitors.discard(visitor)


class _Visitor(QObject):
    """One connection: one message, one reply."""

    said = Signal(object)
    left = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._heard = b""
        self._has_left = False
        socket.setParent(self)
        socket.setReadBufferSize(MOST_BYTES + 1)
        socket.readyRead.connect(self._listen)
        socket.disconnected.connect(self.leave)
        self._patience = put_off(self, _PATIENCE_MS, self.leave)
        self._patience.start()

    @Slot()
    def leave(self) -> None:
        """Break the connection off."""
        if self._has_left:
            return
        self._has_left = True
        self._patience.stop()
        self._socket.abort()
        self.left.emit(self)
        self.deleteLater()

    @Slot()
    def _listen(self) -> None:
        if self._has_left:
            return
        self._heard += bytes(self._socket.readAll().data())
        message, end, _ = self._heard.partition(END)
        if not end and len(self._heard) <= MOST_BYTES:
            return  # the rest is on its way
        try:
            visit = decode(message)
        except MessageError as error:
            _LOG.warning("a message of another program was refused: %s", error)
            self.leave()
            return
        self._socket.write(REPLY)
        self._socket.flush()
        self.said.emit(visit)
        self._socket.disconnectFromServer()
