"""Draw how three cells of equal size look back: what reaches past states of an error, and what more context is worth.

    python docs/model/plot_cells.py [CELLS.json] [OUTPUT.svg]     (needs matplotlib: dependency group "docs")

The figures are those of tests/benchmarks/measure_cells.py.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "foretype"  # the same numbers give the same file
from matplotlib import pyplot as plt  # noqa: E402

FOLDER = Path(__file__).parent
LOOKS = {
    "tanh": {"label": "tanh", "color": "#b5532a"},
    "gru": {"label": "GRU", "color": "#3d6fb6"},
    "lstm": {"label": "LSTM", "color": "#1f6f63"},
}


def draw_gradients(axes: plt.Axes, models: dict) -> None:
    """Draw the norm of the gradient by distance, as a share of what it is at the place of the error."""
    for name, look in LOOKS.items():
        norms = models[name]["gradient_norms"]
        here = norms["hidden"][0]
        axes.plot([norm / here for norm in norms["hidden"]], linewidth=2, **look)
        if "memory" in norms:
            memory = [norm / here for norm in norms["memory"][1:]]
            axes.plot(
                range(1, len(memory) + 1), memory, linewidth=2, linestyle="--",
                color=look["color"], label=f"{look['label']}, memory",
            )  # fmt: skip
    axes.set_yscale("log")
    axes.set_xlabel("tokens back")
    axes.set_ylabel("gradient by the state, of that at 0")


def draw_contexts(axes: plt.Axes, models: dict) -> None:
    """Draw the perplexity by how many tokens were read before the word."""
    for name, look in LOOKS.items():
        losses = models[name]["loss_by_context"]
        axes.plot([int(n) for n in losses], [math.exp(loss) for loss in losses.values()], linewidth=2, **look)
    axes.set_xscale("log")
    ticks = [1, 2, 5, 10, 20, 60, 120]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel("tokens read before the word")
    axes.set_ylabel("perplexity of the word")


def main(source: Path, output: Path) -> None:
    """Draw both pictures side by side."""
    models = json.loads(source.read_text(encoding="utf-8"))
    figure, (left, right) = plt.subplots(ncols=2, figsize=(9.0, 3.6), layout="constrained")
    draw_gradients(left, models)
    draw_contexts(right, models)
    left.legend(frameon=False)
    for axes in (left, right):
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(output, metadata={"Date": None})


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]]
    main(*(arguments + [FOLDER / "cells.json", FOLDER / "cells.svg"][len(arguments) :]))
