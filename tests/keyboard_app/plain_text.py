"""What a text must be after what its typist did: a string, a caret, and every state there was. No Qt, no engine."""

from __future__ import annotations

import regex

_CLOSING = ".,;:!?…)]}%»”’'-‐–/"
_OPENING = '([{"“‘'
_WORD_AT_END = regex.compile(r"\p{L}[\p{L}\p{M}'’‘ʼ＇]*\Z")


class PlainText:
    """One document as its typist thinks of it; positions are characters."""

    def __init__(self, text: str = "") -> None:
        self.text, self.caret, self.anchor = text, 0, 0
        self.saved = text
        self.has_automatic_space = False
        self._states = [text]
        self._acceptances = [False]
        self._now = {0}
        """Which of the states this may be: the same text may have been there more than once."""

    @property
    def selection(self) -> tuple[int, int]:
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    @property
    def has_selection(self) -> bool:
        return self.caret != self.anchor

    @property
    def before(self) -> str:
        return self.text[: self.caret]

    @property
    def after(self) -> str:
        """The rest of the line."""
        return self.text[self.caret :].split("\n", 1)[0]

    @property
    def prefix(self) -> str:
        run = _WORD_AT_END.search(self.before)
        return run.group() if run else ""

    # What the typist does

    def type(self, character: str) -> None:
        """Type one character over what is selected."""
        automatic, self.has_automatic_space = self.has_automatic_space, False
        if automatic and character == " ":
            return
        start, end = self.selection
        if automatic and (character in _CLOSING or character == "\n" or self._closes_quotation(character)):
            start -= 1
        self._put(start, end, character)

    def accept(self, word: str) -> None:
        """Take a suggestion: it replaces the letters typed so far, and brings a space unless there is one."""
        after = self.after[:1]
        adds_space = not after or after.isalnum() or after in _OPENING
        start = self.caret - len(self.prefix)
        self._put(start, self.caret, word + " " if adds_space else word, accepts=True)
        if after.isspace():
            self.caret = self.anchor = self.caret + 1
        self.has_automatic_space = adds_space

    def insert(self, text: str, *, replacing: int = 0) -> None:
        """Insert what comes in one piece, in place of what is selected and of so many characters before it."""
        self.has_automatic_space = False
        start, end = self.selection
        self._put(start - replacing, end, text)

    def backspace(self) -> None:
        self._erase(self.caret - 1)

    def delete(self) -> None:
        cluster = regex.match(r"\X", self.text[self.caret :])
        self._erase(self.caret + len(cluster.group()) if cluster else self.caret)

    def erase_word(self, result: str, *, forwards: bool) -> None:
        """Take in what an erasure left: the text without some of what stood on one side of the caret."""
        start, end = self.selection
        if not self.has_selection:
            removed = len(self.text) - len(result)
            assert removed >= 0
            if forwards:
                end += removed
            else:
                start -= removed
        self.has_automatic_space = False
        self._put(start, end, "")
        assert self.text == result

    def cut(self) -> None:
        if self.has_selection:
            self._erase(self.caret)

    def move(self, anchor: int, caret: int) -> None:
        """Be where the editor put the caret."""
        if (anchor, caret) != (self.anchor, self.caret):
            self.has_automatic_space = False
        self.anchor, self.caret = anchor, caret

    # What came before and after

    def undone(self, text: str) -> None:
        """Take in what undo made: an earlier state, and never more than one acceptance before the present one."""
        before = {
            earlier
            for now in self._now
            for earlier in range(now)
            if self._states[earlier] == text
            and (earlier == now - 1 or not any(self._acceptances[earlier + 1 : now + 1]))
        }
        self._be_at(before or {now for now in self._now if now == 0}, text)

    def redone(self, text: str) -> None:
        """Take in what redo made: a later state."""
        last = len(self._states) - 1
        after = {later for now in self._now for later in range(now + 1, last + 1) if self._states[later] == text}
        self._be_at(after or {now for now in self._now if now == last}, text)

    @property
    def first(self) -> str:
        """The text as it was opened."""
        return self._states[0]

    def opened(self) -> PlainText:
        """Return this text as it is read from its file."""
        return PlainText(self.saved)

    # Steps

    def _be_at(self, states: set[int], text: str) -> None:
        assert states, f"{text!r} is no state that this text was in: {self._states[-12:]!r}, now {self._now}"
        self._now = states
        self.text = text
        self.has_automatic_space = False
        assert all(self._states[state] == text for state in states)

    def _erase(self, other_end: int) -> None:
        start, end = self.selection
        if not self.has_selection:
            start, end = max(0, min(self.caret, other_end)), max(self.caret, other_end)
        self.has_automatic_space = self.has_automatic_space and start == end  # there was nothing to erase
        self._put(start, end, "")

    def _put(self, start: int, end: int, text: str, *, accepts: bool = False) -> None:
        self.caret = self.anchor = start + len(text)
        if (start == end and not text) or (accepts and self.text[start:end] == text):
            return
        self.text = self.text[:start] + text + self.text[end:]
        now = max(self._now)
        del self._states[now + 1 :], self._acceptances[now + 1 :]
        self._states.append(self.text)
        self._acceptances.append(accepts)
        self._now = {now + 1}

    def _closes_quotation(self, character: str) -> bool:
        line = self.before[self.before.rfind("\n") + 1 :]
        return character == '"' and line.count('"') % 2 == 1
