"""``foretype train``: make a model from text files; needs the extra ``train`` (PyTorch)."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

from engine.errors import CorpusError, EngineError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="UTF-8 .txt or .txt.xz; one source each")
    parser.add_argument("--output", type=Path, required=True, help="folder for the model")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is in between; a stopped run resumes")
    parser.add_argument("--mixture", type=Path, help="JSON object: how often one pass reads each source, by its name")
    parser.add_argument("--tokens", type=int, default=110_000_000, help="how far to train (default: %(default)s)")
    parser.add_argument("--cell", choices=("lstm", "gru", "tanh"), default="lstm")
    parser.add_argument("--rows", type=int, default=40_000, help="words of the network (default: %(default)s)")
    parser.add_argument("--lexicon", type=int, default=100_000, help="further words to complete (default: %(default)s)")
    parser.add_argument("--embedding", type=int, default=256, help="width of the embedding (default: %(default)s)")
    parser.add_argument("--hidden", type=int, default=640, help="units of the cell (default: %(default)s)")
    parser.add_argument("--ngram-count", type=float, default=6, help="ship n-grams read so often a pass; 0: none (6)")
    parser.add_argument("--streams", type=int, default=256, help="texts read side by side (default: %(default)s)")
    parser.add_argument("--learning-rate", type=float, default=2e-3)
    parser.add_argument("--decay-share", type=float, default=0.3, help="last part of the run, in which it falls to 0")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--start", type=Path, help="folder of a model to go on from, with its words and sizes, instead of drawn weights"
    )
    parser.add_argument(
        "--spelling", action="store_true", help="train the character network of the model in --output, and nothing else"
    )


def run(arguments: argparse.Namespace) -> int:
    """Train and write the model; return the exit code."""
    if arguments.spelling:
        return _train_spelling(arguments)
    try:
        from engine.training.run import Recipe, train_model
        from engine.training.trainer import Schedule
    except ImportError as error:
        raise _lacks_pytorch(error) from error
    recipe = Recipe(
        arguments.cell, arguments.rows, arguments.lexicon, arguments.embedding, arguments.hidden,
        ngram_count=arguments.ngram_count,
        repeats=_read_mixture(arguments.mixture),
    )  # fmt: skip
    schedule = Schedule(
        arguments.tokens, arguments.decay_share, arguments.learning_rate,
        n_streams=arguments.streams, seed=arguments.seed,
    )  # fmt: skip
    train_model(
        arguments.files, arguments.work, arguments.output, recipe, schedule, _report,
        arguments.start, _origin(arguments),
    )  # fmt: skip
    return 0


def _train_spelling(arguments: argparse.Namespace) -> int:
    """Train a character network and add it to a model; return the exit code."""
    try:
        from engine.training.spelling_run import SpellingRecipe, train_character_network
        from engine.training.spelling_trainer import SpellingSchedule
    except ImportError as error:
        raise _lacks_pytorch(error) from error
    origin = {"command": f"foretype train --spelling --seed {arguments.seed}", "commit": _commit()}
    train_character_network(
        arguments.files, arguments.work, arguments.output, SpellingRecipe(), SpellingSchedule(seed=arguments.seed),
        _read_mixture(arguments.mixture), origin, _report,
    )  # fmt: skip
    return 0


def _lacks_pytorch(error: ImportError) -> EngineError:
    return EngineError(f"Training needs PyTorch ({error}): pip install 'foretype[train]'.")


def _origin(arguments: argparse.Namespace) -> dict[str, str]:
    """Return what the card says of where the model came from: the command without its places, and the commit."""
    places = ("files", "output", "work", "start", "mixture")
    # A flag that is not set, and an option without a value, are not on the command line; a zero is.
    options = [
        f"--{name.replace('_', '-')} {value}"
        for name, value in vars(arguments).items()
        if name not in places and value is not None and value is not False
    ]
    return {"command": " ".join(["foretype train", *options]), "commit": _commit()}


def _commit() -> str:
    git = shutil.which("git")
    asked = [git, "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"] if git else ["false"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    return commit or "unknown"


def _read_mixture(path: Path | None) -> dict[str, float]:
    if path is None:
        return {}
    try:
        mixture = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): float(repeats) for name, repeats in mixture.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise CorpusError(f"The mixture {path} is not a JSON object of names and numbers ({error}).") from error


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
