"""``foretype profile ...``: what Foretype knows about its user, and the way out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from engine.opening import open_engine
from engine.profile.portable import import_profile
from engine.values import KnownWord
from keyboard_app import paths, profiles

_SHOWN_WORDS = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="the profiles that there are")
    show = _action(actions, "show", "what a profile knows")
    show.add_argument("--all", action="store_true", help="every word, not only the most used of your own")
    forget = _action(actions, "forget", "forget words, with every trace of them")
    forget.add_argument("words", nargs="+", metavar="WORD")
    export = _action(actions, "export", "write a profile to one file")
    export.add_argument("file", type=Path, metavar="FILE")
    importing = _action(actions, "import", "make a new profile from an exported file")
    importing.add_argument("file", type=Path, metavar="FILE")
    reset = _action(actions, "reset", "remove a profile with everything in it")
    reset.add_argument("--yes", action="store_true", help="do not ask")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=help_text)
    parser.add_argument("--profile", default=paths.DEFAULT_PROFILE, metavar="NAME")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Carry out one action; return the exit code."""
    if arguments.action == "list":
        return _list()
    if arguments.action != "import":
        profiles.existing(arguments.profile)
    with profiles.in_use(arguments.profile) as folder:
        if arguments.action == "show":
            return _show(folder, arguments.profile, show_all=arguments.all)
        if arguments.action == "forget":
            return _forget(folder, arguments.words)
        if arguments.action == "export":
            return _export(folder, arguments.file)
        if arguments.action == "import":
            return _import(arguments.file, folder, arguments.profile)
        return _reset(folder, arguments.profile, asks=not arguments.yes)


def _list() -> int:
    names = profiles.all_profiles()
    for name in names:
        n_bytes = sum(path.stat().st_size for path in paths.profile_folder(name).rglob("*") if path.is_file())
        print(f"{name:<24} {n_bytes / 1e6:6.1f} MB  {paths.profile_folder(name)}")
    if not names:
        print("There is no profile yet; the first word that you type makes one.")
    return 0


def _show(folder: Path, name: str, *, show_all: bool) -> int:
    with open_engine(folder) as engine:
        words = engine.knowledge.words()
    print(f"{name}: {len(words):,} words used, {sum(word.is_own for word in words):,} of them your own")
    wanted = [word for word in words if show_all or word.is_own or word.waits]
    listed = sorted(wanted, key=lambda word: -word.uses)[: None if show_all else _SHOWN_WORDS]
    for word in listed:
        print(_line(word))
    if len(listed) < len(words):
        print(f"... and {len(words) - len(listed):,} more; --all shows every word")
    return 0


def _line(word: KnownWord) -> str:
    day = datetime.fromtimestamp(word.last_used).astimezone().strftime("%Y-%m-%d") if word.last_used else ""
    return f"{word.text:<28} {word.uses:>7,}  {day}{'  looks like a slip, not offered' if word.waits else ''}"


def _forget(folder: Path, words: Sequence[str]) -> int:
    with open_engine(folder) as engine:
        known = [engine.knowledge.knows(word) for word in words]
        engine.forget_all(words)  # at once: for each word by itself, all files would be written anew
    for word, was_known in zip(words, known, strict=True):
        print(f"forgot “{word}”" if was_known else f"“{word}” was not known")
    return 0 if all(known) else 1


def _export(folder: Path, file: Path) -> int:
    with open_engine(folder) as engine:
        engine.knowledge.export(file)
    print(f"wrote {file} ({file.stat().st_size / 1e6:.1f} MB); it holds your words, so keep it to yourself")
    return 0


def _import(file: Path, folder: Path, name: str) -> int:
    import_profile(file, folder)
    with open_engine(folder) as engine:
        print(f"made the profile {name!r} with {len(engine.knowledge.words()):,} words")
        for sentence in engine.notices:
            sys.stderr.write(f"foretype profile: {sentence}\n")
    return 0


def _reset(folder: Path, name: str, *, asks: bool) -> int:
    if asks and input(f"Remove the profile {name!r} with everything it knows? (yes/no) ").strip().lower() != "yes":
        print("nothing was changed")
        return 1
    profiles.reset(folder)
    print(f"removed the profile {name!r}")
    return 0
