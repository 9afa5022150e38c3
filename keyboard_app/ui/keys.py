"""What a key press means to the editor, and how keys are spelled for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from unicodedata import category

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from keyboard_app.command_table import Command
from keyboard_app.key_table import KeyTable

_COMMAND_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)

_TYPING_MODIFIERS = [
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
]
if sys.platform == "darwin":
    _TYPING_MODIFIERS.append(Qt.KeyboardModifier.AltModifier)  # the Option key types accents there

_FORMAT = "Cf"
"""Unicode's category of joins, soft hyphens and marks of direction."""
_NOT_PRINTABLE = frozenset({_FORMAT, "Zs", "Co"})
"""Characters that keys type all the same: also fixed spaces, and those to which only a font gives a shape."""


def command_of(event: QKeyEvent, keys: KeyTable) -> Command | None:
    """Return the command about suggestions that a key press gives, or None if it is an ordinary one."""
    return keys.command_in_text(key_of(event))


def key_of(event: QKeyEvent) -> str:
    """Return the key that was pressed, with its modifiers, in Qt's portable spelling."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    combination = QKeyCombination(modifiers, Qt.Key(event.key()))
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)


def spelled(key: str) -> str:
    """Return a key as it is printed in menus and slots on this system."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def all_spelled(keys: Iterable[str]) -> str:
    """Return keys in words: Tab or Alt+1."""
    return " or ".join(spelled(key) for key in keys)


def text_of(event: QKeyEvent) -> str:
    """Return the text that a key press types, or an empty string."""
    # Programs that type for people (xdotool, some switch interfaces) send a line feed instead of Return.
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() in ("\n", "\r"):
        return "" if event.modifiers() & _COMMAND_MODIFIERS else "\n"
    text = event.text()
    modifiers = event.modifiers() & _COMMAND_MODIFIERS
    # AltGr arrives as Ctrl+Alt on some systems, and types; Ctrl alone or Alt alone does not, but for the joins and
    # marks of direction that Windows types with Ctrl+Shift: Qt takes those with any modifiers.
    if modifiers not in _TYPING_MODIFIERS and not _is_format(text):
        return ""
    return text if text == "\t" or _can_be_typed(text) else ""


def is_idle_alt(event: QKeyEvent) -> bool:
    """Tell whether a key press with Alt is nobody's: Qt would type its letter."""
    modifiers = event.modifiers() & _COMMAND_MODIFIERS
    return modifiers == Qt.KeyboardModifier.AltModifier and _can_be_typed(event.text()) and bool(event.text())


def _can_be_typed(text: str) -> bool:
    """Tell whether Qt's editor takes in what a key types; whatever it did and we deny would pass for an erasure."""
    return all(character.isprintable() or category(character) in _NOT_PRINTABLE for character in text)


def _is_format(text: str) -> bool:
    return all(category(character) == _FORMAT for character in text)
