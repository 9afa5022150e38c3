"""How a profile grows, how long learning takes, and how many keys it saves on the way.

    python tests/benchmarks/measure_profile.py TEXT... [--words 20000] [--every 2500] [--typed] [--keep FOLDER]

Learns from the texts, one after the other, into a fresh profile: as ``foretype learn`` does, or with ``--typed`` as the
simulated typist does, which takes what is offered. ``--keep`` leaves the profile there for other measurements, after
every line that is printed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from engine import open_engine
from engine.evaluation.simulated_typist import SimulatedTypist, Tally


def sizes_of(folder: Path) -> dict[str, float]:
    """Return megabytes by kind of file."""
    kinds = {"records": "profile.sqlite3*", "weights": "weights-*"}
    return {kind: round(sum(path.stat().st_size for path in folder.glob(p)) / 1e6, 2) for kind, p in kinds.items()}


def read(engine, text: str) -> Iterator[Tally]:
    """Learn from a text that is handed over; yield one word at a time."""
    with closing(engine.read_text(text)) as reading:
        while not reading.is_done:
            n_before = reading.n_new
            reading.go_on()
            yield Tally(words=reading.n_new - n_before)


def type_in(engine, text: str) -> Iterator[Tally]:
    """Learn while the text is typed; yield what each line took."""
    typist = SimulatedTypist(engine, learning=True)
    before = Tally()
    for line in text.splitlines():
        now = typist.type_lines([line], max_words=10**9).total
        yield Tally(now.words - before.words, now.characters - before.characters, now.keys - before.keys)
        before = Tally(now.words, now.characters, now.keys)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--every", type=int, default=2_500)
    parser.add_argument("--typed", action="store_true")
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    learn = type_in if arguments.typed else read
    with tempfile.TemporaryDirectory() as folder, open_engine(Path(folder)) as engine:
        blend, total, part, began = engine.predictor.blend, Tally(), Tally(), time.process_time()
        texts = (path.read_text(encoding="utf-8") for path in arguments.texts)
        for tally in (tally for text in texts for tally in learn(engine, text)):
            part.add(tally)
            if part.words < arguments.every and total.words + part.words < arguments.words:
                continue
            total.add(part)
            now = time.process_time()
            figures = {
                "words": total.words,
                "different": len(engine.learner.book.uses),
                "own_rows": blend.model.n_rows - blend.model.n_shipped_rows,
                **sizes_of(Path(folder)),
                "cpu_ms_a_word": round(1e3 * (now - began) / part.words, 1),
            }
            savings = {"ks": round(part.keystroke_savings, 4)} if part.characters else {}
            print(json.dumps(figures | savings), flush=True)
            part, began = Tally(), now
            if arguments.keep is not None:
                shutil.rmtree(arguments.keep, ignore_errors=True)
                shutil.copytree(folder, arguments.keep)  # a profile can be copied at any instant
            if total.words >= arguments.words:
                break


if __name__ == "__main__":
    main()
