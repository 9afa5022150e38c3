from __future__ import annotations

import pytest
from PySide6.QtCore import QLockFile

from engine.errors import ProfileError
from keyboard_app.profiles import lock_profile
from keyboard_app.worker.opening import opener_for
from tests.keyboard_app.fake_engine import FakeEngine


def test_a_second_window_does_not_get_the_profile(tmp_path):
    file = tmp_path / "profiles" / "default.lock"
    first, first_is_ours = lock_profile(file)
    _second, second_is_ours = lock_profile(file)
    assert (first_is_ours, second_is_ours) == (True, False)
    first.unlock()
    third, third_is_ours = lock_profile(file)
    assert third_is_ours
    assert isinstance(third, QLockFile)


def test_a_profile_that_cannot_be_read_leaves_the_window_with_a_model_that_forgets(tmp_path, monkeypatch):
    asked = []

    def open_engine(profile):
        asked.append(profile)
        if profile is not None:
            raise ProfileError("The profile folder is read-only.")
        return FakeEngine(notices=("From the engine.",))

    monkeypatch.setattr("engine.open_engine", open_engine)
    _engine, notices = opener_for(tmp_path)()
    assert asked == [tmp_path, None]
    assert notices == (
        "The profile folder is read-only. What you type now is learned for this session only.",
        "From the engine.",
    )
    monkeypatch.setattr("engine.open_engine", lambda _profile: (_ for _ in ()).throw(ProfileError("No.")))
    with pytest.raises(ProfileError):
        opener_for(None)()
