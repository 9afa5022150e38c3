"""What the application costs as a whole: each figure comes from a process of its own, with a profile of its own."""

from __future__ import annotations

import tempfile

import resources
from engine.evaluation.bench.figures import Figure, Group
from engine.evaluation.bench.process import Events, listen
from engine.evaluation.bench.sampling import Told

MEMORY_AIM_MB = 350.0


def measure_startup(n_warm: int, tell: Told) -> Group:
    """Start the application with no compiled kernels, then again and again with those that this left behind."""
    with tempfile.TemporaryDirectory(prefix="foretype-bench-") as cache:
        tell("first start, compiling")
        cold = _run_window(NUMBA_CACHE_DIR=cache)
        warm = []
        for n in range(n_warm):
            tell(f"start {n + 1} of {n_warm}")
            warm.append(_run_window(NUMBA_CACHE_DIR=cache))
    figures = [
        Figure.of_times("warm_shown", "window", "From the start of the process until the window is painted.",
                        [one["shown"]["at_s"] for one in warm]),
        Figure.of_times("warm_suggested", "first suggestion", "From the start of the process until words are offered.",
                        [one["suggested"]["at_s"] for one in warm]),
        Figure.of_times("cold_shown", "window, first start", "The same with no compiled kernels on disk.",
                        [cold["shown"]["at_s"]]),
        Figure.of_times("cold_suggested", "first suggestion, first start",
                        "The same with every kernel compiled on the way; one can write meanwhile.",
                        [cold["suggested"]["at_s"]]),
    ]  # fmt: skip
    if (peak := cold["suggested"]["peak_mb"]) is not None:
        figures.append(Figure("cold_peak", "memory, first start", "MB",
                              "Peak resident memory of the application while it compiles.", peak))  # fmt: skip
    return Group("startup", "Start-up, with the program's files in the system's cache", tuple(figures))


def measure_memory(n_words: int, n_keys: int, tell: Told) -> Group:
    """Let the engine alone learn words, and let somebody type into the application."""
    tell("the engine alone")
    alone = "engine.evaluation.bench.engine_alone"
    listen(alone, "0")  # what compiles needs more memory: kernels that are missing are made here
    engine = listen(alone, str(n_words))["learned"]["peak_mb"]
    tell("the application")
    application = _run_window("--keys", str(n_keys))["typed"]
    learned = f"Of a process with the engine alone, once {n_words} words were learned."
    typed = f"Of the whole application, once {application['characters']} characters were typed and their words learned."
    measured = [
        ("engine", "engine, peak", learned, engine, None),
        ("application", "application, peak", typed, application["peak_mb"], MEMORY_AIM_MB),
        ("application_now", "application, then", "What of that stays.", application["resident_mb"], None),
    ]
    known = [Figure(key, name, "MB", text, mb, aim=aim) for key, name, text, mb, aim in measured if mb is not None]
    notes = () if len(known) == len(measured) else ("This system does not tell a process all about its memory.",)
    return Group("memory", "Resident memory, kernels compiled before", tuple(known), notes)


def measure_idle(seconds: float, tell: Told) -> Group:
    """Leave the application alone, and see how much of one core it takes."""
    tell(f"the application, {seconds:g} seconds at rest")
    rested = _run_window("--idle", str(seconds))["rested"]
    share = 100.0 * rested["cpu_s"] / rested["wall_s"]
    meaning = f"Of one core, over {rested['wall_s']:.0f} seconds with the window open."
    return Group("idle", "At rest", (Figure("cpu", "processor", "%", meaning, share),))


def _run_window(*arguments: str, **variables: str) -> Events:
    """Run the application off screen, in a folder of its own, until it has told everything."""
    with tempfile.TemporaryDirectory(prefix="foretype-bench-") as folder:
        module = "keyboard_app.commands.bench.window_probe"
        return listen(module, folder, *arguments, QT_QPA_PLATFORM="offscreen", **variables)


def measure_disk() -> Group:
    """Add up the files of the shipped model."""
    size = sum(path.stat().st_size for path in resources.model_path().rglob("*") if path.is_file())
    meaning = "All files of the shipped model: weights in 8 bit, words, n-grams, character network, card."
    return Group("disk", "On disk", (Figure("model", "resources/model", "MB", meaning, size / 1e6),))
