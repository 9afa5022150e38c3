"""The character network: letter by letter it spells words that the word network has no row for, and reads them.

It is a GRU like any other of ``engine.model``, over letters in place of words, with two maps to and from the words:
what the word network expects at a place begins its state (``h_0 = tanh(W_s z + b_s)``), and its state after the last
letter gives a word an input vector (``W_m h + b_m``; Ling et al. 2015, arXiv 1508.02096, and Pinter et al. 2017, arXiv
1707.06961, who learn it from the vectors of known words, as here). A closed vocabulary with a speller behind its
unknown word: Mielke and Eisner 2019, arXiv 1804.08205.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import CheckpointError, EngineError
from engine.model import cells, kernels
from engine.model.alphabet import EDGE, LONGEST_SPELLING, Alphabet
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import Float32, Parameters, check_array, check_shapes
from engine.model.state import zero_state


class Maps(NamedTuple):
    """From what the word network expects to a state, and from a state to the input vector of a word."""

    W_s: Float32
    """(H, D_w) where D_w is the width of the word network's embedding."""
    b_s: Float32
    """(H,)"""
    W_m: Float32
    """(D_w, H)"""
    b_m: Float32
    """(D_w,)"""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The letters of a word that were read, and what may follow."""

    length: int
    h: Float32
    """(H,) state after the last letter."""
    log_p: float
    """Natural log of the probability that a word begins like this."""
    log_next: Float32
    """(A,) natural log of the probability of each next letter; at 0, that the word ends here."""

    @property
    def p(self) -> float:
        """The probability that a word begins like this."""
        return math.exp(self.log_p)


class CharacterNetwork:
    """Weights that never change; beginnings of words in, longer beginnings and whole words out."""

    def __init__(self, config: ModelConfig, parameters: Parameters, maps: Maps, alphabet: Alphabet) -> None:
        """Take the weights as they are; raise CheckpointError where they do not fit each other."""
        if config.cell is not CellKind.GRU or config.n_vocabulary != len(alphabet):
            raise CheckpointError("The character network is no GRU over its alphabet; reinstall Foretype.")
        check_shapes(config, parameters)
        n_word = maps.b_m.size
        shapes = {"W_s": (config.n_hidden, n_word), "b_s": (config.n_hidden,), "W_m": (n_word, config.n_hidden)}
        try:
            for name, shape in shapes.items():
                check_array(name, getattr(maps, name), shape)
        except EngineError as error:
            raise CheckpointError(f"The maps of the character network do not fit: {error}; or reinstall.") from error
        self.config, self.parameters, self.maps, self.alphabet = config, parameters, maps, alphabet
        self._from_letters: Float32 = parameters.E @ parameters.W_x.T + parameters.b_x

    @property
    def n_word(self) -> int:
        """D_w, the width of the word network's embedding."""
        return self.maps.b_m.size

    def begin(self, z: Float32) -> Beginning:
        """Return a word of no letters at a place, by the projected state z (D_w,) of the word network."""
        check_array("z", z, (self.n_word,))
        h: Float32 = np.tanh(self.maps.W_s @ z + self.maps.b_s)
        return self._read(h, np.array([EDGE]), length=0, log_p=0.0)

    def read(self, beginning: Beginning, letters: str) -> Beginning | None:
        """Read on; None where the letters are not in the alphabet, or too many for a word."""
        ids = self.alphabet.ids_of(letters)
        if ids is None or beginning.length + len(ids) > LONGEST_SPELLING:
            return None
        for letter in ids:
            log_p = beginning.log_p + float(beginning.log_next[letter])
            beginning = self._read(beginning.h, np.array([letter]), beginning.length + 1, log_p)
        return beginning

    def _read(self, h: Float32, ids: NDArray[np.integer[Any]], length: int, log_p: float) -> Beginning:
        state = zero_state(self.config.n_hidden)._replace(h=h)
        after = cells.forward(self.config, self.parameters, self.parameters.E[ids], state).state
        scores = cells.logits(self.parameters, cells.project(self.parameters, after.h[np.newaxis])[0])
        scores -= np.float32(cells.log_sum_exp(scores))
        return Beginning(length, after.h, log_p, scores)

    def complete(self, beginning: Beginning, least: float, limit: int, n_steps: int) -> list[tuple[str, float]]:
        """Return up to ``limit`` ways to go on, the likeliest first: letters, and their probability after these.

        None is less likely than ``least`` (0.001 to 1); at most ``n_steps`` letters are read to find them.
        """
        if not (0.001 <= least <= 1.0 and limit >= 1 and n_steps >= 1):
            raise EngineError(f"complete of least={least}, limit={limit}, n_steps={n_steps}: correct the call")
        longest = LONGEST_SPELLING - beginning.length
        if longest < 1:
            return []
        words, log_p = np.zeros((limit, longest), np.int32), np.zeros(limit, np.float32)
        p = self.parameters
        n = kernels.spell(
            p.E, self._from_letters, p.W_h, p.b_h, p.P, p.b_p, p.b_out,
            beginning.h, beginning.log_next, math.log(least), n_steps, words, log_p,
        )  # fmt: skip
        return [(self.alphabet.word_of(ids), math.exp(log)) for ids, log in zip(words[:n], log_p[:n], strict=True)]

    def compose(self, word: str) -> Float32 | None:
        """Return an input vector (D_w,) for a folded word, from its letters; None where it cannot be spelled."""
        read = self.read(self.begin(np.zeros(self.n_word, np.float32)), word)
        return None if read is None else self.maps.W_m @ read.h + self.maps.b_m


# --------------------------------------------------------------------------------------------- on disk


def to_tensors(network: CharacterNetwork) -> dict[str, NDArray[np.generic]]:
    """Return what a file holds: the weights in 16 bit, by their names, and the alphabet."""
    weights = {**network.parameters._asdict(), **network.maps._asdict()}
    letters = np.array([ord(letter) for letter in network.alphabet.letters], np.int32)
    return {"alphabet": letters, **{name: array.astype(np.float16) for name, array in weights.items()}}


def read_character_network(tensors: Mapping[str, NDArray[np.generic]], n_word: int) -> CharacterNetwork:
    """Return the network that a file holds; raise CheckpointError where it does not fit itself or the words."""
    arrays = {name: np.array(tensors[name], dtype=np.float32, order="C")
              for name in (*Parameters._fields, *Maps._fields)}  # fmt: skip
    parameters = Parameters(**{name: arrays[name] for name in Parameters._fields})
    alphabet = Alphabet("".join(chr(int(code)) for code in tensors["alphabet"]))
    if not parameters.E.ndim == parameters.W_h.ndim == arrays["b_m"].ndim + 1 == 2:
        raise CheckpointError("The weights of the character network have other shapes; reinstall Foretype.")
    config = ModelConfig(CellKind.GRU, len(alphabet), parameters.E.shape[1], parameters.W_h.shape[1])
    network = CharacterNetwork(config, parameters, Maps(**{name: arrays[name] for name in Maps._fields}), alphabet)
    if network.n_word != n_word or not cells.all_finite(arrays.values()):
        raise CheckpointError("The character network does not fit the words, or is damaged; reinstall Foretype.")
    return network
