"""The parts of learning, each of which can be left out to measure what the others are worth."""

from __future__ import annotations

from enum import Flag, auto


class Tier(Flag):
    """What learns from a finished word. Words that are new get a row of their own whichever of them do."""

    COUNTS = auto()
    """The user's n-gram counts, and the weights that mix them in."""
    CACHE = auto()
    """The user's latest words with the places where they stood, and the weights that mix them in."""
    NETWORK = auto()
    """The weights of the network, by back-propagation."""
    ATTENTION = auto()
    """What it says that a suggestion was passed over."""


ALL_TIERS = Tier.COUNTS | Tier.CACHE | Tier.NETWORK | Tier.ATTENTION
