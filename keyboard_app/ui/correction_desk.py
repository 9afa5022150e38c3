"""Likely typos: marks them, puts corrections in, and takes them back. The caret, and the slots, stay where they are."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine.values import Context, Feedback, FeedbackKind
from keyboard_app.typist.commits import OwnWord
from keyboard_app.typist.correcting import CorrectionMode, is_settled
from keyboard_app.typist.messages import CorrectionAnswer, CorrectionRequest, Wish, WordWish
from keyboard_app.ui.caret import text_before
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.typing_desk import TypingDesk
from keyboard_app.ui.word_place import WordPlace
from keyboard_app.ui.wording import shortened

_WITHIN_REACH = 200
"""UTF-16 units between a marked word and the caret behind it: what is further away the key does not touch unseen."""
_N_UNDONE = 8
"""So many of the latest corrections are known again when undo takes them back, and so many that were."""
_MOST_MARKS = 100
"""The oldest go: marks are painted, and looked at, with every key."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that may be a typo, and what may have been meant."""

    word: OwnWord
    place: WordPlace
    items: tuple[str, ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A correction that was put in."""

    mark: Mark
    text: str
    unasked: bool


class CorrectionDesk(QObject):
    """Asks about finished words through ``asked``; tells through ``judged`` what the user thought of the answers."""

    asked = Signal(object)
    judged = Signal(object)
    offered = Signal(str, str)
    """A marked word and its correction, which a key takes now; empty where there is none."""
    told = Signal(str)
    """A sentence for the status line."""

    def __init__(self, editor: Editor, desk: TypingDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._desk = editor, desk
        self._mode = CorrectionMode.OFF
        self._looking: dict[int, tuple[OwnWord, WordPlace]] = {}
        self._ripening: list[Mark] = []  # what stands behind the word is still open
        self._marks: deque[Mark] = deque(maxlen=_MOST_MARKS)
        self._changes: deque[Change] = deque(maxlen=_N_UNDONE)
        self._last: Change | None = None  # what Backspace takes back
        self._left_be: deque[tuple[WordPlace, str]] = deque(maxlen=_N_UNDONE)  # whose correction was taken back
        self._caret = 0
        editor.set_corrections(self)
        editor.edited.connect(self._follow)
        editor.menu_asked.connect(self._add_to_menu)
        desk.typed_out.connect(self._look_at)

    @property
    def marked(self) -> tuple[str, ...]:
        """Return the marked words, in the order in which they were typed."""
        return tuple(mark.word.text for mark in self._marks)

    def set_mode(self, mode: CorrectionMode) -> None:
        """Correct in another way, or not at all."""
        if mode is self._mode:
            return
        self._mode = mode
        self._desk.look_at_words(mode is not CorrectionMode.OFF)
        if mode is CorrectionMode.OFF:
            self.start_afresh()

    @Slot()
    def start_afresh(self) -> None:
        """Forget every word: another text is on screen, or nothing is corrected any more."""
        for number in (*self._looking, *(mark.word.number for mark in (*self._ripening, *self._marks))):
            self._desk.settle(number)
        for kept in (self._looking, self._ripening, self._marks, self._changes, self._left_be):
            kept.clear()
        self._last = None
        self._show()

    # The model

    @Slot(object)
    def _look_at(self, word: OwnWord) -> None:
        """Ask about a word that was typed to its end just now."""
        caret = self._editor.textCursor()
        place = WordPlace.before(caret, text_before(caret), word.text)
        if place is None:
            self._desk.settle(word.number)
            return
        self._looking[word.number] = (word, place)
        self.asked.emit(CorrectionRequest(word.number, Context(left=word.place.left), word.text))

    @Slot(object)
    def take_answer(self, answer: CorrectionAnswer) -> None:
        """Mark or replace a word, if it still stands where it was."""
        word, place = self._looking.pop(answer.number, (None, None))
        if word is None or place is None:
            return
        if not answer.correction.items or not place.reads(word.text):
            self._desk.settle(word.number)
            return
        self._ripening.append(Mark(word, place, answer.correction.items, answer.correction.is_certain))
        self._ripen()
        self._show()

    # The editor's questions

    def take(self) -> bool:
        """Take the correction on offer; tell whether there was one."""
        mark = self._within_reach()
        if mark is None:
            return False
        self._choose(mark, mark.items[0])
        return True

    def take_back(self) -> bool:
        """Take back a replacement that nobody asked for, while only marks and spaces were typed since."""
        last = self._last
        if last is None or not self._may_change() or not last.mark.place.reads(last.text):
            return False
        if last.mark.place.gap_to(self._editor.textCursor(), last.text) is None:
            return False
        self._put(last.mark, last.text, last.mark.word.text)
        self._changes.remove(last)
        self._hear_taken_back(last)
        return True

    # What the user does with marks

    @Slot()
    def take_offered(self) -> None:
        """Take the correction that the status line shows."""
        self.take()
        self._editor.setFocus()

    def leave(self, mark: Mark) -> None:
        """Leave a word as it is, here and for good."""
        if mark not in self._marks:
            return
        self.judged.emit(Feedback(mark.word.text, mark.items[0], FeedbackKind.LEFT_ALONE))
        self._unmark(mark.word.text)
        self.told.emit(f"“{shortened(mark.word.text)}” will not be marked again")

    @Slot(object)
    def follow_wish(self, wish: WordWish) -> None:
        """Take the marks off a word that the user called right."""
        if wish.wish is Wish.CALL_RIGHT:
            self._unmark(wish.word)

    @Slot(QMenu, int)
    def _add_to_menu(self, menu: QMenu, position: int) -> None:
        """Put what may have been meant by the word at ``position`` before everything else in a menu."""
        mark = next((mark for mark in self._marks if mark.place.start <= position <= _end(mark)), None)
        if mark is None or not self._may_change():
            return
        actions = [QAction(_in_menu(text), menu) for text in mark.items]
        for action, text in zip(actions, mark.items, strict=True):
            action.triggered.connect(lambda _=False, text=text: self._choose(mark, text))
        leaving = QAction(f"&Leave “{_in_menu(mark.word.text)}” as it is", menu)
        leaving.triggered.connect(lambda: self.leave(mark))
        separator = QAction(menu)
        separator.setSeparator(True)
        menu.insertActions(menu.actions()[0], [*actions, leaving, separator])

    # Steps

    def _choose(self, mark: Mark, text: str) -> None:
        """Put in what the user chose."""
        if not self._may_change() or mark not in self._marks or not mark.place.reads(mark.word.text):
            return
        self._change(mark, text, unasked=False)
        self.judged.emit(Feedback(mark.word.text, text, FeedbackKind.TAKEN))
        self._show()

    def _unmark(self, word: str) -> None:
        """Take the marks off a word, wherever it stands and in whatever case."""
        for mark in tuple(self._marks):
            if mark.word.text.casefold() == word.casefold():
                self._marks.remove(mark)
                self._desk.settle(mark.word.number)
        self._show()

    def _change(self, mark: Mark, text: str, *, unasked: bool) -> None:
        change = Change(mark, text, unasked)
        self._changes.append(change)
        if mark in self._marks:
            self._marks.remove(mark)
        self._put(mark, mark.word.text, text)
        # Where the answer came late the next word has begun, and Backspace means that.
        is_next = unasked and mark.place.gap_to(self._editor.textCursor(), text) is not None
        self._last = change if is_next else None

    def _put(self, mark: Mark, old: str, new: str) -> None:
        self._editor.replace_word(mark.place, old, new)
        self._desk.reword(mark.word, new)

    def _ripen(self) -> None:
        """Judge the words behind which something settles that they stand for themselves."""
        for mark in tuple(self._ripening):
            settled = is_settled(mark.place.following(mark.word.text)) if mark.place.reads(mark.word.text) else False
            if settled is None:
                continue
            self._ripening.remove(mark)
            if not settled or self._is_left_be(mark):
                self._desk.settle(mark.word.number)
            elif self._mode is CorrectionMode.AUTOMATIC and mark.is_certain and self._may_change():
                self._change(mark, mark.items[0], unasked=True)
                self.told.emit(f"“{shortened(mark.word.text)}” became “{mark.items[0]}”: Backspace takes it back")
            else:
                self._marks.append(mark)
                self._desk.settle(mark.word.number, marked=True)

    def _is_left_be(self, mark: Mark) -> bool:
        found = ((place.start, word) for place, word in self._left_be)
        return (mark.place.start, mark.word.text) in found

    @Slot()
    def _follow(self) -> None:
        """Follow any change of the text or the caret."""
        if self._last is not None and self._last.mark.place.gap_to(self._editor.textCursor(), self._last.text) is None:
            self._last = None
        for change in tuple(self._changes):
            if change.mark.place.reads(change.mark.word.text):  # undone
                self._changes.remove(change)
                self._hear_taken_back(change)
                self._keep_caret(change)
        self._ripen()
        for mark in tuple(self._marks):
            if not mark.place.reads(mark.word.text):
                self._marks.remove(mark)
                self._desk.settle(mark.word.number)
        self._show()
        self._caret = self._editor.textCursor().position()

    def _keep_caret(self, change: Change) -> None:
        """Leave the caret where the user was writing: undo puts it behind the word that it brought back."""
        place, word = change.mark.place, change.mark.word.text
        shift = place.end_of(word) - place.end_of(change.text)
        if self._caret >= place.end_of(change.text) and self._editor.textCursor().position() == place.end_of(word):
            self._editor.put_caret(self._caret + shift)

    def _hear_taken_back(self, change: Change) -> None:
        self._last = None
        self._left_be.append((change.mark.place, change.mark.word.text))
        self.judged.emit(Feedback(change.mark.word.text, change.text, FeedbackKind.TAKEN_BACK))
        self.told.emit(f"“{shortened(change.mark.word.text)}” stays as you typed it")

    def _within_reach(self) -> Mark | None:
        """Return the marked word at the caret, else the one nearest before it."""
        caret = self._editor.textCursor()
        near = [mark for mark in self._marks if -_WITHIN_REACH <= mark.place.start - caret.position() <= 0]
        return max(near, key=lambda mark: mark.place.start) if near and self._may_change() else None

    def _may_change(self) -> bool:
        return not self._editor.isReadOnly() and not self._editor.caret_text().quiet

    def _show(self) -> None:
        self._editor.set_marks((mark.place.start, _end(mark)) for mark in self._marks)
        mark = self._within_reach()
        self.offered.emit(mark.word.text if mark else "", mark.items[0] if mark else "")


def _end(mark: Mark) -> int:
    return mark.place.end_of(mark.word.text)


def _in_menu(word: str) -> str:
    """Return a word as a menu prints it: an ampersand would mark a key."""
    return shortened(word).replace("&", "&&")
