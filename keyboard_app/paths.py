"""Where Foretype keeps its files: the only module that knows platformdirs."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APP_NAME = "foretype"
DEFAULT_PROFILE = "default"


def profile_folder(name: str = DEFAULT_PROFILE) -> Path:
    """Return the folder of one user profile; the engine creates it."""
    return platformdirs.user_data_path(APP_NAME, appauthor=False) / "profiles" / name


def profile_lock_file(name: str = DEFAULT_PROFILE) -> Path:
    """Return the file that tells a second window that the profile is in use."""
    folder = profile_folder(name)
    return folder.with_name(f"{folder.name}.lock")


def recovery_folder() -> Path:
    """Return the folder that keeps unsaved text until it is saved."""
    return platformdirs.user_state_path(APP_NAME, appauthor=False) / "recovery"


def settings_file() -> Path:
    """Return the file of the window's settings."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "settings.json"


def log_file() -> Path:
    """Return the file that collects the causes of failures; never what the user types."""
    return platformdirs.user_log_path(APP_NAME, appauthor=False) / "foretype.log"
