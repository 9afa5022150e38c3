from __future__ import annotations

import json
from pathlib import Path

import pytest

from keyboard_app.document.errors import DocumentError
from keyboard_app.settings import USUAL_FONT_PT, Settings, ThemeChoice, load_settings, save_settings


def test_settings_come_back_as_they_were(tmp_path):
    settings = Settings(ThemeChoice.DARK, 20, learning=False, recent_files=("a.txt",), geometry="AAAA")
    save_settings(settings, tmp_path / "deep" / "settings.json")
    assert load_settings(tmp_path / "deep" / "settings.json") == (settings, ())


def test_without_a_file_the_usual_settings_hold(tmp_path):
    assert load_settings(tmp_path / "none.json") == (Settings(), ())


@pytest.mark.parametrize("text", ["", "{", "[]", "\0\0", "null", "[" * 100_000, '{"keys": ' + "[" * 100_000])
def test_a_damaged_file_is_reported_and_the_usual_settings_hold(tmp_path, text):
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="utf-8")
    settings, notices = load_settings(file)
    assert settings == Settings()
    assert len(notices) == 1


def test_bad_values_fall_back_one_by_one_and_are_named(tmp_path):
    file = tmp_path / "settings.json"
    stored = {
        "line_letters": 3,
        "focus_mode": "yes",
        "theme": "pink",
        "font_pt": 4000,
        "learning": False,
        "recent_files": [1],
        "unknown": 1,
    }
    file.write_text(json.dumps(stored), encoding="utf-8")
    settings, notices = load_settings(file)
    assert (settings.theme, settings.font_pt, settings.learning) == (ThemeChoice.SYSTEM, USUAL_FONT_PT, False)
    assert all(name in notices[0] for name in ("theme", "font pt", "recent files", "line letters", "focus mode"))


def test_settings_that_cannot_be_saved_raise_one_sentence(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(DocumentError, match="could not be saved"):
        save_settings(Settings(), tmp_path / "file" / "settings.json")


def test_recent_files_are_few_and_newest_first():
    settings = Settings()
    for n in range(12):
        settings = settings.with_recent(Path(f"{n}.txt"))
    settings = settings.with_recent(Path("9.txt"))
    assert settings.recent_files[:3] == ("9.txt", "11.txt", "10.txt")
    assert len(settings.recent_files) == 8
