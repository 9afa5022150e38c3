from __future__ import annotations

import errno
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyboard_app.document.errors import DocumentError
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


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DocumentError, match="could not be saved"):
        write_text_file(tmp_path / "none" / "a.txt", TextFile("x"))
