"""``foretype evaluate FILE...``: how many keys the suggestions would have saved the person who wrote these texts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from pathlib import Path

from engine.errors import EngineError
from engine.evaluation.simulated_typist import SimulatedTypist, Tally, TypingResult, words_of
from engine.learning.tiers import ALL_TIERS, Tier
from engine.opening import Engine, open_engine
from keyboard_app.commands.progress import NAME_CELLS, ProgressBar, short_name
from keyboard_app.document.errors import DocumentError
from keyboard_app.document.reading import read_text_file

_TIERS = {tier.name.lower(): tier for tier in Tier if tier.name}


@dataclass(frozen=True, slots=True)
class _Text:
    """A file that holds something to type."""

    path: Path
    lines: tuple[str, ...]
    n_words: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a text file, one message or paragraph a line"
    )
    parser.add_argument(
        "--no-learn", action="store_true", help="the shipped model alone; by default it learns as it goes"
    )
    parser.add_argument(
        "--tiers",
        type=_tiers,
        default=ALL_TIERS,
        help=f"learn with these parts alone, to see what they are worth: {', '.join(_TIERS)} (all)",
    )
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="a model of foretype train, not the shipped one")
    parser.add_argument("--slots", type=_at_least_one, default=3, help="suggestions that are shown (3)")
    parser.add_argument("--words", type=_at_least_one, default=6_000, help="words typed of each file (6000)")
    parser.add_argument("--json", action="store_true", help="figures for machines on the standard output")


def run(arguments: argparse.Namespace) -> int:
    """Evaluate the files of the command line; return the exit code."""
    return evaluate(
        arguments.files,
        learning=not arguments.no_learn,
        n_slots=arguments.slots,
        max_words=arguments.words,
        as_json=arguments.json,
        open_fresh=partial(open_engine, model=arguments.model, tiers=arguments.tiers),
    )


def evaluate(
    files: Sequence[Path],
    *,
    learning: bool = True,
    n_slots: int = 3,
    max_words: int = 6_000,
    as_json: bool = False,
    open_fresh: Callable[[], Engine] = open_engine,
) -> int:
    """Type each file into a fresh engine that learns in memory, and print the figures; return the exit code."""
    try:
        texts = [_read(path, max_words) for path in files]
        results = [_type(text, open_fresh, learning=learning, n_slots=n_slots, max_words=max_words) for text in texts]
    except (DocumentError, EngineError) as error:
        sys.stderr.write(f"foretype evaluate: {error}\n")
        return 1
    if as_json:
        figures = {str(text.path): result.as_figures() for text, result in zip(texts, results, strict=True)}
        print(json.dumps({"learning": learning, "slots": n_slots, "files": figures}, indent=1))
    else:
        _print_table(texts, results)
    return 0


def _tiers(text: str) -> Tier:
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in _TIERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(_TIERS)}")
    return reduce(or_, (_TIERS[name] for name in names))


def _at_least_one(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return number


def _read(path: Path, max_words: int) -> _Text:
    lines = tuple(read_text_file(path).text.splitlines())
    n_words = sum(1 for _ in words_of(lines))
    if not n_words:
        raise DocumentError(f"“{path.name}” holds no words that could be typed.")
    return _Text(path, lines, min(n_words, max_words))


def _type(
    text: _Text, open_fresh: Callable[[], Engine], *, learning: bool, n_slots: int, max_words: int
) -> TypingResult:
    bar = ProgressBar(text.path)
    try:
        with open_fresh() as engine:
            typist = SimulatedTypist(engine, learning=learning, n_slots=n_slots)
            return typist.type_lines(text.lines, max_words, lambda n_done: bar.show(n_done, text.n_words))
    finally:
        bar.clear()


def _print_table(texts: Sequence[_Text], results: Sequence[TypingResult]) -> None:
    print(f"{'':{NAME_CELLS}}   words      KS    top1    top3   KS by 1,000 words")
    for text, result in zip(texts, results, strict=True):
        parts = " ".join(f"{100 * bucket.keystroke_savings:.1f}" for bucket in result.buckets)
        print(f"{short_name(text.path)} {_row(result.total)}   {parts}")
    if len(results) > 1:
        print(f"{'mean':{NAME_CELLS}} {_mean_row([result.total for result in results])}")


def _row(tally: Tally) -> str:
    figures = tally.as_figures()
    return f"{tally.words:7,} {figures['ks']:7.2%} {figures['top1']:7.2%} {figures['top3']:7.2%}"


def _mean_row(tallies: Sequence[Tally]) -> str:
    """Return the means over files, each counting the same."""
    figures = [tally.as_figures() for tally in tallies]
    ks, top1, top3 = (sum(one[name] for one in figures) / len(figures) for name in ("ks", "top1", "top3"))
    return f"{sum(tally.words for tally in tallies):7,} {ks:7.2%} {top1:7.2%} {top3:7.2%}"
