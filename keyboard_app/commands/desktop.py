"""``foretype desktop install``: put Foretype among the user's applications, and take it from there again."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.errors import EngineError
from keyboard_app import paths
from resources import desktop_entry_text, icon_path

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_RESERVED = set(" \t\n\"'\\><~|&;$*?#()`")
"""What makes an argument of Exec need quotes (Desktop Entry Specification 1.5, "The Exec key")."""


class DesktopError(EngineError):
    """The entry cannot be written or removed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "action", choices=("install", "remove"), help="add Foretype to the menu and to “Open with”, or remove it"
    )


def run(arguments: argparse.Namespace) -> int:
    """Install or remove; return the exit code."""
    if not sys.platform.startswith(("linux", "freebsd")):
        raise DesktopError("This system has no XDG menus; make a shortcut to the foretype command instead.")
    try:
        return install() if arguments.action == "install" else remove()
    except OSError as error:
        raise DesktopError(f"{error.filename} cannot be written ({error.strerror}).") from error


def install() -> int:
    """Write the entry and the icons into the user's folders; what is there of an earlier time is replaced."""
    entry = _entry_file()
    for path in (entry, _drawing_file(), *map(_picture_file, ICON_SIZES)):
        path.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(entry_text(own_command()), encoding="utf-8")
    shutil.copyfile(icon_path("foretype"), _drawing_file())
    for size in ICON_SIZES:
        _draw(size, _picture_file(size))
    _tell_desktop(entry.parent)
    print(f"Foretype is among your applications and opens text and Markdown files: {entry}")
    return 0


def remove() -> int:
    """Remove what ``install`` wrote."""
    files = [path for path in (_entry_file(), _drawing_file(), *map(_picture_file, ICON_SIZES)) if path.exists()]
    for path in files:
        path.unlink()
    _tell_desktop(_entry_file().parent)
    print("Foretype is no longer among your applications." if files else "Foretype was not among your applications.")
    return 0


def own_command() -> tuple[str, ...]:
    """Return the words that start this very Foretype, wherever it is called from."""
    script = Path(sys.argv[0]).absolute()
    beside = Path(sys.executable).with_name(paths.APP_NAME)
    for candidate in (script, beside):
        if candidate.name == paths.APP_NAME and candidate.is_file():
            return (str(candidate),)
    return (sys.executable, "-m", "keyboard_app")


def entry_text(command: Sequence[str]) -> str:
    """Return the desktop entry that starts ``command``."""
    words = " ".join(_quoted(word) for word in command)
    # The value of a key is unescaped before Exec is taken apart, so each backslash is written twice.
    text = desktop_entry_text().replace("@EXEC@", words.replace("\\", "\\\\"))
    return text.replace("@TRY@", command[0].replace("\\", "\\\\"))


def _quoted(word: str) -> str:
    """Return a word as Exec wants it."""
    word = word.replace("%", "%%")
    if not _RESERVED & set(word):
        return word
    for character in ("\\", '"', "`", "$"):
        word = word.replace(character, "\\" + character)
    return f'"{word}"'


def _draw(size: int, path: Path) -> None:
    """Draw the icon at a size, for desktops that read no SVG."""
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(icon_path("foretype"))).render(painter)
    painter.end()
    if not image.save(str(path)):
        raise OSError(0, "no room, or no right to", str(path))


def _tell_desktop(applications: Path) -> None:
    """Let the desktop notice at once, where its tool is there; else it does so at the next login."""
    tool = shutil.which("update-desktop-database")
    if tool and applications.is_dir():
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run([tool, str(applications)], check=False, capture_output=True, timeout=20)  # noqa: S603


def _entry_file() -> Path:
    return paths.applications_folder() / f"{paths.APP_NAME}.desktop"


def _drawing_file() -> Path:
    return paths.icons_folder() / "scalable" / "apps" / f"{paths.APP_NAME}.svg"


def _picture_file(size: int) -> Path:
    return paths.icons_folder() / f"{size}x{size}" / "apps" / f"{paths.APP_NAME}.png"
