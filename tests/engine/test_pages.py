"""Pages of libraries that are not needed any more go, and come back when they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.pages import _unchanged_parts, let_go_of_library

SMAPS = """\
7f0000000000-7f0000002000 r-xp 00001000 fd:00 12 /usr/lib/a b/libcompiler.so.1
Rss:                   8 kB
Anonymous:             0 kB
7f0000002000-7f0000003000 r--p 00003000 fd:00 12 /usr/lib/a b/libcompiler.so.1
Rss:                   4 kB
Anonymous:             4 kB
7f0000003000-7f0000004000 rw-p 00004000 fd:00 12 /usr/lib/a b/libcompiler.so.1
Anonymous:             0 kB
7f0000004000-7f0000005000 r-xp 00001000 fd:00 13 /usr/lib/libcompiler/other.so
Anonymous:             0 kB
7f0000005000-7f0000006000 r--p 00000000 00:00 0
Anonymous:             0 kB
"""

USED_AGAIN = """
from pathlib import Path
from engine import jit
from engine.evaluation.bench.memory import resident_mb
from engine.pages import let_go_of_library
def double(x):
    return x + x
one, before = jit.numba.njit(double)(2), resident_mb()
gone = let_go_of_library(jit.COMPILER_LIBRARY)
after = resident_mb()
print(gone > 0, before - after > 10.0, one, jit.numba.njit(double)(2.5))
"""


def test_only_parts_of_the_library_that_are_as_in_its_file_are_let_go_of():
    assert list(_unchanged_parts(SMAPS, "compiler")) == [(0x7F0000000000, 0x2000)]


def test_no_library_of_that_name_is_no_failure():
    assert let_go_of_library("no such library") == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is told")
def test_the_compiler_takes_less_memory_then_and_still_compiles():
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", USED_AGAIN], cwd=root, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["True", "True", "4", "5.0"], done.stderr


HOLES = """
import numpy as np
from engine.evaluation.bench.memory import resident_mb
from engine.pages import return_large_blocks
told = return_large_blocks()
blocks = [np.ones(6 << 20, np.uint8) for _ in range(20)]
held = [np.ones(1 << 10, np.uint8) for _ in range(20)]
before = resident_mb()
del blocks
print(told, before - resident_mb() > 100.0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux is told, others are not")
def test_large_blocks_go_back_to_the_system_as_soon_as_they_are_free():
    done = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
