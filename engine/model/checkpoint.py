"""The shipped model on disk: a few files, checked before any of them is used.

``model.json`` names the format, the sizes of the network and the SHA-256 of the others; it is also the record of how
the model was trained. ``weights.safetensors`` holds the weights, matrices in 8 bit as prediction reads them,
``vocabulary.tsv`` the words, ``moments.safetensors`` what the weights read in general text, and, if the card names
them, ``ngrams.safetensors`` what the training text said word for word, ``spelling.safetensors`` the character network.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from engine.errors import CheckpointError, EngineError
from engine.model import cells
from engine.model.background import Background, read_background
from engine.model.config import CellKind, ModelConfig
from engine.model.mapped_file import arrays_in, let_go, map_file
from engine.model.parameters import Parameters, check_shapes
from engine.model.spelling import CharacterNetwork, read_character_network, to_tensors
from engine.model.whitening import Moments, read_moments
from engine.text.vocabulary import Vocabulary

FORMAT = "foretype-model"
FORMAT_VERSION = 3
"""1 held the matrices in 16 bit, 2 no moments."""
_SCALES = ".scales"
_CARD, _WEIGHTS, _VOCABULARY, _NGRAMS = "model.json", "weights.safetensors", "vocabulary.tsv", "ngrams.safetensors"
_MOMENTS, _SPELLING = "moments.safetensors", "spelling.safetensors"
_Content = TypeVar("_Content", bytes, mmap.mmap)


@dataclass(frozen=True)
class ShippedModel:
    """A model as it was read: fresh arrays that the caller may change; but the n-grams stay in their file."""

    config: ModelConfig
    parameters: Parameters
    vocabulary: Vocabulary
    moments: Moments
    background: Background
    card: Mapping[str, Any]
    """The record of its training, as in ``model.json``."""
    spelling: CharacterNetwork | None = None

    @property
    def checksum(self) -> str:
        """What a profile names the model by that it was learned on."""
        return str(self.card["sha256"][_WEIGHTS])


def read_model(folder: Path) -> ShippedModel:
    """Read a model; raise CheckpointError with one sentence where any part of it is not what it should be."""
    card = _read_card(folder)
    weights, words, squares = (_read_checked(folder, name, card) for name in (_WEIGHTS, _VOCABULARY, _MOMENTS))
    ngrams = _map_checked(folder, _NGRAMS, card) if _NGRAMS in card["sha256"] else None
    letters = _read_checked(folder, _SPELLING, card) if _SPELLING in card["sha256"] else None
    try:
        config = ModelConfig(CellKind(card["cell"]), card["n_vocabulary"], card["n_embedding"], card["n_hidden"])
        with np.errstate(over="ignore"):  # found below
            parameters = _from_tensors(load(weights))
        vocabulary = Vocabulary.parse(words.decode("utf-8"), config.n_vocabulary)
        check_shapes(config, parameters)
        moments = read_moments(load(squares), config)
        background = _read_background(ngrams, config.n_vocabulary) if ngrams is not None else Background()
        spelling = read_character_network(load(letters), config.n_embedding) if letters is not None else None
    except EngineError:
        raise
    except (SafetensorError, KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise CheckpointError(f"The model in {folder} is damaged ({error}); reinstall Foretype.") from error
    if not cells.all_finite(parameters):
        raise CheckpointError(f"The model in {folder} holds weights that are no numbers; reinstall Foretype.")
    return ShippedModel(config, parameters, vocabulary, moments, background, card, spelling)


def _read_card(folder: Path) -> dict[str, Any]:
    path = folder / _CARD
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CheckpointError(
            f"The model file {path} cannot be read ({error.strerror}); reinstall Foretype."
        ) from error
    except (ValueError, RecursionError) as error:
        raise CheckpointError(f"The model file {path} is damaged ({error}); reinstall Foretype.") from error
    if not isinstance(card, dict) or card.get("format") != FORMAT or not isinstance(card.get("sha256"), dict):
        raise CheckpointError(f"{path} does not describe a Foretype model; reinstall Foretype.")
    if not set(card["sha256"]) <= {_WEIGHTS, _VOCABULARY, _MOMENTS, _NGRAMS, _SPELLING}:
        raise CheckpointError(f"{path} names files that no Foretype model has; reinstall Foretype.")
    version = card.get("version")
    if type(version) is not int or version != FORMAT_VERSION:  # true == 1
        raise CheckpointError(
            f"The model in {folder} has version {version!r}, but this program reads version "
            f"{FORMAT_VERSION}; install the two together."
        )
    return card


def _read_checked(folder: Path, name: str, card: Mapping[str, Any]) -> bytes:
    return _checked(Path.read_bytes, folder / name, card)


def _map_checked(folder: Path, name: str, card: Mapping[str, Any]) -> mmap.mmap:
    return _checked(map_file, folder / name, card)


def _checked(read: Callable[[Path], _Content], path: Path, card: Mapping[str, Any]) -> _Content:
    """Return the content of a file as ``read`` gives it; raise CheckpointError where it is not what the card says."""
    try:
        content = read(path)
    except OSError as error:
        raise CheckpointError(
            f"The model file {path} cannot be read ({error.strerror}); reinstall Foretype."
        ) from error
    except ValueError as error:
        raise CheckpointError(f"The model file {path} is damaged ({error}); reinstall Foretype.") from error
    if hashlib.sha256(content).hexdigest() != card["sha256"].get(path.name):
        raise CheckpointError(f"The model file {path} is damaged (its checksum differs); reinstall Foretype.")
    return content


def _read_background(content: mmap.mmap, n_rows: int) -> Background:
    """Return the n-grams of a file, which stay in it: to check them takes all of them, but to use them only some."""
    background = read_background(arrays_in(content), n_rows, partial(let_go, content))
    let_go(content)
    return background


def _to_tensors(parameters: Parameters) -> dict[str, NDArray[np.generic]]:
    """Return what a file holds: matrices as whole numbers with a scale for each row, the rest in 32 bit."""
    tensors: dict[str, NDArray[np.generic]] = {}
    for name, array in parameters._asdict().items():
        tensors[name] = array
        if array.ndim == 2:
            tensors[name], tensors[name + _SCALES] = cells.quantise(array)
    return tensors


def _from_tensors(tensors: Mapping[str, NDArray[np.generic]]) -> Parameters:
    """Return the weights that a file holds, in 32 bit."""
    arrays = {name: np.array(tensors[name], dtype=np.float32, order="C") for name in Parameters._fields}
    for name, array in arrays.items():
        if array.ndim == 2:
            scales = np.asarray(tensors[name + _SCALES], dtype=np.float32)
            if scales.shape != (len(array),):
                raise ValueError(f"{scales.shape} scales for {len(array)} rows of {name}")
            np.multiply(array, scales[:, np.newaxis], out=array)
    return Parameters(**arrays)


def write_model(folder: Path, config: ModelConfig, parameters: Parameters, vocabulary: Vocabulary, moments: Moments,
                record: Mapping[str, Any], background: Background | None = None) -> None:  # fmt: skip
    """Write a model with its matrices in 8 bit and the record of its training; the card comes last."""
    check_shapes(config, parameters)
    for name, array in parameters._asdict().items():
        if not cells.all_finite([array]):
            raise CheckpointError(f"{name} holds weights that are no numbers; train again with a lower learning rate.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _WEIGHTS).write_bytes(save(_to_tensors(parameters)))
    vocabulary.save(folder / _VOCABULARY)
    (folder / _MOMENTS).write_bytes(save(moments._asdict()))
    names = [_WEIGHTS, _VOCABULARY, _MOMENTS]
    if background is not None and background.tables:
        (folder / _NGRAMS).write_bytes(save(background.tensors()))
        names.append(_NGRAMS)
    card = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "cell": config.cell.value,
        "n_vocabulary": config.n_vocabulary,
        "n_embedding": config.n_embedding,
        "n_hidden": config.n_hidden,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names},
        "training": dict(record),
    }
    (folder / _CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def write_spelling(folder: Path, network: CharacterNetwork, record: Mapping[str, Any]) -> None:
    """Add a character network, with the record of its training, to the model that lies in ``folder``."""
    card = _read_card(folder)
    content = save(to_tensors(network))
    (folder / _SPELLING).write_bytes(content)
    card["sha256"][_SPELLING] = hashlib.sha256(content).hexdigest()
    (folder / _CARD).write_text(json.dumps(card | {"spelling": dict(record)}, indent=1) + "\n", encoding="utf-8")
