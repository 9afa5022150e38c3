from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from keyboard_app import paths
from keyboard_app.__main__ import main
from keyboard_app.commands.desktop import ICON_SIZES, entry_text

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG menus")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def files_in(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix != ".cache")


def read(text):
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = str
    entry.read_string(text)
    return entry


def test_it_is_installed_with_entry_and_icons_of_every_size(home, capsys):
    assert main(["desktop", "install"]) == 0
    assert "among your applications" in capsys.readouterr().out
    entry = read((home / "applications" / "foretype.desktop").read_text(encoding="utf-8"))["Desktop Entry"]
    assert entry["MimeType"].split(";")[:2] == ["text/plain", "text/markdown"]
    assert entry["Icon"] == paths.APP_NAME
    icons = home / "icons" / "hicolor"
    assert (icons / "scalable" / "apps" / "foretype.svg").read_text(encoding="utf-8").startswith("<svg")
    for size in ICON_SIZES:
        image = QImage(str(icons / f"{size}x{size}" / "apps" / "foretype.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, size // 8).alpha() == 255
        assert image.pixelColor(0, 0).alpha() == 0


def test_installed_again_it_is_the_same_and_removed_it_leaves_nothing(home, capsys):
    main(["desktop", "install"])
    before = files_in(home)
    assert main(["desktop", "install"]) == 0
    assert files_in(home) == before
    other = home / "applications" / "other.desktop"
    other.write_text("", encoding="utf-8")
    assert main(["desktop", "remove"]) == 0
    assert files_in(home) == [other.relative_to(home)]
    assert main(["desktop", "remove"]) == 0
    assert "was not among" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(home, capsys):
    home.write_text("a file", encoding="utf-8")
    assert main(["desktop", "install"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_the_command_in_the_entry_starts_this_very_foretype(home):
    main(["desktop", "install"])
    entry = read((home / "applications" / "foretype.desktop").read_text(encoding="utf-8"))["Desktop Entry"]
    words = shlex.split(entry["Exec"].removesuffix(" %F"))
    done = subprocess.run([*words, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("foretype ")


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (["/usr/bin/foretype"], "/usr/bin/foretype %F"),
        (["/home/a b/foretype"], '"/home/a b/foretype" %F'),
        (["/home/50%/foretype"], "/home/50%%/foretype %F"),
        (["/home/$x/foretype"], r'"/home/\\$x/foretype" %F'),
        (["python", "-m", "keyboard_app"], "python -m keyboard_app %F"),
    ],
)
def test_the_command_is_quoted_as_the_specification_says(command, line):
    entry = read(entry_text(command))
    assert entry["Desktop Entry"]["Exec"] == line
    assert entry["Desktop Action new-window"]["Exec"] == line.replace("%F", "--new-window")


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="Debian package desktop-file-utils")
def test_the_entry_is_valid(home):
    main(["desktop", "install"])
    subprocess.run(["desktop-file-validate", home / "applications" / "foretype.desktop"], check=True)
