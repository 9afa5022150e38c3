from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_MIB = 30

pytestmark = pytest.mark.slow


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_three_packages_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"engine", "keyboard_app", "resources"}
    assert "resources/model/weights.safetensors" in names
    assert any(name.endswith("NOTICE.md") for name in names)


def test_the_wheel_is_small_enough_to_ship(wheel):
    assert wheel.stat().st_size <= MOST_MIB * 2**20


def test_it_installs_in_an_empty_environment_and_checks_itself_offline(wheel, tmp_path):
    environment = tmp_path / "venv"
    run(sys.executable, "-m", "venv", environment)
    run(environment / "bin" / "python", "-m", "pip", "install", "--quiet", wheel)
    # Where the kernel lets us, the network is taken away; where not, the check runs all the same.
    offline = ["unshare", "--net"] if os.geteuid() == 0 and shutil.which("unshare") else []
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    printed = run(*offline, environment / "bin" / "foretype", "self-check", cwd=tmp_path, env=clean)
    assert len(printed.splitlines()) >= 5
