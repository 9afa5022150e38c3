"""One command from text files and a model to that model's character network: collect, train, export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from engine.model.alphabet import Alphabet
from engine.model.checkpoint import ShippedModel, read_model, write_spelling
from engine.model.config import CellKind, ModelConfig
from engine.model.spelling import CharacterNetwork, Maps
from engine.text.tokenizer import is_word
from engine.training.export import to_parameters
from engine.training.run import sources_of
from engine.training.spelling_examples import CONTEXT_TOKENS, Examples, collect
from engine.training.spelling_network import SpellingNetwork
from engine.training.spelling_trainer import KnownWords, SpellingSchedule, train_spelling

Report = Callable[[str], None]


@dataclass(frozen=True)
class SpellingRecipe:
    """What decides what the character network becomes, beside the text."""

    n_embedding: int = 48
    n_hidden: int = 160
    n_examples: int = 300_000


def train_character_network(
    files: Sequence[Path], work: Path, model: Path, recipe: SpellingRecipe, schedule: SpellingSchedule,
    repeats: Mapping[str, float], origin: Mapping[str, str], report: Report,
) -> None:  # fmt: skip
    """Train on text files (.txt, .txt.xz; one source each) and add the network to the model in ``model``.

    What was collected lies in ``work`` and is used again where it is there. Raises CorpusError or CheckpointError.
    """
    shipped, alphabet = read_model(model), Alphabet()
    examples, held_out = _examples(files, work, shipped, recipe, schedule.seed, repeats, report)
    known = known_words(shipped, alphabet)
    torch.manual_seed(schedule.seed)
    config = ModelConfig(CellKind.GRU, len(alphabet), recipe.n_embedding, recipe.n_hidden)
    network = SpellingNetwork(config, shipped.config.n_embedding)
    figures = train_spelling(network, examples, held_out, known, alphabet, schedule, report)
    record = {
        **origin, "recipe": asdict(recipe), "schedule": asdict(schedule), "context_tokens": CONTEXT_TOKENS,
        "n_examples": len(examples.words), "n_held_out": len(held_out.words), "n_known_words": len(known.words),
        "held_out": figures,
    }  # fmt: skip
    write_spelling(model, to_character_network(network, config, alphabet), record)
    report(f"wrote the character network of {model}: {figures}")


def known_words(shipped: ShippedModel, alphabet: Alphabet) -> KnownWords:
    """Return the words with a row that can be spelled, the most frequent first."""
    tokens = shipped.vocabulary.tokens[: shipped.config.n_vocabulary]
    rows = [row for row, token in enumerate(tokens) if is_word(token) and alphabet.ids_of(token) is not None]
    return KnownWords(tuple(tokens[row] for row in rows), torch.from_numpy(shipped.parameters.E[rows]))


def to_character_network(network: SpellingNetwork, config: ModelConfig, alphabet: Alphabet) -> CharacterNetwork:
    """Return the trained weights as the engine holds them."""
    layers = (network.start.weight, network.start.bias, network.meaning.weight, network.meaning.bias)
    maps = Maps(*(np.array(layer.detach().numpy(), dtype=np.float32, order="C") for layer in layers))
    return CharacterNetwork(config, to_parameters(network.letters.state_dict()), maps, alphabet)


def _examples(
    files: Sequence[Path], work: Path, shipped: ShippedModel, recipe: SpellingRecipe, seed: int,
    repeats: Mapping[str, float], report: Report,
) -> tuple[Examples, Examples]:  # fmt: skip
    work.mkdir(parents=True, exist_ok=True)
    paths = (work / "spelling_examples.npz", work / "spelling_held_out.npz")
    if not all(path.exists() for path in paths):
        model = (shipped.config, shipped.parameters, shipped.vocabulary)
        collected = collect(sources_of(files), repeats, model, recipe.n_examples, seed, report)
        for examples, path in zip(collected, paths, strict=True):
            examples.save(path)
    return Examples.load(paths[0]), Examples.load(paths[1])
