"""Measure the keys that the whole window saves, key event by key event, beside what the engine alone would save.

    python tests/benchmarks/measure_window_savings.py TEXT... [--words 1000] [--learning on] [--platform offscreen]

The simulated typist of ``foretype evaluate`` types whole lines of each TEXT, about so many words, into the real window:
real keys, real editor, strip, threads and engine. It looks at the strip once the answer to the present place is there,
takes a suggestion only where that leaves exactly the intended text, case included, and pays for every key it presses.
At the end the text in the window must be the intended one, character by character.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine import Context, open_engine
from engine.evaluation.simulated_typist import WORD, SimulatedTypist, words_of
from keyboard_app.app import Application
from keyboard_app.launch import make_qt_application
from keyboard_app.settings import Settings, save_settings
from keyboard_app.typist.spacing import SpaceAction, Spacing

SECONDS_TO_ANSWER = 600.0
"""Compiling the kernels may be under way, on a machine that is busy."""
LETTER = re.compile(r"[A-Za-z'’]")
SLOT_KEYS = (
    (Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier),
)


@dataclass
class Figures:
    """What was counted at one window."""

    words: int = 0
    characters: int = 0
    keys: int = 0
    taken: int = 0
    keys_for_spaces: int = 0
    words_offered_in_another_case: int = 0
    keys_lost_to_case: int = 0
    text_is_exact: bool = False
    seconds: float = 0.0

    @property
    def savings(self) -> float:
        return 1.0 - self.keys / max(1, self.characters)


class WindowTypist:
    """Types an intended text into the window and counts the keys."""

    def __init__(self, application: Application, intended: str) -> None:
        self.application, self.intended = application, intended
        self.editor, self.bar = application.window.editor, application.window.suggestion_bar
        self.figures = Figures(characters=len(intended))

    def type_all(self) -> Figures:
        """Type everything, and compare what the window holds then."""
        started = time.monotonic()
        position = 0
        while position < len(self.intended):
            word = WORD.match(self.intended, position)
            if word is None:
                position = self._type(position)
            else:
                self.figures.words += 1
                position = self._type_word(position, word.end())
            self._see_that_the_text_is_right(position)
        self.figures.seconds = round(time.monotonic() - started, 1)
        self.figures.text_is_exact = self.editor.raw_text() == self.intended
        return self.figures

    def _see_that_the_text_is_right(self, position: int) -> None:
        text, intended = self.editor.raw_text(), self.intended[:position]
        if text not in (intended, intended + " "):
            raise SystemExit(f"the window holds {text[-60:]!r} where {intended[-60:]!r} was typed")

    def _type_word(self, position: int, end: int) -> int:
        """Type one word, or take it as soon as that saves a key; return how far the text is now."""
        start, offered_at = position, None
        while position < end:
            slot, result = self._best_slot(position, end)
            if offered_at is None and self._is_offered_in_any_case(position, end):
                offered_at = position
            if slot is not None:
                self._count_case(offered_at, position, start)
                return self._take(slot, result)
            position = self._type(position)
        self._count_case(offered_at, end - 1, start)
        return position

    def _count_case(self, offered_at: int | None, taken_at: int, start: int) -> None:
        """Count what it cost that the word stood there before, in letters of another size."""
        if offered_at is not None and offered_at < taken_at:
            self.figures.words_offered_in_another_case += 1
            self.figures.keys_lost_to_case += taken_at - offered_at

    def _best_slot(self, position: int, end: int) -> tuple[int | None, int]:
        """Return the slot that brings the text furthest, and how far; None where no slot saves a key."""
        best, best_result = None, position
        for slot, word in enumerate(self._words_on_screen()):
            result = self._result_of(word, position)
            if result is None or result < end or result <= best_result:
                continue
            gives_space = self.intended[result] == " "
            if result + gives_space - position > self._keys_to_take(result):
                best, best_result = slot, result
        return best, best_result

    def _result_of(self, word: str, position: int) -> int | None:
        """Return how far the text is once ``word`` is taken; None where that is not what is intended."""
        start = position - len(Context.before_caret(self.intended[:position]).prefix)
        end = start + len(word)
        if not word or self.intended[start:end] != word or LETTER.match(self.intended, end):
            return None
        return end

    def _keys_to_take(self, result: int) -> int:
        """Return 1, and 1 more where the automatic space is not what comes next, or would be swallowed and must not."""
        ahead = self.intended[result : result + 2]
        if ahead[0] == " ":
            return 1 + self._swallows(ahead[1:], result)
        return 2 - self._swallows(ahead[0], result)

    def _swallows(self, character: str, result: int) -> bool:
        spacing = Spacing()
        spacing.accepted(space_added=True)
        action = spacing.plan(character, self.intended[:result] + " ")
        return action is not SpaceAction.TYPE

    def _is_offered_in_any_case(self, position: int, end: int) -> bool:
        start = position - len(Context.before_caret(self.intended[:position]).prefix)
        return self.intended[start:end].casefold() in [word.casefold() for word in self._words_on_screen()]

    def _take(self, slot: int, result: int) -> int:
        extra = self._keys_to_take(result) - 1
        self._press(*SLOT_KEYS[slot])
        self.figures.taken += 1
        self.figures.keys_for_spaces += extra
        if self.intended[result] == " ":
            if extra:
                self._type(result)  # makes the automatic space an ordinary one
            return result + 1
        if extra:
            self._press(Qt.Key.Key_Backspace)
        return result

    def _type(self, position: int) -> int:
        character = self.intended[position]
        if character == "\n":
            self._press(Qt.Key.Key_Return)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.editor, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character))
            self.figures.keys += 1
        return position + 1

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.editor, key, modifier)
        self.figures.keys += 1

    def _words_on_screen(self) -> tuple[str, ...]:
        """Return what stands in the strip once the answer to the present place is there."""
        session = self.application.desk._session
        wait_for(lambda: not session.offering.is_waiting)
        return self.bar.words


def wait_for(condition) -> None:
    end = time.monotonic() + SECONDS_TO_ANSWER
    QApplication.processEvents()
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("no answer came")
        time.sleep(0.0005)
        QApplication.processEvents()


def type_into_window(qt: QApplication, intended: str, *, learning: bool) -> Figures:
    """Open a window with an empty profile, type into it, and close it."""
    with tempfile.TemporaryDirectory() as folder:
        settings_file = Path(folder) / "settings.json"
        save_settings(Settings(welcomed=True, learning=learning), settings_file)
        application = Application(qt, lambda: (open_engine(None), ()), settings_file)
        application.start()
        window = application.window
        try:
            wait_for(lambda: not window.suggestion_bar.message)
            window.activateWindow()
            window.editor.setFocus()
            return WindowTypist(application, intended).type_all()
        finally:
            window.editor.document().setModified(False)
            window.close()
            application.stop()
            window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def type_into_engine(lines: list[str], *, learning: bool) -> float:
    """Return the savings of ``foretype evaluate`` on the same lines."""
    with open_engine(None) as engine:
        result = SimulatedTypist(engine, learning=learning).type_lines(lines, max_words=10**9)
    return result.total.keystroke_savings


def lines_of(path: Path, n_words: int) -> list[str]:
    """Return the first whole lines that hold so many words, as the simulated typist reads them."""
    chosen: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if sum(1 for _ in words_of(chosen)) >= n_words:
            break
        chosen.append(line.replace("’", "'").replace("‘", "'"))
    return chosen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=1_000)
    parser.add_argument("--learning", choices=("off", "on", "both"), default="both")
    parser.add_argument("--platform", default="offscreen")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", arguments.platform)
    qt = make_qt_application()
    is_right = True
    for path in arguments.texts:
        lines = lines_of(path, arguments.words)
        intended = "".join(f"{line}\n" for line in lines)
        for learning in {"off": (False,), "on": (True,), "both": (False, True)}[arguments.learning]:
            figures = type_into_window(qt, intended, learning=learning)
            engine = type_into_engine(lines, learning=learning)
            difference = figures.savings - engine
            is_right &= figures.text_is_exact and difference > -0.01
            report = {
                "text": path.name,
                "learning": learning,
                "ks_window": round(figures.savings, 4),
                "ks_engine": round(engine, 4),
                "points": round(100 * difference, 2),
                "points_lost_to_case": round(100 * figures.keys_lost_to_case / figures.characters, 2),
                **asdict(figures),
            }
            print(json.dumps(report), flush=True)
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
