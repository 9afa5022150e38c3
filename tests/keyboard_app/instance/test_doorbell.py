"""A second start and the first window, over a real socket."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from keyboard_app.instance.doorbell import Doorbell
from keyboard_app.instance.handing_over import hand_over, ring
from keyboard_app.instance.message import MOST_BYTES, REPLY, Visit, encode

VISIT = Visit((Path("/one.txt"), Path("/zwei ä.md")), "token-1")


@pytest.fixture
def name(tmp_path):
    return str(tmp_path / "socket")


@pytest.fixture
def doorbell(qapp, name):
    opened = Doorbell(name)
    assert opened.listen()
    yield opened
    opened.close()


@pytest.fixture
def elsewhere():
    """Run something in another thread, as another process would, while the window's own thread serves."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        yield pool.submit


def finished(qtbot, future):
    qtbot.waitUntil(future.done)
    return future.result()


def test_the_files_of_a_later_start_reach_the_window(qtbot, doorbell, name, elsewhere):
    with qtbot.waitSignal(doorbell.rung) as blocker:
        asked = elsewhere(ring, VISIT, name)
    assert blocker.args == [VISIT]
    assert finished(qtbot, asked)


def test_a_start_without_files_just_asks_for_the_window(qtbot, doorbell, name, elsewhere):
    with qtbot.waitSignal(doorbell.rung) as blocker:
        asked = elsewhere(ring, Visit(), name)
    assert blocker.args == [Visit()]
    assert finished(qtbot, asked)


def test_many_starts_at_once_are_all_served(qtbot, doorbell, name, elsewhere):
    rung = []
    doorbell.rung.connect(rung.append)
    asked = [elsewhere(talk, name, encode(Visit((Path(f"/{n}.txt"),)))) for n in range(6)]
    assert [finished(qtbot, one) for one in asked] == [REPLY] * 6
    assert {visit.files[0].name for visit in rung} == {f"{n}.txt" for n in range(6)}
    qtbot.waitUntil(lambda: not doorbell._visitors)


def test_only_this_user_can_reach_the_socket(doorbell, name):
    assert stat.S_IMODE(Path(name).stat().st_mode) & 0o077 == 0


def test_a_socket_that_a_dead_window_left_does_not_hinder_the_next(qapp, qtbot, name, elsewhere):
    left = socket.socket(socket.AF_UNIX)
    left.bind(name)
    left.close()
    assert Path(name).exists()
    assert not ring(VISIT, name)
    doorbell = Doorbell(name)
    assert doorbell.listen()
    with qtbot.waitSignal(doorbell.rung):
        elsewhere(ring, VISIT, name)
    doorbell.close()
    assert not Path(name).exists()


def talk(name, *parts, wait_s=0.0):
    """Say something that Foretype would not, and return what comes back."""
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.settimeout(5)
        visitor.connect(name)
        try:
            for part in parts:
                visitor.sendall(part)
                time.sleep(wait_s)
            return visitor.recv(100)
        except (BrokenPipeError, ConnectionResetError):
            return b""


@pytest.mark.parametrize(
    "noise", [b"GET / HTTP/1.1\r\n\r\n", b"\0\xff\n", b'{"version": 1, "files": ["x"]}\n', b"[]\n"]
)
def test_noise_is_shown_out_and_the_window_goes_on_listening(qtbot, doorbell, name, elsewhere, noise):
    with qtbot.assertNotEmitted(doorbell.rung):
        assert finished(qtbot, elsewhere(talk, name, noise)) == b""
    assert not doorbell._visitors
    asked = elsewhere(ring, VISIT, name)
    assert finished(qtbot, asked)


def test_a_message_without_end_is_cut_off(qtbot, doorbell, name, elsewhere):
    chunk = b"x" * 100_000
    with qtbot.assertNotEmitted(doorbell.rung):
        said = finished(qtbot, elsewhere(talk, name, *[chunk] * (MOST_BYTES // len(chunk) + 5)))
    assert said == b""


def test_a_message_may_come_in_pieces(qtbot, doorbell, name, elsewhere):
    message = encode(VISIT)
    with qtbot.waitSignal(doorbell.rung):
        said = elsewhere(talk, name, message[:7], message[7:], wait_s=0.05)
    assert finished(qtbot, said) == REPLY


def test_who_says_nothing_is_shown_out(qtbot, doorbell, name, elsewhere, monkeypatch):
    monkeypatch.setattr("keyboard_app.instance.doorbell._PATIENCE_MS", 50)
    assert finished(qtbot, elsewhere(talk, name)) == b""
    assert not doorbell._visitors


def test_more_silent_visitors_than_there_is_room_for_are_turned_away(qtbot, doorbell, name):
    crowd = []
    for _ in range(20):
        visitor = socket.socket(socket.AF_UNIX)
        visitor.setblocking(False)
        with contextlib.suppress(BlockingIOError):  # the queue is full, as it may be
            visitor.connect(name)
        crowd.append(visitor)
        qtbot.wait(1)
    assert len(doorbell._visitors) <= 8
    for visitor in crowd:
        visitor.close()
    qtbot.waitUntil(lambda: not doorbell._visitors)


def test_without_a_window_the_lock_is_taken_at_once(qapp, name, tmp_path):
    lock = QLockFile(str(tmp_path / "lock"))
    assert not hand_over(VISIT, name, lock)
    assert lock.isLocked()
    lock.unlock()


def held_elsewhere(tmp_path):
    """Return a process that holds the lock, without listening, until it is told to go."""
    code = (
        "import sys; from PySide6.QtCore import QLockFile; lock = QLockFile(sys.argv[1]); "
        "assert lock.tryLock(0); print(flush=True); sys.stdin.read(1); lock.unlock()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(os.environ),
    )
    holder.stdout.readline()
    return holder


def test_a_window_that_is_closing_is_waited_for_and_its_profile_taken(qapp, name, tmp_path, elsewhere):
    with held_elsewhere(tmp_path) as holder:
        lock = QLockFile(str(tmp_path / "lock"))
        lock.setStaleLockTime(0)
        elsewhere(lambda: (time.sleep(0.2), holder.stdin.write(b"x"), holder.stdin.flush()))
        assert not hand_over(VISIT, name, lock, patience_s=20)
        assert lock.isLocked()
        lock.unlock()


def test_a_window_that_does_not_answer_is_not_waited_for_for_ever(qapp, name, tmp_path):
    with held_elsewhere(tmp_path) as holder:
        lock = QLockFile(str(tmp_path / "lock"))
        lock.setStaleLockTime(0)
        assert not hand_over(VISIT, name, lock, patience_s=0.2)
        assert not lock.isLocked()
        holder.kill()


def test_a_window_that_is_just_opening_is_waited_for(qtbot, name, tmp_path, elsewhere):
    with held_elsewhere(tmp_path) as holder:
        lock = QLockFile(str(tmp_path / "lock"))
        lock.setStaleLockTime(0)
        asked = elsewhere(hand_over, VISIT, name, lock, 20)
        qtbot.wait(100)
        doorbell = Doorbell(name)
        assert doorbell.listen()
        assert finished(qtbot, asked)
        assert not lock.isLocked()
        doorbell.close()
        holder.kill()
