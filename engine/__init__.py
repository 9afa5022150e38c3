"""Foretype's engine: a recurrent language model that predicts the next word and learns its user's way of writing."""

from __future__ import annotations

from engine.errors import CheckpointError, CorpusError, EngineError, ProfileError, VocabularyError
from engine.opening import Engine, open_engine
from engine.values import (
    Commit,
    CommitSource,
    Context,
    LearnReport,
    Suggestion,
    SuggestionKind,
    Suggestions,
)

__all__ = [
    "CheckpointError",
    "Commit",
    "CommitSource",
    "Context",
    "CorpusError",
    "Engine",
    "EngineError",
    "LearnReport",
    "ProfileError",
    "Suggestion",
    "SuggestionKind",
    "Suggestions",
    "VocabularyError",
    "open_engine",
]
