from __future__ import annotations

import json
import re

import pytest
from PySide6.QtGui import QColor, QTextCursor, QTextDocument

from engine.values import Commit, CommitSource, Context, LearnReport
from keyboard_app.typist.messages import LearnOutcome
from keyboard_app.ui.caret import text_after, text_before, units
from keyboard_app.ui.icons import application_icon, line_icon
from keyboard_app.ui.matches import Match, find_all, nearest
from keyboard_app.ui.status_line import StatusLine
from keyboard_app.ui.wording import learnt_sentence
from resources import icon_path, theme_text


def cursor_in(text, position):
    document = QTextDocument(text)
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.owner = document
    return cursor


def test_the_text_around_the_caret_is_split_at_utf_16_positions(qapp):
    cursor = cursor_in("a😀b\nc", 3)
    assert text_before(cursor) == "a😀"
    assert text_after(cursor) == "b"


@pytest.mark.parametrize("length", [999, 1000, 1001, 1999, 2000, 2001, 5000])
def test_the_window_before_the_caret_is_bounded_and_ends_at_the_caret(qapp, length):
    text = ("wörd 😀 " * 1_000)[:length]
    units = len(text.encode("utf-16-le")) // 2
    before = text_before(cursor_in(text, units))
    assert text.endswith(before)
    assert len(before) <= 2_000
    assert len(before) >= min(length, 800)


def test_the_window_stays_the_same_while_a_word_is_typed(qapp):
    text = "word " * 900
    starts = {text.index(text_before(cursor_in(text + "typed", len(text) + n))[: -n or None]) for n in range(6)}
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("text", "n"), [("", 0), ("word", 4), ("naïve", 5), ("a😀b", 4), ("\ud83d", 1), ("😀\ude00", 3)]
)
def test_a_string_takes_as_many_positions_as_qt_gives_it(qapp, text, n):
    assert units(text) == n
    page = QTextDocument()
    QTextCursor(page).insertText(text)
    assert page.characterCount() - 1 == n


def test_matches_count_in_utf_16_and_go_round():
    matches = find_all("😀ab AB", "ab")
    assert matches == [Match(2, 4), Match(5, 7)]
    assert nearest(matches, 3, forward=True) == Match(5, 7)
    assert nearest(matches, 6, forward=True) == Match(2, 4)
    assert nearest(matches, 2, forward=False) == Match(5, 7)
    assert nearest([], 0, forward=True) is None


def report(**values):
    commit = Commit(Context.before_caret(""), "word", CommitSource.TYPED)
    usual = {"updated": True, "loss_before": 6.0, "loss_after": 3.0, "elapsed_ms": 1.0, "model_version": 1}
    return LearnOutcome(commit, LearnReport(**{**usual, "word": "word", **values}))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"new_word": True}, "Learned “word” (new word)"),
        ({}, "Adapted: “word” is now 20 times likelier here"),
        ({"loss_after": 5.0}, "Adapted: “word” is now 2.7 times likelier here"),
        ({"loss_after": 5.99}, "Adapted to “word”"),
        ({"loss_before": 99.0}, "Adapted: “word” is now over 1,000 times likelier here"),
        ({"loss_before": float("nan")}, "Adapted to “word”"),
        ({"updated": False}, ""),
        ({"new_word": True, "word": "x" * 99}, f"Learned “{'x' * 39}…” (new word)"),
    ],
)
def test_the_sign_of_learning_is_short_and_honest(values, sentence):
    assert learnt_sentence(report(**values)) == sentence


def test_both_themes_name_every_colour_that_the_style_sheet_uses():
    used = set(re.findall(r"@(\w+)", theme_text("foretype.qss")))
    light, dark = (json.loads(theme_text(f"{name}.json")) for name in ("light", "dark"))
    assert light.keys() == dark.keys()
    assert used <= light.keys()


def test_every_icon_is_drawn(qapp):
    for file in icon_path("new").parent.glob("*.svg"):
        if file.stem != "foretype":
            assert not line_icon(file.stem, QColor("black")).isNull()
    assert not application_icon().isNull()


def test_what_is_learned_meanwhile_does_not_wipe_out_what_the_user_waits_to_read(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_learnt(report(new_word=True))
    line.tell("“teh” became “the”")
    line.show_learnt(report(new_word=True))
    assert line.message == "“teh” became “the”"
    line.tell("")
    line.show_learnt(report(new_word=True))
    assert line.message == "Learned “word” (new word)"


def test_signs_of_learning_follow_one_another(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.tell("Saved")
    line._message._stay.timeout.emit()
    line._message._stay.stop()
    for _ in range(2):
        line.show_learnt(report(new_word=True))
    assert line.message == "Learned “word” (new word)"
