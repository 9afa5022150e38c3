"""Uses the user's rests: the model then goes over what it has learned, unless it runs on a battery."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from keyboard_app.power import is_on_battery
from keyboard_app.timers import put_off
from keyboard_app.typist.orders import Rehearse
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.preferences import Preferences

REST_MS = 30_000
"""Whoever has typed nothing for so long rests."""


class RestDesk(QObject):
    """Orders a rehearsal once in a rest. Whatever is asked of the model next ends it."""

    ordered = Signal(object)

    def __init__(
        self, editor: Editor, preferences: Preferences, parent: QObject, on_battery: Callable[[], bool] = is_on_battery
    ) -> None:
        super().__init__(parent)
        self._preferences, self._on_battery = preferences, on_battery
        self._rest = put_off(self, REST_MS, self._begin)
        editor.edited.connect(self._wait)

    @Slot()
    def _wait(self) -> None:
        self._rest.start()

    @Slot()
    def _begin(self) -> None:
        settings = self._preferences.settings
        if settings.learning and settings.rehearsal and not self._on_battery():
            self.ordered.emit(Rehearse())
