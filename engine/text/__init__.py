"""Text: normal form, tokens, vocabulary, case, and what stands before the caret."""

from __future__ import annotations
