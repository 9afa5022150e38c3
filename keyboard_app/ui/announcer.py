"""Say a sentence through a screen reader: what happened at once, the suggestions only when the user asks for them.

Unasked, they would talk over the typing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(source: QObject, sentence: str) -> None:
    """Let a screen reader say ``sentence`` when it has said what it is saying now."""
    event = QAccessibleAnnouncementEvent(source, sentence)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)


def spoken(words: Sequence[str], message: str, ghost: str = "") -> str:
    """Return what is to be said: the words of the strip in the order of their keys, and a ghost that says more."""
    if message:
        return message
    numbered = [f"{number}: {word}" for number, word in enumerate(words, start=1) if word]
    in_grey = [f"ghost text: {ghost}"] if ghost and ghost not in words else []
    return ", ".join([*in_grey, *numbered]) or "No suggestions"
