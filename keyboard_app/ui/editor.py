"""The text editor: reports what the user did, and takes suggestions in as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QWidget

from keyboard_app.command_table import SLOTS, Command
from keyboard_app.key_table import KeyTable
from keyboard_app.typist.caret_text import CaretText
from keyboard_app.typist.spacing import SpaceAction
from keyboard_app.ui import insertion
from keyboard_app.ui.assistant import Assistant, Corrections, EditKind
from keyboard_app.ui.caret import text_after, text_before
from keyboard_app.ui.file_drop import files_in
from keyboard_app.ui.keys import command_of, is_idle_alt, key_of, text_of
from keyboard_app.ui.page import raw_text
from keyboard_app.ui.paper_view import PaperView
from keyboard_app.ui.word_place import WordPlace


class Editor(PaperView):
    """A plain text editor that tells what was done to its text, and by which way."""

    edited = Signal(EditKind, str)
    escaped = Signal()
    menu_asked = Signal(QMenu, int)
    """A menu is about to be shown for a position in the text."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setAccessibleName("Text")
        self._assistant: Assistant | None = None
        self._corrections: Corrections | None = None
        self._keys = KeyTable()
        self._busy = False  # a change is under way that reports itself
        self.textChanged.connect(self._report_other)
        self.cursorPositionChanged.connect(self._report_other)
        self.selectionChanged.connect(self._report_other)

    def set_assistant(self, assistant: Assistant) -> None:
        """Let ``assistant`` answer for the suggestions."""
        self._assistant = assistant

    def set_corrections(self, corrections: Corrections) -> None:
        """Let ``corrections`` answer for likely typos."""
        self._corrections = corrections

    def set_keys(self, keys: KeyTable) -> None:
        """Let other keys take and hide the suggestions."""
        self._keys = keys

    def caret_text(self) -> CaretText:
        """Return what stands around the caret."""
        cursor = self.textCursor()
        quiet = cursor.hasSelection() or self._composing
        right_to_left = cursor.block().textDirection() == Qt.LayoutDirection.RightToLeft
        return CaretText(text_before(cursor), text_after(cursor), quiet, right_to_left)

    def raw_text(self) -> str:
        """Return the whole text as it is."""
        return raw_text(self.document())

    # The page

    def show_page(self, page: QTextDocument, caret: tuple[int, int], scroll: int) -> None:
        """Show another page as ``view`` found it; nobody hears of that as a change of the text."""
        QGuiApplication.inputMethod().commit()  # what is being composed belongs to the page that goes
        with self._own_change():
            self.setExtraSelections([])
            self.set_ghost("")
            page.setDefaultFont(self.font())
            self.setDocument(page)
            self.put_view(caret, scroll)

    def view(self) -> tuple[tuple[int, int], int]:
        """Return the anchor and position of the caret, and how far the page is scrolled."""
        cursor = self.textCursor()
        return (cursor.anchor(), cursor.position()), self.verticalScrollBar().value()

    def put_view(self, caret: tuple[int, int], scroll: int) -> None:
        """Put anchor, position and page to where ``view`` found them, and report it."""
        cursor = self.textCursor()
        cursor.setPosition(caret[0])
        cursor.setPosition(caret[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scroll)

    # Changes

    def replace_prefix(self, prefix: str, text: str) -> bool | None:
        """Take ``text`` in for ``prefix``; return whether a space was added, None if nothing changed."""
        cursor = self.textCursor()
        with self._own_change():
            adds_space = insertion.take_in(cursor, prefix, text)
            if adds_space is not None:
                self._put_caret(cursor)
        return adds_space

    def replace_word(self, place: WordPlace, old: str, new: str) -> None:
        """Put ``new`` in place of a word, as one undo step; whoever asks for it tells of it."""
        with self._own_change():
            place.replace(old, new)

    def put_caret(self, position: int) -> None:
        """Move the caret, and report it."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    @Slot()
    def undo_step(self) -> None:
        """Undo one step and report it."""
        self._change_and_report(EditKind.ERASED, self.undo)

    @Slot()
    def redo_step(self) -> None:
        """Redo one step and report it."""
        self._change_and_report(EditKind.ERASED, self.redo)

    @Slot()
    def cut_selection(self) -> None:
        """Cut the selected text and report it."""
        self._change_and_report(EditKind.ERASED, self.cut)

    @Slot()
    def erase_selection(self) -> None:
        """Delete the selected text and report it."""
        self._change_and_report(EditKind.ERASED, self.textCursor().removeSelectedText)

    # Events

    def event(self, event: QEvent) -> bool:
        """Leave keys of the menus to them: Qt's editor would keep some for what it does with them itself."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._keys.is_menu_key(key_of(event))
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Carry out what the key means, and report it once."""
        command = command_of(event, self._keys)
        if command is not None and self._obey(command):
            event.accept()
            return
        if command is Command.HIDE:
            self.escaped.emit()
            return
        if key_of(event) == "Backspace" and self._corrections is not None and self._corrections.take_back():
            event.accept()
            return
        typed = text_of(event)
        if typed and not self.isReadOnly():
            self._type(typed)
            event.accept()
        elif is_idle_alt(event):
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_step()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_step()
        else:
            self._press_other(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Follow an input method: nothing is offered while it composes."""
        committed = event.commitString()
        if self._is_typing(event):
            self._type(committed)
            event.accept()
            return
        self._composing = bool(event.preeditString())
        with self._own_change():
            super().inputMethodEvent(event)
        self._report(EditKind.TYPED if committed else EditKind.OTHER, committed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the user left the text."""
        super().focusOutEvent(event)
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the usual menu, with whatever there is to say about the word at hand before it."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu = self.menu_at(self.textCursor() if by_key else self.cursorForPosition(event.pos()))
        menu.aboutToHide.connect(menu.deleteLater)
        below_line = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        menu.popup(below_line if by_key else event.globalPos())  # by key, the word stays in sight

    def menu_at(self, cursor: QTextCursor) -> QMenu:
        """Return the menu for a place in the text."""
        menu = self.createStandardContextMenu(self.cursorRect(cursor).center())
        self._report_from(menu)
        self.menu_asked.emit(menu, cursor.position())
        return menu

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take dragged text in, and leave files to the window."""
        if files_in(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    # Steps

    def _obey(self, command: Command) -> bool:
        if self._assistant is None or self.isReadOnly():
            return False
        if command is Command.TAKE_CORRECTION:
            return self._corrections is not None and self._corrections.take()
        if command is Command.HIDE:
            return self._assistant.hide()
        if command is Command.TAKE_GHOST:
            return self._assistant.take_ghost()
        if command is Command.TAKE_WORD:
            cursor = self.textCursor()
            return cursor.atBlockEnd() and not cursor.hasSelection() and self._assistant.take_word()
        return self._assistant.take(SLOTS.index(command))

    def _is_typing(self, event: QInputMethodEvent) -> bool:
        """Tell whether an input method does what a key does: some pass every letter on, as it is."""
        in_one_go = not (self._composing or event.preeditString() or event.replacementLength())
        return in_one_go and len(event.commitString()) == 1 and not self.isReadOnly()

    def _space_action(self, character: str) -> SpaceAction:
        if self._assistant is None:
            return SpaceAction.TYPE
        return self._assistant.space_action(character, text_before(self.textCursor()))

    def _type(self, text: str) -> None:
        """Insert typed text."""
        action = self._space_action(text)
        if action is SpaceAction.TAKE_PLACE:
            return
        cursor = self.textCursor()
        overwrites = self.overwriteMode() and text != "\n" and not cursor.atBlockEnd()
        with self._own_change():
            if cursor.hasSelection():
                cursor.removeSelectedText()
                self._put_caret(cursor)
                self._report(EditKind.ERASED, "")  # that it went is told before what came
                insertion.insert_after_selection(cursor, text)
            elif action is SpaceAction.SWALLOW or overwrites:
                insertion.insert_in_place(cursor, text, of_previous=action is SpaceAction.SWALLOW)
            else:
                insertion.insert_typed(cursor, text)
            self._put_caret(cursor)
        self._report(EditKind.TYPED, text)

    def _put_caret(self, cursor: QTextCursor) -> None:
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _press_other(self, event: QKeyEvent) -> None:
        """Leave a key to Qt, and find out what it did."""
        revision, caret = self.document().revision(), self.textCursor()
        with self._own_change():
            super().keyPressEvent(event)
        if self.document().revision() != revision:
            pasted = event.matches(QKeySequence.StandardKey.Paste)
            self._report(EditKind.OTHER if pasted else EditKind.ERASED, "")
        elif self.textCursor() != caret or self.textCursor().anchor() != caret.anchor():
            self._report(EditKind.OTHER, "")

    def _report_from(self, menu: QMenu) -> None:
        """Let Qt's menu change the text as the keys do: Qt's own slots would not tell which way it was changed."""
        steps = {
            "edit-undo": self.undo_step,
            "edit-redo": self.redo_step,
            "edit-cut": self.cut_selection,
            "edit-delete": self.erase_selection,
        }
        for action in menu.actions():
            step = steps.get(action.objectName())
            if step is not None:
                action.triggered.disconnect()
                action.triggered.connect(step)

    def _change_and_report(self, kind: EditKind, change: Callable[[], None]) -> None:
        with self._own_change():
            change()
        self._report(kind, "")

    @contextmanager
    def _own_change(self) -> Iterator[None]:
        before, self._busy = self._busy, True
        try:
            yield
        finally:
            self._busy = before

    @Slot()
    def _report_other(self) -> None:
        if not self._busy:
            self._report(EditKind.OTHER, "")

    def _report(self, kind: EditKind, inserted: str) -> None:
        self.edited.emit(kind, inserted)
