"""What a machine is, in the words that a reader of figures needs; nothing that names it."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("numpy", "numba", "PySide6-Essentials", "torch", "onnxruntime")
_BUSY_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine, and how busy it was before anything was measured."""

    processor: str
    n_cores: int
    """That this process may use."""
    system: str
    python: str
    packages: dict[str, str]
    """Version of each that is installed."""
    load: float | None
    """Processes that wanted to run, on the average of the last minute; None where the system does not tell."""

    @property
    def is_busy(self) -> bool:
        """Whether other programs leave too little of it for times to be believed."""
        return self.load is not None and self.load > _BUSY_SHARE * self.n_cores


def this_machine() -> Machine:
    """Describe the machine that this runs on."""
    return Machine(
        _processor(),
        _n_cores(),
        f"{platform.system()} {platform.machine()}",
        platform.python_version(),
        {name: found for name in _PACKAGES if (found := _version(name))},
        round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _n_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
