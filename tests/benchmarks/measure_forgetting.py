"""What learning one writer costs on the texts of others.

    python tests/benchmarks/measure_forgetting.py PROFILE TEXT... [--words 1500]

Types each TEXT with learning off, word by word in turn with the shipped model and with the one of PROFILE (a copy of
it), which ``measure_profile.py --typed --keep PROFILE`` makes. Prints the loss of the words (nats, before any letter)
and the keystroke savings of both. PROFILE should hold nothing of the TEXTs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
from listening import Listener

from engine import open_engine
from engine.evaluation.simulated_typist import SimulatedTypist


def compare(engines, lines: list[str], n_words: int) -> dict[str, float]:
    """Return loss and savings on the first words of a text, of the shipped model and of the profile."""
    listeners = [Listener(engine) for engine in engines]
    totals = [SimulatedTypist(one, learning=True).type_lines(lines, n_words).total for one in listeners]
    fresh, taught = (float(np.mean(one.losses)) for one in listeners)
    savings = [total.keystroke_savings for total in totals]
    return {
        "words": totals[0].words,
        "loss_shipped": round(fresh, 4),
        "loss_taught": round(taught, 4),
        "loss_change": f"{taught / fresh - 1:+.2%}",
        "ks_shipped": round(savings[0], 4),
        "ks_taught": round(savings[1], 4),
        "ks_change_points": round(100 * (savings[1] - savings[0]), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("profile", type=Path)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=1_500)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(arguments.profile, Path(folder) / "p")
        with open_engine(None) as shipped, open_engine(copy) as taught:
            n_learned = sum(taught.learner.book.uses.values())
            for path in arguments.texts:
                lines = path.read_text(encoding="utf-8").splitlines()
                figures = compare((shipped, taught), lines, arguments.words)
                print(json.dumps({"text": path.name, "words_learned": n_learned, **figures}), flush=True)


if __name__ == "__main__":
    main()
