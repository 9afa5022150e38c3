"""Which keys lie beside each other."""

from __future__ import annotations

from engine.text.keyboard import KEYS_AROUND


def test_the_neighbours_of_a_key_are_around_it_and_neighbourhood_is_mutual():
    assert set(KEYS_AROUND["g"]) == set("fhtyvb")
    assert set(KEYS_AROUND["a"]) == set("qwsz")
    assert all(letter in KEYS_AROUND[other] for letter, others in KEYS_AROUND.items() for other in others)
