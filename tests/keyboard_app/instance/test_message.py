from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyboard_app.instance.message import END, MOST_BYTES, MOST_FILES, MessageError, Visit, decode, encode

NAMES = st.text(st.characters(exclude_characters="\0/", exclude_categories=()), min_size=1, max_size=20)


@given(st.lists(NAMES, max_size=5))
def test_files_come_out_as_they_went_in_whatever_their_names(names):
    files = tuple(Path("/") / name for name in names)
    message = encode(Visit(files))
    assert message.endswith(END)
    assert message.count(END) == 1
    assert decode(message[:-1]) == Visit(files)


def test_a_name_that_is_no_utf_8_survives():
    file = Path(os.fsdecode(b"/home/caf\xe9.txt"))
    assert decode(encode(Visit((file,)))[:-1]).files == (file,)


def test_relative_paths_are_sent_as_absolute_ones(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert decode(encode(Visit((Path("letter.txt"),)))[:-1]).files == (tmp_path / "letter.txt",)


@pytest.mark.parametrize(
    "said",
    [
        [],
        None,
        {"files": []},
        {"version": 2, "files": []},
        {"version": 1, "files": "x"},
        {"version": 1, "files": [1]},
        {"version": 1, "files": ["relative.txt"]},
        {"version": 1, "files": ["/a\0b"]},
        {"version": 1, "files": ["/a"] * (MOST_FILES + 1)},
    ],
)
def test_anything_else_is_refused(said):
    with pytest.raises(MessageError):
        decode(json.dumps(said).encode("utf-8"))


@given(st.binary(max_size=200))
def test_noise_is_refused_and_never_raises_anything_else(noise):
    with contextlib.suppress(MessageError):
        decode(noise)


@pytest.mark.parametrize("message", [b"[" * 100_000, b" " * (MOST_BYTES + 1)])
def test_deep_and_long_messages_are_refused(message):
    with pytest.raises(MessageError):
        decode(message)


def test_too_many_files_are_not_sent():
    with pytest.raises(MessageError):
        encode(Visit((Path("/a"),) * (MOST_FILES + 1)))


@pytest.mark.parametrize(("token", "taken"), [("a-1:b", "a-1:b"), ("a\nb", ""), ("ä", ""), (7, ""), ("a" * 201, "")])
def test_a_token_that_could_do_harm_is_left_out(token, taken):
    said = json.dumps({"version": 1, "files": [], "token": token})
    assert decode(said.encode("utf-8")) == Visit((), taken)
