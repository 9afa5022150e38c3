"""One word step of the network: beside its peers, and beside the time that reading its weights takes by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.evaluation.bench.contenders import Contender, EightBit, FullPrecision, all_scores
from engine.evaluation.bench.figures import Figure, Group
from engine.evaluation.bench.passage import PASSAGE
from engine.evaluation.bench.peers import open_peers
from engine.evaluation.bench.sampling import BUFFER_BYTES, Sweep, Told, take_turns
from engine.model.language_model import LanguageModel
from engine.model.parameters import Parameters
from engine.prediction.reading import passage_before

AIM_MS = 3.0
MOST_DIFFERENCE = 1e-2
"""A peer whose scores differ more than this (nats) from ours in float32 computes another network."""
_N_COMPARED = 40
"""Tokens over which scores are compared."""


def measure_network(model: LanguageModel, n_rounds: int, tell: Told) -> Group:
    """Compare the contenders' scores, then let those that agree take turns on the same tokens."""
    rows = model.rows_of(passage_before(PASSAGE))
    ours, full = EightBit(model), FullPrecision(model)
    peers, notes = open_peers(model.config, model.parameters)
    tell("comparing scores")
    differences = _differences([ours, *peers], full, rows[:_N_COMPARED])
    agreeing = [peer for peer in peers if differences[peer.key] <= MOST_DIFFERENCE]  # NaN does not agree either
    notes += [
        f"{peer.name} computes another network (scores differ by {differences[peer.key]:.3g} nats): it is not compared."
        for peer in peers
        if peer not in agreeing
    ]
    sweep = Sweep()
    times = _times([ours, full, *agreeing], rows, n_rounds, sweep, tell)
    figures = [*times, *_bounds(model.parameters, sweep)]
    figures += [*_ratios(figures, agreeing), *_difference_figures([ours, *peers], differences)]
    return Group("network", "One word step of the network", tuple(figures), tuple(notes))


def _differences(contenders: Sequence[Contender], reference: Contender, rows: Sequence[int]) -> dict[str, float]:
    """Return the largest difference of any score to those of the reference, by the keys of the contenders."""
    expected = all_scores(reference, rows)
    return {one.key: float(np.abs(all_scores(one, rows) - expected).max()) for one in contenders}


def _difference_figures(contenders: Sequence[Contender], differences: dict[str, float]) -> list[Figure]:
    meanings = {EightBit.key: "Largest difference of any score to float32: what 8 bit costs in precision."}
    same = "Largest difference of any score to ours in float32: both compute the same network."
    return [
        Figure(
            f"difference_{one.key}", f"scores, {one.name}", "nats", meanings.get(one.key, same), differences[one.key]
        )
        for one in contenders
    ]


def _times(
    contenders: Sequence[Contender], rows: Sequence[int], n_rounds: int, sweep: Sweep, tell: Told
) -> list[Figure]:
    for one in contenders:
        one.begin()
        one.step(rows[0])  # what is made at the first call is not what is measured
    samples = take_turns({one.key: one.step for one in contenders}, rows, n_rounds, sweep, tell)
    aims = {EightBit.key: AIM_MS}
    return [samples[one.key].figure(one.key, one.name, one.meaning, aim_ms=aims.get(one.key)) for one in contenders]


# --------------------------------------------------------------------------------------------- the bound


def _bounds(parameters: Parameters, sweep: Sweep) -> list[Figure]:
    """Return the bandwidth, and how long it takes to read the weights once."""
    gigabytes = BUFFER_BYTES / 1e9 / np.array(sweep.samples.elapsed)
    bandwidth = Figure(
        "bandwidth", "memory bandwidth", "GB/s",
        f"How fast one thread reads {BUFFER_BYTES // 2**20} MiB; one time in twenty it was as fast as the p95.",
        float(np.percentile(gigabytes, 50)), float(np.percentile(gigabytes, 95)), float(gigabytes.min()),
        n=gigabytes.size,
    )  # fmt: skip
    return [
        bandwidth,
        _bound("bound", "bound, 8 bit", parameters, sweep, n_bytes=1),
        _bound("bound_float32", "bound, float32", parameters, sweep, n_bytes=4),
    ]


def _bound(key: str, name: str, parameters: Parameters, sweep: Sweep, n_bytes: int) -> Figure:
    size = weight_bytes(parameters, n_bytes)
    meaning = (
        f"Reading the {size / 1e6:.1f} MB of weights once at that bandwidth: "
        "a step that finds none of them in a cache takes as long at least."
    )
    share = size / BUFFER_BYTES
    elapsed, processor = ([share * s for s in part] for part in (sweep.samples.elapsed, sweep.samples.processor))
    return Figure.of_times(key, name, meaning, elapsed, processor)


def weight_bytes(parameters: Parameters, n_bytes: int) -> int:
    """Return how much memory one step reads, with so many bytes a weight of a matrix: in 8 bit each row has a scale."""
    matrices = [weights for weights in parameters if weights.ndim == 2]
    vectors = [weights for weights in parameters if weights.ndim == 1]
    scales = 4 * sum(len(matrix) for matrix in matrices) if n_bytes == 1 else 0
    return sum(n_bytes * matrix.size for matrix in matrices) + scales + sum(vector.nbytes for vector in vectors)


# --------------------------------------------------------------------------------------------- the ratios


def _ratios(figures: Sequence[Figure], peers: Sequence[Contender]) -> list[Figure]:
    """Return the ratios of medians, each to its bound and of each peer to ours."""
    by_key = {figure.key: figure for figure in figures}
    ours, full = by_key[EightBit.key], by_key[FullPrecision.key]
    ratios = [
        Figure.of_ratio("to_bound", "8 bit / its bound", "How near a word step is to the bound, which is 1.",
                        ours, by_key["bound"]),
        Figure.of_ratio("float32_to_bound", "float32 / its bound", "The same for the float32 kernels.",
                        full, by_key["bound_float32"]),
    ]  # fmt: skip
    for peer in peers:
        theirs = by_key[peer.key]
        ratios += [
            Figure.of_ratio(f"{peer.key}_to_ours", f"{peer.name} / 8 bit",
                            "How many of our word steps fit into one of its.", theirs, ours),
            Figure.of_ratio(f"{peer.key}_to_ours_float32", f"{peer.name} / float32",
                            "The same with as many bytes a weight on both sides.", theirs, full),
        ]  # fmt: skip
    return ratios
