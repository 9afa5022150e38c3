"""Words that the user teaches or never wants to see: asked for by key, menu or the strip, told in a small notice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu

from engine.values import Context
from keyboard_app.command_table import Command
from keyboard_app.timers import put_off
from keyboard_app.typist.messages import Wish, WordWish
from keyboard_app.typist.word_at import word_at
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.keys import all_spelled
from keyboard_app.ui.notice_bar import Choice, NoticeBar
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.suggestion_bar import SuggestionBar
from keyboard_app.ui.wording import paused, shortened

NOTICE_STAYS_MS = 20_000


class WishDesk(QObject):
    """Asks through ``wanted``; what was done comes back by ``show_done``."""

    wanted = Signal(object)
    why_asked = Signal(str)
    """Somebody wants to know why a word is offered; of several, why the last one is behind the others."""
    done = Signal()
    """Other words may be on offer now."""
    told = Signal(str)
    """A sentence for the status line."""

    def __init__(
        self, editor: Editor, bar: SuggestionBar, notices: NoticeBar, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor, self._bar, self._notices, self._preferences = editor, bar, notices, preferences
        self._notice = ""
        self._hides_text = False
        self._expiry = put_off(self, NOTICE_STAYS_MS, self._withdraw)
        bar.menu_asked.connect(self._show_menu)

    @Slot()
    def never_suggest_first(self) -> None:
        """Never suggest again what stands in the first slot."""
        word = next(iter(self._bar.words), "")
        if word:
            self.never_suggest(word)
        else:
            self.told.emit("Nothing is suggested now")

    def never_suggest(self, word: str) -> None:
        """Never suggest ``word`` again."""
        self.wanted.emit(WordWish(Wish.NEVER_OFFER, word))

    @Slot()
    def call_word_right(self) -> None:
        """Teach the word at the caret."""
        caret = self._editor.caret_text()
        found = word_at(caret.before, caret.after)
        if found is None:
            self.told.emit("There is no word at the caret")
        elif not self._preferences.settings.learning:
            self.told.emit(paused(all_spelled(self._preferences.keys.keys_of(Command.LEARNING))))
        else:
            place = Context("") if self._hides_text else found[0]
            self.wanted.emit(WordWish(Wish.CALL_RIGHT, found[1], place))

    @Slot(bool)
    def hide_text(self, hides: bool) -> None:
        """Teach words of this document without the text before them: some of it is or was private."""
        self._hides_text = hides

    @Slot(object)
    def show_done(self, wish: WordWish) -> None:
        """Tell what was done, with a way back."""
        word = shortened(wish.word)
        if wish.wish is Wish.NEVER_OFFER:
            self._withdraw()
            self._notice = f"“{word}” will not be suggested."
            self._notices.ask(self._notice, Choice("Undo", lambda: self._suggest_again(wish.word)))
            self._expiry.start()
        elif wish.wish is Wish.OFFER_AGAIN:
            self.told.emit(f"“{word}” may be suggested again")
        else:
            self.told.emit(f"Learned “{word}”: it is right as it is")
        self.done.emit()

    @Slot()
    def forget_last(self) -> None:
        """Offer no way back any more: another profile is open."""
        self._withdraw()

    # Steps

    def _suggest_again(self, word: str) -> None:
        self._expiry.stop()
        self.wanted.emit(WordWish(Wish.OFFER_AGAIN, word))
        self._editor.setFocus()

    @Slot()
    def _withdraw(self) -> None:
        self._expiry.stop()
        self._notices.withdraw(self._notice)

    @Slot(str, QPoint)
    def _show_menu(self, text: str, at: QPoint) -> None:
        self.menu_for(text).popup(at)

    def menu_for(self, text: str) -> QMenu:
        """Return the menu of a slot, which may hold a phrase; it goes when it closes."""
        menu = QMenu(self._bar)
        menu.aboutToHide.connect(menu.deleteLater)
        words = text.split(" ")
        for number, word in enumerate(words, start=1):
            asking = menu.addAction("&Why this word?" if len(words) == 1 else f"Why “{_in_menu(word)}”?")
            asking.triggered.connect(partial(self.why_asked.emit, " ".join(words[:number])))
        for word in words:
            blocking = menu.addAction(f"&Never suggest “{_in_menu(word)}”")
            blocking.triggered.connect(partial(self.never_suggest, word))
        caret = self._editor.caret_text()
        found = word_at(caret.before, caret.after)
        if found is not None:
            teaching = menu.addAction(f"“{_in_menu(found[1])}” in the text is &right")
            teaching.triggered.connect(self.call_word_right)
        return menu


def _in_menu(word: str) -> str:
    """Return a word as a menu prints it: an ampersand would mark a key."""
    return shortened(word).replace("&", "&&")
