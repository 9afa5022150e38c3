"""What prediction in 8 bit loses against the same network in 32 bit: perplexity and keys saved, learning off.

    python tests/benchmarks/measure_precision.py --work WORK TEXT... [--words 1000] [--model FOLDER] [--json OUT]

WORK is the work folder of the ``foretype train`` run that made the model (the shipped one if none is named): its last
checkpoint has the weights as they were trained, and its encoded sources end in held-out text. Words, n-grams and
everything around the network are the same in both arms. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.torch import load_file

import resources
from engine import open_engine
from engine.evaluation.simulated_typist import SimulatedTypist
from engine.model import cells
from engine.model.checkpoint import ShippedModel, read_model
from engine.model.config import ModelConfig
from engine.model.language_model import LanguageModel
from engine.model.parameters import Float32, Parameters
from engine.model.state import State
from engine.training.export import to_parameters
from engine.training.mixture import Ids, Mixture

MIXTURE = Path(__file__).parents[2] / "docs" / "model" / "mixture.json"
HELD_OUT_TOKENS = 400
"""Tokens read of the held-out end of each source, from an empty state."""


class FullNetwork:
    """A network in 32 bit behind the doors of ``QuantisedNetwork``; it cannot learn."""

    def __init__(self, config: ModelConfig, parameters: Parameters) -> None:
        self._config, self._trained = config, parameters

    def read(self, parameters: Parameters, state: State, X: Float32) -> list[State]:
        """Return the state after each of the inputs X (T, D)."""
        trace = cells.forward(self._config, parameters, X, state)
        return [State(trace.H_[t].copy(), trace.C[t].copy()) for t in range(1, len(X) + 1)]

    def project(self, parameters: Parameters, state: State) -> Float32:
        """Return the projected state z (D,)."""
        return cells.project(parameters, state.h[np.newaxis])[0]

    def logits(self, parameters: Parameters, z: Float32, n_rows: int | None = None) -> Float32:
        """Return the scores (V,), or those of the first ``n_rows``."""
        return cells.logits(parameters._replace(E=parameters.E[:n_rows], b_out=parameters.b_out[:n_rows]), z)

    def expected_row(self, p: Float32) -> Float32:
        """Return ``sum_v p_v E_v`` (D,)."""
        return p @ self._trained.E


def trained_weights(work: Path) -> Parameters:
    """Return the weights of the last checkpoint of a training run."""
    tensors = load_file(work / "checkpoint.safetensors")
    return to_parameters({name: value for name, value in tensors.items() if not name.startswith("optimizer.")})


def has_same_origin(shipped: Parameters, full: Parameters) -> bool:
    """Tell whether weights in 8 bit were rounded from ``full``; on the way through 16 bit a code may move by one."""
    return all(
        W.shape == own.shape and np.abs(cells.quantise(W)[0].astype(int) - cells.quantise(own)[0]).max() <= 1
        for W, own in zip(full, shipped, strict=True)
        if W.ndim == 2
    )


def in_full_precision(shipped: ShippedModel, parameters: Parameters) -> LanguageModel:
    """Return the live model with weights in 32 bit, which prediction then reads."""
    model = LanguageModel(shipped.config, parameters, shipped.vocabulary)
    model._fast = FullNetwork(shipped.config, parameters)
    return model


def held_out_ends(work: Path) -> list[Ids]:
    """Return what was held out of each source that the mixture reads."""
    repeats = json.loads(MIXTURE.read_text(encoding="utf-8"))
    ends = []
    for path in sorted(work.glob("ids/*.npy")):
        mixture = Mixture({path.stem: np.load(path, mmap_mode="r", allow_pickle=False)}, repeats)
        if mixture.repeat(path.stem) > 0:
            ends.append(mixture.held_out()[:HELD_OUT_TOKENS])
    return ends


def losses(model: LanguageModel, ends: Sequence[Ids]) -> NDArray[np.float64]:
    """Return the loss (nats) of each token of the ends but their first."""
    found = []
    for end in ends:
        state = model.initial_state()
        for row, target in pairwise(end.tolist()):
            state = model.read(state, [row])[-1]
            found.append(-math.log(float(model.probabilities(state)[target])))
    return np.array(found)


def keys_saved(lines: Sequence[str], n_words: int, model: Path, full: Parameters | None) -> dict[str, float]:
    """Type a text with the shipped model, or with ``full`` in place of its weights, and return the figures."""
    with open_engine(model=model) as engine:
        if full is not None:
            live = engine.predictor.blend.model
            live._tables = full
            live._fast = FullNetwork(live.config, full)
        typist = SimulatedTypist(engine, learning=False)
        return typist.type_lines(lines, n_words).total.as_figures()


def main() -> None:
    """Print the perplexities, and the keys saved of every text."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=resources.model_path())
    parser.add_argument("--words", type=int, default=1_000)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    shipped, full = read_model(arguments.model), trained_weights(arguments.work)
    if not has_same_origin(shipped.parameters, full):
        raise SystemExit(f"{arguments.model} was not made from the checkpoint in {arguments.work}.")
    results: dict[str, object] = {"perplexity": perplexities(shipped, full, held_out_ends(arguments.work))}
    print(json.dumps(results), flush=True)
    for path in arguments.texts:
        lines = path.read_text(encoding="utf-8").splitlines()
        results[path.stem] = {
            "8 bit": keys_saved(lines, arguments.words, arguments.model, None),
            "32 bit": keys_saved(lines, arguments.words, arguments.model, full),
        }
        print(path.stem, json.dumps(results[path.stem]), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def perplexities(shipped: ShippedModel, full: Parameters, ends: Sequence[Ids]) -> dict[str, float]:
    """Return the perplexity of the network in both precisions, and how far apart the loss of one token can be."""
    in_8 = losses(LanguageModel(shipped.config, shipped.parameters, shipped.vocabulary), ends)
    in_32 = losses(in_full_precision(shipped, full), ends)
    return {
        "tokens": in_8.size,
        "8 bit": round(math.exp(in_8.mean()), 3),
        "32 bit": round(math.exp(in_32.mean()), 3),
        "mean_absolute_difference_nats": round(float(np.abs(in_8 - in_32).mean()), 5),
        "p99_absolute_difference_nats": round(float(np.percentile(np.abs(in_8 - in_32), 99)), 4),
    }


if __name__ == "__main__":
    main()
