"""Train networks that the engine does not run, to see whether it should; print their held-out perplexity.

    python docs/model/variants.py NAME SOURCES... --work WORK --mixture docs/model/mixture.json

WORK is the work folder of a ``foretype train`` run on these sources, whose words and encoded texts are used, or a new
one. Needs the extra "train". All have about as many weights in the recurrent part as the LSTM of 256 units in cells.md,
and read the same tokens in the same order from the same seed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.model.config import CellKind, ModelConfig
from engine.text.tokenizer import is_word, tokenize
from engine.text.vocabulary import Vocabulary
from engine.training.corpus import encode, read_blocks
from engine.training.mixture import Mixture
from engine.training.network import Carried, Network
from engine.training.run import Recipe, encoded, sources_of, vocabulary_of
from engine.training.sampled_softmax import Sample, SampledSoftmax
from engine.training.trainer import Schedule, Trainer

_PLAIN_UNITS = 256


class Stacked(Network):
    """Two LSTMs, one upon the other, of 160 units each."""

    def __init__(self, config: ModelConfig, counts: Tensor) -> None:
        super().__init__(config, counts)
        self.cell = _open(nn.LSTM(config.n_embedding, 160, num_layers=2))
        self.projection = nn.Linear(160, config.n_embedding)


class Projected(Network):
    """An LSTM of 352 units whose hidden state is a projection of them to 128 (Sak et al. 2014, LSTMP)."""

    def __init__(self, config: ModelConfig, counts: Tensor) -> None:
        super().__init__(config, counts)
        self.cell = _open(nn.LSTM(config.n_embedding, 352, proj_size=config.n_embedding))
        self.projection = nn.Linear(config.n_embedding, config.n_embedding)


class DroppedOut(Network):
    """Dropout of a fifth of what goes into the cell and of what comes out (Zaremba et al. 2014)."""

    share = 0.2

    def read(self, x: Tensor, carried: Carried | None) -> tuple[Tensor, Carried]:
        """As the plain network, with dropout while it is trained."""
        hidden, carried = self.cell(nn.functional.dropout(x, self.share, self.training), carried)
        z = self.projection(nn.functional.dropout(hidden, self.share, self.training))
        return z.reshape(-1, z.shape[-1]), tuple(part.detach() for part in carried)

    def exact_losses(self, ids: Tensor, carried: Carried | None) -> tuple[Tensor, Carried]:
        """Read without dropout."""
        self.eval()
        found = super().exact_losses(ids, carried)
        self.train()
        return found


class Untied(Network):
    """A table of its own for the output: 5.1 million weights more."""

    def __init__(self, config: ModelConfig, counts: Tensor) -> None:
        super().__init__(config, counts)
        self.output = nn.Parameter(torch.randn(config.n_vocabulary, config.n_embedding) * 0.05)

    def sampled_loss(self, ids: Tensor, carried: Carried | None, sample: Sample) -> tuple[Tensor, Carried]:
        """As the plain network, with targets and sample looked up in the other table."""
        targets = ids[1:].reshape(-1)
        z, carried = self.read(nn.functional.embedding(ids[:-1], self.embedding), carried)
        wanted = torch.cat([targets, sample.rows])
        target_rows, sample_rows = nn.functional.embedding(wanted, self.output).split([len(targets), len(sample.rows)])
        loss = SampledSoftmax.apply(
            z, target_rows, sample_rows,
            self.bias[targets], self.bias[sample.rows] + sample.log_weight, sample.column_of[targets],
        )  # fmt: skip
        return loss, carried

    @property
    def output_rows(self) -> Tensor:
        """The other table."""
        return self.output


class Cased(Network):
    """Reads of every word its row and its case, which has a vector of its own; ids are row + case * V."""

    def __init__(self, config: ModelConfig, counts: Tensor) -> None:
        super().__init__(config, counts)
        self.n_rows = config.n_vocabulary
        self.case = nn.Parameter(torch.randn(len(_CASES), config.n_embedding) * 0.05)

    def sampled_loss(self, ids: Tensor, carried: Carried | None, sample: Sample) -> tuple[Tensor, Carried]:
        """As the plain network; what is to be predicted is the word, in whatever case."""
        self._cases = ids[:-1] // self.n_rows
        return super().sampled_loss(ids % self.n_rows, carried, sample)

    def exact_losses(self, ids: Tensor, carried: Carried | None) -> tuple[Tensor, Carried]:
        """As the plain network."""
        self._cases = ids[:-1] // self.n_rows
        return super().exact_losses(ids % self.n_rows, carried)

    def read(self, x: Tensor, carried: Carried | None) -> tuple[Tensor, Carried]:
        """Add the case of each word to its vector."""
        return super().read(x + self.case[self._cases], carried)


_CASES = ("lower", "Capital", "CAPITALS")


def _encode_cased(path: Path, vocabulary: Vocabulary) -> NDArray[np.uint32]:
    """Return row + case * V of every token of a file."""
    parts = []
    for block in read_blocks(path):
        tokens = tokenize(block)
        cases = np.array([_case_of(token) for token in tokens], np.uint32)
        parts.append(np.asarray(vocabulary.rows_of(tokens), np.uint32) + cases * np.uint32(vocabulary.n_rows))
    return np.concatenate(parts)


def _case_of(token: str) -> int:
    if not is_word(token) or not token[0].isupper():
        return 0
    return 2 if len(token) > 1 and token.isupper() else 1


def _open(cell: nn.LSTM) -> nn.LSTM:
    """Start every forget gate open, as the plain network does."""
    for name, bias in cell.named_parameters():
        if name.startswith("bias_hh"):
            bias.data[cell.hidden_size : 2 * cell.hidden_size] = 1.0
    return cell


VARIANTS: dict[str, Callable[[ModelConfig, Tensor], Network]] = {
    "plain": Network, "stacked": Stacked, "projected": Projected, "dropout": DroppedOut, "untied": Untied,
    "cased": Cased,
}  # fmt: skip


def main() -> None:
    """Train one variant and print what it reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=VARIANTS)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--work", required=True, type=Path)
    parser.add_argument("--mixture", required=True, type=Path)
    parser.add_argument("--tokens", type=int, default=6_000_000)
    arguments = parser.parse_args()
    repeats = json.loads(arguments.mixture.read_text(encoding="utf-8"))
    sources = sources_of(arguments.sources)
    vocabulary = vocabulary_of(sources, repeats, Recipe(), arguments.work, print)
    ids, encoder = ("ids_cased", _encode_cased) if arguments.name == "cased" else ("ids", encode)
    mixture = Mixture(encoded(sources, vocabulary, arguments.work / ids, print, encoder), repeats)
    config = ModelConfig(CellKind.LSTM, vocabulary.n_rows, 128, _PLAIN_UNITS)
    counts = torch.tensor(vocabulary.counts[: vocabulary.n_rows], dtype=torch.float32)
    folder = arguments.work / arguments.name
    trainer = Trainer(config, counts, mixture, Schedule(arguments.tokens), folder, make=VARIANTS[arguments.name])
    trainer.run(print)
    loss = trainer.held_out_loss()
    n_tied = vocabulary.n_rows * config.n_embedding + vocabulary.n_rows
    n_weights = sum(parameter.numel() for parameter in trainer.network.parameters()) - n_tied
    sys.stdout.write(
        f"{arguments.name}: held-out perplexity {math.exp(loss):.2f}, {n_weights:,} weights beside the tied table\n"
    )


if __name__ == "__main__":
    main()
