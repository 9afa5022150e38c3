"""What a key press means to the editor."""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_COMMAND_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class KeyCommand(Enum):
    """A key press that is about suggestions; the value of a TAKE is its slot."""

    TAKE_FIRST = 0
    TAKE_SECOND = 1
    TAKE_THIRD = 2
    TAKE_WORD = "word"
    HIDE = "hide"


_TYPING_MODIFIERS = [
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
]
if sys.platform == "darwin":
    _TYPING_MODIFIERS.append(Qt.KeyboardModifier.AltModifier)  # the Option key types accents there

_ALT_DIGITS = {
    Qt.Key.Key_1: KeyCommand.TAKE_FIRST,
    Qt.Key.Key_2: KeyCommand.TAKE_SECOND,
    Qt.Key.Key_3: KeyCommand.TAKE_THIRD,
}
_PLAIN_KEYS = {
    Qt.Key.Key_Tab: KeyCommand.TAKE_FIRST,
    Qt.Key.Key_Right: KeyCommand.TAKE_WORD,
    Qt.Key.Key_Escape: KeyCommand.HIDE,
}


def command_of(event: QKeyEvent) -> KeyCommand | None:
    """Return the command of a key press, or None if it is an ordinary one."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if modifiers == Qt.KeyboardModifier.AltModifier:
        return _ALT_DIGITS.get(key)
    return _PLAIN_KEYS.get(key) if modifiers == Qt.KeyboardModifier.NoModifier else None


def text_of(event: QKeyEvent) -> str:
    """Return the text that a key press types, or an empty string."""
    # Programs that type for people (xdotool, some switch interfaces) send a line feed instead of Return.
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() in ("\n", "\r"):
        return "" if event.modifiers() & _COMMAND_MODIFIERS else "\n"
    text = event.text()
    modifiers = event.modifiers() & _COMMAND_MODIFIERS
    # AltGr arrives as Ctrl+Alt on some systems, and types; Ctrl alone or Alt alone does not.
    if modifiers not in _TYPING_MODIFIERS:
        return ""
    return text if text == "\t" or text.isprintable() else ""


def is_idle_alt(event: QKeyEvent) -> bool:
    """Tell whether a key press with Alt is nobody's: Qt would type its letter."""
    modifiers = event.modifiers() & _COMMAND_MODIFIERS
    return modifiers == Qt.KeyboardModifier.AltModifier and event.text().isprintable() and bool(event.text())
