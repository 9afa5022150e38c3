from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_the_qt_bindings_do_not_use_none_up(qapp):
    """PySide6 6.12.0 takes a reference to None with every call: Python 3.11 aborts after some thousand keys."""
    document = QTextDocument("text")
    cursor = QTextCursor(document)
    before = sys.getrefcount(None)
    for _ in range(500):
        cursor.setPosition(1)
    assert sys.getrefcount(None) > before - 100
