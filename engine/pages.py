"""What the system is told about memory that this process has and does not need: Linux only, elsewhere nothing is done.

A library's code lies in a file. The pages of it that were used stay resident until memory is short, unless the system
is told that they can go; what is used again comes back from the file.

And what NumPy gives back goes to the C library, which keeps large blocks for the next time once it has seen one go. The
matrices of an update leave 15 MB of holes so.
"""

from __future__ import annotations

import ctypes
import mmap
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+ +(/.*)")
"""The first line on each part of memory in ``/proc/self/smaps``; lines of figures follow it."""
_M_MMAP_THRESHOLD = -3
"""Its number in malloc.h of glibc; musl knows ``mallopt`` not at all."""
_LARGE = 4 << 20
"""Bytes. Set once, it stays where it is: else it grows with what is given back. From 1 MB on it would save 7 MB more
and cost some per cent of time for pages that come anew."""
_UNCHANGED = re.compile(r"Anonymous: +0 kB")


def let_go_of_library(name: str) -> int:
    """Let go of the pages of loaded libraries with ``name`` in their file name; return how many bytes may have gone.

    Only parts that cannot be written to and hold nothing but what is in the file.
    """
    if sys.platform != "linux":
        return 0
    try:
        parts = list(_unchanged_parts(Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace"), name))
        madvise = ctypes.CDLL(None).madvise
    except (OSError, AttributeError):
        return 0
    madvise.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
    return sum(size for start, size in parts if madvise(start, size, mmap.MADV_DONTNEED) == 0)


def return_large_blocks() -> bool:
    """Have the C library give large blocks back to the system as soon as they are free; tell whether it will."""
    if sys.platform != "linux":
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    return bool(mallopt(_M_MMAP_THRESHOLD, _LARGE))


def _unchanged_parts(smaps: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield address and size of the parts of a library that are as in its file."""
    part = None
    for line in smaps.splitlines():
        if found := _MAPPING.fullmatch(line):
            start, end, rights, path = found.groups()
            is_meant = "w" not in rights and name in Path(path).name
            part = (int(start, 16), int(end, 16) - int(start, 16)) if is_meant else None
        elif part is not None and _UNCHANGED.match(line):
            yield part
            part = None
