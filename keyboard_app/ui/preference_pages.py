"""What can be set, page by page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from keyboard_app import paths
from keyboard_app.command_table import TABLE
from keyboard_app.ghost_figures import shipped_figures, told
from keyboard_app.settings import (
    LARGEST_FONT_PT,
    LEAST_PHRASE_PERCENT,
    MOST_GHOST_PERCENT,
    NARROWEST_LINE,
    SMALLEST_FONT_PT,
    WIDEST_LINE,
    MotionChoice,
    StripSpot,
    ThemeChoice,
)
from keyboard_app.typist.correcting import CorrectionMode
from keyboard_app.ui.key_row import KeyRow
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.setting_rows import ChoiceRow, FlagRow, NumberRow, Row, TabRow

Pages = tuple[tuple[str, tuple[Row, ...]], ...]


STORED = "What is stored"


def what_is_stored(profile_folder: Path | None) -> str:
    """Return the sentences that tell of every place where something of the user is kept."""
    learned = profile_folder or "nowhere, as this window has no profile: they are for this session only"
    return (
        f"What was learned from your words, and numbers a day: {learned}\n"
        f"Unsaved text, until it is saved: {paths.recovery_folder()}\n"
        f"These settings and the names of recent files: {paths.settings_file()}\n"
        f"Causes of failures, never your text: {paths.log_file()}"
    )


def build_pages(preferences: Preferences, choose_font: Callable[[], None]) -> Pages:
    """Return the name and the rows of every page."""
    return (
        ("Suggestions", _suggestions(preferences)),
        ("Keys", (TabRow(preferences), *(KeyRow(preferences, entry.command) for entry in TABLE))),
        ("Text", _text(preferences, choose_font)),
        ("Learning & privacy", _privacy(preferences)),
        ("Appearance", _appearance(preferences)),
    )


def _suggestions(preferences: Preferences) -> tuple[Row, ...]:
    spots = ((StripSpot.BELOW, "Below the text"), (StripSpot.CARET, "At the caret"))
    counts = ((1, "One"), (3, "Three"), (5, "Five"))
    modes = (
        (CorrectionMode.OFF, "Off"),
        (CorrectionMode.SUGGEST, "Suggested"),
        (CorrectionMode.AUTOMATIC, "Automatic"),
    )
    return (
        FlagRow(preferences, "show_strip", "Show the strip of suggestions", "Words to choose from, each with its key."),
        ChoiceRow(
            preferences, "strip_spot", "Place of the strip", "At the caret, it never hides the line you type.", spots
        ),
        ChoiceRow(preferences, "n_slots", "Number of suggestions", "How many words the strip offers at once.", counts),
        FlagRow(
            preferences,
            "show_ghost",
            "Show the ghost text",
            "The rest of the first suggestion in grey behind the caret; it is not in your text until you take it.",
        ),
        NumberRow(
            preferences,
            "ghost_from_percent",
            "Ghost text only if likely by",
            "0 % shows it whenever there is a suggestion; a higher value shows it less often, and more often right.",
            (0, MOST_GHOST_PERCENT),
            " %",
            lambda percent: told(shipped_figures().words, percent),
        ),
        FlagRow(
            preferences,
            "show_phrases",
            "Show phrases",
            "In the ghost text up to four words where they are likely enough; Tab takes them all, Right at the end of "
            "a line just one. In the strip two words, in place of one that would save less.",
        ),
        NumberRow(
            preferences,
            "phrase_from_percent",
            "Phrases in the ghost text only if likely by",
            "All their words together; a wrong phrase costs nothing but a look.",
            (LEAST_PHRASE_PERCENT, MOST_GHOST_PERCENT),
            " %",
            lambda percent: told(shipped_figures().phrases, percent),
        ),
        FlagRow(
            preferences,
            "makes_room",
            "Make room where you pass a word over",
            "Learned from you: the fewer words you overlook, the sooner one that you passed over, or left of a phrase, "
            "gives its place to others.",
        ),
        ChoiceRow(
            preferences,
            "corrections",
            "Corrections of typos",
            "Suggested: a likely typo is underlined and one key corrects it. Automatic: what is hardly in doubt is "
            "corrected as you type; Backspace takes it back, and what you took back twice is never corrected again.",
            modes,
        ),
    )


def _text(preferences: Preferences, choose_font: Callable[[], None]) -> tuple[Row, ...]:
    font = QPushButton("Choose…")
    font.setAutoDefault(False)
    font.clicked.connect(choose_font)
    sizes, lines = (SMALLEST_FONT_PT, LARGEST_FONT_PT), (NARROWEST_LINE, WIDEST_LINE)
    return (
        Row("Typeface of the text", "The strip of suggestions keeps the typeface of the menus.", font),
        NumberRow(preferences, "font_pt", "Size of the text", "The words of the strip grow with it.", sizes, " pt"),
        NumberRow(
            preferences, "line_letters", "Letters in a line", "Where the window has the room for it.", lines, " letters"
        ),
        FlagRow(preferences, "focus_mode", "Focus on the paragraph", "Dim all paragraphs but the one with the caret."),
    )


def _privacy(preferences: Preferences) -> tuple[Row, ...]:
    return (
        FlagRow(
            preferences,
            "learning",
            "Learn from what I type",
            "Off, nothing you type is learned; suggestions go on with what was learned before.",
        ),
        FlagRow(
            preferences,
            "rehearsal",
            "Go over what was learned while I rest",
            "After half a minute without a key, never on battery, and only until the next key; kept only where words "
            "of yours that it did not go over become more likely. Suits who writes one kind of text.",
        ),
        FlagRow(
            preferences,
            "statistics",
            "Count what the suggestions save",
            "Keys saved, speed and the like, as numbers a day and never as text; Typing > Statistics shows them.",
        ),
        Row("What leaves this computer", "Nothing. Foretype has no part that uses the network.", None),
        Row(STORED, what_is_stored(None), None),
    )


def _appearance(preferences: Preferences) -> tuple[Row, ...]:
    themes = ((ThemeChoice.SYSTEM, "As the system"), (ThemeChoice.LIGHT, "Light"), (ThemeChoice.DARK, "Dark"))
    motions = (
        (MotionChoice.SYSTEM, "As the system"),
        (MotionChoice.REDUCED, "Nothing moves"),
        (MotionChoice.FULL, "Things may fade"),
    )
    return (
        ChoiceRow(preferences, "theme", "Colours", "Light or dark, for the whole window.", themes),
        ChoiceRow(
            preferences, "motion", "Movement", "Reduced, messages and menus come and go without fading.", motions
        ),
    )
