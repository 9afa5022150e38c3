"""``foretype bench``: how fast and how large Foretype is on this machine, beside other libraries and the memory."""

from __future__ import annotations

import argparse

from engine.evaluation.bench.one_thread import one_thread

GROUPS = ("network", "keystroke", "learning", "startup", "memory", "idle", "disk")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help="figures for machines on the standard output")
    parser.add_argument(
        "--quick", action="store_true", help="few samples of each: shows that it works, and not much more"
    )
    parser.add_argument(
        "--only", type=_groups, default=GROUPS, metavar="GROUP,...", help=f"some of {', '.join(GROUPS)} (all)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Measure what is wanted and print it; return the exit code."""
    with one_thread():
        from keyboard_app.commands.bench.report import report
    report(arguments.only, quick=arguments.quick, as_json=arguments.json)
    return 0


def _groups(text: str) -> tuple[str, ...]:
    names = text.split(",")
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(GROUPS)}")
    return tuple(names)
