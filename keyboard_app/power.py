"""Where the machine's power comes from, as far as it says so."""

from __future__ import annotations

import contextlib


def is_on_battery() -> bool:
    """Tell whether the machine runs on its battery; False where it has none, or does not say."""
    import psutil  # noqa: PLC0415  needed seldom

    with contextlib.suppress(OSError, AttributeError, RuntimeError):  # where a system has no such figures
        battery = psutil.sensors_battery()
        return battery is not None and battery.power_plugged is False
    return False
