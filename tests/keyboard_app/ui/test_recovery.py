"""Unsaved text outlives the window, however that ends."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt

from keyboard_app.document import writing
from keyboard_app.document.draft import decode_draft
from keyboard_app.ui.dialogs import UnsavedAnswer
from tests.keyboard_app.answers import answer
from tests.keyboard_app.fake_engine import FakeEngine

_WINDOW = """
import sys, threading
from pathlib import Path
from PySide6.QtTest import QTest
from keyboard_app.app import Application
from keyboard_app.launch import make_qt_application
from tests.keyboard_app.fake_engine import FakeEngine

folder = Path(sys.argv[1])
qt = make_qt_application()
application = Application(qt, FakeEngine().open, folder / "settings.json", folder / "recovery")
documents, editor = application.window.documents, application.window.editor
kept = []

def tell(name):
    kept.append(name)
    if len(kept) == 2:
        print("kept", flush=True)

application.drafts.kept.connect(tell)
application.start([folder / "letter.txt"])
QTest.keyClicks(editor, "Unsaved letter. ")
documents.new()
QTest.keyClicks(editor, "Unsaved note")
qt.exec()
"""


@pytest.fixture
def crashed(tmp_path):
    """Type into two documents of a real window, a saved letter and an untitled note, and kill it."""
    (tmp_path / "letter.txt").write_text("Old text.", encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-c", _WINDOW, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "kept\n"
    process.send_signal(signal.SIGKILL) if hasattr(signal, "SIGKILL") else process.kill()
    process.wait()
    process.stdout.close()
    return tmp_path


_DIES_SAVING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtTest import QTest
from keyboard_app.app import Application
from keyboard_app.document import writing
from keyboard_app.launch import make_qt_application
from tests.keyboard_app.fake_engine import FakeEngine

def die_in_the_middle(stream, data):
    stream.seek(0)
    stream.write(data[:10])
    stream.truncate()
    os.kill(os.getpid(), signal.SIGKILL)

folder = Path(sys.argv[1])
qt = make_qt_application()
application = Application(qt, FakeEngine().open, folder / "settings.json", folder / "recovery")
application.start([folder / "letter.txt"])
writing._put_bytes = die_in_the_middle
QTest.keyClicks(application.window.editor, "Unsaved letter. ")
application.window.menus.save.trigger()
"""


def drafts(folder):
    return sorted((folder / "recovery").glob("*/*.draft"))


def kept_texts(folder):
    return sorted(decode_draft(file.stem, file.read_bytes()).file.text for file in drafts(folder))


def texts(window):
    return sorted(document.text_file.text for document in window.documents.all)


def press(window, name):
    next(button for button in window.notice_bar.buttons if button.accessibleName() == name).click()


def wait_for_offer(qtbot, window):
    qtbot.waitUntil(lambda: [button.accessibleName() for button in window.notice_bar.buttons] == ["Recover", "Discard"])


def test_a_killed_window_is_recovered_in_the_next_one_and_no_file_is_touched(qtbot, crashed, compose):
    window = compose().window
    wait_for_offer(qtbot, window)
    assert window.notice_bar.sentence == "Foretype ended before 2 documents were saved. Their texts were kept."
    assert texts(window) == [""]
    press(window, "Recover")
    assert texts(window) == ["Unsaved letter. Old text.", "Unsaved note"]
    assert window.notice_bar.sentence == ""
    assert all(document.is_modified for document in window.documents.all)
    assert (crashed / "letter.txt").read_text(encoding="utf-8") == "Old text."
    letter = window.documents.document_of(crashed / "letter.txt")
    window.documents.show(letter)
    window.menus.save.trigger()
    assert (crashed / "letter.txt").read_text(encoding="utf-8") == "Unsaved letter. Old text."
    qtbot.waitUntil(lambda: kept_texts(crashed) == ["Unsaved note"])


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_window_killed_in_the_middle_of_a_file_that_it_writes_over_loses_no_text(qtbot, tmp_path, compose):
    letter = tmp_path / "letter.txt"
    letter.write_text("Old text.", encoding="utf-8")
    os.link(letter, tmp_path / "other name.txt")
    done = subprocess.run([sys.executable, "-c", _DIES_SAVING, str(tmp_path)], check=False)
    assert done.returncode == -9
    assert letter.read_text(encoding="utf-8") == "Unsaved le"
    window = compose().window
    wait_for_offer(qtbot, window)
    press(window, "Recover")
    assert texts(window) == ["Unsaved letter. Old text."]
    answer(window, overwrite=True)
    window.menus.save.trigger()
    assert (tmp_path / "other name.txt").read_text(encoding="utf-8") == "Unsaved letter. Old text."
    qtbot.waitUntil(lambda: drafts(tmp_path) == [])


def test_a_file_with_two_names_is_written_over_and_its_copy_goes(qtbot, tmp_path, compose):
    letter = tmp_path / "letter.txt"
    letter.write_text("Old text.", encoding="utf-8")
    os.link(letter, tmp_path / "other name.txt")
    application = compose(file=letter)
    qtbot.keyClicks(application.window.editor, "x")
    application.window.menus.save.trigger()
    assert (tmp_path / "other name.txt").read_text(encoding="utf-8") == "xOld text."
    assert not application.window.isWindowModified()
    application.outside.look()
    assert application.window.notice_bar.sentence == ""
    qtbot.waitUntil(lambda: drafts(tmp_path) == [])


def test_a_file_that_was_damaged_by_saving_leaves_its_text_unsaved_with_a_copy(qtbot, tmp_path, compose, monkeypatch):
    letter = tmp_path / "letter.txt"
    letter.write_text("Old text.", encoding="utf-8")
    os.link(letter, tmp_path / "other name.txt")
    application = compose(file=letter)
    window = application.window

    def fail(stream, data):
        stream.seek(0)
        stream.truncate()
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(writing, "_put_bytes", fail)
    window.menus.save.trigger()
    monkeypatch.undo()
    assert "may be damaged now: the disk reports an error" in window.notice_bar.sentence
    assert window.isWindowModified()
    application.recovery.keep_all()
    application.outside.look()
    assert "by another program" not in window.notice_bar.sentence
    assert kept_texts(tmp_path) == ["Old text."]
    window.menus.save.trigger()
    assert letter.read_text(encoding="utf-8") == "Old text."


def test_without_recovery_a_file_is_replaced_as_nothing_would_be_left_of_half_of_it(qtbot, tmp_path, compose):
    (tmp_path / "recovery").write_text("a file is in the way", encoding="utf-8")
    letter = tmp_path / "letter.txt"
    letter.write_text("Old text.", encoding="utf-8")
    os.link(letter, tmp_path / "other name.txt")
    window = compose(file=letter).window
    qtbot.keyClicks(window.editor, "x")
    window.menus.save.trigger()
    assert letter.read_text(encoding="utf-8") == "xOld text."
    assert (tmp_path / "other name.txt").read_text(encoding="utf-8") == "Old text."


def test_what_was_recovered_and_not_saved_survives_the_next_crash(qtbot, crashed, compose):
    first = compose()
    wait_for_offer(qtbot, first.window)
    press(first.window, "Recover")
    qtbot.keyClicks(first.window.editor, "more ")
    first.stop()  # as a crash does, without the user's will
    window = compose().window
    wait_for_offer(qtbot, window)
    press(window, "Recover")
    assert len(texts(window)) == 2
    assert sum("more " in text for text in texts(window)) == 1


def crash_and_recover(qtbot, first, compose, engine):
    first.stop()  # as a crash does, without the user's will
    window = compose(engine).window
    wait_for_offer(qtbot, window)
    press(window, "Recover")
    return window


def test_a_private_document_is_private_when_it_is_recovered_and_teaches_nothing(qtbot, compose):
    first = compose()
    first.window.menus.private.trigger()
    qtbot.keyClicks(first.window.editor, "secret ")
    with qtbot.waitSignal(first.drafts.kept):
        first.recovery.keep_all()
    engine = FakeEngine()
    window = crash_and_recover(qtbot, first, compose, engine)
    assert not window.private_mark.isHidden()
    assert window.menus.private.isChecked()
    qtbot.keyClicks(window.editor, "hidden words ")
    window.documents.new()
    assert window.private_mark.isHidden()
    qtbot.keyClicks(window.editor, "open x")
    qtbot.waitUntil(lambda: [commit.text for commit in engine.learner.commits] == ["open"])


@pytest.mark.parametrize("private", [True, False])
def test_a_document_is_recovered_as_it_was_marked_last_even_if_nothing_was_typed_after_that(qtbot, compose, private):
    first = compose()
    if not private:
        first.window.menus.private.trigger()
    first.recovery._later.setInterval(0)
    with qtbot.waitSignal(first.drafts.kept):
        qtbot.keyClicks(first.window.editor, "x")
    with qtbot.waitSignal(first.drafts.kept):
        first.window.menus.private.trigger()
    window = crash_and_recover(qtbot, first, compose, FakeEngine())
    assert window.documents.active.is_private is private


def test_an_offer_that_is_put_away_comes_back_at_the_next_start(qtbot, crashed, compose):
    first = compose()
    wait_for_offer(qtbot, first.window)
    first.window.notice_bar.put_away()
    assert first.window.close()
    assert first.stop()
    assert kept_texts(crashed) == ["Unsaved letter. Old text.", "Unsaved note"]
    window = compose().window
    wait_for_offer(qtbot, window)
    press(window, "Discard")
    qtbot.waitUntil(lambda: drafts(crashed) == [])
    assert texts(window) == [""]


def test_a_file_changed_after_the_crash_is_not_overwritten_unasked(qtbot, crashed, compose):
    (crashed / "letter.txt").write_text("Written by somebody else.", encoding="utf-8")
    window = compose(file=crashed / "letter.txt").window
    wait_for_offer(qtbot, window)
    press(window, "Recover")
    window.documents.show(window.documents.document_of(crashed / "letter.txt"))
    assert window.editor.raw_text() == "Unsaved letter. Old text."
    answers = answer(window)
    window.menus.save.trigger()
    assert answers.asked == ["overwrite"]
    assert (crashed / "letter.txt").read_text(encoding="utf-8") == "Written by somebody else."


def test_two_windows_do_not_take_each_others_drafts(qtbot, compose, tmp_path):
    first = compose()
    qtbot.keyClicks(first.window.editor, "mine")
    with qtbot.waitSignal(first.drafts.kept):
        first.recovery.keep_all()
    second = compose()
    with qtbot.waitSignal(second.drafts.kept):
        qtbot.keyClicks(second.window.editor, "yours")
        second.recovery.keep_all()
    assert second.window.notice_bar.buttons == ()
    assert kept_texts(tmp_path) == ["mine", "yours"]


def test_a_window_started_while_another_has_taken_over_the_drafts_offers_nothing(qtbot, crashed, compose):
    first = compose()
    wait_for_offer(qtbot, first.window)
    second = compose()
    with qtbot.waitSignal(second.drafts.kept):
        qtbot.keyClicks(second.window.editor, "x")
        second.recovery.keep_all()
    assert second.window.notice_bar.buttons == ()


def test_drafts_are_kept_when_the_window_loses_the_focus(qtbot, compose, tmp_path):
    application = compose()
    qtbot.keyClicks(application.window.editor, "text")
    assert drafts(tmp_path) == []
    with qtbot.waitSignal(application.drafts.kept):
        application.window.editor.clearFocus()
    assert kept_texts(tmp_path) == ["text"]


def test_drafts_are_kept_while_the_user_types_on(qtbot, compose, tmp_path):
    application = compose()
    application.recovery._later.setInterval(0)
    with qtbot.waitSignal(application.drafts.kept):
        qtbot.keyClicks(application.window.editor, "text")
    assert kept_texts(tmp_path)[0]


@pytest.mark.parametrize("way", ["save", "undo", "close the tab", "close the window"])
def test_a_draft_goes_when_nothing_is_unsaved_any_more(qtbot, compose, tmp_path, way):
    application = compose()
    window = application.window
    answer(window, path=tmp_path / "note.txt", unsaved=UnsavedAnswer.DISCARD)
    qtbot.keyClicks(window.editor, "text")
    with qtbot.waitSignal(application.drafts.kept):
        application.recovery.keep_all()
    if way == "save":
        window.menus.save.trigger()
    elif way == "undo":
        window.editor.undo_step()
        application.recovery.keep_all()
    elif way == "close the tab":
        window.menus.close.trigger()
    else:
        assert window.close()
        assert application.stop()
        assert list((tmp_path / "recovery").iterdir()) == []
    qtbot.waitUntil(lambda: drafts(tmp_path) == [])


def test_a_draft_that_cannot_be_kept_is_told_once_and_tried_again(qtbot, compose, tmp_path, monkeypatch):
    application = compose()
    window = application.window

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    qtbot.keyClicks(window.editor, "text")
    application.recovery.keep_all()
    qtbot.waitUntil(lambda: "could not be kept for recovery: the disk is full" in window.notice_bar.sentence)
    window.notice_bar.put_away()
    with qtbot.waitSignal(application.drafts.failed):
        application.recovery.keep_all()
    assert window.notice_bar.sentence == ""
    monkeypatch.undo()
    with qtbot.waitSignal(application.drafts.kept):
        application.recovery.keep_all()
    assert kept_texts(tmp_path) == ["text"]


def test_without_a_folder_for_drafts_one_sentence_says_so(qtbot, compose, tmp_path):
    (tmp_path / "recovery").write_text("a file is in the way", encoding="utf-8")
    window = compose().window
    qtbot.waitUntil(lambda: "Unsaved text cannot be kept for recovery" in window.notice_bar.sentence)
    qtbot.keyClicks(window.editor, "text")
    qtbot.keyClick(window.editor, Qt.Key.Key_Return)
    assert window.editor.raw_text() == "text\n"
