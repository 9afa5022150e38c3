"""Whether things on screen may fade and slide: as the system wants it, unless the user chose."""

from __future__ import annotations

import ctypes
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QSettings, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from keyboard_app.settings import MotionChoice

_GNOME_QUESTION = ("get", "org.gnome.desktop.interface", "enable-animations")
_SPI_GETCLIENTAREAANIMATION = 0x1042
_QT_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)


class MotionControl(QObject):
    """Knows whether to move; asks the system without waiting for it."""

    changed = Signal(bool)
    """Carries whether things may move."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: MotionChoice | None = None
        self._gnome: QProcess | None = None
        self.moves = True

    def choose(self, choice: MotionChoice) -> None:
        """Move or not by the user's choice."""
        if choice is self._choice:
            return
        self._choice = choice
        if choice is MotionChoice.SYSTEM:
            self._set(not system_files_reduce_motion())
            if self.moves:
                self._ask_gnome()
        else:
            self._set(choice is MotionChoice.FULL)

    def _set(self, moves: bool) -> None:
        self.moves = moves
        if not moves:
            for effect in _QT_EFFECTS:
                QApplication.setEffectEnabled(effect, False)
        self.changed.emit(moves)

    def _ask_gnome(self) -> None:
        """Ask the settings of GNOME and its relatives, which lie in no file that can be read."""
        tool = shutil.which("gsettings") if sys.platform.startswith("linux") else None
        if tool is not None and self._gnome is None:
            self._gnome = QProcess(self)
            self._gnome.finished.connect(self._hear_gnome)
            self._gnome.start(tool, _GNOME_QUESTION)

    @Slot()
    def _hear_gnome(self) -> None:
        if self._gnome is None:
            return
        said = bytes(self._gnome.readAllStandardOutput().data()).strip()
        self._gnome.deleteLater()
        self._gnome = None
        if said == b"false" and self._choice is MotionChoice.SYSTEM:
            self._set(False)

    def end(self) -> None:
        """Wait for no answer any more."""
        if self._gnome is not None:
            self._gnome.finished.disconnect(self._hear_gnome)
            self._gnome.kill()
            self._gnome.waitForFinished(1_000)
            self._gnome = None


def system_files_reduce_motion() -> bool:
    """Tell whether Windows, KDE Plasma or a GTK desktop without GNOME's settings was told to reduce motion."""
    if sys.platform == "win32":
        return _windows_reduces_motion()
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation))
    factor = _setting(folder / "kdeglobals", "KDE/AnimationDurationFactor")
    with suppress(ValueError):
        if float(factor) == 0:
            return True
    gtk = (
        _setting(folder / f"gtk-{version}.0" / "settings.ini", "Settings/gtk-enable-animations") for version in (3, 4)
    )
    return any(said.lower() in ("0", "false") for said in gtk)


def _setting(file: Path, key: str) -> str:
    return str(QSettings(str(file), QSettings.Format.IniFormat).value(key, "")) if file.is_file() else ""


def _windows_reduces_motion() -> bool:
    animates = ctypes.c_int(1)
    user32 = getattr(ctypes, "windll").user32  # noqa: B009  elsewhere mypy knows no such name
    asked = user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
    return bool(asked) and not animates.value
