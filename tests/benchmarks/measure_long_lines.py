"""Measure what a key costs the interface thread, until it is painted, in texts that are hard on an editor.

    xvfb-run -a python tests/benchmarks/measure_long_lines.py [--keys 60]

Each text is made of one sentence, again and again, in paragraphs of so many characters. The real window, with its
strip and an engine that answers at once from a list of words, gets key events at the end of the text and in its middle,
inside a paragraph. Told are milliseconds of processor time of the interface thread for a key; others cost it little.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from keyboard_app.app import Application
from keyboard_app.launch import make_qt_application
from keyboard_app.settings import Settings, save_settings
from tests.keyboard_app.fake_engine import FakeEngine

SENTENCE = "The quick brown fox turned to the river and went home. "
TYPED = "turn the hat over and then "
TEXTS = {
    "a letter": (2_000, 500),
    "2 MB": (2_000_000, 500),
    "a paragraph of 10,000": (10_000, 10_000),
    "a paragraph of 30,000": (30_000, 30_000),
    "2 MB in paragraphs of 30,000": (2_000_000, 30_000),
    "a paragraph of 100,000": (100_000, 100_000),
}
"""So many characters, in paragraphs of so many."""
SETTLE_MS = 15
"""Between two keys, for the answer and its ghost to be painted; a fast typist needs 80."""


def text_of(length: int, paragraph: int) -> str:
    line = (SENTENCE * (paragraph // len(SENTENCE) + 1))[: paragraph - 1]
    return "\n".join([line] * (length // paragraph))


def turn(milliseconds: int) -> None:
    """Let the window do what it has to do."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def cost_of_keys(qt: QApplication, application: Application, place: float, n_keys: int) -> list[float]:
    """Type at a place, as a share of the text; return the milliseconds of each key."""
    editor = application.window.editor
    editor.put_caret(int(place * (editor.document().characterCount() - 1)))
    turn(500)
    costs = []
    for index in range(n_keys):
        character = TYPED[index % len(TYPED)]
        began = time.thread_time()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            qt.sendEvent(editor, QKeyEvent(kind, ord(character.upper()), Qt.KeyboardModifier.NoModifier, character))
        turn(SETTLE_MS)
        costs.append(1_000 * (time.thread_time() - began))
    return costs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--platform", help="of Qt; that of the screen where there is one, else offscreen")
    arguments = parser.parse_args()
    if arguments.platform or "DISPLAY" not in os.environ:
        os.environ["QT_QPA_PLATFORM"] = arguments.platform or "offscreen"
    qt = make_qt_application()
    with tempfile.TemporaryDirectory() as folder:
        save_settings(Settings(welcomed=True), Path(folder) / "settings.json")
        application = Application(qt, FakeEngine().open, Path(folder) / "settings.json")
        application.start()
        application.window.activateWindow()
        application.window.editor.setFocus()
        turn(1_000)
        for name, (length, paragraph) in TEXTS.items():
            application.window.editor.setPlainText(text_of(length, paragraph))
            for place, share in (("end", 1.0), ("middle", 0.4999)):
                costs = cost_of_keys(qt, application, share, arguments.keys)
                p50, p95 = (round(float(np.percentile(costs, at)), 1) for at in (50, 95))
                print(json.dumps({"text": name, "at": place, "ms_p50": p50, "ms_p95": p95}), flush=True)
        application.window.editor.document().setModified(False)
        application.window.close()
        application.stop()


if __name__ == "__main__":
    main()
