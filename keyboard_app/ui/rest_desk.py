"""Uses the user's rests: the model then goes over what it has learned, unless it runs on a battery."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from keyboard_app.power import is_on_battery
from keyboard_app.timers import put_off
from keyboard_app.typist.orders import LeaveRehearsal, Rehearse
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.preferences import Preferences

REST_MS = 30_000
"""Whoever has typed nothing for so long rests."""


class RestDesk(QObject):
    """Orders a rehearsal once in a rest. The next key ends it, wherever it is pressed."""

    ordered = Signal(object)

    def __init__(
        self, editor: Editor, preferences: Preferences, parent: QObject, on_battery: Callable[[], bool] = is_on_battery
    ) -> None:
        super().__init__(parent)
        self._preferences, self._on_battery = preferences, on_battery
        self._rest = put_off(self, REST_MS, self._begin)
        editor.edited.connect(self._wait)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the model be free again at the first key; the key goes its way."""
        if event.type() is QEvent.Type.KeyPress:
            self._watch_keys(watches=False)
            self.ordered.emit(LeaveRehearsal())
        return super().eventFilter(watched, event)

    @Slot()
    def _wait(self) -> None:
        self._rest.start()

    @Slot()
    def _begin(self) -> None:
        settings = self._preferences.settings
        if settings.learning and settings.rehearsal and not self._on_battery():
            self._watch_keys(watches=True)
            self.ordered.emit(Rehearse())

    def _watch_keys(self, *, watches: bool) -> None:
        """Hear of keys only in a rest: no key that is typed on should cost anything."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if watches:
                application.installEventFilter(self)
