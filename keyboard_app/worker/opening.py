"""Open the real engine for the window: with the user's profile if possible, without it if it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from engine.errors import ProfileError
from keyboard_app.worker.port import EngineOpener, EnginePort

NOT_KEPT = "What you type now is learned for this session only."


def opener_for(profile: Path | None) -> EngineOpener:
    """Return what opens the engine; ``profile=None`` keeps everything in memory."""

    def open_profile() -> tuple[EnginePort, tuple[str, ...]]:
        """Model thread. Import and open the engine: both take long."""
        from engine import open_engine  # noqa: PLC0415  compiled code: not before the window is there

        notices: tuple[str, ...] = ()
        try:
            engine = open_engine(profile)
        except ProfileError as error:
            if profile is None:
                raise
            engine, notices = open_engine(None), (f"{error} {NOT_KEPT}",)
        return cast("EnginePort", engine), notices + tuple(engine.notices)

    return open_profile
