from __future__ import annotations

import pytest
from hypothesis import settings

from engine import open_engine
from tests.tiny_model import write_tiny_model

# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """Return the folder of a model of 60 rows."""
    return write_tiny_model(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture
def engine(tiny_model):
    """Return an engine that learns in memory."""
    with open_engine(None, model=tiny_model) as opened:
        yield opened


@pytest.fixture
def open_tiny(tiny_model):
    """Return a function that opens engines on profile folders; they are closed at the end."""
    opened = []

    def open_profile(profile=None, model=tiny_model):
        opened.append(open_engine(profile, model=model))
        return opened[-1]

    yield open_profile
    for one in opened:
        one.close()
