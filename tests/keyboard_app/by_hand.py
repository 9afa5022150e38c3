"""Time and work under the hand of a test: timers that strike when it says so, and calls that it counts."""

from __future__ import annotations


class HandTimer:
    """Stands in for a timer of ``put_off``."""

    def __init__(self, _parent, interval_ms, slot):
        self.interval_ms, self._slot = interval_ms, slot
        self.n_starts = 0
        self._is_active = False

    def start(self):
        self._is_active = True
        self.n_starts += 1

    def stop(self):
        self._is_active = False

    def isActive(self):  # noqa: N802  the name of QTimer
        return self._is_active

    def strike(self):
        """Let the time be over."""
        assert self._is_active
        self._is_active = False
        self._slot()


def counted(monkeypatch, owner, name):
    """Return a list that gets longer with every call of what ``owner`` has under ``name``."""
    calls, real = [], getattr(owner, name)

    def call(*arguments, **options):
        calls.append(name)
        return real(*arguments, **options)

    monkeypatch.setattr(owner, name, call)
    return calls
