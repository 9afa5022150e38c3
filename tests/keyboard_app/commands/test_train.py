"""What ``foretype train`` tells of itself; training has tests of its own."""

from __future__ import annotations

import argparse

import pytest

from keyboard_app.commands import train


def origin(*options):
    parser = argparse.ArgumentParser()
    train.add_arguments(parser)
    return train._origin(parser.parse_args(["a.txt", "--output", "model", "--work", "work", *options]))["command"]


@pytest.mark.parametrize("option", ["--ngram-count 0.0", "--seed 0", "--decay-share 0.0", "--lexicon 0"])
def test_the_card_keeps_what_was_set_to_zero(option):
    assert f"{option} " in f"{origin(*option.split())} "


def test_the_card_tells_neither_places_nor_what_was_not_asked_for():
    command = origin("--start", "secret/model", "--mixture", "secret.json")
    assert "secret" not in command
    assert "spelling" not in command
    assert "None" not in command
