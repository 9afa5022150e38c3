"""Where Foretype keeps its files; compiled kernels have a cache of their own (``engine.jit``)."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
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


def instance_socket(name: str = DEFAULT_PROFILE) -> str:
    """Return where the window that has the profile can be reached: a path in a private folder, or a Windows pipe."""
    digest = sha256(str(profile_folder(name)).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    if sys.platform == "win32":
        return f"{APP_NAME}-{digest}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(runtime) / APP_NAME if Path(runtime).is_absolute() else recovery_folder().with_name("run")
    return str(folder / f"{digest}.socket")


def applications_folder() -> Path:
    """Return the user's folder of desktop entries."""
    return platformdirs.user_data_path() / "applications"


def icons_folder() -> Path:
    """Return the user's folder of the icon theme that every other theme falls back to."""
    return platformdirs.user_data_path() / "icons" / "hicolor"


def settings_file() -> Path:
    """Return the file of the window's settings."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "settings.json"


def log_file() -> Path:
    """Return the file that collects the causes of failures; never what the user types."""
    return platformdirs.user_log_path(APP_NAME, appauthor=False) / "foretype.log"
