"""Open the real engine for the window: with the user's profile if possible, without it if it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from engine.errors import ProfileError
from keyboard_app import paths, profiles
from keyboard_app.worker.port import EngineOpener, EnginePort

NOT_KEPT = "What you type now is learned for this session only."


def open_profile(profile: Path | None) -> EnginePort:
    """Model thread. Import and open the engine: both take long; ``profile=None`` keeps everything in memory."""
    from engine import open_engine  # noqa: PLC0415  compiled code: not before the window is there

    return cast("EnginePort", open_engine(profile))


def opener_for(profile: Path | None) -> EngineOpener:
    """Return what opens the engine at the start: in memory where the profile cannot be used.

    The window keeps the profile. What is left of others that were removed goes here, in the model thread.
    """

    def open_at_start() -> tuple[EnginePort, tuple[str, ...]]:
        notices: tuple[str, ...] = ()
        if profile is not None and profile == paths.profile_folder(profile.name):  # measurements have theirs elsewhere
            profiles.remove_leftovers(profile.name)
        try:
            engine = open_profile(profile)
        except ProfileError as error:
            if profile is None:
                raise
            engine, notices = open_profile(None), (f"{error} {NOT_KEPT}",)
        return engine, notices + tuple(engine.notices)

    return open_at_start
