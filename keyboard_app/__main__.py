"""``foretype [FILE...]`` opens the window; ``foretype COMMAND ...`` runs a command without one."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from engine.errors import EngineError
from keyboard_app import __version__


class Command(Protocol):
    """What a module in ``keyboard_app.commands`` offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Carry the command out and return the exit code."""
        ...


COMMANDS: dict[str, tuple[str, str]] = {
    "self-check": (
        "keyboard_app.commands.self_check",
        "open the shipped model, compile, predict, learn and save in a temporary profile",
    ),
    "evaluate": (
        "keyboard_app.commands.evaluate",
        "type text files with a simulated typist and report what the suggestions save",
    ),
    "bench": (
        "keyboard_app.commands.bench.command",
        "measure speed and memory on this machine, beside PyTorch and ONNX Runtime (extra 'bench')",
    ),
    "desktop": ("keyboard_app.commands.desktop", "add Foretype to your applications, or remove it from there"),
    "learn": ("keyboard_app.commands.learn", "learn from text files that you wrote"),
    "profile": ("keyboard_app.commands.profile", "show, forget, export, import or reset what was learned"),
    "train": ("keyboard_app.commands.train", "make a model from text files (extra 'train')"),
}
"""Name, module and one line of help; a module is imported only when its command is called."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out the command line and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if arguments and arguments[0] in COMMANDS:
            return _run_command(arguments[0], arguments[1:])
        return _open_window(arguments)
    except EngineError as error:
        sys.stderr.write(f"foretype: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _run_command(name: str, arguments: list[str]) -> int:
    module_name, summary = COMMANDS[name]
    command: Command = importlib.import_module(module_name)
    parser = argparse.ArgumentParser(prog=f"foretype {name}", description=summary[0].upper() + summary[1:] + ".")
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


def _open_window(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="foretype",
        description="A writing window that predicts the next word and learns how you write, wholly offline.",
        epilog="commands:\n" + "\n".join(f"  {name:<12} {summary}" for name, (_, summary) in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="text files to open, in the window that is open if there is one",
    )
    parser.add_argument("--new-window", action="store_true", help="open a window of its own in any case")
    parser.add_argument(
        "--profile", metavar="NAME", help="learn into this profile, made if missing, and not into that chosen last"
    )
    parser.add_argument("--version", action="version", version=f"foretype {__version__}")
    chosen = parser.parse_args(arguments)
    hindrance = _hindrance()
    if hindrance:
        sys.stderr.write(f"foretype: {hindrance}\n")
        return 1
    try:
        from keyboard_app.launch import run  # noqa: PLC0415  commands need no widgets
        from keyboard_app.profiles import checked_name  # noqa: PLC0415
    except ImportError as error:
        sys.stderr.write(f"foretype: the window cannot open, because a library is missing ({error}).\n")
        return 1
    name = checked_name(chosen.profile) if chosen.profile else ""
    return run(chosen.files, new_window=chosen.new_window, profile_name=name)


def _hindrance() -> str:
    """Return why no window can open here, or an empty string: Qt itself would abort with a core dump."""
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in displays):
        return "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    return ""


if __name__ == "__main__":
    sys.exit(main())
