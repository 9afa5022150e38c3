"""From a context to ranked suggestions; reads the model and never changes it."""

from __future__ import annotations
