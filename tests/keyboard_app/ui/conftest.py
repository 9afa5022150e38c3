from __future__ import annotations

import pytest

from tests.keyboard_app.fake_engine import FakeEngine


@pytest.fixture
def engine():
    """The engine behind ``application``."""
    return FakeEngine()


@pytest.fixture
def application(compose, engine):
    return compose(engine)
