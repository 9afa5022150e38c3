from __future__ import annotations

import pytest

from keyboard_app import __version__, crash
from keyboard_app.__main__ import main


def test_without_a_display_it_says_so_instead_of_aborting(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 1
    assert "no display" in capsys.readouterr().err


def test_the_version_and_the_commands_are_told(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert __version__ in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "self-check" in capsys.readouterr().out


def test_an_unhandled_exception_is_logged_and_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.excepthook", None)
    told, log = [], tmp_path / "logs" / "foretype.log"
    crash.start_logging(log)
    crash.report_unhandled(told.append, log)
    import sys

    sys.excepthook(KeyError, KeyError("x"), None)
    assert "KeyError" in told[0]
    assert "unhandled" in log.read_text(encoding="utf-8")
    handler = crash._LOG.handlers.pop()
    handler.close()
