"""Printing, PDF, and files dropped on the window."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from keyboard_app.worker.paper import pdf_of
from keyboard_app.worker.pdf_thread import PdfThread
from tests.keyboard_app.answers import answer


@pytest.fixture
def window(compose):
    return compose().window


def n_pages(data):
    return data.count(b"/Type /Page\n")


def test_a_long_text_takes_more_pages_than_a_short_one(window):
    short, long = (pdf_of("A line of text.\n" * n, "Title", window.editor.font()) for n in (1, 200))
    assert short.startswith(b"%PDF-")
    assert short.rstrip().endswith(b"%%EOF")
    assert (n_pages(short), n_pages(long)) == (1, 4)


@pytest.mark.parametrize("way", ["print", "export_pdf"])
def test_the_document_is_put_on_paper_and_that_is_told(qtbot, window, tmp_path, way):
    answer(window, path=tmp_path / "out.pdf")
    window.editor.setPlainText("Text.\n" * 3)
    getattr(window.menus, way).trigger()
    sentences = ("Sent “Untitled” to the printer", "Exported “out.pdf”")
    qtbot.waitUntil(lambda: window.status_line.message in sentences)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")


def test_an_export_that_fails_says_why(qtbot, window, tmp_path):
    answer(window, path=tmp_path / "none" / "out.pdf")
    window.menus.export_pdf.trigger()
    qtbot.waitUntil(lambda: "“out.pdf” could not be saved" in window.notice_bar.sentence)


class Gate:
    """Holds one text up on its way into a PDF."""

    def __init__(self, monkeypatch, text):
        self.open, self._text = threading.Event(), text
        monkeypatch.setattr("keyboard_app.worker.pdf_thread.pdf_of", self._pdf_of)

    def _pdf_of(self, text, title, font):
        if text == self._text:
            self.open.wait()
        return text.encode()


def export(window, text, path):
    answer(window, path=path)
    window.editor.setPlainText(text)
    window.menus.export_pdf.trigger()


def test_an_export_waits_for_no_other_one_and_none_leaves_its_text_behind(qtbot, window, tmp_path, monkeypatch):
    gate = Gate(monkeypatch, "long")
    export(window, "long", tmp_path / "long.pdf")
    export(window, "short", tmp_path / "short.pdf")
    qtbot.waitUntil(lambda: window.status_line.message == "Exported “short.pdf”")
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["short.pdf"]
    gate.open.set()
    qtbot.waitUntil(lambda: window.status_line.message == "Exported “long.pdf”")
    qtbot.waitUntil(lambda: not window.paper.findChildren(PdfThread))


def test_of_two_exports_to_one_file_the_later_one_stays(qtbot, window, tmp_path, monkeypatch):
    gate = Gate(monkeypatch, "first")
    export(window, "first", tmp_path / "out.pdf")
    export(window, "second", tmp_path / "out.pdf")
    gate.open.set()
    qtbot.waitUntil(lambda: not window.paper.findChildren(PdfThread))
    assert (tmp_path / "out.pdf").read_text() == "second"


def test_closing_the_window_lets_even_an_export_that_waits_come_to_its_end(compose, tmp_path, monkeypatch):
    gate = Gate(monkeypatch, "first")
    application = compose()
    for text in ("first", "second"):
        export(application.window, text, tmp_path / "out.pdf")
    gate.open.set()
    assert application.stop()
    assert (tmp_path / "out.pdf").read_text() == "second"


def test_closing_the_window_lets_an_export_come_to_its_end(compose, tmp_path):
    application = compose()
    answer(application.window, path=tmp_path / "out.pdf")
    application.window.editor.setPlainText("A line of text.\n" * 2_000)
    application.window.editor.document().setModified(False)
    application.window.menus.export_pdf.trigger()
    assert application.window.close()
    assert application.stop()
    assert (tmp_path / "out.pdf").read_bytes().rstrip().endswith(b"%%EOF")


def drag(widget, data):
    """Drag ``data`` over ``widget`` and drop it, as far as it is let; tell whether it was."""
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(60, 60), actions, data, button, keys)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(60, 60), actions, data, button, keys))
    return enter.isAccepted()


def urls(*names):
    data = QMimeData()
    data.setUrls([QUrl(name) if "://" in name else QUrl.fromLocalFile(name) for name in names])
    return data


def test_dropped_files_are_opened_in_tabs_and_not_typed_into_the_page(window, tmp_path):
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for file in files:
        file.write_text(file.stem, encoding="utf-8")
    assert drag(window.editor.viewport(), urls(*map(str, files)))
    assert [document.text_file.text for document in window.documents.all] == ["one", "two"]


def test_what_was_dropped_and_is_no_text_file_is_told(window, tmp_path):
    drag(window, urls(str(tmp_path)))
    assert "it is not a file" in window.notice_bar.sentence


def test_addresses_of_other_machines_are_not_taken_for_files(window):
    assert not drag(window, urls("https://example.org/a.txt"))


def test_dragged_text_still_goes_into_the_page(window):
    data = QMimeData()
    data.setText("dropped")
    assert drag(window.editor.viewport(), data)
    assert window.editor.raw_text() == "dropped"
