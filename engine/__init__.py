"""Foretype's engine: a recurrent language model that predicts the next word and learns its user's way of writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import CheckpointError, CorpusError, EngineError, ProfileError, VocabularyError
from engine.values import (
    Commit,
    CommitSource,
    Context,
    Correction,
    Explanation,
    Feedback,
    FeedbackKind,
    Ghost,
    LearnReport,
    Suggestion,
    SuggestionKind,
    Suggestions,
)

if TYPE_CHECKING:
    from engine.opening import Engine, open_engine

__all__ = [
    "CheckpointError",
    "Commit",
    "CommitSource",
    "Context",
    "CorpusError",
    "Correction",
    "Engine",
    "EngineError",
    "Explanation",
    "Feedback",
    "FeedbackKind",
    "Ghost",
    "LearnReport",
    "ProfileError",
    "Suggestion",
    "SuggestionKind",
    "Suggestions",
    "VocabularyError",
    "open_engine",
]


def __getattr__(name: str) -> Any:
    """Import what opens the engine when it is first asked for: Numba takes its time, and a window should not wait."""
    if name in {"Engine", "open_engine"}:
        from engine import opening  # noqa: PLC0415

        return getattr(opening, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
