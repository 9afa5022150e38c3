"""How text comes into the document: in undo steps that a writer expects, one word or one accepted suggestion each."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from keyboard_app.ui.caret import text_after, text_before, units

_OPENING = frozenset('([{"“‘')


def take_in(cursor: QTextCursor, prefix: str, text: str) -> bool | None:
    """Put ``text`` and a space in place of ``prefix`` before ``cursor``, as one undo step.

    Return whether the space was added; None if ``prefix`` does not stand there, and then nothing changes. Where the
    word is typed out already and needs no space, there is no step: undo would seem to do nothing.
    """
    if cursor.hasSelection() or not text_before(cursor).endswith(prefix):
        return None
    after = text_after(cursor)[:1]
    adds_space = not after or after.isalnum() or after in _OPENING
    if adds_space or text != prefix:
        _replace(cursor, prefix, text + " " if adds_space else text)
    if after.isspace():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)  # the space that is there will do
    return adds_space


def insert_typed(cursor: QTextCursor, text: str) -> None:
    """Insert typed text; the first letter of a word begins an undo step."""
    if cursor.document().isUndoAvailable() and _begins_word(cursor, text):
        cursor.beginEditBlock()  # Qt merges what is typed, but not what comes in a block of its own
        cursor.insertText(text)
        cursor.endEditBlock()
    else:
        cursor.insertText(text)


def insert_after_selection(cursor: QTextCursor, text: str) -> None:
    """Insert what was typed over a selection that is already removed; both are one undo step."""
    cursor.joinPreviousEditBlock()
    cursor.insertText(text)
    cursor.endEditBlock()


def insert_in_place(cursor: QTextCursor, text: str, *, of_previous: bool) -> None:
    """Replace the character before the caret, or the one under it, by typed text."""
    cursor.beginEditBlock()
    if of_previous:
        cursor.deletePreviousChar()
    else:
        cursor.deleteChar()
    cursor.insertText(text)
    cursor.endEditBlock()


def _replace(cursor: QTextCursor, prefix: str, text: str) -> None:
    cursor.beginEditBlock()
    cursor.setPosition(cursor.position() - units(prefix), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)
    _seal(cursor)
    cursor.endEditBlock()


def _begins_word(cursor: QTextCursor, text: str) -> bool:
    previous = text_before(cursor)[-1:]
    return not text.isspace() and (not previous or previous.isspace())


def _seal(cursor: QTextCursor) -> None:
    """End the undo step of the open edit block, so that what is typed next does not join it.

    Qt merges an insertion into the insertion before it, even into a finished edit block, but never into a removal:
    so the block ends with one that changes nothing.
    """
    cursor.insertText(" ")
    cursor.deletePreviousChar()
