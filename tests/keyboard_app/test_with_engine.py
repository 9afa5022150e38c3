"""The window and the commands with the real engine, on a model that was drawn and not trained."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from engine import open_engine
from keyboard_app import paths, profiles
from keyboard_app.app import Application
from keyboard_app.commands.self_check import check
from keyboard_app.profiles import Tenancy, lock_profile
from keyboard_app.settings import Settings, save_settings


@pytest.fixture(autouse=True)
def compiled(engine):
    """Compile first: on a busy machine that takes longer than a window's typist has patience."""
    engine.warm_up()


@pytest.fixture
def session(qtbot, qapp, tmp_path, tiny_model):
    """Run one session of the window on a profile that the next one finds again."""

    def run(work):
        def opener():
            engine = open_engine(tmp_path / "profile", model=tiny_model)
            return engine, engine.notices

        save_settings(Settings(welcomed=True), tmp_path / "settings.json")
        application = Application(qapp, opener, tmp_path / "settings.json")
        application.start()
        window = application.window
        window.editor.setFocus()
        try:
            qtbot.waitUntil(lambda: window.suggestion_bar.message == "", timeout=60_000)
            work(window)
        finally:
            window.editor.document().setModified(False)
            window.close()
            assert application.stop()
            window.deleteLater()
        assert window.notice_bar.sentence == ""

    return run


def test_an_invented_name_is_offered_on_the_next_occasion_and_after_a_restart(qtbot, session):
    def first(window):
        learnt = []
        window.status_line.show_learnt = learnt.append
        for _ in range(3):
            qtbot.keyClicks(window.editor, "This is Zorblax. ")
        qtbot.keyClicks(window.editor, "This is Z")
        qtbot.waitUntil(lambda: "Zorblax" in window.suggestion_bar.words)
        qtbot.keyClick(window.editor, Qt.Key.Key_Escape)

    def second(window):
        qtbot.keyClicks(window.editor, "This is Zo")
        qtbot.waitUntil(lambda: "Zorblax" in window.suggestion_bar.words)
        slot = window.suggestion_bar.words.index("Zorblax")
        qtbot.keyClick(window.editor, [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3][slot], Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: window.editor.raw_text() == "This is Zorblax ")

    session(first)
    session(second)


def test_a_rejection_is_learned_and_told(qtbot, session):
    def work(window):
        qtbot.keyClicks(window.editor, "the ")
        qtbot.waitUntil(lambda: any(window.suggestion_bar.words))
        qtbot.keyClicks(window.editor, "quixotic a")
        qtbot.waitUntil(lambda: window.status_line.message == "Learned “quixotic” (new word)")

    session(work)


def test_a_profile_is_exported_left_emptied_and_imported_in_the_window(qtbot, qapp, tmp_path, tiny_model, monkeypatch):
    monkeypatch.setattr(paths.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    save_settings(Settings(welcomed=True), tmp_path / "settings.json")
    tenancy = Tenancy("default", lock_profile(paths.profile_lock_file("default"))[0])

    def open_profile(folder):
        return open_engine(folder, model=tiny_model)

    application = Application(
        qapp, lambda: (open_profile(tenancy.folder), ()), tmp_path / "settings.json", None, tenancy.folder, tenancy,
        open_profile,
    )  # fmt: skip
    application.start()
    window, moves = application.window, application.profiles
    moves.dialogs.ask_start_afresh = lambda _: True
    moves.dialogs.ask_name = lambda *_: "mine"
    moves.dialogs.ask_profile_to_import = lambda _: tmp_path / "me.zip"
    application.knowledge.dialogs.ask_profile_file = lambda _: tmp_path / "me.zip"

    def wait_for(message):
        qtbot.waitUntil(lambda: window.status_line.message == message, timeout=20_000)
        qtbot.waitUntil(lambda: window.suggestion_bar.message == "" and not application.desk.is_waiting)

    try:
        qtbot.waitUntil(lambda: window.suggestion_bar.message == "", timeout=60_000)
        qtbot.keyClicks(window.editor, "This is Zorblax. This is Zorblax. This is Zo")
        qtbot.waitUntil(lambda: "Zorblax" in window.suggestion_bar.words)
        window.menus.export_profile.trigger()
        wait_for("Exported to “me.zip”")
        window.menus.afresh.trigger()
        wait_for("“default” knows nothing of you any more")
        assert "Zorblax" not in window.suggestion_bar.words
        window.menus.import_profile.trigger()
        wait_for("Imported “mine”, which knows 3 words of yours")
        qtbot.waitUntil(lambda: "Zorblax" in window.suggestion_bar.words)
        assert profiles.all_profiles() == ("default", "mine")
        assert window.notice_bar.sentence == ""
    finally:
        window.editor.document().setModified(False)
        window.close()
        assert application.stop()
        tenancy.end()
        window.deleteLater()


def test_the_self_check_passes(tiny_model, capsys):
    assert check(lambda profile: open_engine(profile, model=tiny_model)) == 0
    assert "ok  still know “Zorblaxia”" in capsys.readouterr().out


def test_the_self_check_tells_of_a_missing_model(tmp_path, capsys):
    assert check(lambda profile: open_engine(profile, model=tmp_path / "none")) == 1
    error = capsys.readouterr().err
    assert error.startswith("foretype self-check failed: ")
    assert error.count("\n") == 1
