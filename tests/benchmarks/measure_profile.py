"""How large a profile grows, and how long learning from a file takes.

    python tests/benchmarks/measure_profile.py TEXT [--words 20000] [--every 2500]

Learns from TEXT as ``foretype learn`` does, into a fresh profile, and prints its size as it grows.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from engine import open_engine


def sizes_of(folder: Path) -> dict[str, float]:
    """Return megabytes by kind of file."""
    kinds = {"records": "profile.sqlite3*", "weights": "weights-*"}
    return {kind: round(sum(path.stat().st_size for path in folder.glob(p)) / 1e6, 2) for kind, p in kinds.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--every", type=int, default=2_500)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_engine(Path(folder)) as engine:
        reading = engine.read_text(arguments.text.read_text(encoding="utf-8"))
        began = time.perf_counter()
        while not reading.is_done and reading.n_done < arguments.words:
            reading.learn_next()
            if reading.n_done % arguments.every == 0:
                rows = len(engine.knowledge.words())
                figures = {"words": reading.n_done, "different": rows, **sizes_of(Path(folder))}
                print(
                    json.dumps({**figures, "ms_a_word": round(1e3 * (time.perf_counter() - began) / reading.n_done, 1)})
                )
        reading.close()


if __name__ == "__main__":
    main()
