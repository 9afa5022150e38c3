"""The window's settings: a frozen value, kept as JSON; bad values fall back and are reported."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from pathlib import Path
from typing import Any

from engine.errors import ProfileError
from keyboard_app.command_table import Command
from keyboard_app.document.errors import DocumentError
from keyboard_app.document.writing import replace_file
from keyboard_app.key_table import KeyChanges
from keyboard_app.older_keys import split_ghost_from_first
from keyboard_app.paths import DEFAULT_PROFILE
from keyboard_app.profiles import checked_name
from keyboard_app.typist.correcting import CorrectionMode
from keyboard_app.typist.manner import SLOT_CHOICES, Manner

N_RECENT_FILES = 8
SMALLEST_FONT_PT, LARGEST_FONT_PT, USUAL_FONT_PT = 8, 48, 14
NARROWEST_LINE, WIDEST_LINE, USUAL_LINE = 40, 140, 72
"""How many letters of middling width go into a line."""
MOST_GHOST_PERCENT = 95
LEAST_PHRASE_PERCENT, USUAL_PHRASE_PERCENT = 20, 50
"""Below that, nine of ten phrases would be wrong, and looking for them takes the longer."""


class ThemeChoice(Enum):
    """Which colours the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class MotionChoice(Enum):
    """Whether things on screen may fade and slide."""

    SYSTEM = "system"
    REDUCED = "reduced"
    FULL = "full"


class StripSpot(Enum):
    """Where the suggestion strip stands."""

    BELOW = "below the text"
    CARET = "at the caret"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the window remembers from one session to the next, except what was learned."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    font_pt: int = USUAL_FONT_PT
    profile: str = DEFAULT_PROFILE
    """The profile that the next window opens with."""
    learning: bool = True
    rehearsal: bool = False
    """Whether the model goes over what it has learned while the user rests: so far that gains little (learning.md)."""
    statistics: bool = True
    """Whether keys saved, speed and the like are counted."""
    welcomed: bool = False
    """Whether the screen of the first start was answered."""
    font_family: str = ""
    """The typeface of the text; empty for the one that suits this machine."""
    line_letters: int = USUAL_LINE
    focus_mode: bool = False
    """Whether all paragraphs but the present one are dimmed."""
    show_strip: bool = True
    strip_spot: StripSpot = StripSpot.BELOW
    n_slots: int = 3
    show_ghost: bool = True
    ghost_from_percent: int = 0
    """The ghost appears only where its word is at least so likely."""
    show_phrases: bool = True
    phrase_from_percent: int = USUAL_PHRASE_PERCENT
    """The ghost has several words only where they are at least so likely together."""
    makes_room: bool = True
    """Whether a word that was passed over may make room for others."""
    corrections: CorrectionMode = CorrectionMode.SUGGEST
    keys: KeyChanges = ()
    """The keys that are not the usual ones."""
    motion: MotionChoice = MotionChoice.SYSTEM
    recent_files: tuple[str, ...] = ()
    geometry: str = ""
    """The window's place and size, as Qt spells it, in base 64."""

    @property
    def manner(self) -> Manner:
        """Return how suggestions are shown."""
        phrase_from = self.phrase_from_percent / 100 if self.show_phrases else None
        return Manner(
            self.n_slots, self.show_strip, self.show_ghost, self.ghost_from_percent / 100, phrase_from, self.makes_room
        )

    def with_recent(self, path: Path) -> Settings:
        """Return settings with ``path`` as the file used last."""
        name = str(path)
        others = tuple(recent for recent in self.recent_files if recent != name)
        return replace(self, recent_files=(name, *others)[:N_RECENT_FILES])

    def without_recent(self, name: str) -> Settings:
        """Return settings without a file that is gone."""
        return replace(self, recent_files=tuple(recent for recent in self.recent_files if recent != name))


def load_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in ``path`` and a sentence for each that could not be used."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError, RecursionError):  # the last where brackets stand in brackets without end
        return Settings(), ("The settings file could not be read, so the usual settings are in use.",)
    if not isinstance(stored, dict):
        return Settings(), ("The settings file could not be read, so the usual settings are in use.",)
    good: dict[str, Any] = {}
    bad: list[str] = []
    for field in fields(Settings):
        if field.name not in stored:
            continue
        try:
            good[field.name] = _CHECKS[field.name](stored[field.name])
        except ValueError:
            bad.append(field.name.replace("_", " "))
    if "keys" in good and "show_phrases" not in stored:  # both came with the same version
        good["keys"] = split_ghost_from_first(good["keys"])
    sentence = f"These settings could not be read and have their usual value: {', '.join(bad)}."
    return Settings(**good), (sentence,) if bad else ()


def save_settings(settings: Settings, path: Path) -> None:
    """Write ``settings`` whole or not at all; raise DocumentError if that fails."""
    stored = {
        **asdict(settings),
        "theme": settings.theme.value,
        "motion": settings.motion.value,
        "strip_spot": settings.strip_spot.value,
        "corrections": settings.corrections.value,
        "keys": dict(settings.keys),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DocumentError(f"The settings could not be saved in “{path.parent}”.") from error
    replace_file(path, (json.dumps(stored, indent=2) + "\n").encode("utf-8"))


def _check_font(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and SMALLEST_FONT_PT <= value <= LARGEST_FONT_PT:
        return value
    raise ValueError(value)


def _check_line(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and NARROWEST_LINE <= value <= WIDEST_LINE:
        return value
    raise ValueError(value)


def _check_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(value)


def _check_text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(value)


def _check_names(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(value[:N_RECENT_FILES])
    raise ValueError(value)


def _check_keys(value: object) -> KeyChanges:
    if not isinstance(value, dict):
        raise ValueError(value)
    for keys in value.values():
        if not isinstance(keys, list) or not all(isinstance(key, str) and key for key in keys):
            raise ValueError(keys)
    known = {command.value for command in Command}
    return tuple((name, tuple(keys)) for name, keys in value.items() if name in known)


def _check_profile(value: object) -> str:
    try:
        return checked_name(_check_text(value))
    except ProfileError as error:
        raise ValueError(value) from error


def _check_theme(value: object) -> ThemeChoice:
    return ThemeChoice(value)


def _check_motion(value: object) -> MotionChoice:
    return MotionChoice(value)


def _check_spot(value: object) -> StripSpot:
    return StripSpot(value)


def _check_corrections(value: object) -> CorrectionMode:
    return CorrectionMode(value)


def _check_slots(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value in SLOT_CHOICES:
        return value
    raise ValueError(value)


def _check_percent(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_GHOST_PERCENT:
        return value
    raise ValueError(value)


def _check_phrase_percent(value: object) -> int:
    percent = _check_percent(value)
    if percent >= LEAST_PHRASE_PERCENT:
        return percent
    raise ValueError(value)


_CHECKS: dict[str, Any] = {
    "theme": _check_theme,
    "motion": _check_motion,
    "font_pt": _check_font,
    "profile": _check_profile,
    "learning": _check_flag,
    "rehearsal": _check_flag,
    "statistics": _check_flag,
    "welcomed": _check_flag,
    "font_family": _check_text,
    "line_letters": _check_line,
    "focus_mode": _check_flag,
    "show_strip": _check_flag,
    "strip_spot": _check_spot,
    "n_slots": _check_slots,
    "show_ghost": _check_flag,
    "ghost_from_percent": _check_percent,
    "show_phrases": _check_flag,
    "makes_room": _check_flag,
    "phrase_from_percent": _check_phrase_percent,
    "corrections": _check_corrections,
    "keys": _check_keys,
    "recent_files": _check_names,
    "geometry": _check_text,
}
