"""The glyphs of the paragraph that is typed in are kept, and no others."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor


@pytest.fixture
def editor(compose):
    return compose().window.editor


def kept(editor):
    page = editor.document()
    return [page.findBlockByNumber(index).layout().cacheEnabled() for index in range(page.blockCount())]


def go_to(editor, block):
    editor.put_caret(editor.document().findBlockByNumber(block).position())


def test_they_are_kept_where_the_caret_is(qtbot, editor):
    editor.setPlainText("one\ntwo\nthree")
    go_to(editor, 2)
    assert kept(editor) == [False, False, True]
    qtbot.keyClicks(editor, "a")
    assert kept(editor) == [False, False, True]
    go_to(editor, 0)
    assert kept(editor) == [True, False, False]
    qtbot.keyClick(editor, "\r")
    assert kept(editor) == [False, True, False, False]


def test_a_paragraph_that_is_gone_keeps_nothing(editor):
    editor.setPlainText("one\ntwo\nthree")
    go_to(editor, 1)
    cursor = QTextCursor(editor.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.insertText("another text\nof two lines")
    go_to(editor, 0)
    assert kept(editor) == [True, False]


def test_the_page_may_go_first(qtbot, compose):
    application = compose()
    documents, editor = application.window.documents, application.window.editor
    qtbot.keyClicks(editor, "one")
    documents.new()
    qtbot.keyClicks(editor, "two")
    editor.document().setModified(False)
    documents.close_active()
    qtbot.keyClicks(editor, "more")
    assert kept(editor) == [True]
