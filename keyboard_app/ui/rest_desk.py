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
LOOK_MS = 2_000
"""How often it is asked whether the model may still go over what it learned: a plug is drawn, learning is paused."""
_MOST_LOOKS = 60
"""A rehearsal has ended by then, on slow machines too; whoever is away all night need not be asked about all night."""


class RestDesk(QObject):
    """Orders a rehearsal once in a rest. The next key ends it, wherever it is pressed; so does a plug that is drawn."""

    ordered = Signal(object)

    def __init__(
        self, editor: Editor, preferences: Preferences, parent: QObject, on_battery: Callable[[], bool] = is_on_battery
    ) -> None:
        super().__init__(parent)
        self._preferences, self._on_battery = preferences, on_battery
        self._rest = put_off(self, REST_MS, self._begin)
        self._look = put_off(self, LOOK_MS, self._look_again)
        self._n_looks = 0
        editor.edited.connect(self._wait)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the model be free again at the first key; the key goes its way."""
        if event.type() is QEvent.Type.KeyPress:
            self._leave()
        return super().eventFilter(watched, event)

    @Slot()
    def _wait(self) -> None:
        self._rest.start()

    @Slot()
    def _begin(self) -> None:
        if self._may_rehearse():
            self._watch_keys(watches=True)
            self._n_looks = 0
            self._look.start()
            self.ordered.emit(Rehearse())

    @Slot()
    def _look_again(self) -> None:
        self._n_looks += 1
        if not self._may_rehearse():
            self._leave()
        elif self._n_looks < _MOST_LOOKS:
            self._look.start()

    def _may_rehearse(self) -> bool:
        settings = self._preferences.settings
        return settings.learning and settings.rehearsal and not self._on_battery()

    def _leave(self) -> None:
        self._look.stop()
        self._watch_keys(watches=False)
        self.ordered.emit(LeaveRehearsal())

    def _watch_keys(self, *, watches: bool) -> None:
        """Hear of keys only in a rest: no key that is typed on should cost anything."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if watches:
                application.installEventFilter(self)
