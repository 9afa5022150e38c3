"""The last resort: what nobody handled goes into the log, and the user is told in one sentence."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

_LOG = logging.getLogger("keyboard_app")


def start_logging(path: Path) -> None:
    """Log warnings and failures to ``path``, or to stderr where that cannot be written."""
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.WARNING)


def report_unhandled(tell: Callable[[str], None], path: Path) -> None:
    """Install the hook for exceptions that nobody handled: log them, and ``tell`` the user."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _LOG.error("unhandled", exc_info=(kind, error, trace))
        tell(f"Something went wrong inside Foretype ({kind.__name__}); your text is untouched. Details: {path}")

    sys.excepthook = hook
