"""Processes that are measured: started, listened to, and ended where they hang."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from engine.errors import EngineError

PATIENCE_S = 600
"""Compiling takes a minute on a slow machine; a process that takes so long hangs."""
Events = dict[str, dict[str, Any]]
"""What a process told, by the name of the event, with ``at_s``: seconds from its start until that was heard."""


def listen(module: str, *arguments: str, **variables: str) -> Events:
    """Run a module as a process; return the events that it prints, one JSON object with an ``event`` a line.

    Raises
    ------
    EngineError
        With the last words of a process that fails or hangs.
    """
    packages = Path(__file__).parents[3]
    path = os.pathsep.join(filter(None, (str(packages), os.environ.get("PYTHONPATH", ""))))
    environment = {**os.environ, "PYTHONPATH": path, **variables}
    # -P: a folder of the user's that is called like one of our packages is none of them.
    command = [sys.executable, "-P", "-m", module, *arguments]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        began = time.perf_counter()
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True) as process:  # noqa: S603
            deadline = threading.Timer(PATIENCE_S, process.kill)
            deadline.start()
            try:
                events = _events_of(process, began)
            finally:
                deadline.cancel()
        if process.returncode:
            errors.seek(0)
            raise EngineError(f"{module} failed ({process.returncode}): {_last_line(errors.read())}")
    return events


def _events_of(process: subprocess.Popen[str], began: float) -> Events:
    events: Events = {}
    for line in process.stdout or ():
        at_s = time.perf_counter() - began
        told = json.loads(line)
        events[told["event"]] = {"at_s": at_s, **told}
    return events


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing."
