"""The one door through which typing changes the model."""

from __future__ import annotations
