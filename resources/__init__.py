"""The only door to the files that ship with Foretype."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

OWNER = "foretype"
"""Tells this package from another one of the same name."""


def icon_path(name: str) -> Path:
    """Return the path of the icon ``name``, given without its ending."""
    return _shipped("icons", f"{name}.svg")


def theme_text(name: str) -> str:
    """Return the text of a file of the themes: a style sheet or a table of colours."""
    return _shipped("themes", name).read_text(encoding="utf-8")


def model_path() -> Path:
    """Return the folder of the shipped model."""
    return _shipped("model")


def calibration_text() -> str:
    """Return how far the shipped model's probabilities can be believed, as JSON."""
    return _shipped("calibration.json").read_text(encoding="utf-8")


def ghost_figures_text() -> str:
    """Return how often ghosts of the shipped model were right, as JSON."""
    return _shipped("ghost_figures.json").read_text(encoding="utf-8")


def blocklist_text() -> str:
    """Return the words that are never offered unasked, one a line."""
    return _shipped("blocklist.txt").read_text(encoding="utf-8")


def withheld_text() -> str:
    """Return the entries of the shipped vocabulary that are no words, one a line."""
    return _shipped("withheld.txt").read_text(encoding="utf-8")


def two_cases_text() -> str:
    """Return the words that are written small as well as large, with the shares of both."""
    return _shipped("two_cases.tsv").read_text(encoding="utf-8")


def desktop_entry_text() -> str:
    """Return the desktop entry, with ``@EXEC@`` and ``@TRY@`` where the command goes."""
    return _shipped("desktop", "foretype.desktop").read_text(encoding="utf-8")


def misspellings_text() -> str:
    """Return misspellings that nobody means as they stand, with what is meant, one pair a line."""
    return _shipped("misspellings.txt").read_text(encoding="utf-8")


def _shipped(*parts: str) -> Path:
    # Wheels are unpacked when they are installed, so a shipped file is always a real one: Qt needs a path.
    return Path(str(files(__name__).joinpath(*parts)))
