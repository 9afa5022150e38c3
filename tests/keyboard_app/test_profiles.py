from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from engine import ProfileError
from engine.profile.files import IMPORTING, REMOVED
from keyboard_app import paths, profiles
from keyboard_app.__main__ import main
from keyboard_app.worker import opening
from tests.keyboard_app.fake_engine import FakeEngine


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Let all profiles lie in a temporary folder, with one of them there."""
    monkeypatch.setattr(paths.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    fill(paths.profile_folder("default"))
    return paths.profile_folder("default").parent


def fill(folder):
    """Make a folder that looks like a profile."""
    folder.mkdir(parents=True)
    (folder / "profile.sqlite3").write_bytes(b"words")


def leave(*names):
    """Leave folders behind as a killed program does."""
    for name in names:
        fill(paths.profile_folder("default").with_name(name))


def names_in(home):
    return sorted(path.name for path in home.iterdir())


@pytest.mark.parametrize("ending", [IMPORTING, REMOVED])
def test_no_profile_can_be_called_like_what_is_left_of_one(home, ending):
    with pytest.raises(ProfileError):
        profiles.checked_name(f"work{ending}")
    leave(f"work{ending}")
    assert profiles.all_profiles() == ("default",)
    assert "." not in profiles.free_name(f"work{ending}", ())


def test_a_reset_that_was_killed_is_finished_by_the_next_start_of_anything(home, monkeypatch):
    fill(paths.profile_folder("work"))

    def die(path, **how):
        if not how:
            raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", die)
        with pytest.raises(SystemExit):
            profiles.reset(paths.profile_folder("work"))
    assert names_in(home) == ["default", f"work{REMOVED}"]
    with profiles.in_use("default"):
        assert names_in(home) == ["default", "default.lock"]


def test_what_was_left_of_every_profile_goes_also_of_the_one_that_is_kept(home):
    leave("work.removed", "work.importing", "default.removed", "default.importing", "büro 2.removed")
    with profiles.in_use("default"):
        assert names_in(home) == ["default", "default.lock"]
    assert (home / "default" / "profile.sqlite3").read_bytes() == b"words"


LOCK = """
import sys
from PySide6.QtCore import QLockFile
lock = QLockFile(sys.argv[1])
print(lock.tryLock(0), flush=True)
input()
"""


def test_what_another_process_is_at_work_on_stays(home):
    leave("work.importing", "other.removed")
    lock = str(paths.profile_lock_file("work"))
    with subprocess.Popen([sys.executable, "-c", LOCK, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"True\n"
        profiles.remove_leftovers("default")
        assert names_in(home) == ["default", "work.importing", "work.lock"]
        other.communicate(b"\n")
    profiles.remove_leftovers("default")
    assert names_in(home) == ["default"]


def test_nothing_else_is_touched(home, tmp_path):
    leave("a.b.removed", "work.removed.old", ".removed", "work", "removed", "importing")
    (home / "notes.removed").write_text("a file")
    fill(tmp_path / "elsewhere")
    (home / "link.removed").symlink_to(tmp_path / "elsewhere")
    before = names_in(home)
    profiles.remove_leftovers("default")
    assert names_in(home) == before
    assert (tmp_path / "elsewhere" / "profile.sqlite3").exists()
    assert all((path / "profile.sqlite3").exists() for path in home.iterdir() if path.is_dir())


def test_what_cannot_be_removed_stops_nothing(home, monkeypatch):
    leave("work.removed", "other.removed")
    remove = shutil.rmtree

    def refuse(path, **how):
        assert how == {"ignore_errors": True}
        if path.stem != "work":
            remove(path)

    monkeypatch.setattr(shutil, "rmtree", refuse)
    profiles.remove_leftovers("default")
    assert names_in(home) == ["default", "work.removed"]


def test_without_any_profile_there_is_nothing_to_remove(tmp_path, monkeypatch):
    monkeypatch.setattr(paths.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "nowhere")
    profiles.remove_leftovers("default")
    assert not (tmp_path / "nowhere").exists()


def test_a_window_removes_what_is_left_before_it_opens_its_profile(home, monkeypatch):
    leave("work.removed", "default.importing")
    seen = []
    monkeypatch.setattr(opening, "open_profile", lambda folder: seen.append((folder, names_in(home))) or FakeEngine())
    opening.opener_for(paths.profile_folder("default"))()
    assert seen == [(paths.profile_folder("default"), ["default"])]


@pytest.mark.parametrize("is_elsewhere", [True, False])
def test_a_window_whose_profile_is_elsewhere_or_in_memory_removes_nothing(home, tmp_path, monkeypatch, is_elsewhere):
    leave("work.removed")
    monkeypatch.setattr(opening, "open_profile", lambda _: FakeEngine())
    opening.opener_for(tmp_path / "default" if is_elsewhere else None)()
    assert names_in(home) == ["default", "work.removed"]


def test_a_command_removes_what_is_left_too(home, capsys):
    leave("work.removed")
    assert main(["profile", "reset", "--yes"]) == 0
    assert names_in(home) == []
    capsys.readouterr()
