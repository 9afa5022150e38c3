"""Measure what the thresholds of the ghost text do: how many ghosts are shown, how many are right, and the keys saved.

    python tests/benchmarks/measure_ghosts.py TEXTS... [--words 2000] [--output docs/ghost]     (needs matplotlib)

Writes its tables to OUTPUT/figures.md, OUTPUT/thresholds.svg, and resources/ghost_figures.json, which the preferences
show beside each threshold. Learning is off; no threshold is chosen here. A shown ghost counts once, however long it
stays, and is right if it is what stands in the text. Also told: how long words and phrases take to find, in ms.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "foretype"  # the same numbers give the same file
from matplotlib import pyplot as plt  # noqa: E402

import resources  # noqa: E402
from engine import Context, open_engine  # noqa: E402
from engine.evaluation.ghosts import GhostTally, Screen, Thresholds, WordMoments, replay, watch  # noqa: E402
from engine.prediction.calibration import Calibration  # noqa: E402

ROOT = Path(__file__).parents[2]
NEVER = 2.0
WORD_PERCENTS = (0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90)
PHRASE_PERCENTS = (20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90)
GHOST_ALONE = Screen(n_slots=0)
N_TIMED = 300
LEAST_SHOWN = 40
"""A share of fewer ghosts says too little to be told in the preferences."""

Streams = dict[str, list[WordMoments]]


def total(streams: Streams, calibration: Calibration, thresholds: Thresholds, screen: Screen | None = None):
    """Return the tally of all streams together, and the mean of their keystroke savings, each counting the same."""
    tally, savings = GhostTally(), []
    for words in streams.values():
        one = replay(words, calibration, thresholds, screen)
        tally.add(one)
        savings.append(one.keystroke_savings)
    return tally, 100 * float(np.mean(savings))


def word_rows(streams: Streams, calibration: Calibration) -> list[dict]:
    """Return a row for every threshold of single words: what a typist sees who looks at the ghost alone."""
    rows = []
    for percent in WORD_PERCENTS:
        tally, savings = total(streams, calibration, Thresholds(percent / 100, NEVER), GHOST_ALONE)
        rows.append(row_of(percent, tally.words_shown, tally.words_right, tally.words, savings))
    return rows


def phrase_rows(streams: Streams, calibration: Calibration) -> list[dict]:
    """Return a row for every threshold of phrases, the strip of three words beside them."""
    rows = []
    for percent in PHRASE_PERCENTS:
        tally, savings = total(streams, calibration, Thresholds(0.0, percent / 100))
        row = row_of(percent, tally.phrases_shown, tally.phrases_right, tally.words, savings)
        in_slot = Screen(phrase_in_last_slot=True)
        row["savings_in_slot"] = round(total(streams, calibration, Thresholds(0.0, percent / 100), in_slot)[1], 2)
        rows.append(row)
    return rows


def row_of(percent: int, shown: int, right: int, n_words: int, savings: float) -> dict:
    """Return one row: threshold, right ones of 100, shown ones in 1,000 words, keystroke savings in percent."""
    return {
        "percent": percent,
        "right": round(100 * right / max(1, shown)),
        "shown": round(1_000 * shown / n_words),
        "n": shown,
        "savings": round(savings, 2),
    }


def reliability(streams: Streams, calibration: Calibration) -> list[tuple[str, float, float, int]]:
    """Return, for words and phrases in ten bins: name, mean calibrated probability, share that was right, cases."""
    cases = [
        ("phrase" if one.n_words > 1 else "word", calibration.probability(one.p, one.n_words), one.is_right)
        for words in streams.values()
        for word in words
        for moment in word.moments
        for one in (moment.word, *moment.phrases)
        if one
    ]
    found = []
    for kind in ("word", "phrase"):
        p, right = np.array([case[1:] for case in cases if case[0] == kind], dtype=float).T
        bins = np.minimum((p * 10).astype(int), 9)
        found += [
            (kind, float(p[bins == n].mean()), float(right[bins == n].mean()), int((bins == n).sum()))
            for n in range(10)
            if (bins == n).any()
        ]
    return found


def times_ms(engine, lines: list[str]) -> dict[str, list[float]]:
    """Return the milliseconds (of the processor: other work does not count) of the words and then of the phrase."""
    times: dict[str, list[float]] = {"words": [], "phrase": []}
    text = " ".join(lines)
    places = [index + 1 for index, character in enumerate(text) if character == " "][20 : 20 + N_TIMED]
    for place in places:
        context = Context.before_caret(text[:place])
        began = time.thread_time()
        engine.predictor.predict_one(context)
        engine.ghosts.word_for(context)
        between = time.thread_time()
        engine.ghosts.phrase_for(context, 0.2)
        times["words"].append(1_000 * (between - began))
        times["phrase"].append(1_000 * (time.thread_time() - between))
    return times


def draw(words: list[dict], phrases: list[dict], without: float, output: Path) -> None:
    """Draw the share of wrong ghosts, and the keys saved, over the threshold."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.4), layout="constrained")
    for rows, name, colour in ((words, "one word", "#1f6f63"), (phrases, "phrase", "#b4541f")):
        at = [row["percent"] for row in rows]
        left.plot(at, [100 - row["right"] for row in rows], color=colour, marker="o", markersize=4, label=name)
        left.plot(
            at, [row["shown"] / 10 for row in rows], color=colour, linestyle=":", label=f"{name}: shown in 100 words"
        )
    left.set_ylabel("wrong ones of 100 shown")
    at = [row["percent"] for row in phrases]
    right.plot(at, [row["savings"] for row in phrases], color="#b4541f", marker="o", markersize=4, label="with phrases")
    right.axhline(without, color="#777777", linewidth=1, label="without")
    right.set_ylabel("keystroke savings, %")
    for axes in (left, right):
        axes.set_xlabel("threshold, %")
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=8)
    figure.savefig(output, metadata={"Date": None})


def markdown(streams: Streams, words, phrases, without: float, bins, times) -> str:
    """Return the tables."""
    n_words = sum(len(moments) for moments in streams.values())
    lines = [
        f"Streams: {', '.join(streams)}; {n_words:,} words in all, learning off.",
        "",
        "### One word",
        "",
        "| shown from, % | right of 100 shown | shown in 1,000 words | KS with the ghost alone, % |",
        "|---|---|---|---|",
        *(f"| {row['percent']} | {row['right']} | {row['shown']} | {row['savings']} |" for row in words),
        "",
        "### Phrases, beside the strip of three words",
        "",
        f"Without phrases KS is {without:.2f} %.",
        "",
        "| shown from, % | right of 100 shown | in 1,000 words | number shown | KS, % | KS in the third slot, % |",
        "|---|---|---|---|---|---|",
        *(
            f"| {row['percent']} | {row['right']} | {row['shown']} | {row['n']} | {row['savings']} "
            f"| {row['savings_in_slot']} |"
            for row in phrases
        ),
        "",
        "### Is 60 % sixty of a hundred?",
        "",
        "| | calibrated probability | share right | cases |",
        "|---|---|---|---|",
        *(f"| {kind} | {p:.2f} | {share:.2f} | {n:,} |" for kind, p, share, n in bins),
        "",
        "### Time before the first letter of a word, ms of the processor",
        "",
        "| | p50 | p95 |",
        "|---|---|---|",
        *(
            f"| {name} | {np.percentile(values, 50):.1f} | {np.percentile(values, 95):.1f} |"
            for name, values in times.items()
        ),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=2_000)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "ghost")
    arguments = parser.parse_args()
    calibration = Calibration.parse(resources.calibration_text())
    streams: Streams = {}
    with open_engine(None) as engine:
        engine.warm_up()
        lines: list[str] = []
        for path in arguments.texts:
            lines = path.read_text(encoding="utf-8").splitlines()
            streams[path.stem] = list(watch(engine, lines, arguments.words))
            print(path.name, len(streams[path.stem]), flush=True)
        times = times_ms(engine, lines)
    report(streams, calibration, times, arguments.output)


def report(streams: Streams, calibration: Calibration, times: dict[str, list[float]], output: Path) -> None:
    """Write tables, plot and the figures that the preferences show."""
    words, phrases = word_rows(streams, calibration), phrase_rows(streams, calibration)
    without = total(streams, calibration, Thresholds(0.0, NEVER))[1]
    output.mkdir(parents=True, exist_ok=True)
    (output / "figures.md").write_text(
        markdown(streams, words, phrases, without, reliability(streams, calibration), times), encoding="utf-8"
    )
    draw(words, phrases, without, output / "thresholds.svg")
    words, phrases = ([row for row in rows if row["n"] >= LEAST_SHOWN] for rows in (words, phrases))
    shown = {
        "words": words,
        "phrases": phrases,
        "measured_on": list(streams),
        "by": "tests/benchmarks/measure_ghosts.py",
    }
    (ROOT / "resources" / "ghost_figures.json").write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
