from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyboard_app.document.draft import Draft, decode_draft, encode_draft
from keyboard_app.document.drafts import DraftFolder
from keyboard_app.document.errors import DocumentError
from keyboard_app.document.text_file import Encoding, LineEnding, TextFile


@given(
    st.builds(
        Draft,
        st.just("name"),
        st.text(),
        st.builds(
            TextFile,
            st.text(st.characters(blacklist_categories=())),
            st.sampled_from(Encoding),
            st.sampled_from(LineEnding),
        ),
        st.none() | st.just(Path("folder") / "letter.txt"),
        st.none() | st.tuples(st.integers(), st.integers()),
        st.booleans(),
    )
)
def test_a_draft_comes_back_as_it_was_whatever_is_in_it(draft):
    assert decode_draft("name", encode_draft(draft)) == draft


def test_a_draft_from_before_there_were_private_documents_opens_as_an_ordinary_one():
    head = b'{"format": 1, "title": "Untitled", "path": null, "stamp": null, "encoding": "utf-8", "line_ending": "\\n"}'
    assert decode_draft("name", head + b"\ntext") == Draft("name", "Untitled", TextFile("text"))


HEAD = b'{"format": 1, "title": "", "path": null, "stamp": [1e999, 0], "encoding": "utf-8", "line_ending": "\\n"}'


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}\ntext", b"[]\n", b"\xff\n", b'{"format": 1}\nx', b'{"format": 99}\nx', b"[" * 100_000,
        HEAD + b"\ntext", HEAD.replace(b"[1e999, 0]", b"[NaN, 0]") + b"\ntext",
    ],
    ids=lambda data: data[:20].decode("latin-1"),
)  # fmt: skip
def test_what_is_not_a_draft_is_counted_and_left(tmp_path, data):
    (tmp_path / "broken.draft").write_bytes(data)
    folder = DraftFolder(tmp_path)
    folder.write(Draft("good", "Untitled", TextFile("text")))
    drafts, n_damaged = folder.read_all()
    assert ([draft.file.text for draft in drafts], n_damaged) == (["text"], 1)
    folder.dissolve()
    assert (tmp_path / "broken.draft").exists()


def test_drafts_are_for_the_user_only(tmp_path):
    folder = DraftFolder(tmp_path / "recovery")
    folder.write(Draft("a", "Untitled", TextFile("private")))
    assert (tmp_path / "recovery").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "recovery" / "a.draft").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_is_told_and_leaves_the_draft_before(tmp_path, monkeypatch):
    folder = DraftFolder(tmp_path)
    folder.write(Draft("a", "letter.txt", TextFile("first")))

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DocumentError, match=r"“letter\.txt” could not be kept for recovery: the disk is full\."):
        folder.write(Draft("a", "letter.txt", TextFile("second")))
    assert folder.read_all()[0][0].file.text == "first"


_DIES = """
import os, signal, sys
from pathlib import Path
from keyboard_app.document.draft import Draft
from keyboard_app.document.drafts import DraftFolder
from keyboard_app.document.text_file import TextFile

def die(*_arguments):
    os.kill(os.getpid(), signal.SIGKILL)

folder = DraftFolder(Path(sys.argv[1]))
folder.write(Draft("a", "Untitled", TextFile("first " * 1000)))
owner, step = {"open": (os, "fdopen"), "sync": (os, "fsync"), "rename": (Path, "replace")}[sys.argv[2]]
setattr(owner, step, die)
folder.write(Draft("a", "Untitled", TextFile("second " * 1000)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("instant", ["open", "sync", "rename"])
def test_a_window_killed_while_it_writes_leaves_the_whole_draft_before(tmp_path, instant):
    done = subprocess.run([sys.executable, "-c", _DIES, str(tmp_path), instant], check=False)
    assert done.returncode == -9
    folder = DraftFolder(tmp_path)
    drafts, n_damaged = folder.read_all()
    assert ([draft.file.text for draft in drafts], n_damaged) == (["first " * 1000], 0)
    folder.remove("a")
    folder.dissolve()
    assert not tmp_path.exists()
