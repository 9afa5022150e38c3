"""Everything that the engine raises on purpose: the value, the rule it broke, and what to do about it."""

from __future__ import annotations


class EngineError(Exception):
    """Base of every error that the engine raises on purpose."""


class CheckpointError(EngineError):
    """A model file is missing, damaged, or of a version that this program cannot read."""


class VocabularyError(EngineError):
    """A vocabulary file is damaged, or does not fit the model beside it."""


class ProfileError(EngineError):
    """A profile folder cannot be read or written."""


class CorpusError(EngineError):
    """A text file that was handed over cannot be read as text, or the files hold too little to train on."""
