"""Compare networks that differ in their cell: what reaches back through time, what a step costs, what context is worth.

    python tests/benchmarks/measure_cells.py --work WORK MODEL... [--places 300] [--json docs/model/cells.json]

WORK is the work folder of ``foretype train`` that made the first MODEL; its encoded sources end in held-out text, which
no model was trained on. At random places of it the loss of the next word is taken back through the engine's own
backward pass, one token at a time: the norm of its derivative by the state k tokens before says how much of an error
arrives there. How fast training goes is measured where PyTorch is installed, by turns and in CPU time, so that other
work on the machine counts for little; start it with OMP_NUM_THREADS=1.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.model import cells
from engine.model.checkpoint import ShippedModel, read_model
from engine.model.config import CellKind
from engine.model.language_model import LanguageModel
from engine.model.state import State, zero_state
from engine.text.tokenizer import is_word
from engine.training.mixture import Ids, Mixture, windows

MIXTURE = Path(__file__).parents[2] / "docs" / "model" / "mixture.json"
DISTANCE = 60
"""Tokens that an error is followed back."""
BEGINNING = 60
"""Tokens read before those: an empty state lets more of an error through than any that text leaves."""
CONTEXTS = (1, 2, 5, 10, 20, 60, 120)
"""Tokens read before the word, to see what more of them are worth."""
PLACES_OF_CONTEXTS = 5
"""So many times more places than gradients are taken at: losses differ more from place to place."""
N_TIMED_STEPS = 300
N_TRAINING_STEPS = 24


@dataclass(frozen=True)
class Place:
    """A word of the held-out text and the tokens before it, by their rows."""

    before: NDArray[np.int64]
    """(BEGINNING + DISTANCE,)"""
    word: int


def read_mixture(work: Path) -> Mixture:
    """Return the encoded sources of a work folder."""
    sources = {path.stem: np.load(path, mmap_mode="r", allow_pickle=False) for path in sorted(work.glob("ids/*.npy"))}
    return Mixture(sources, json.loads(MIXTURE.read_text(encoding="utf-8")))


def draw_places(text: Ids, is_known_word: NDArray[np.bool_], n_places: int) -> list[Place]:
    """Return places of a text where a word with a row stands, each time the same ones."""
    first = BEGINNING + DISTANCE
    candidates = first + np.flatnonzero(is_known_word[text[first:]])
    ends = np.random.default_rng(1).choice(candidates, size=n_places, replace=False)
    return [Place(text[end - first : end].astype(np.int64), int(text[end])) for end in sorted(ends)]


# ------------------------------------------------------------------------------------- through time


def state_gradients(model: ShippedModel, place: Place) -> Iterator[State]:
    """Yield the derivative of the word's loss by the state 0, 1, ... DISTANCE tokens before it is asked for.

    Hidden state and memory are two inputs of the step that follows; at distance 0 the memory has no part of its own.
    """
    p, config = model.parameters, model.config
    trace = cells.forward(config, p, p.E[place.before], zero_state(config.n_hidden))
    z = cells.project(p, trace.H[-1:])
    probabilities = cells.softmax(cells.logits(p, z[0]))
    d_z = (probabilities @ p.E - p.E[place.word])[np.newaxis]
    d_state = State(cells.project_backward(p, trace.H[-1:], d_z).H[0], np.zeros(config.n_hidden, np.float32))
    yield d_state
    nothing, unused = np.zeros((1, config.n_hidden), np.float32), cells.zero_cell_weights(config)
    for t in range(len(place.before) - 1, BEGINNING - 1, -1):
        step = cells.Trace(
            trace.X[t : t + 1], trace.H_[t : t + 2], trace.C[t : t + 2], trace.gates[t : t + 1], trace.extra[t : t + 1]
        )
        d_state = cells.backward(config, p, step, nothing, d_state=d_state, add_to=unused).state
        yield d_state


def gradient_norms(model: ShippedModel, places: Sequence[Place]) -> dict[str, list[float]]:
    """Return the mean norms by distance, of the hidden state and, where the cell has one, of the memory."""
    norms = np.array(
        [[[np.linalg.norm(d.h), np.linalg.norm(d.c)] for d in state_gradients(model, place)] for place in places]
    )
    hidden, memory = norms.mean(axis=0).T
    by_part = {"hidden": hidden, "memory": memory} if model.config.cell is CellKind.LSTM else {"hidden": hidden}
    return {part: [float(f"{value:.3e}") for value in means] for part, means in by_part.items()}


def loss_by_context(model: ShippedModel, places: Sequence[Place]) -> dict[str, float]:
    """Return the mean loss (nats) of the words after only the last so many tokens were read, from an empty state."""
    p, config = model.parameters, model.config
    losses = {}
    for n_tokens in CONTEXTS:
        total = 0.0
        for place in places:
            trace = cells.forward(config, p, p.E[place.before[-n_tokens:]], zero_state(config.n_hidden))
            scores = cells.logits(p, cells.project(p, trace.H[-1:])[0])
            total += cells.log_sum_exp(scores) - float(scores[place.word])
        losses[str(n_tokens)] = round(total / len(places), 4)
    return losses


# ------------------------------------------------------------------------------------------ speed


def word_step_ms(models: Mapping[str, LanguageModel], places: Sequence[Place]) -> dict[str, float]:
    """Return what one token costs as prediction does it, in 8 bit: cell, scores of all rows, best three; by turns."""
    times: dict[str, list[float]] = {name: [] for name in models}
    for index in range(N_TIMED_STEPS):
        row = int(places[index % len(places)].before[-1])
        for name, model in models.items():
            began = time.thread_time()
            state = model.read(model.initial_state(), [row])[-1]
            cells.top_k(model.probabilities(state), 3)
            times[name].append(1_000 * (time.thread_time() - began))
    return {name: round(float(np.median(values)), 3) for name, values in times.items()}


def training_speed(shipped: Mapping[str, ShippedModel], mixture: Mixture, word_share: float) -> dict[str, float]:
    """Return how many words a second of one core each network is trained on; by turns, on the same windows."""
    import torch

    from engine.training.trainer import Schedule, Trainer

    schedule = Schedule(tokens=6_000_000)
    largest = max(mixture.sources.values(), key=lambda ids: ids.size)
    few = windows(largest, schedule.n_streams, schedule.n_steps)
    n_tokens = schedule.n_streams * schedule.n_steps
    with tempfile.TemporaryDirectory() as folder:
        trainers = {}
        for which, model in shipped.items():
            counts = torch.tensor(model.vocabulary.counts[: model.config.n_vocabulary], dtype=torch.float32)
            trainers[which] = Trainer(model.config, counts, mixture, schedule, Path(folder) / which)
        times: dict[str, list[float]] = {which: [] for which in trainers}
        carried = dict.fromkeys(trainers)
        for _, (_, window) in zip(range(N_TRAINING_STEPS), few, strict=False):
            for which, trainer in trainers.items():
                began = time.process_time()
                _, carried[which] = trainer.step(torch.from_numpy(window), carried[which])
                times[which].append(time.process_time() - began)
    return {which: round(word_share * n_tokens / float(np.median(values))) for which, values in times.items()}


# ----------------------------------------------------------------------------------------- report


def sizes_of(model: ShippedModel) -> dict[str, int]:
    """Return how many weights there are, by part."""
    p = model.parameters
    return {
        "units": model.config.n_hidden,
        "recurrent": sum(array.size for array in (p.W_x, p.W_h, p.b_x, p.b_h)),
        "projection": p.P.size + p.b_p.size,
        "embedding_and_bias": p.E.size + p.b_out.size,
    }


def learned(model: ShippedModel) -> dict[str, object]:
    """Return what the card says of the training."""
    record = model.card["training"]
    return {name: record[name] for name in ("tokens_seen", "words_seen", "held_out_loss", "held_out_perplexity")} | {
        name: record["schedule"][name] for name in ("learning_rate", "seed")
    }


def main() -> None:
    """Print the figures of every model, and write them for docs/model/plot_cells.py."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", type=Path, nargs="+", metavar="MODEL")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--places", type=int, default=300)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    mixture = read_mixture(arguments.work)
    shipped = {path.name: read_model(path) for path in arguments.models}
    vocabulary = next(iter(shipped.values())).vocabulary
    words = np.array([is_word(token) for token in vocabulary.tokens[: vocabulary.n_rows]])
    places = draw_places(mixture.held_out(), words, arguments.places)
    many_places = draw_places(mixture.held_out(), words, PLACES_OF_CONTEXTS * arguments.places)
    steps = word_step_ms(
        {name: LanguageModel(m.config, m.parameters, m.vocabulary) for name, m in shipped.items()}, places
    )
    has_pytorch = importlib.util.find_spec("torch") is not None
    speeds = training_speed(shipped, mixture, word_share(shipped)) if has_pytorch else {}
    results = {}
    for name, model in shipped.items():
        results[name] = {
            "cell": model.config.cell.value,
            "weights": sizes_of(model),
            "training": learned(model),
            "training_words_per_second": speeds.get(name),
            "word_step_ms": steps[name],
            "places": len(places),
            "loss_by_context": loss_by_context(model, many_places),
            "gradient_norms": gradient_norms(model, places),
        }
        print(name, json.dumps(results[name]), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def word_share(shipped: Mapping[str, ShippedModel]) -> float:
    """Return which share of the tokens that were read are words."""
    record = next(iter(shipped.values())).card["training"]
    return record["words_seen"] / record["tokens_seen"]


if __name__ == "__main__":
    main()
