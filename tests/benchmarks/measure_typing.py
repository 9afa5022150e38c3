"""Type into the real window as fast as a fast typist while the model learns, and see that nothing is lost or late.

    xvfb-run -a python tests/benchmarks/measure_typing.py TEXT [--seconds 60] [--rate 12]

Key events come from outside, by xdotool, through the X server. Meanwhile a timer of the interface thread ticks every
5 ms; how late it comes is how long that thread was blocked. The profile is a fresh one in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

from keyboard_app.app import Application
from keyboard_app.launch import make_qt_application
from keyboard_app.worker.opening import opener_for

TICK_MS = 5
SETTLE_MS = 3_000


class Run(QObject):
    """Waits for the model, lets xdotool type, and keeps the times of the ticks."""

    def __init__(self, qt, application: Application, text: str, rate: float) -> None:
        super().__init__()
        self.qt, self.application, self.text, self.rate = qt, application, text, rate
        self.gaps_ms: list[float] = []
        self.n_answers = self.n_learnt = self.n_updated = 0
        self.typist: subprocess.Popen | None = None
        self._last: float | None = None
        self._ticks = QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticks.timeout.connect(self.tick)
        application.model.ready.connect(self.begin)
        application.model.suggestions_ready.connect(self.count_answer)
        application.model.learnt.connect(self.count_learnt)

    def count_answer(self, _answer) -> None:
        self.n_answers += 1

    def count_learnt(self, outcome) -> None:
        self.n_learnt += 1
        self.n_updated += outcome.report.updated

    def begin(self, _ready) -> None:
        QTimer.singleShot(1_000, self.type)

    def type(self) -> None:
        self.application.window.activateWindow()
        self.application.window.editor.setFocus()
        delay = str(round(1_000 / self.rate))
        self.typist = subprocess.Popen(["xdotool", "type", "--delay", delay, "--", self.text])
        self._ticks.start(TICK_MS)

    def tick(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self.gaps_ms.append(1_000 * (now - self._last))
        self._last = now
        if self.typist is not None and self.typist.poll() is not None:
            self._ticks.stop()
            QTimer.singleShot(SETTLE_MS, lambda: self.qt.exit(0))  # quit() would ask what becomes of the text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=12.0, help="characters a second")
    arguments = parser.parse_args()
    wanted = " ".join(arguments.text.read_text(encoding="utf-8").split())[: int(arguments.seconds * arguments.rate)]
    wanted = wanted.encode("ascii", "ignore").decode()
    with tempfile.TemporaryDirectory() as folder:
        qt = make_qt_application()
        application = Application(qt, opener_for(Path(folder) / "profile"), Path(folder) / "settings.json")
        run = Run(qt, application, wanted, arguments.rate)
        application.start()
        qt.exec()
        typed = application.window.editor.toPlainText()
        application.stop()
    late = np.array(run.gaps_ms) - TICK_MS
    figures = {
        "characters": len(wanted),
        "text_is_exactly_what_was_typed": typed == wanted,
        "answers": run.n_answers,
        "words_learned": run.n_learnt,
        "updates_of_the_network": run.n_updated,
        "interface_thread_late_ms": {
            "n": len(late),
            **{f"p{at}": round(float(np.percentile(late, at)), 2) for at in (50, 95, 99, 99.9)},
            "max": round(float(late.max()), 2),
            "over_50_ms": int((late > 50).sum()),
        },
    }
    print(json.dumps(figures, indent=1))
    return 0 if typed == wanted else 1


if __name__ == "__main__":
    sys.exit(main())
