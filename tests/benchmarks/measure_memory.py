"""Predict and learn again and again, and watch the memory of the process.

    python tests/benchmarks/measure_memory.py TEXT [--cycles 10000] [--words 500]

The first words of TEXT are typed over and over, each rejected, on the shipped model with a profile in a temporary
folder; what is learned stays the same size, so whatever grows is a leak.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from itertools import cycle, islice
from pathlib import Path

from engine import Commit, CommitSource, Context, open_engine
from engine.text.tokenizer import is_word, tokenize

N_READINGS = 10


def resident_mib() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise RuntimeError("/proc/self/status has no VmRSS")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--cycles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=500)
    arguments = parser.parse_args()
    tokens = [token for token in tokenize(arguments.text.read_text(encoding="utf-8")) if is_word(token)]
    words = list(islice(tokens, arguments.words))
    readings = []
    with tempfile.TemporaryDirectory() as folder, open_engine(Path(folder) / "profile") as engine:
        engine.warm_up()
        left = ""
        for n, word in enumerate(islice(cycle(words), arguments.cycles)):
            if n % (arguments.cycles // N_READINGS) == 0:
                readings.append(resident_mib())
            context = Context.before_caret(left)
            shown = tuple(item.text for item in engine.predictor.predict_one(context).items if item.text != word)
            engine.learner.learn_one(Commit(context, word, CommitSource.TYPED, shown))
            left = f"{left}{word} "[-2_000:]
        readings.append(resident_mib())
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    print(json.dumps({"cycles": arguments.cycles, "resident_mib": readings, "profile_mib": round(size / 2**20, 1)}))


if __name__ == "__main__":
    main()
