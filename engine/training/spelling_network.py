"""The character network in PyTorch, for training only: the network of words at the scale of letters."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.model.config import ModelConfig
from engine.training.network import Network

PADDING = -1
"""Stands in ``ids`` behind the last letter of a word."""


class SpellingNetwork(nn.Module):
    """Letters in, letters out, begun by what the word network expects; and a word's input vector from its letters."""

    def __init__(self, config: ModelConfig, n_word: int) -> None:
        """Draw the weights: of the network of letters, and of the two maps from and to the (n_word,) of words."""
        super().__init__()
        self.letters = Network(config, torch.ones(config.n_vocabulary))
        self.start = nn.Linear(n_word, config.n_hidden)
        self.meaning = nn.Linear(config.n_hidden, n_word)

    def read(self, ids: Tensor, z: Tensor) -> tuple[Tensor, Tensor]:
        """Read words, ids (L, B) with PADDING behind, after places z (B, n_word).

        Return the cross entropy (nats) of every letter and of the end behind the last, (L + 1, B), 0 behind that; and
        the state after the last letter, (B, H). A z of zeros is no place at all.
        """
        letters = self.letters
        n_letters = (ids != PADDING).sum(dim=0)
        edge = torch.zeros_like(ids[:1])
        inputs = torch.cat([edge, ids.clamp_min(0)])
        hidden, _ = letters.cell(letters.embedding[inputs], torch.tanh(self.start(z))[None])
        scores = letters.projection(hidden) @ letters.embedding.t() + letters.bias
        targets = torch.cat([ids, torch.full_like(edge, PADDING)])
        targets.scatter_(0, n_letters[None], 0)
        losses = nn.functional.cross_entropy(
            scores.flatten(0, 1), targets.flatten(), ignore_index=PADDING, reduction="none"
        )
        return losses.view_as(targets), hidden[n_letters, torch.arange(ids.shape[1])]

    def compose(self, ids: Tensor) -> Tensor:
        """Return the input vectors (B, n_word) of words, ids (L, B) with PADDING behind, from their letters alone."""
        nowhere = self.start.weight.new_zeros(ids.shape[1], self.start.in_features)
        return self.meaning(self.read(ids, nowhere)[1])
