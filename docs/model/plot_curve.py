"""Draw how the shipped model learned: held-out loss over tokens seen, from the record in model.json.

python docs/model/plot_curve.py [MODEL_FOLDER] [OUTPUT.svg]     (needs matplotlib: dependency group "docs")
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "foretype"  # the same numbers give the same file
from matplotlib import pyplot as plt  # noqa: E402

ROOT = Path(__file__).parents[2]


def runs_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the runs that made a model, the first of them first."""
    earlier = record.get("started_from")
    return [*(runs_of(earlier) if earlier else []), record]


def points_of(runs: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
    """Return tokens read (millions) and held-out perplexity along all runs; a run without a curve gives its end."""
    tokens, perplexities, before = [], [], 0.0
    for run in runs:
        curve = run.get("curve") or [{"tokens": run["tokens_seen"], "held_out": run["held_out_loss"]}]
        tokens += [(before + row["tokens"]) / 1e6 for row in curve]
        perplexities += [math.exp(row["held_out"]) for row in curve]
        before += run["tokens_seen"]
    return tokens, perplexities


def main(model: Path, output: Path) -> None:
    """Draw the curve of one model."""
    runs = runs_of(json.loads((model / "model.json").read_text(encoding="utf-8"))["training"])
    tokens, perplexities = points_of(runs)
    figure, axes = plt.subplots(figsize=(7.2, 3.4), layout="constrained")
    axes.plot(tokens, perplexities, color="#1f6f63", linewidth=2, marker="o", markersize=4)
    axes.set_xlabel("tokens read (millions)")
    axes.set_ylabel("held-out perplexity")
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(output, metadata={"Date": None})


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]]
    main(*(arguments + [ROOT / "resources" / "model", Path(__file__).with_name("curve.svg")][len(arguments) :]))
