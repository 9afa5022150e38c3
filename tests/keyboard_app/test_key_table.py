"""Which keys do what."""

from __future__ import annotations

import json

import pytest

from keyboard_app.command_table import ENTRIES, TABLE, Command
from keyboard_app.key_table import KeyTable
from keyboard_app.settings import Settings, load_settings, save_settings


def test_every_command_has_one_row_and_no_two_share_a_usual_key():
    assert [entry.command for entry in TABLE] == list(dict.fromkeys(entry.command for entry in TABLE))
    assert set(ENTRIES) == set(Command)
    assert all(not KeyTable().rivals(command) for command in Command)


def test_only_what_differs_from_the_usual_keys_is_kept():
    table = KeyTable().with_keys(Command.SAVE, ["F2", "", "F2"])
    assert table.changes == (("save", ("F2",)),)
    assert KeyTable(table.changes).keys_of(Command.SAVE) == ("F2",)
    assert table.with_usual_keys(Command.SAVE).changes == ()


def test_two_commands_with_one_key_are_told_apart_and_the_one_that_the_user_gave_it_to_gets_it():
    table = KeyTable().with_keys(Command.FIND, ["Ctrl+S"])
    assert table.rivals(Command.FIND) == (("Ctrl+S", Command.SAVE),)
    assert table.rivals(Command.SAVE) == (("Ctrl+S", Command.FIND),)
    assert table.keys_of(Command.FIND) == ("Ctrl+S",)
    assert table.keys_of(Command.SAVE) == ()


def test_of_two_commands_that_the_user_gave_one_key_the_first_in_the_table_gets_it():
    table = KeyTable().with_keys(Command.FIND, ["F2"]).with_keys(Command.SAVE, ["F2"])
    assert table.keys_of(Command.SAVE) == ("F2",)
    assert table.keys_of(Command.FIND) == ()


def test_tab_can_be_given_back_to_indentation_and_another_key_takes_the_ghost():
    table = KeyTable().with_tab(takes=False)
    assert not table.tab_takes
    assert table.keys_of(Command.TAKE_FIRST) == ("Alt+1",)
    assert table.with_tab(takes=True).changes == ()
    two_keys = KeyTable().with_keys(Command.TAKE_GHOST, ["F2", "Tab"])
    assert two_keys.with_tab(takes=False).keys_of(Command.TAKE_GHOST) == ("F2",)


def test_changed_keys_come_back_from_the_settings_file(tmp_path):
    changes = KeyTable().with_keys(Command.SAVE, ["F2"]).with_keys(Command.HIDE, []).changes
    save_settings(Settings(keys=changes), tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json") == (Settings(keys=changes), ())


@pytest.mark.parametrize("keys", [[], {"save": "F2"}, {"save": [1]}, {"save": [""]}])
def test_keys_that_cannot_be_read_are_the_usual_ones_and_reported(tmp_path, keys):
    (tmp_path / "settings.json").write_text(json.dumps({"keys": keys}), encoding="utf-8")
    settings, notices = load_settings(tmp_path / "settings.json")
    assert settings.keys == ()
    assert "keys" in notices[0]


def test_a_command_of_a_later_version_is_passed_over(tmp_path):
    (tmp_path / "settings.json").write_text(json.dumps({"keys": {"fly": ["F2"], "save": ["F4"]}}), encoding="utf-8")
    assert load_settings(tmp_path / "settings.json") == (Settings(keys=(("save", ("F4",)),)), ())


@pytest.mark.parametrize(
    ("before", "ghost", "first"),
    [
        (["Alt+1"], (), ("Alt+1",)),
        (["F2"], (), ("F2",)),
        (["Tab", "F2"], ("Tab",), ("F2",)),
        (["Tab"], ("Tab",), ()),
        ([], (), ()),
    ],
)
def test_keys_from_before_the_ghost_had_its_own_do_what_they_did(tmp_path, before, ghost, first):
    (tmp_path / "settings.json").write_text(json.dumps({"keys": {"take first": before}}), encoding="utf-8")
    settings, notices = load_settings(tmp_path / "settings.json")
    table = KeyTable(settings.keys)
    assert (table.keys_of(Command.TAKE_GHOST), table.keys_of(Command.TAKE_FIRST), notices) == (ghost, first, ())
    save_settings(settings, tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json") == (settings, ())


def test_todays_keys_for_the_first_suggestion_leave_tab_to_the_ghost(tmp_path):
    changes = KeyTable().with_keys(Command.TAKE_FIRST, ["F2"]).changes
    save_settings(Settings(keys=changes), tmp_path / "settings.json")
    assert KeyTable(load_settings(tmp_path / "settings.json")[0].keys).tab_takes
