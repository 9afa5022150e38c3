"""Put measured keystroke savings beside a yardstick: a table in Markdown, and a plot stream by stream.

foretype evaluate --no-learn --json TEXTS... > docs/quality/off.json      (run where the texts lie: paths are kept)
foretype evaluate --json TEXTS... > docs/quality/on.json
python docs/quality/report.py                 (needs matplotlib: dependency group "docs")
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import mean
from typing import Any

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "foretype"  # the same numbers give the same file
mpl.rcParams["svg.fonttype"] = "none"  # letters, not outlines: a tenth of the size
from matplotlib import pyplot as plt  # noqa: E402

HERE = Path(__file__).parent
Figures = dict[str, dict[str, Any]]


def read(name: str) -> Figures:
    """Return the figures of one run of ``foretype evaluate --json`` by stream."""
    files = json.loads((HERE / name).read_text(encoding="utf-8"))["files"]
    return {Path(path).stem: figures for path, figures in files.items()}


def table(yardstick: Figures, off: Figures, on: Figures) -> str:
    """Return a line for each stream and one for the means, in per cent."""
    lines = [
        "| text | yardstick KS | KS off | KS on | top1 / top3 off | top1 / top3 on |", "|---|---|---|---|---|---|"
    ]  # fmt: skip
    rows = [(name, yardstick[name], off[name]["total"], on[name]["total"]) for name in sorted(off)]
    means = [
        {figure: mean(float(row[side][figure]) for row in rows) for figure in ("ks", "top1", "top3")}
        for side in (1, 2, 3)
    ]
    for name, own, without, with_learning in [*rows, ("**mean**", *means)]:
        hits = " | ".join(f"{100 * one['top1']:.1f} / {100 * one['top3']:.1f}" for one in (without, with_learning))
        lines.append(
            f"| {name} | {own['ks']:.1f} | {100 * without['ks']:.1f} | {100 * with_learning['ks']:.1f} | {hits} |"
        )
    return "\n".join(lines)


def plot(off: Figures, on: Figures, output: Path) -> None:
    """Draw how many points of keystroke savings learning added to each stream, thousand words by thousand words."""
    figure, grid = plt.subplots(4, 5, figsize=(11, 7), layout="constrained", sharex=True, sharey=True)
    for axes, name in zip(grid.flat, sorted(off), strict=False):
        pairs = zip(off[name]["buckets"], on[name]["buckets"], strict=True)
        gains = [100 * (learned["ks"] - alone["ks"]) for alone, learned in pairs]
        numbers = range(1, len(gains) + 1)
        bars = axes.bar(numbers, gains, color=["#1f6f63" if gain >= 0 else "#b3261e" for gain in gains])
        axes.bar_label(bars, [f"{gain:.1f}" for gain in gains], fontsize=7, padding=1)
        axes.axhline(0, color="#4a4a4a", linewidth=0.8)
        axes.set_ylim(-2, 15)
        axes.set_title(name, fontsize=8)
        axes.set_xticks(numbers)
        axes.spines[["top", "right"]].set_visible(False)
    figure.supxlabel("thousand words")
    figure.supylabel("points of keystroke savings that learning adds")
    figure.savefig(output, metadata={"Date": None})


if __name__ == "__main__":
    reference = json.loads((HERE / "yardstick.json").read_text(encoding="utf-8"))["streams"]
    without_learning, with_learning = read("off.json"), read("on.json")
    plot(without_learning, with_learning, HERE / "by_thousand.svg")
    sys.stdout.write(table(reference, without_learning, with_learning) + "\n")
