"""The network's changed weights in a profile: two files in turn, so that one is always whole.

What is kept is the whole recurrent core, the output rows that differ from the shipped model, and the id of the last
learning event that is in them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from engine.model.parameters import CORE, Float32
from engine.profile.files import replace_whole, set_aside

FORMAT_VERSION = 1
_NAMES = ("weights-a.safetensors", "weights-b.safetensors")
_LARGEST = 1e5
"""No weight is larger. Shipped ones stay below 20; learning holds the core within 250 of them, as each update takes it
half a unit on and 0.2 % of its way back, and moves a row ever less the surer it is; the largest by far is the bias of
-10,000 that silences a forgotten word. From here on, single precision still holds what is worked out with them."""
_DAMAGE = (OSError, SafetensorError, KeyError, ValueError, TypeError, AttributeError, RecursionError)
"""Whatever a file may raise that is not what was written."""


@dataclass(frozen=True)
class ChangedWeights:
    """Everything by which a live network differs from the shipped one."""

    model: str
    """Checksum of the shipped weights that these belong to."""
    event: int
    """Id of the last learning event that is in them; 0 for none."""
    n_own_words: int
    """Words with a row of their own when they were written."""
    core: dict[str, Float32]
    """The arrays of the cell and the projection, by name."""
    rows: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    """(R,) rows of E and b_out that are kept."""
    E: Float32
    """(R, D)"""
    b_out: Float32
    """(R,)"""


def write_weights(folder: Path, weights: ChangedWeights) -> None:
    """Write over the older of the two files; raises OSError where the disk does not take it."""
    files = [(_event_of(folder / name), folder / name) for name in _NAMES]
    content = save(
        {**weights.core, "rows": weights.rows, "E": weights.E, "b_out": weights.b_out},
        metadata={
            "version": str(FORMAT_VERSION),
            "model": weights.model,
            "event": str(weights.event),
            "n_own_words": str(weights.n_own_words),
            "sum": _checksum(weights),
        },
    )
    replace_whole(min(files)[1], content)


def read_weights(folder: Path, model: str, last_event: int) -> tuple[ChangedWeights | None, list[str]]:
    """Return the newest whole weights, if any, and a sentence for each file that was set aside.

    Weights that know of later events than ``last_event`` belong to records that are gone, and to their words. Of those
    of other models only the newest stay aside: nothing but that model can use them, and each file is a dozen megabytes.
    """
    notices: list[str] = []
    of_another: Path | None = None
    for _, path in sorted(((_event_of(folder / name), folder / name) for name in _NAMES), reverse=True):
        if not path.exists():
            continue
        try:
            weights = _parse(path.read_bytes())
        except _DAMAGE as error:
            notices.append(
                f"Learned weights were damaged ({error}) and were set aside as {set_aside(path).name}; "
                "an older copy is used where there is one."
            )
            continue
        if weights.model == model and weights.event <= last_event:
            return weights, notices
        if weights.model == model:
            notices.append(
                f"Learned weights belong to records that are gone and were set aside as {set_aside(path).name}."
            )
            continue
        if of_another is not None:
            path.unlink()
            continue
        for older in folder.glob("weights-*.damaged-*"):
            older.unlink()
        of_another = set_aside(path)
        notices.append(
            "The learned weights belong to another model than the one installed and were set aside as "
            f"{of_another.name}; your words and counts are kept."
        )
    return None, notices


def newest_weights(folder: Path) -> bytes | None:
    """Return the content of the newer file; None where there is none."""
    event, path = max((_event_of(folder / name), folder / name) for name in _NAMES)
    return path.read_bytes() if event >= 0 else None


def put_weights(folder: Path, content: bytes, last_event: int) -> None:
    """Write weights from elsewhere into a folder that has none, beside records that end with ``last_event``.

    Raises ValueError where they cannot be used.
    """
    try:
        weights = _parse(content)
    except _DAMAGE as error:
        raise ValueError(f"its weights are damaged ({error})") from error
    if weights.event > last_event:
        raise ValueError("its weights belong to other records")
    replace_whole(folder / _NAMES[0], content)


def _parse(content: bytes) -> ChangedWeights:
    meta, tensors = _metadata(content), load(content)
    if meta.get("version") != str(FORMAT_VERSION):
        raise ValueError(f"version {meta.get('version')!r}, not {FORMAT_VERSION}")
    weights = ChangedWeights(
        meta["model"], int(meta["event"]), int(meta["n_own_words"]),
        {name: np.array(tensors[name]) for name in CORE},
        np.array(tensors["rows"]), np.array(tensors["E"]), np.array(tensors["b_out"]),
    )  # fmt: skip
    if _checksum(weights) != meta.get("sum"):
        raise ValueError("its checksum differs")
    _check(weights)
    return weights


def _check(weights: ChangedWeights) -> None:
    """Raise ValueError where weights are such as no learning makes, whatever their checksum says.

    Whether they fit a network is for those to tell who have it.
    """
    rows, floats = weights.rows, (*weights.core.values(), weights.E, weights.b_out)
    if weights.event < 0 or weights.n_own_words < 0:
        raise ValueError("it counts below 0")
    if rows.dtype != np.int64 or any(part.dtype != np.float32 for part in floats):
        raise ValueError("it holds numbers of another type")
    if rows.ndim != 1 or (rows < 0).any() or (np.diff(rows) <= 0).any():
        raise ValueError("its rows are in no order")
    if weights.E.ndim != 2 or weights.b_out.ndim != 1 or not len(weights.E) == weights.b_out.size == rows.size:
        raise ValueError("it holds another number of rows than it says")
    if not all((np.abs(part) <= _LARGEST).all() for part in floats):  # NaN is not either
        raise ValueError("a weight is no number that learning comes to")


def _checksum(weights: ChangedWeights) -> str:
    digest = hashlib.sha256(f"{weights.model} {weights.event} {weights.n_own_words}".encode())
    for array in (*weights.core.values(), weights.rows, weights.E, weights.b_out):
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _metadata(content: bytes) -> dict[str, str]:
    """Return the metadata in the header: a little-endian length of 8 bytes, then JSON."""
    length = int.from_bytes(content[:8], "little")
    if length > len(content):
        raise ValueError("it is cut short")
    header = json.loads(content[8 : 8 + length])
    metadata = header.get("__metadata__") if isinstance(header, dict) else None
    if not isinstance(metadata, dict):
        raise ValueError("it has no header")
    return metadata


def _event_of(path: Path) -> int:
    """Return the id of the last event in a file; -1 where it is missing or cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            length = int.from_bytes(start, "little")
            return int(_metadata(start + file.read(min(length, 1_000_000)))["event"])
    except _DAMAGE:
        return -1
