from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyboard_app.document.errors import DocumentError, HalfWrittenError
from keyboard_app.document.reading import LIMIT_BYTES, read_text_file
from keyboard_app.document.text_file import Encoding, LineEnding, TextFile, decode, encode
from keyboard_app.document.writing import write_text_file

TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r\ufeff"))


@given(TEXTS, st.sampled_from([Encoding.UTF_8_WITH_MARK, Encoding.UTF_16_LITTLE, Encoding.UTF_16_BIG]))
def test_what_is_written_is_read_again(text, encoding):
    file = decode(encode(TextFile(text, encoding)))
    assert (file.text, file.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "text", "encoding", "ending"),
    [
        (b"", "", Encoding.UTF_8, LineEnding.LF),
        ("é\n".encode(), "é\n", Encoding.UTF_8, LineEnding.LF),
        (b"a\r\nb\r\n", "a\nb\n", Encoding.UTF_8, LineEnding.CRLF),
        (b"a\rb\r", "a\nb\n", Encoding.UTF_8, LineEnding.CR),
        (b"caf\xe9 \x93quoted\x94", "café “quoted”", Encoding.WINDOWS_1252, LineEnding.LF),
        (b"caf\xe9 \x81", "café \x81", Encoding.LATIN_1, LineEnding.LF),
        (b"\xef\xbb\xbfa", "a", Encoding.UTF_8_WITH_MARK, LineEnding.LF),
    ],
)
def test_encodings_and_line_ends_are_recognised_and_kept(data, text, encoding, ending):
    file = decode(data)
    assert (file.text, file.encoding, file.line_ending) == (text, encoding, ending)
    assert encode(file) == data


def test_a_guessed_encoding_and_mixed_line_ends_are_told():
    assert "not UTF-8" in decode(b"\xe9").notice
    assert "mixed" in decode(b"a\nb\r\nc\n").notice


def test_characters_that_the_encoding_lacks_are_saved_as_utf_8_and_told(tmp_path):
    file = tmp_path / "old.txt"
    written = write_text_file(file, TextFile("€ 漢", Encoding.WINDOWS_1252))
    assert written.encoding is Encoding.UTF_8
    assert "saved as UTF-8" in written.notice
    assert file.read_text(encoding="utf-8") == "€ 漢"


@pytest.mark.parametrize("data", [b"ab\0cd", b"\x7fELF\x02\x01\x01\0", bytes(range(1, 32)) * 20])
def test_what_is_not_text_is_refused(tmp_path, data):
    file = tmp_path / "program"
    file.write_bytes(data)
    with pytest.raises(DocumentError, match="“program” could not be opened: it is not a text file"):
        read_text_file(file)


def test_a_file_that_is_too_long_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "long.txt"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    assert file.stat().st_size > LIMIT_BYTES
    with pytest.raises(DocumentError, match="50 MB long"):
        read_text_file(file)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="not a file"):
        read_text_file(tmp_path)


def test_saving_keeps_permissions_and_links(tmp_path):
    file, link = tmp_path / "real.txt", tmp_path / "link.txt"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_text_file(link, TextFile("new"))
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new"
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("number", "cause"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only")])
def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, number, cause):
    file = tmp_path / "kept.txt"
    file.write_text("old", encoding="utf-8")

    def fail(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DocumentError, match=cause):
        write_text_file(file, TextFile("new"))
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("kept.txt", "old")]


def refusal(number):
    def refuse(*_arguments, **_more):
        raise OSError(number, os.strerror(number))

    return refuse


class Keeper:
    """Keeps a copy when it is asked to, and sees what the file had then."""

    def __init__(self, file, *, able=True):
        self.file, self.able, self.seen = file, able, []

    def __call__(self):
        self.seen.append(self.file.read_text(encoding="utf-8"))
        return self.able


@pytest.fixture
def linked(tmp_path):
    """Return a file with two names."""
    file = tmp_path / "letter.txt"
    file.write_text("old and longer", encoding="utf-8")
    os.link(file, tmp_path / "other name.txt")
    return file


def all_files(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("text", ["new", "new and much longer than it was"])
def test_a_file_with_two_names_has_both_after_saving_and_a_copy_is_kept_first(tmp_path, linked, text):
    keeper = Keeper(linked)
    write_text_file(linked, TextFile(text), keeper)
    assert all_files(tmp_path) == {"letter.txt": text, "other name.txt": text}
    assert linked.stat().st_nlink == 2
    assert keeper.seen == ["old and longer"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY])
@pytest.mark.parametrize("step", [(tempfile, "mkstemp"), (Path, "replace")], ids=["beside", "in its place"])
def test_where_no_file_can_take_its_place_the_file_itself_is_written(tmp_path, monkeypatch, number, step):
    file = tmp_path / "letter.txt"
    file.write_text("old", encoding="utf-8")
    number_of_file = file.stat().st_ino
    keeper = Keeper(file)
    monkeypatch.setattr(*step, refusal(number))
    write_text_file(file, TextFile("new"), keeper)
    monkeypatch.undo()
    assert all_files(tmp_path) == {"letter.txt": "new"}
    assert file.stat().st_ino == number_of_file
    assert keeper.seen == ["old"]


def test_without_a_copy_no_file_is_written_over(tmp_path, linked, monkeypatch):
    write_text_file(linked, TextFile("new"), Keeper(linked, able=False))
    assert all_files(tmp_path) == {"letter.txt": "new", "other name.txt": "old and longer"}
    monkeypatch.setattr(tempfile, "mkstemp", refusal(errno.EACCES))
    with pytest.raises(DocumentError, match=r"could not be saved in “.*”: access is not permitted"):
        write_text_file(linked, TextFile("newer"), Keeper(linked, able=False))
    assert linked.read_text(encoding="utf-8") == "new"


def test_an_ordinary_file_is_replaced_in_one_step_and_needs_no_copy(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("old", encoding="utf-8")
    keeper = Keeper(file)
    write_text_file(file, TextFile("new"), keeper)
    write_text_file(tmp_path / "first.txt", TextFile("first"), keeper)
    assert all_files(tmp_path) == {"letter.txt": "new", "first.txt": "first"}
    assert keeper.seen == []


def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_what_it_had(tmp_path, linked, monkeypatch):
    before = linked.stat()
    monkeypatch.setattr(os, "fsync", one_refusal(errno.ENOSPC))
    with pytest.raises(DocumentError, match=r"could not be saved: the disk is full\. Nothing is lost") as told:
        write_text_file(linked, TextFile("new and much longer than it was"), Keeper(linked))
    assert not isinstance(told.value, HalfWrittenError)
    assert set(all_files(tmp_path).values()) == {"old and longer"}
    assert linked.stat().st_mtime_ns == before.st_mtime_ns


def one_refusal(number):
    """Return what fails the first time only."""
    refusals = [refusal(number)]
    return lambda *_arguments: refusals.pop()() if refusals else None


def test_a_file_that_can_neither_be_written_nor_put_back_is_told_as_what_it_is(linked, monkeypatch):
    monkeypatch.setattr(os, "fsync", refusal(errno.EIO))
    with pytest.raises(
        HalfWrittenError, match=r"“letter\.txt” could not be saved, and may be damaged now: the disk reports an error\."
    ):
        write_text_file(linked, TextFile("new"), Keeper(linked))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away")
def test_saving_keeps_the_owner_and_the_group(tmp_path):
    file = tmp_path / "theirs.txt"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o664)
    os.chown(file, 12_345, 23_456)
    write_text_file(file, TextFile("new"))
    status = file.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (12_345, 23_456, 0o664)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no owners")
def test_a_file_that_the_user_cannot_give_back_to_its_owner_is_written_in_place(tmp_path, monkeypatch):
    file = tmp_path / "theirs.txt"
    file.write_text("old", encoding="utf-8")
    keeper, number_of_file = Keeper(file), file.stat().st_ino
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    write_text_file(file, TextFile("new"), keeper)
    assert (file.read_text(encoding="utf-8"), file.stat().st_ino, keeper.seen) == ("new", number_of_file, ["old"])


def test_a_name_as_long_as_names_can_be_is_saved(tmp_path):
    file = tmp_path / ("漢" * 83 + ".txt")
    write_text_file(file, TextFile("new"))
    assert file.read_text(encoding="utf-8") == "new"


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DocumentError, match="could not be saved"):
        write_text_file(tmp_path / "none" / "a.txt", TextFile("x"))
