"""Foretype: a writing window that predicts the next word and learns how its user writes, wholly offline."""

from __future__ import annotations

__version__ = "0.1.0"
