"""What settings of the cache of latest words are worth, in nats a word: texts are typed once, and mixed with it later.

    python tests/benchmarks/measure_cache.py TEXT... [--words 4000]

Network and counts learn while each text is typed, without the cache; noted are what they said of each word and where it
stood. The mixture is that of ``engine.prediction.blend``, but for how the text stands: all of it is the user's own.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
from listening import Listener

from engine import Commit, LearnReport, open_engine
from engine.evaluation.simulated_typist import SimulatedTypist
from engine.learning.tiers import Tier
from engine.model.continuous_cache import KEPT_WORDS, Recall
from engine.model.interpolation import InterpolationWeights, bucket_name, bucket_of_recall


class Typed(NamedTuple):
    """One text as it was typed."""

    rows: np.ndarray
    """(T,) the words; one that has no row is another each time."""
    losses: np.ndarray
    """(T,) nats of each, without the cache."""
    places: dict[str, np.ndarray]
    """(T, T) cosines of the places, by what they are compared by."""


class Settings(NamedTuple):
    by: str = "z"
    sharpness: float = 18.0
    half_life: float = 1_000.0
    kept: int = KEPT_WORDS
    first_weight: float = 0.1
    one_weight: bool = False


VARIED = [
    Settings(),
    *(Settings(sharpness=sharpness) for sharpness in (12.0, 15.0, 22.0, 26.0)),
    *(Settings(half_life=half_life) for half_life in (250.0, 500.0, 2_000.0)),
    *(Settings(kept=kept) for kept in (500, 1_000, 2_000)),
    *(Settings(first_weight=weight) for weight in (0.05, 0.15)),
    Settings(one_weight=True),
    *(Settings(by="h", sharpness=sharpness) for sharpness in (12.0, 15.0, 18.0)),
]


class Notes(Listener):
    """Notes the place of every word before it is learned."""

    def __init__(self, engine) -> None:
        super().__init__(engine)
        self._learner = engine.learner
        self.rows: list[int] = []
        self.vectors: dict[str, list[np.ndarray]] = {"z": [], "h": []}

    def learn(self, commit: Commit) -> LearnReport:
        answer = self.predictor.next_word(commit.context)
        self.vectors["z"].append(answer.z)
        self.vectors["h"].append(self.predictor.state_after(answer.rows).h)
        report = self._learner.learn_one(commit)
        row = self.predictor.blend.model.row_of(commit.text)
        self.rows.append(row or -len(self.rows) - 1)
        return report


def typed(path: Path, n_words: int) -> Typed:
    """Type a text with network and counts."""
    with open_engine(None, tiers=Tier.COUNTS | Tier.NETWORK) as engine:
        notes = Notes(engine)
        SimulatedTypist(notes, learning=True, phrases=False).type_lines(
            path.read_text(encoding="utf-8").splitlines(), n_words
        )
    return Typed(np.array(notes.rows), np.array(notes.losses), {by: cosines(v) for by, v in notes.vectors.items()})


def cosines(vectors: list[np.ndarray]) -> np.ndarray:
    """Return how like each place is to each other, (T, T)."""
    V = np.array(vectors)
    V /= np.linalg.norm(V, axis=1, keepdims=True)
    return V @ V.T


def gain(text: Typed, settings: Settings) -> float:
    """Return how many nats a word the cache saves."""
    like, weights, begun, saved = text.places[settings.by], InterpolationWeights(), set(), 0.0
    for t in range(1, len(text.rows)):
        first = max(0, t - settings.kept)
        ages = np.arange(t - first, 0, -1)
        scores = settings.sharpness * like[t, first:t] - ages * math.log(2.0) / settings.half_life
        peak = float(scores.max())
        shares = np.exp(scores - peak)
        total = float(shares.sum())
        evidence = 0.0 if settings.one_weight else peak + math.log(total)
        recall = Recall(text.rows[first:t], shares / total, evidence)
        p_rest, p_recent = math.exp(-text.losses[t]), recall.probability(text.rows[t])
        bucket = bucket_of_recall(recall)
        if bucket not in begun:
            begun.add(bucket)
            weights.restore({bucket_name(bucket): (settings.first_weight, 0.0)})
        weight = weights.weight(bucket)
        saved += math.log((weight * p_recent + (1.0 - weight) * p_rest) / p_rest)
        weights.update(bucket, p_rest, p_recent)
    return saved / len(text.rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=4_000)
    arguments = parser.parse_args()
    texts = [typed(path, arguments.words) for path in arguments.texts]
    losses = [float(text.losses.mean()) for text in texts]
    print("nats a word without it:", " ".join(f"{loss:.3f}" for loss in losses), f"mean {np.mean(losses):.3f}")
    for settings in VARIED:
        gains = [gain(text, settings) for text in texts]
        changed = {name: value for name, value in settings._asdict().items() if value != getattr(Settings(), name)}
        print(changed or "as built", " ".join(f"{one:.3f}" for one in gains), f"mean {np.mean(gains):.4f}", flush=True)


if __name__ == "__main__":
    main()
