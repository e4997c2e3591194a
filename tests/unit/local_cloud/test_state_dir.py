"""One run at a time in one folder, and only in a folder of our version."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.state_dir import RunningCloud, StateDir, StateDirError, running_cloud


def test_folder_is_made(tmp_path: Path) -> None:
    state = StateDir(tmp_path / "a" / "b")

    state.acquire()
    state.release()

    assert state.path.is_dir()


def test_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    first = StateDir(tmp_path)
    first.acquire()
    first.announce(42, "http://localhost:8888")

    with pytest.raises(
        StateDirError, match=r"already running at http://localhost:8888 \(process 42"
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
    state.announce(42, "http://localhost:8888")

    running = running_cloud(tmp_path)
    state.release()

    assert running == RunningCloud(pid=42, url="http://localhost:8888")
    assert running_cloud(tmp_path) is None


def test_no_cloud_runs_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert running_cloud(tmp_path / "nowhere") is None
