"""Everything that a key can do, in one table: menus, slots, editor, help and preferences read it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Command(Enum):
    """One thing to do; its value is its name in the settings file."""

    NEW = "new"
    OPEN = "open"
    SAVE = "save"
    SAVE_AS = "save as"
    PRINT = "print"
    EXPORT_PDF = "export to PDF"
    CLOSE = "close"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    CUT = "cut"
    COPY = "copy"
    PASTE = "paste"
    SELECT_ALL = "select all"
    FIND = "find"
    FIND_NEXT = "find next"
    FIND_PREVIOUS = "find previous"
    REPLACE = "replace"
    PREFERENCES = "preferences"
    NEXT_TAB = "next document"
    PREVIOUS_TAB = "previous document"
    LARGER = "larger text"
    SMALLER = "smaller text"
    USUAL_SIZE = "usual size"
    FOCUS_MODE = "focus mode"
    FULL_SCREEN = "full screen"
    KEYS_HELP = "keys"
    TAKE_GHOST = "take ghost"
    TAKE_FIRST = "take first"
    TAKE_SECOND = "take second"
    TAKE_THIRD = "take third"
    TAKE_FOURTH = "take fourth"
    TAKE_FIFTH = "take fifth"
    TAKE_WORD = "take word"
    TAKE_CORRECTION = "take correction"
    HIDE = "hide suggestions"
    ANNOUNCE = "say suggestions"
    SHOW_STRIP = "suggestion strip"
    SHOW_GHOST = "ghost text"
    LEARNING = "learning"
    PRIVATE = "private document"
    TAKE_BACK = "take back learning"
    KNOWLEDGE = "what it knows"
    LEARN_FILES = "learn from files"
    STATISTICS = "statistics"
    WHY = "why this word"
    NEVER_SUGGEST = "never suggest"
    WORD_IS_RIGHT = "word is right"


SLOTS = (Command.TAKE_FIRST, Command.TAKE_SECOND, Command.TAKE_THIRD, Command.TAKE_FOURTH, Command.TAKE_FIFTH)
"""The commands that take a suggestion, best first."""
IN_THE_TEXT = frozenset({*SLOTS, Command.TAKE_GHOST, Command.TAKE_WORD, Command.TAKE_CORRECTION, Command.HIDE})
"""Commands that use their key only while there is something on offer; else the key does what it does in any editor."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table."""

    command: Command
    group: str
    description: str
    keys: tuple[str, ...] = ()
    """The usual keys in Qt's portable spelling; on a Mac, Ctrl is the Command key."""


def _rows(group: str, *rows: tuple[Command, str, tuple[str, ...]]) -> tuple[Entry, ...]:
    return tuple(Entry(command, group, description, keys) for command, description, keys in rows)


TABLE: tuple[Entry, ...] = (
    *_rows(
        "Suggestions",
        (Command.TAKE_GHOST, "Take the ghost text; where there is none, the first suggestion", ("Tab",)),
        (Command.TAKE_FIRST, "Take the first suggestion", ("Alt+1",)),
        (Command.TAKE_SECOND, "Take the second suggestion", ("Alt+2",)),
        (Command.TAKE_THIRD, "Take the third suggestion", ("Alt+3",)),
        (Command.TAKE_FOURTH, "Take the fourth suggestion", ("Alt+4",)),
        (Command.TAKE_FIFTH, "Take the fifth suggestion", ("Alt+5",)),
        (Command.TAKE_WORD, "Take one word of the ghost text, at the end of a line", ("Right",)),
        (Command.TAKE_CORRECTION, "Correct the word that is marked as a likely typo", ("Alt+C",)),
        (Command.HIDE, "Hide the suggestions until the next word", ("Esc",)),
        (Command.ANNOUNCE, "Let a screen reader say the suggestions", ("Ctrl+Shift+Space",)),
        (Command.SHOW_STRIP, "Show or hide the strip of suggestions", ()),
        (Command.SHOW_GHOST, "Show or hide the ghost text behind the caret", ()),
        (Command.LEARNING, "Pause learning, or go on", ("Ctrl+Shift+L",)),
        (Command.PRIVATE, "Make this document private: nothing in it is learned; or end that", ("Ctrl+Shift+P",)),
        (Command.TAKE_BACK, "Take back what was learned last", ()),
        (Command.KNOWLEDGE, "Show what Foretype knows about you", ("Ctrl+Shift+K",)),
        (Command.LEARN_FILES, "Learn from files that you wrote", ()),
        (Command.WHY, "Show why the first suggestion is offered", ("Ctrl+Shift+E",)),
        (Command.NEVER_SUGGEST, "Never suggest the first suggestion again", ("Alt+Del",)),
        (Command.WORD_IS_RIGHT, "Teach the word at the caret: it is right", ("Ctrl+Shift+R",)),
        (Command.STATISTICS, "Show what the suggestions save", ()),
    ),
    *_rows(
        "Documents",
        (Command.NEW, "Begin a new document", ("Ctrl+N", "Ctrl+T")),
        (Command.OPEN, "Open a file", ("Ctrl+O",)),
        (Command.SAVE, "Save", ("Ctrl+S",)),
        (Command.SAVE_AS, "Save under another name", ("Ctrl+Shift+S",)),
        (Command.PRINT, "Print", ("Ctrl+P",)),
        (Command.EXPORT_PDF, "Export to PDF", ()),
        (Command.CLOSE, "Close the document", ("Ctrl+W",)),
        (Command.NEXT_TAB, "Show the next document", ("Ctrl+Tab", "Ctrl+PgDown")),
        (Command.PREVIOUS_TAB, "Show the document before", ("Ctrl+Shift+Tab", "Ctrl+PgUp")),
        (Command.QUIT, "Quit", ("Ctrl+Q",)),
    ),
    *_rows(
        "Editing",
        (Command.UNDO, "Undo", ("Ctrl+Z",)),
        (Command.REDO, "Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
        (Command.CUT, "Cut", ("Ctrl+X",)),
        (Command.COPY, "Copy", ("Ctrl+C",)),
        (Command.PASTE, "Paste", ("Ctrl+V",)),
        (Command.SELECT_ALL, "Select all", ("Ctrl+A",)),
        (Command.FIND, "Find", ("Ctrl+F",)),
        (Command.FIND_NEXT, "Find the next match", ("F3",)),
        (Command.FIND_PREVIOUS, "Find the match before", ("Shift+F3",)),
        (Command.REPLACE, "Find and replace", ("Ctrl+H",)),
        (Command.PREFERENCES, "Open the preferences", ("Ctrl+,",)),
    ),
    *_rows(
        "View",
        (Command.LARGER, "Make the text larger", ("Ctrl++", "Ctrl+=")),
        (Command.SMALLER, "Make the text smaller", ("Ctrl+-",)),
        (Command.USUAL_SIZE, "Bring the usual size of the text back", ("Ctrl+0",)),
        (Command.FOCUS_MODE, "Dim all paragraphs but the present one", ("F9",)),
        (Command.FULL_SCREEN, "Fill the screen, or give it back", ("F11",)),
        (Command.KEYS_HELP, "Show this table of keys", ("F1",)),
    ),
)
ENTRIES = {entry.command: entry for entry in TABLE}
