"""How much memory a process has and has had, as the system counts it, in MB of 10**6 bytes."""

from __future__ import annotations

import sys
from pathlib import Path


def resident_mb() -> float | None:
    """Return how much memory of this process is resident; None where the system does not tell."""
    return _status_mb("VmRSS") if sys.platform == "linux" else None


def peak_resident_mb() -> float | None:
    """Return the most memory that this process had resident at any time; None where the system does not tell."""
    if sys.platform == "linux":
        # Not getrusage: of a process that was just started it tells the peak of the one that started it.
        return _status_mb("VmHWM")
    if sys.platform == "darwin":
        import resource  # noqa: PLC0415  not on Windows

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return None


def _status_mb(name: str) -> float | None:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1_024 / 1e6
    return None
