"""What the user thought of corrections is remembered."""

from __future__ import annotations

import stat

import pytest

from engine.correction.memory import CorrectionMemory
from engine.profile.files import CORRECTIONS


def test_a_pair_that_was_taken_is_remembered_over_a_restart_whatever_its_case(tmp_path):
    CorrectionMemory.open(tmp_path).take("Teh", "The")
    assert CorrectionMemory.open(tmp_path).meant_by("teh") == "the"


def test_a_word_taken_back_twice_is_left_alone_for_good(tmp_path):
    memory = CorrectionMemory.open(tmp_path)
    memory.take_back("Kael")
    assert not memory.is_left_alone("kael")
    CorrectionMemory.open(tmp_path).take_back("kael")
    assert CorrectionMemory.open(tmp_path).is_left_alone("Kael")


def test_a_word_that_is_to_be_left_alone_is_at_once(tmp_path):
    CorrectionMemory.open(tmp_path).leave_alone("fst")
    assert CorrectionMemory.open(tmp_path).is_left_alone("fst")


def test_taking_a_correction_after_all_forgets_that_it_was_taken_back():
    memory = CorrectionMemory()
    memory.take_back("teh")
    memory.take("teh", "the")
    memory.take_back("teh")
    assert not memory.is_left_alone("teh")
    assert memory.meant_by("teh") == ""


def test_the_file_is_private(tmp_path):
    CorrectionMemory.open(tmp_path / "profile").leave_alone("fst")
    path = tmp_path / "profile" / CORRECTIONS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"meant": {"a": 1}, "taken back": {}}', '{"meant": {}}', "\x00", "[" * 90_000]
)
def test_a_damaged_file_is_set_aside_and_nothing_is_lost(tmp_path, content):
    path = tmp_path / CORRECTIONS
    path.write_text(content, encoding="utf-8")
    memory = CorrectionMemory.open(tmp_path)
    assert memory.notices == [f"The memory of corrections was damaged and was set aside as {CORRECTIONS}.damaged-1."]
    assert (tmp_path / f"{CORRECTIONS}.damaged-1").read_text(encoding="utf-8") == content
    memory.take("teh", "the")
    assert CorrectionMemory.open(tmp_path).meant_by("teh") == "the"


def test_a_folder_that_refuses_is_told_once_and_the_session_goes_on(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    memory = CorrectionMemory(tmp_path / "file" / CORRECTIONS)
    memory.take("teh", "the")
    memory.take("adn", "and")
    assert memory.meant_by("teh") == "the"
    assert len(memory.notices) == 1


def test_a_forgotten_word_leaves_no_trace_neither_as_typed_nor_as_meant(tmp_path):
    memory = CorrectionMemory.open(tmp_path)
    memory.take("Zorblatt", "zorblat")
    memory.take("zorblet", "Zorblatt")
    memory.leave_alone("zorblatt")
    memory.take("teh", "the")
    memory.forget("ZORBLATT")
    assert "zorbl" not in (tmp_path / CORRECTIONS).read_text(encoding="utf-8")
    assert CorrectionMemory.open(tmp_path).meant_by("teh") == "the"
