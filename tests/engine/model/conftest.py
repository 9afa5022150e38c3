"""What the tests of the model share."""

from __future__ import annotations

import pytest

from engine.model.checkpoint import read_model
from engine.model.language_model import LanguageModel


@pytest.fixture
def model(tiny_model):
    """Return a model of 60 rows that no word of a user has changed."""
    shipped = read_model(tiny_model)
    return LanguageModel(shipped.config, shipped.parameters, shipped.vocabulary)
