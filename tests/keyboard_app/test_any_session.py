"""Whatever a typist does, in whatever order: text, undo and file are what a plain string would be.

    FORETYPE_STEPS=10000 bin/test tests/keyboard_app/test_any_session.py

takes that many steps with each engine; without it a few hundred are taken. They come in runs of a few sessions, each
drawn from a seed of its own. What fails says its seed, and

    FORETYPE_SEED=17 bin/test tests/keyboard_app/test_any_session.py

does the same steps again, up to the moments at which answers come.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine import open_engine
from engine.values import CommitSource
from keyboard_app.app import Application
from keyboard_app.settings import Settings, save_settings
from keyboard_app.typist.offer import without_doubled
from keyboard_app.ui.dialogs import UnsavedAnswer
from tests.keyboard_app.answers import answer
from tests.keyboard_app.fake_engine import WORDS, FakeEngine
from tests.keyboard_app.gated_engine import GatedEngine
from tests.keyboard_app.plain_text import PlainText

STEPS = int(os.environ.get("FORETYPE_STEPS", "0"))
SEED = int(os.environ.get("FORETYPE_SEED", "-1"))
STEPS_OF_A_SESSION = 50
SESSIONS_OF_A_RUN = 5
SECONDS_TO_SETTLE = 20.0
FOREIGN = "ŋ"
"""A letter that comes from the clipboard and from files only: nothing with it may be learned."""

N_SLOTS = 3

Key, Modifier = Qt.Key, Qt.KeyboardModifier
TYPED = st.one_of(
    st.text("tuhernqaTHW", min_size=1, max_size=6),
    st.sampled_from(
        ["turn ", "the ", "a word, and ", "don't ", "Hello.", "x\ny", "e\u0301", "😀", "👍 ", "שלום ", "42 ", "me@"]
    ),
    st.text(" .,;!?()\"'-\n", min_size=1, max_size=3),
)
BEGINNINGS = st.sampled_from(["", "t", "tu", "th", "H", "go", "qu", "x"])
FOLLOWING = st.sampled_from(["", "", ".", ", ", " ", "x", "\n", '"'])
PASTED = st.sampled_from([f"{FOREIGN}ow", f" {FOREIGN}a {FOREIGN}e ", f"{FOREIGN}\n{FOREIGN}", f"😀{FOREIGN}"])
ERASURES = [
    (Key.Key_Backspace, Modifier.NoModifier),
    (Key.Key_Backspace, Modifier.NoModifier),
    (Key.Key_Delete, Modifier.NoModifier),
    (Key.Key_Backspace, Modifier.ControlModifier),
    (Key.Key_Delete, Modifier.ControlModifier),
]
MOVES = [
    (key, modifier)
    for key in (Key.Key_Left, Key.Key_Home, Key.Key_End, Key.Key_Up, Key.Key_Down)
    for modifier in (Modifier.NoModifier, Modifier.ShiftModifier, Modifier.ControlModifier)
] + [
    (Key.Key_Right, Modifier.ShiftModifier),
    (Key.Key_Right, Modifier.ControlModifier),
    (Key.Key_A, Modifier.ControlModifier),
]
AT_X, AT_Y = st.integers(50, 700), st.integers(20, 300)
SLOT_KEYS = [
    (0, Key.Key_Tab, Modifier.NoModifier),
    (0, Key.Key_1, Modifier.AltModifier),
    (1, Key.Key_2, Modifier.AltModifier),
    (2, Key.Key_3, Modifier.AltModifier),
]


class Session(RuleBasedStateMachine):
    """The real window with its real threads, beside a plain text for each of its tabs."""

    open_engine = staticmethod(lambda: FakeEngine([*WORDS, "good morning to you"]))

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        save_settings(Settings(welcomed=True), self.folder / "settings.json")
        self.engine = GatedEngine(self.open_engine)
        qt = QApplication.instance()
        self.application = Application(qt, self.engine.open, self.folder / "settings.json", self.folder / "recovery")
        queued = Qt.ConnectionType.QueuedConnection  # as the window hears of answers, in the same order
        self.application.model.suggestions_ready.connect(self._keep_answer, queued)
        self.application.desk.asked.connect(self._keep_request)
        self.application.start()
        self.window = self.application.window
        self.editor, self.bar = self.window.editor, self.window.suggestion_bar
        self.window.activateWindow()
        self.editor.setFocus()
        self.answers = answer(self.window, unsaved=UnsavedAnswer.DISCARD)
        self.texts = [PlainText()]
        self.n_files = 0
        self.n_taken = 0
        self.answered, self.asked = {}, {}
        self.pending = None  # the revision and the slot of a key whose answer is still to come, and the word seen there
        self._wait(lambda: not self.bar.message)
        self.settle()

    @property
    def text(self) -> PlainText:
        return self.texts[self.window.documents.active_index]

    # Typing

    @rule(text=TYPED, in_one_go=st.booleans())
    def type(self, text, in_one_go):
        for character in text:
            self.cancel_pending()
            self._key(character)
            self.text.type(character)
            if not in_one_go:
                self.settle()

    @rule(
        words=st.lists(st.tuples(BEGINNINGS, st.sampled_from(SLOT_KEYS), FOLLOWING), min_size=2, max_size=5),
        faster_than_answers=st.booleans(),
        by_input_method=st.booleans(),
    )
    def write(self, words, faster_than_answers, by_input_method):
        """Do what typists do most: a few letters, a key for the word, and on."""
        if faster_than_answers:
            self.engine.hold()
        for letters, slot_key, following in words:
            self.type(letters, in_one_go=True)
            self.take(slot_key)
            if by_input_method and following:
                self.compose(following, steps=0, finishes=True)
            else:
                self.type(following, in_one_go=True)
        if faster_than_answers:
            self.engine.let_go()
            self.settle()

    @rule(
        composed=st.sampled_from(["é", "ß", "日本", "naïve", " ", ".", "tu"]),
        steps=st.integers(0, 2),
        finishes=st.booleans(),
    )
    def compose(self, composed, steps, finishes):
        """Use an input method: what it composes is not text yet; what it commits is."""
        self.cancel_pending()
        for _ in range(steps):
            QApplication.sendEvent(self.editor, QInputMethodEvent("´", []))
            if self.text.has_selection:
                self.text.insert("")
            assert self.editor.ghost == ""
        if steps:
            self.text.has_automatic_space = False
        end = QInputMethodEvent("", [])
        if not finishes:
            if steps:
                QApplication.sendEvent(self.editor, end)
            return
        end.setCommitString(composed)
        QApplication.sendEvent(self.editor, end)
        if len(composed) == 1:
            self.text.type(composed)
        else:
            self.text.insert(composed)

    @rule(count=st.integers(1, 3), composed=st.sampled_from(["", "é", "word"]))
    def recompose(self, count, composed):
        """Let an input method replace what it committed before."""
        if self.text.has_selection or not self.text.before[-count:].isalpha() or not self.text.before.isascii():
            return
        count = min(count, len(self.text.before))
        self.cancel_pending()
        event = QInputMethodEvent("", [])
        event.setCommitString(composed, -count, count)
        QApplication.sendEvent(self.editor, event)
        self.text.insert(composed, replacing=count)

    @rule(erasures=st.lists(st.sampled_from(ERASURES), min_size=1, max_size=6))
    def erase(self, erasures):
        for key, modifier in erasures:
            self.cancel_pending()
            QTest.keyClick(self.editor, key, modifier)
            if modifier is not Modifier.NoModifier:
                self.text.erase_word(self.editor.raw_text(), forwards=key is Key.Key_Delete)
            elif key is Key.Key_Backspace:
                self.text.backspace()
            else:
                self.text.delete()

    @rule(text=PASTED, cuts=st.booleans())
    def paste(self, text, cuts):
        if cuts:
            self.cut()
        self.cancel_pending()
        QApplication.clipboard().setText(text)
        QTest.keyClick(self.editor, Key.Key_V, Modifier.ControlModifier)
        self.text.insert(text)

    def cut(self):
        self.cancel_pending()
        QTest.keyClick(self.editor, Key.Key_X, Modifier.ControlModifier)
        self.text.cut()

    # Suggestions

    def take(self, slot_key):
        slot, *key = slot_key
        session = self.application.desk._session
        seen, is_settled, revision = self.bar.words[slot], self.is_settled, session.revision
        if key[0] is Key.Key_Tab and self.editor.ghost:
            # what is seen can be taken
            seen, is_settled = session.offering.acceptance_of_ghost(self.editor.ghost).text, True
        QTest.keyClick(self.editor, *key)
        if seen and is_settled:
            self._accept(seen)
            return
        text, caret = self.editor.raw_text(), self.editor.textCursor().position()
        if text == self.text.text and caret == _units(self.text.before):  # a whole word may bring its caret on only
            if not is_settled:
                self.pending = (revision, slot, seen)
            return
        self.pending = None
        if seen and self._fits(seen) and self._after_accepting(seen) == text:
            self._accept(seen)
        else:
            assert key[0] is Key.Key_Tab
            self.text.type("\t")

    def go_right(self):
        """Right takes one word of a ghost at the end of a line, else it moves the caret; at the end it does nothing."""
        self.settle()
        ends_line = self.text.after[:1] in ("", "\n")  # a ghost may stand before spaces, too
        takes = bool(self.editor.ghost) and ends_line and not self.text.has_selection
        word = self.application.desk._session.offering.acceptance_of_word().text if takes else ""
        assert (self.text.prefix + self.editor.ghost).casefold().startswith(word.casefold())
        QTest.keyClick(self.editor, Key.Key_Right)
        if takes:
            self._accept(word)
        else:
            self.follow_caret()

    @rule(slot=st.integers(0, 2), moves=st.booleans())
    def click(self, slot, moves):
        if moves:
            self.go_right()
        self.settle()  # an answer that came in the moment of the click would change what it takes
        seen, is_settled = self.bar.words[slot], self.is_settled
        QTest.mouseClick(self.bar.slot_buttons[slot], Qt.MouseButton.LeftButton)
        if seen and (is_settled or self.editor.raw_text() != self.text.text):
            assert self._fits(seen)
            self._accept(seen)

    def hide(self):
        had_words = any(self.bar.words) and self.is_settled
        QTest.keyClick(self.editor, Key.Key_Escape)
        if had_words:
            self.pending = None
            assert not any(self.bar.words)

    @rule(what=st.sampled_from(["hide", "hold", "let go", "pause"]))
    def wait_for_answers(self, what):
        if what == "hide":
            self.hide()
        elif what == "hold":
            self.engine.hold()
        elif what == "pause":
            self.application.desk.release()
        else:
            self.engine.let_go()
            self.settle()

    # Moving about

    @rule(moves=st.lists(st.sampled_from(MOVES), min_size=1, max_size=4), at=st.none() | st.tuples(AT_X, AT_Y))
    def move(self, moves, at):
        for move in moves:
            QTest.keyClick(self.editor, *move)
            self.follow_caret()
        if at is not None:
            self.point(*at)

    def point(self, x, y):
        QTest.mouseClick(self.editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        self.follow_caret()

    # Undo

    @rule(n_undo=st.integers(0, 4), n_redo=st.integers(0, 4))
    def undo_and_redo(self, n_undo, n_redo):
        for _ in range(n_undo):
            self.undo()
        for _ in range(n_redo):
            self.redo()

    def undo(self):
        self.cancel_pending()
        QTest.keyClick(self.editor, Key.Key_Z, Modifier.ControlModifier)
        self.text.undone(self.editor.raw_text())
        self.follow_caret()

    def redo(self):
        self.cancel_pending()
        QTest.keyClick(self.editor, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
        self.text.redone(self.editor.raw_text())
        self.follow_caret()

    def undo_all_and_redo_all(self):
        self.cancel_pending()
        page = self.editor.document()
        while page.isRedoAvailable():
            self.redo()
        latest = self.text.text
        while page.isUndoAvailable():
            self.undo()
        assert self.text.text == self.text.first
        while page.isRedoAvailable():
            self.redo()
        assert self.text.text == latest

    # Documents

    @rule(what=st.sampled_from(["begin", "next", "save", "save", "open again"]))
    def use_documents(self, what):
        if what == "begin":
            self.begin_document()
        elif what == "next":
            self.go_to_next_document()
        elif what == "save":
            self.save()
        else:
            self.close_and_open_again()

    def begin_document(self):
        if len(self.texts) == 3:
            return
        self.cancel_pending()
        self.text.has_automatic_space = False
        index = self.window.documents.active_index
        QTest.keyClick(self.editor, Key.Key_N, Modifier.ControlModifier)
        self.texts.insert(index + 1, PlainText())
        assert self.window.documents.active_index == index + 1

    def go_to_next_document(self):
        if len(self.texts) > 1:
            self.cancel_pending()
            self.text.has_automatic_space = False
        QTest.keyClick(self.editor, Key.Key_Tab, Modifier.ControlModifier)

    def save(self):
        if self.window.documents.active.path is None:
            self.n_files += 1
            self.answers.path = self.folder / f"{self.n_files}.txt"
        QTest.keyClick(self.editor, Key.Key_S, Modifier.ControlModifier)
        self.text.saved = self.text.text
        path = self.window.documents.active.path
        assert path.read_bytes().decode("utf-8") == self.text.text
        assert not self.window.documents.active.is_modified

    def close_and_open_again(self):
        """Give up what is not saved; what was saved is what comes back."""
        self.cancel_pending()
        documents = self.window.documents
        index, path = documents.active_index, documents.active.path
        closed = self.texts.pop(index)
        QTest.keyClick(self.editor, Key.Key_W, Modifier.ControlModifier)
        if not self.texts:
            self.texts.append(PlainText())
        self.text.has_automatic_space = False
        if path is None:
            return
        was_untouched, index = documents.active.is_untouched, documents.active_index
        documents.open_file(path)
        if was_untouched:
            self.texts[index] = closed.opened()
        else:
            self.texts.insert(index + 1, closed.opened())
        assert self.editor.raw_text() == closed.saved

    # What always holds

    @invariant()
    def text_is_what_was_typed(self):
        if self.pending is None and not self.engine.is_held:
            self.settle()
        text, cursor = self.text, self.editor.textCursor()
        assert self.editor.raw_text() == text.text
        assert cursor.position() == _units(text.before)
        assert cursor.anchor() == _units(text.text[: text.anchor])
        assert text.text == text.saved or self.window.documents.active.is_modified

    @invariant()
    def every_tab_keeps_its_text(self):
        assert [_raw(document) for document in self.window.documents.all] == [text.text for text in self.texts]

    @invariant()
    def ghost_goes_on_what_is_typed(self):
        ghost = self.editor.ghost
        if ghost:
            assert not self.text.has_selection
            assert not self.text.after.strip()
            taken = self.application.desk._session.offering.acceptance_of_ghost(ghost)
            assert (taken.prefix, taken.text.casefold()) == (self.text.prefix, (self.text.prefix + ghost).casefold())

    @invariant()
    def words_on_screen_fit(self):
        if self.is_settled:
            assert all(not word or self._fits(word) for word in self.bar.words)

    @invariant()
    def nothing_foreign_is_learned(self):
        assert all(FOREIGN not in commit.text for commit in self.engine.commits)

    def teardown(self):
        self.engine.let_go()
        try:
            self.text_is_what_was_typed()
            self.undo_all_and_redo_all()
        finally:
            self.close()
        self.nothing_foreign_is_learned()
        taken = [commit for commit in self.engine.commits if commit.source is CommitSource.ACCEPTED]
        assert len(taken) <= self.n_taken

    def close(self):
        """End the window and its thread, also where a check has failed."""
        for document in self.window.documents.all:
            document.page.setModified(False)
        self.window.close()
        assert self.application.stop()
        self.window.deleteLater()
        self.application.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        shutil.rmtree(self.folder)

    # Steps

    @property
    def is_settled(self) -> bool:
        desk = self.application.desk
        # An older answer may do for this place, while a key that waits does so for the one that was asked for anew.
        return not desk.is_waiting and not desk._keep.isActive() and desk._awaited is None

    def settle(self) -> None:
        """Let the answer to the present place arrive, and what waited for it happen."""
        if self.engine.is_held:
            QApplication.processEvents()
            return
        self._wait(lambda: self.is_settled)
        pending, self.pending = self.pending, None
        if pending is not None:
            revision, slot, seen = pending
            word = self._word_meant(revision, slot, seen)
            if not word and self.editor.raw_text() != self.text.text:  # the place was asked for anew meanwhile
                place = self.asked.get(revision)
                again = [later for later, asked in self.asked.items() if later > revision and asked == place]
                word = next(filter(None, (self._word_meant(later, slot, seen) for later in again)), "")
            if word:
                self._accept(word)
                self._wait(lambda: self.is_settled)

    def _word_meant(self, revision: int, slot: int, seen: str) -> str:
        """Return the word that a key for a slot takes where an answer has come, else an empty string."""
        answered = self.answered.get(revision)
        items = without_doubled(answered.suggestions, self.text.after).items if answered else ()
        offered = [item.text for item in items[:N_SLOTS]]  # one more is asked for than is shown
        return seen if seen in offered else offered[slot] if slot < len(offered) else ""

    def cancel_pending(self) -> None:
        """Forget the key that waited for its answer, as the window does when something else is done."""
        if self.pending is not None and not self.engine.is_held:
            self.settle()
        self.pending = None

    def follow_caret(self) -> None:
        text, cursor = self.editor.raw_text(), self.editor.textCursor()
        assert text == self.text.text
        if (cursor.anchor(), cursor.position()) != (_units(text[: self.text.anchor]), _units(text[: self.text.caret])):
            self.pending = None
        self.text.move(_characters(text, cursor.anchor()), _characters(text, cursor.position()))

    def _accept(self, word: str) -> None:
        self.pending = None
        self.text.accept(word)
        self.n_taken += len(word.split())
        assert self.editor.raw_text() == self.text.text

    def _fits(self, word: str) -> bool:
        return word[: len(self.text.prefix)].casefold() == self.text.prefix.casefold()

    def _after_accepting(self, word: str) -> str:
        start = self.text.caret - len(self.text.prefix)
        left, right = self.text.text[:start] + word, self.text.text[self.text.caret :]
        text = self.editor.raw_text()
        return text if text in (left + right, left + " " + right) else ""

    def _key(self, character: str) -> None:
        if character == "\n":
            QTest.keyClick(self.editor, Key.Key_Return)
        else:
            QApplication.sendEvent(self.editor, QKeyEvent(QEvent.Type.KeyPress, 0, Modifier.NoModifier, character))

    def _keep_answer(self, answered) -> None:
        self.answered[answered.revision] = answered

    def _keep_request(self, request) -> None:
        """Let the key that waits wait for this answer where its place is asked for anew: a word was learned late."""
        self.asked[request.revision] = request.context
        if self.pending is not None:
            revision, slot, seen = self.pending
            if revision not in self.answered and self.asked.get(revision) == request.context:
                self.pending = (request.revision, slot, seen)

    def _wait(self, condition) -> None:
        end = time.monotonic() + SECONDS_TO_SETTLE
        QApplication.processEvents()
        while not condition():
            assert time.monotonic() < end, "no answer came"
            time.sleep(0.0005)
            QApplication.processEvents()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _characters(text: str, units: int) -> int:
    before = text.encode("utf-16-le")[: 2 * units]
    return len(before.decode("utf-16-le"))


def _raw(document) -> str:
    return document.text_file.text


def seeds() -> list[int]:
    """Return the seed of each run: the same few wherever nothing else is asked for."""
    if SEED >= 0:
        return [SEED]
    if not STEPS:
        return [0]
    first = secrets.randbelow(1_000_000)
    return [first + index for index in range(-(-STEPS // (STEPS_OF_A_SESSION * SESSIONS_OF_A_RUN)))]


@pytest.mark.parametrize("run", seeds())
@pytest.mark.parametrize("kind", ["fake", "real"])
def test_text_undo_and_files_agree_with_a_plain_text_whatever_is_done(kind, run, qtbot, qapp, engine, tiny_model):
    if kind == "real":
        engine.warm_up()  # compiling may take longer than a window's typist has patience

    class OneSession(Session):
        if kind == "real":
            open_engine = staticmethod(lambda: open_engine(None, model=tiny_model))

    with qtbot.captureExceptions() as exceptions:
        run_state_machine_as_test(
            seed(run)(OneSession),
            settings=settings(
                max_examples=SESSIONS_OF_A_RUN,
                stateful_step_count=STEPS_OF_A_SESSION,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
                print_blob=False,
            ),
        )
    assert exceptions == []
