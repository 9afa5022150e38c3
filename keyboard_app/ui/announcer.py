"""Say the suggestions through a screen reader, when the user asks for it: unasked, they would talk over the typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(source: QObject, sentence: str) -> None:
    """Let a screen reader say ``sentence`` when it has said what it is saying now."""
    event = QAccessibleAnnouncementEvent(source, sentence)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)


def spoken(words: Sequence[str], message: str) -> str:
    """Return what is to be said of the strip: its words in the order of their keys, or why there are none."""
    if message:
        return message
    numbered = [f"{number}: {word}" for number, word in enumerate(words, start=1) if word]
    return ", ".join(numbered) or "No suggestions"
