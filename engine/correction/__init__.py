"""Likely typos of the word just typed: what was meant, how sure that is, and what the user thinks of it."""

from __future__ import annotations
