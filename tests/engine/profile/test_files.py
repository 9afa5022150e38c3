from __future__ import annotations

import os

import pytest

from engine import ProfileError
from engine.profile.files import make_private_file, make_private_folder, replace_whole, set_aside, whole_file


def mode(path):
    return path.stat().st_mode & 0o777


def test_folders_and_files_are_for_their_owner_only(tmp_path):
    make_private_folder(tmp_path / "a" / "b")
    make_private_file(tmp_path / "a" / "b" / "file")
    assert mode(tmp_path / "a" / "b") == 0o700
    assert mode(tmp_path / "a" / "b" / "file") == 0o600


def test_what_is_there_already_is_narrowed(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o755)
    (folder / "file").write_text("kept")
    (folder / "file").chmod(0o644)
    make_private_folder(folder)
    make_private_file(folder / "file")
    assert (mode(folder), mode(folder / "file")) == (0o700, 0o600)
    assert (folder / "file").read_text() == "kept"


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(ProfileError, match="file"):
        make_private_folder(tmp_path / "file")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_file_that_could_not_be_written_whole_stays_as_it_was(tmp_path, monkeypatch, step):
    path = tmp_path / "file"
    replace_whole(path, b"old")

    def refuse(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(OSError, match="No space"):
        replace_whole(path, b"new")
    monkeypatch.undo()
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"
    replace_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert mode(path) == 0o600


def test_whatever_stops_the_writing_what_was_there_stays(tmp_path):
    (tmp_path / "file").write_bytes(b"old")

    def write():
        with whole_file(tmp_path / "file") as file:
            file.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


def test_what_a_killed_program_left_half_written_is_made_anew(tmp_path):
    (tmp_path / "elsewhere").write_bytes(b"kept")
    (tmp_path / "file.partial").symlink_to(tmp_path / "elsewhere")
    with whole_file(tmp_path / "file") as file:
        file.write(b"new")
        assert mode(tmp_path / "file.partial") == 0o600
    assert (tmp_path / "file").read_bytes() == b"new"
    assert (tmp_path / "elsewhere").read_bytes() == b"kept"
    assert not (tmp_path / "file.partial").exists()


def test_a_folder_is_not_replaced_by_a_file(tmp_path):
    (tmp_path / "file").mkdir()
    with pytest.raises(OSError):
        replace_whole(tmp_path / "file", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_files_that_are_set_aside_are_all_kept(tmp_path):
    names = set()
    for number in range(3):
        (tmp_path / "file").write_text(str(number))
        names.add(set_aside(tmp_path / "file").name)
    assert len(names) == 3
    assert sorted((tmp_path / name).read_text() for name in names) == ["0", "1", "2"]
