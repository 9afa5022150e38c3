from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import date

import pytest

from engine.errors import ProfileError
from keyboard_app.figures.day import Figures
from keyboard_app.figures.records import FILE_NAME, SCHEMA_VERSION, FiguresFile

MONDAY, TUESDAY = date(2026, 5, 18), date(2026, 5, 19)


def test_figures_add_up_and_are_there_at_the_next_start(tmp_path):
    file = FiguresFile.open(tmp_path / "profile")
    file.add({TUESDAY: Figures(n_words=2, loss_before=1.5), MONDAY: Figures(n_words=1)})
    file.add({TUESDAY: Figures(n_words=3, loss_before=0.5)})
    file.close()
    again = FiguresFile.open(tmp_path / "profile")
    assert list(again.read().items()) == [(MONDAY, Figures(n_words=1)), (TUESDAY, Figures(n_words=5, loss_before=2.0))]
    again.close()


def test_only_the_owner_can_read_the_file(tmp_path):
    FiguresFile.open(tmp_path / "profile").close()
    assert stat.S_IMODE((tmp_path / "profile" / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "profile").stat().st_mode) == 0o700


def test_erased_figures_are_gone_from_the_disk(tmp_path):
    file = FiguresFile.open(tmp_path)
    file.add({MONDAY: Figures(n_words=1)})
    assert b"2026-05-18" in (tmp_path / FILE_NAME).read_bytes()
    file.erase()
    assert file.read() == {}
    file.close()
    assert b"2026-05-18" not in (tmp_path / FILE_NAME).read_bytes()


def test_without_a_folder_nothing_is_written(tmp_path):
    file = FiguresFile.open(None)
    file.add({MONDAY: Figures(n_words=1)})
    assert file.read() == {MONDAY: Figures(n_words=1)}
    file.close()


@pytest.mark.parametrize("content", [b"no database", b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 9_000])
def test_a_damaged_file_is_set_aside_and_counting_begins_afresh(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    file = FiguresFile.open(tmp_path)
    assert file.read() == {}
    assert "set aside" in file.notice
    assert (tmp_path / f"{FILE_NAME}.damaged-1").read_bytes() == content
    file.close()


def test_a_file_with_other_tables_is_set_aside(tmp_path):
    other = sqlite3.connect(tmp_path / FILE_NAME)
    other.executescript("CREATE TABLE days (day); PRAGMA user_version = 1;")
    other.close()
    file = FiguresFile.open(tmp_path)
    assert "set aside" in file.notice
    file.close()


def test_a_day_that_is_none_sets_the_file_aside(tmp_path):
    file = FiguresFile.open(tmp_path)
    file.add({MONDAY: Figures()})
    file._connection.execute("UPDATE days SET day = '2026-02-31'")
    file._connection.commit()
    file.close()
    again = FiguresFile.open(tmp_path)
    assert "set aside" in again.notice
    again.close()


def test_a_file_of_a_later_version_is_left_alone(tmp_path):
    FiguresFile.open(tmp_path).close()
    later = sqlite3.connect(tmp_path / FILE_NAME)
    later.execute("PRAGMA user_version = 2")
    later.close()
    with pytest.raises(ProfileError, match=f"later Foretype made it: version 2, this one reads {SCHEMA_VERSION}"):
        FiguresFile.open(tmp_path)
    assert not (tmp_path / f"{FILE_NAME}.damaged-1").exists()


def test_a_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"choose another"):
        FiguresFile.open(tmp_path / "file")


WRITER = """
import sys
from datetime import date
from pathlib import Path
from keyboard_app.figures.day import Figures
from keyboard_app.figures.records import FiguresFile
file = FiguresFile.open(Path(sys.argv[1]))
while True:
    file.add({date(2026, 5, 18): Figures(n_words=1, keys_saved=2)})
    print(".", flush=True)
"""


def test_a_writer_killed_at_any_instant_leaves_what_it_had_written(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path], stdout=subprocess.PIPE, env=dict(os.environ))
    n_told = sum(1 for _ in zip(range(30), process.stdout, strict=False))
    process.send_signal(signal.SIGKILL)
    n_told += len(process.stdout.read().split())
    process.stdout.close()
    process.wait()
    file = FiguresFile.open(tmp_path)
    figures = file.read()[MONDAY]
    assert n_told <= figures.n_words <= n_told + 1
    assert figures.keys_saved == 2 * figures.n_words
    assert file.notice == ""
    file.close()
