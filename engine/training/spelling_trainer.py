"""Train the character network: words without a row for their letters, words with a row for their vectors."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.model.alphabet import Alphabet
from engine.training.spelling_examples import Examples
from engine.training.spelling_network import PADDING, SpellingNetwork

_NOWHERE_SHARE = 0.1
"""Of the words are read without their place, so that letters alone mean something too."""
_HELD_OUT_ROWS = 50
"""Every so many-th word with a row is held out."""
_MEANING_WEIGHT = 1.0


@dataclass(frozen=True)
class SpellingSchedule:
    """How long and how fast to train; the learning rate falls in a straight line to nothing."""

    passes: float = 2.5
    batch: int = 256
    learning_rate: float = 4e-3
    clip_norm: float = 1.0
    seed: int = 1


@dataclass(frozen=True)
class KnownWords:
    """Words with a row, and the vectors of those rows: R words, vectors (R, D)."""

    words: tuple[str, ...]
    vectors: Tensor


def padded(words: Sequence[str], alphabet: Alphabet) -> Tensor:
    """Return the ids of words, (L, B), with PADDING behind; every word must be one that can be spelled."""
    ids = torch.full((max(map(len, words)), len(words)), PADDING, dtype=torch.int64)
    for column, word in enumerate(words):
        spelled = alphabet.ids_of(word)
        assert spelled is not None
        ids[: len(word), column] = torch.from_numpy(spelled.astype(np.int64))
    return ids


def train_spelling(
    network: SpellingNetwork, examples: Examples, held_out: Examples, known: KnownWords, alphabet: Alphabet,
    schedule: SpellingSchedule, report: Callable[[str], None],
) -> dict[str, float]:  # fmt: skip
    """Train ``network`` in place and return its held-out figures."""
    rng = np.random.default_rng(schedule.seed)
    torch.manual_seed(schedule.seed)
    optimizer = torch.optim.Adam(network.parameters(), lr=schedule.learning_rate, betas=(0.9, 0.99), fused=True)
    n_steps = math.ceil(schedule.passes * len(examples.words) / schedule.batch)
    batches = _batches(examples.words, schedule.batch, rng)
    known_batches = _batches(_without_held_out(known.words), schedule.batch // 4, rng)
    spread = float(known.vectors.var(dim=0).sum())
    reported = time.monotonic()
    for step in range(n_steps):
        for group in optimizer.param_groups:
            group["lr"] = schedule.learning_rate * min(1.0, (step + 1) / 200, 1.0 - step / n_steps)
        batch, rows = next(batches), next(known_batches)
        rows = rows + rows // (_HELD_OUT_ROWS - 1) + 1  # back among all, the held-out ones included
        z = torch.from_numpy(examples.Z[batch].astype(np.float32))
        z[torch.from_numpy(rng.random(len(batch)) < _NOWHERE_SHARE)] = 0.0
        ids = padded([examples.words[index] for index in batch], alphabet)
        losses, _ = network.read(ids, z)
        loss = losses.sum() / ((ids != PADDING).sum() + ids.shape[1])
        vectors = network.compose(padded([known.words[row] for row in rows], alphabet))
        error = (vectors - known.vectors[torch.from_numpy(rows)]).square().sum(dim=1).mean() / spread
        optimizer.zero_grad(set_to_none=True)
        (loss + _MEANING_WEIGHT * error).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), schedule.clip_norm)
        optimizer.step()
        if time.monotonic() - reported > 60.0:
            reported = time.monotonic()
            report(
                f"step {step:,} of {n_steps:,}: {loss.item() / math.log(2):.3f} bits a letter, "
                f"{1.0 - error.item():.3f} of the vectors' variance"
            )
    return measure(network, examples, held_out, known, alphabet)


@torch.no_grad()
def measure(
    network: SpellingNetwork, examples: Examples, held_out: Examples, known: KnownWords, alphabet: Alphabet
) -> dict[str, float]:
    """Return bits a letter (ends included) on held-out text, and how near composed vectors are to those of rows."""
    seen = set(examples.words)
    new = np.array([word not in seen for word in held_out.words])
    bits, bits_nowhere, letters = [], [], []
    for first in range(0, len(held_out.words), 1_024):
        words = held_out.words[first : first + 1_024]
        ids = padded(words, alphabet)
        z = torch.from_numpy(held_out.Z[first : first + 1_024].astype(np.float32))
        for kept, place in ((bits, z), (bits_nowhere, torch.zeros_like(z))):
            kept.append(network.read(ids, place)[0].sum(dim=0).numpy() / math.log(2))
        letters.append((ids != PADDING).sum(dim=0).numpy() + 1)
    n, spelled, nowhere = (np.concatenate(parts) for parts in (letters, bits, bits_nowhere))
    rows = np.arange(0, len(known.words), _HELD_OUT_ROWS)
    vectors = network.compose(padded([known.words[row] for row in rows], alphabet))
    mean, truth = known.vectors.mean(dim=0), known.vectors[torch.from_numpy(rows)]
    error = (vectors - truth).square().sum() / (mean - truth).square().sum()
    return {
        "bits_a_letter": round(float(spelled.sum() / n.sum()), 3),
        "bits_a_letter_without_place": round(float(nowhere.sum() / n.sum()), 3),
        "bits_a_letter_of_new_words": round(float(spelled[new].sum() / max(1, n[new].sum())), 3),
        "share_of_new_words": round(float(new.mean()), 3),
        "vector_variance_explained": round(1.0 - float(error), 3),
        "vector_cosine": round(float(torch.cosine_similarity(vectors, truth).mean()), 3),
    }


def _without_held_out(words: Sequence[str]) -> list[str]:
    return [word for index, word in enumerate(words) if index % _HELD_OUT_ROWS]


def _batches(words: Sequence[str], size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield indices of ``size`` words of about one length, in an order that is drawn anew with every pass."""
    lengths = np.array([len(word) for word in words])
    while True:
        order = np.lexsort((rng.random(len(words)), lengths + rng.integers(0, 2, len(words))))
        starts = np.arange(0, max(1, len(words) - size + 1), size)
        for start in rng.permutation(starts):
            yield order[start : start + size]
