"""What the character network learns from: words without a row, each with what the word network expected there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.model.alphabet import Alphabet
from engine.model.config import ModelConfig
from engine.model.parameters import Parameters
from engine.text.tokenizer import fold, is_word, tokenize
from engine.text.vocabulary import UNKNOWN, Vocabulary
from engine.training.corpus import read_blocks
from engine.training.export import from_parameters
from engine.training.network import Network

CONTEXT_TOKENS = 24
"""Read before each word, from the state of a network that has read nothing."""
HELD_OUT_SHARE = 0.02
"""Held out of each source: its end, so that names of one text do not stand on both sides."""
TOKENS_A_SOURCE = 4_000_000
"""Of larger sources only blocks are read, spread evenly."""
_BATCH = 1_024

Float16 = NDArray[np.float16]
Report = Callable[[str], None]


@dataclass(frozen=True)
class Examples:
    """N words that have no row, with their places."""

    words: tuple[str, ...]
    """Folded, spelled with the alphabet."""
    Z: Float16
    """(N, D) projected state of the word network before each word."""

    def save(self, path: Path) -> None:
        """Write both; the words joined, as no word holds a line end."""
        text = np.frombuffer("\n".join(self.words).encode("utf-8"), np.uint8)
        partial = path.with_suffix(".partial.npz")
        np.savez(partial, text=text, Z=self.Z)
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Examples:
        """Read what ``save`` wrote."""
        with np.load(path, allow_pickle=False) as file:
            return cls(tuple(file["text"].tobytes().decode("utf-8").split("\n")), file["Z"])


@dataclass(frozen=True)
class _Places:
    """Words without a row in one source, each with the tokens before it."""

    words: list[str]
    contexts: NDArray[np.uint16]
    """(N, CONTEXT_TOKENS) rows; ``n_read`` of them, at the end of each line, were there."""
    n_read: NDArray[np.int64]


def collect(
    sources: Mapping[str, Path], repeats: Mapping[str, float], model: tuple[ModelConfig, Parameters, Vocabulary],
    n_examples: int, seed: int, report: Report,
) -> tuple[Examples, Examples]:  # fmt: skip
    """Return examples to train on and held-out ones.

    A source counts as often as the mixture reads it, and a word by the root of its count: what is rarest says most
    about words that were never seen.
    """
    config, parameters, vocabulary = model
    rng = np.random.default_rng(seed)
    training, held_out = [], []
    for name, path in sources.items():
        if repeats.get(name, 1.0) > 0:
            one, other = _places_in(path, vocabulary)
            training.append((repeats.get(name, 1.0), one))
            held_out.append((repeats.get(name, 1.0), other))
            report(f"found {len(one.words) + len(other.words):,} words without a row in {name}")
    network = Network(config, torch.ones(config.n_vocabulary))
    network.load_state_dict(from_parameters(parameters))
    train = _read(network, _drawn(training, n_examples, rng), report)
    return train, _read(network, _drawn(held_out, n_examples // 20, rng, root=0.0), report)


def _places_in(path: Path, vocabulary: Vocabulary) -> tuple[_Places, _Places]:
    """Return the places of one source to train on, and those that are held out."""
    alphabet = Alphabet()
    blocks = [tokenize(block) for block in _spread(path)]
    tokens = [token for block in blocks for token in block]
    rows = np.array(vocabulary.rows_of(tokens), dtype=np.uint16)
    specials = {UNKNOWN}
    found = [
        (int(place), word)
        for place in np.flatnonzero(rows == 0)
        if is_word(tokens[place])
        and (word := fold(tokens[place])) not in specials
        and alphabet.ids_of(word) is not None
    ]
    first_held_out = int(len(tokens) * (1.0 - HELD_OUT_SHARE))
    parts = ([f for f in found if f[0] < first_held_out], [f for f in found if f[0] >= first_held_out])
    one, other = (_places(part, rows) for part in parts)
    return one, other


def _spread(path: Path) -> list[str]:
    """Return the blocks of a source, evenly thinned out to about TOKENS_A_SOURCE tokens."""
    blocks = list(read_blocks(path))
    n_tokens = sum(map(len, blocks)) / 4.5
    step = max(1.0, n_tokens / TOKENS_A_SOURCE)
    return [blocks[int(at)] for at in np.arange(0.0, len(blocks), step)]


def _places(found: list[tuple[int, str]], rows: NDArray[np.uint16]) -> _Places:
    at = np.array([place for place, _ in found], dtype=np.int64)
    window = at[:, np.newaxis] + np.arange(-CONTEXT_TOKENS, 0)
    contexts = np.where(window >= 0, rows[np.maximum(window, 0)], 0).astype(np.uint16)
    return _Places([word for _, word in found], contexts, np.minimum(at, CONTEXT_TOKENS))


def _drawn(parts: list[tuple[float, _Places]], n: int, rng: np.random.Generator, root: float = 0.5) -> _Places:
    """Draw n places without replacement, each as likely as its weight (Efraimidis & Spirakis 2006)."""
    words = [word for _, part in parts for word in part.words]
    counts = Counter(words)
    repeats = np.concatenate([np.full(len(part.words), repeat) for repeat, part in parts])
    weights = repeats / np.array([counts[word] for word in words]) ** root
    keys = np.log(rng.random(len(words))) / weights
    chosen = np.sort(np.argsort(-keys)[:n])
    contexts = np.concatenate([part.contexts for _, part in parts])[chosen]
    n_read = np.concatenate([part.n_read for _, part in parts])[chosen]
    return _Places([words[index] for index in chosen], contexts, n_read)


@torch.no_grad()
def _read(network: Network, places: _Places, report: Report) -> Examples:
    """Read the tokens before every place and return what the network made of them."""
    Z = np.zeros((len(places.words), network.projection.out_features), np.float16)
    for n_read in np.unique(places.n_read):
        group = np.flatnonzero(places.n_read == n_read)
        if n_read == 0:
            continue
        for first in range(0, group.size, _BATCH):
            batch = group[first : first + _BATCH]
            ids = torch.from_numpy(places.contexts[batch, CONTEXT_TOKENS - n_read :].T.astype(np.int64))
            hidden, _ = network.cell(network.embedding[ids])
            Z[batch] = network.projection(hidden[-1]).numpy().astype(np.float16)
            if first % (32 * _BATCH) == 0:
                report(f"read before {first + batch.size:,} of {group.size:,} words")
    return Examples(tuple(places.words), Z)
