"""One run at a time in one folder, and only in a folder of our version."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from local.kit.process import mark_of
from local.state_dir import StateDir, StateDirError, forget_ended, running_cloud


def test_folder_is_made(tmp_path: Path) -> None:
    state = StateDir(tmp_path / "a" / "b")

    state.acquire()
    state.release()

    assert state.path.is_dir()


def test_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    first = StateDir(tmp_path)
    first.acquire()
    first.announce("http://localhost:8888", "", {})

    with pytest.raises(
        StateDirError, match=r"already running at http://localhost:8888 \(process \d+"
    ):
        StateDir(tmp_path).acquire()

    first.release()


def test_second_run_that_comes_before_the_first_has_an_address_is_refused(tmp_path: Path) -> None:
    first = StateDir(tmp_path)
    first.acquire()

    with pytest.raises(StateDirError, match="just starting"):
        StateDir(tmp_path).acquire()

    first.release()


def test_released_folder_can_be_used_again(tmp_path: Path) -> None:
    first = StateDir(tmp_path)
    first.acquire()
    first.release()

    second = StateDir(tmp_path)
    second.acquire()
    second.release()


def test_lock_file_that_a_crash_left_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text('{"pid": 1, "url": "http://localhost:8888"}')

    state = StateDir(tmp_path)
    state.acquire()
    state.release()


def test_folder_of_another_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "version").write_text("0\n")
    state = StateDir(tmp_path)

    with pytest.raises(StateDirError, match=r"another version .* `make reset`"):
        state.acquire()

    state.release()


def test_running_cloud_is_told_while_it_runs(tmp_path: Path) -> None:
    state = StateDir(tmp_path)
    state.acquire()
    state.announce("http://localhost:8888", "http://localhost:3001", {"web": 8888})

    running = running_cloud(tmp_path)
    state.release()

    assert running is not None
    assert (running.pid, running.mark) == (os.getpid(), mark_of(os.getpid()))
    assert (running.url, running.ports) == ("http://localhost:8888", {"web": 8888})
    assert running_cloud(tmp_path) is None


def test_no_cloud_runs_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert running_cloud(tmp_path / "nowhere") is None


def test_folder_that_is_held_tells_its_process_at_once(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text('{"pid": 1, "url": "http://localhost:8888"}')
    state = StateDir(tmp_path)
    state.acquire()

    running = running_cloud(tmp_path)
    state.release()

    assert running is not None
    assert (running.pid, running.url) == (os.getpid(), "")


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"url": "http://localhost:8888"}'])
def test_holder_that_has_not_written_yet_is_just_starting(tmp_path: Path, text: str) -> None:
    state = StateDir(tmp_path)
    state.acquire()
    (tmp_path / "lock").write_text(text)

    running = running_cloud(tmp_path)
    state.release()

    assert running is not None
    assert (running.pid, running.url) == (0, "")


def test_entry_that_a_crash_left_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(f'{{"pid": {os.getpid()}, "url": "http://localhost:8888"}}')

    ended, again = forget_ended(tmp_path), forget_ended(tmp_path)

    assert ended is not None
    assert ended.url == "http://localhost:8888"
    assert again is None


def test_entry_of_a_cloud_that_runs_stays(tmp_path: Path) -> None:
    state = StateDir(tmp_path)
    state.acquire()

    ended = forget_ended(tmp_path)
    running = running_cloud(tmp_path)
    state.release()

    assert ended is None
    assert running is not None
    assert running.pid == os.getpid()
