"""How much memory a process has used, as the system counts it."""

from __future__ import annotations

import sys
from pathlib import Path


def peak_resident_mib() -> float | None:
    """Return the most memory that this process had resident at any time; None where the system does not tell."""
    if sys.platform == "linux":
        # Not getrusage: of a process that was just started it tells the peak of the one that started it.
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return None
    if sys.platform == "darwin":
        import resource  # noqa: PLC0415  not on Windows

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return None
