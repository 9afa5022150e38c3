"""The one door to Numba: where compiled kernels are cached, and how each of them is compiled.

The cache folder has to be named before Numba is imported, so that happens while this module is read. It is the one
engine module that knows platformdirs. A value of ``NUMBA_CACHE_DIR`` that is already set is respected.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar, cast

import platformdirs

__all__ = ["COMPILER_LIBRARY", "cache_folder", "discard_cache", "kernel", "kernel_part"]

COMPILER_LIBRARY = "libllvmlite"
"""Part of the file name of the library that compiles: code of 70 MB, needed only until every kernel is loaded."""

_DISTRIBUTION = "foretype"
_CACHE_VARIABLE = "NUMBA_CACHE_DIR"
_FAST_MATH = {"reassoc", "contract", "nsz", "arcp"}
"""Sums may be reordered and fused. Never ``nnan`` or ``ninf``: scores are masked with -inf, and NaN must be seen."""

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _cache_name() -> str:
    """Return the folder name of this version; kernels compiled with bounds checks never mix with the others."""
    try:
        name = version(_DISTRIBUTION)
    except PackageNotFoundError:
        name = "development"
    return f"{name}-checked" if os.environ.get("NUMBA_BOUNDSCHECK") == "1" else name


def _is_usable(folder: Path) -> bool:
    """Whether files can be written into ``folder``, which is made if it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"foretype")
    except OSError:
        return False
    return True


def _remove_old_versions(current: Path) -> None:
    """Remove what other versions of this program left beside ``current``; a folder in use elsewhere may stay."""
    kept = {current.name, current.name.removesuffix("-checked"), f"{current.name}-checked"}
    for other in current.parent.iterdir():
        if other.is_dir() and other.name not in kept:
            shutil.rmtree(other, ignore_errors=True)


def _choose_cache_folder() -> Path:
    """Return a folder that can be written: the one asked for, the user's cache, or one that ends with the process."""
    asked = os.environ.get(_CACHE_VARIABLE)
    if asked:
        if _is_usable(Path(asked)):
            return Path(asked)
    else:
        folder = platformdirs.user_cache_path(_DISTRIBUTION) / "numba" / _cache_name()
        if _is_usable(folder):
            _remove_old_versions(folder)
            return folder
    # Private to this process: compiled code is loaded from here, so nobody else may write into it.
    temporary = Path(tempfile.mkdtemp(prefix="foretype-numba-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return temporary


cache_folder = _choose_cache_folder()
"""Where the compiled kernels of this process are kept."""
os.environ[_CACHE_VARIABLE] = str(cache_folder)

import numba  # noqa: E402  (the cache folder must be known first)


def kernel(function: _Function) -> _Function:
    """Compile ``function`` at its first call, without the GIL and with its code cached on disk."""
    return _compiled(function, is_part=False)


def kernel_part(function: _Function) -> _Function:
    """Compile ``function`` as ``kernel`` does, into every kernel that calls it.

    If it stayed a function of its own, the linker would take any of its copies: another one in the process that
    compiles them than in those that load them from disk, with the terms of its sums in another order.
    """
    return _compiled(function, is_part=True)


def _compiled(function: _Function, *, is_part: bool) -> _Function:
    compile_it = numba.njit(nogil=True, cache=True, fastmath=_FAST_MATH, error_model="numpy", forceinline=is_part)
    return cast("_Function", compile_it(function))


def discard_cache() -> None:
    """Remove every compiled kernel from disk, so that damaged files are compiled anew."""
    for pattern in ("*/*.nbi", "*/*.nbc"):
        for path in cache_folder.glob(pattern):
            path.unlink(missing_ok=True)
