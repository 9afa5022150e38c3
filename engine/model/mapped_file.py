"""The arrays of a safetensors file where they lie: the system brings in the pages that are read, and may drop them.

What is looked up here and there in a large table then takes the memory of what is looked up.
"""

from __future__ import annotations

import json
import math
import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TYPES = {"U8": "<u1", "U16": "<u2", "U64": "<u8", "I32": "<i4", "F32": "<f4"}
_LENGTH_BYTES = 8
"""Of the number in front that says how long the header is, which is JSON; the arrays lie behind it."""


def map_file(path: Path) -> mmap.mmap:
    """Return the content of a file, to be read only; raise OSError, or ValueError where it is empty."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def arrays_in(content: mmap.mmap) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a mapped safetensors file by name, read-only and not copied.

    Raises ValueError, KeyError, TypeError or AttributeError where it is no such file.
    """
    start = _LENGTH_BYTES + int.from_bytes(content[:_LENGTH_BYTES], "little")
    header = json.loads(content[_LENGTH_BYTES:start])
    return {name: _array(content, start, entry) for name, entry in header.items() if name != "__metadata__"}


def let_go(content: mmap.mmap) -> None:
    """Tell the system that nothing of a mapped file is needed at present; where it cannot be told, do nothing."""
    if hasattr(content, "madvise"):
        content.madvise(mmap.MADV_DONTNEED)


def _array(content: mmap.mmap, start: int, entry: dict[str, Any]) -> NDArray[np.generic]:
    kind, shape, (first, end) = np.dtype(_TYPES[entry["dtype"]]), tuple(entry["shape"]), entry["data_offsets"]
    size = math.prod(shape)
    if min((*shape, first), default=0) < 0 or end - first != size * kind.itemsize:
        raise ValueError(f"an array of {shape} does not fill its place from {first} to {end}")
    return np.frombuffer(content, kind, size, start + first).reshape(shape)
