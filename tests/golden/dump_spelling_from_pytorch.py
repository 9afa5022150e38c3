"""Write golden numbers of a small character network from PyTorch: run once, by hand, where torch is installed.

    python tests/golden/dump_spelling_from_pytorch.py

The file it writes is committed; the tests read it and need no PyTorch.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine.model.alphabet import Alphabet
from engine.model.config import CellKind, ModelConfig
from engine.model.spelling import to_tensors
from engine.training.spelling_network import SpellingNetwork
from engine.training.spelling_run import to_character_network
from engine.training.spelling_trainer import padded

LETTERS, WORDS, N_WORD = "'abcdé", ("a", "bade", "cab'd", "dadé", "ébbc"), 6


def golden() -> dict[str, np.ndarray]:
    """Return weights, places, and what PyTorch makes of words there."""
    torch.manual_seed(20261121)
    alphabet = Alphabet(LETTERS + "e")
    config = ModelConfig(CellKind.GRU, len(alphabet), 5, 8)
    network = SpellingNetwork(config, N_WORD)
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_((torch.rand(weight.shape) - 0.5).half().float() * 2.0)  # the file holds 16 bit
        z = torch.rand(len(WORDS), N_WORD) - 0.5
        ids = padded(WORDS, alphabet)
        losses, _ = network.read(ids, z)
        vectors = network.compose(ids)
    arrays = {
        f"file.{name}": array for name, array in to_tensors(to_character_network(network, config, alphabet)).items()
    }
    arrays |= {
        "words": np.array(WORDS),
        "z": z.numpy(),
        "log_p": -losses.sum(dim=0).numpy(),
        "vectors": vectors.numpy(),
    }
    return arrays


if __name__ == "__main__":
    torch.set_num_threads(1)
    path = Path(__file__).with_name("spelling.npz")
    np.savez_compressed(path, **golden())
    print(f"{path}: torch {torch.__version__}")
