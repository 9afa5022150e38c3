"""A process that holds the engine and nothing else, predicts and learns, and says how much memory that took.

python -m engine.evaluation.bench.engine_alone WORDS
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from engine.evaluation.bench.memory import peak_resident_mb
from engine.evaluation.bench.typing_steps import rejections
from engine.opening import open_engine


def main() -> None:
    """Refuse what is shown before so many words, and print the peak."""
    with (
        tempfile.TemporaryDirectory(prefix="foretype-bench-") as folder,
        open_engine(Path(folder) / "profile") as engine,
    ):
        engine.warm_up()
        for commit in rejections(engine, int(sys.argv[1])):
            engine.learner.learn_one(commit)
        print(json.dumps({"event": "learned", "peak_mb": peak_resident_mb()}))  # noqa: T201


if __name__ == "__main__":
    main()
