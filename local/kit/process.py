"""Processes that are known by more than their number, which the system uses again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
START_TIME = 19  # of the fields behind the program's name (proc_pid_stat(5), field 22)


def mark_of(pid: int) -> str | None:
    """Return what no other process with this number has: its start; None if there is none."""
    return _linux_mark(pid) if sys.platform == "linux" else _start_by_ps(pid)


def signal_exactly(pid: int, mark: str, *numbers: signal.Signals) -> bool:
    """Send signals to the process with this number and mark; returns False if it has ended.

    Raises PermissionError for another user's.
    """
    with _held(pid) as descriptor:
        if not mark or mark_of(pid) != mark:
            return False
        try:
            for number in numbers:
                if descriptor is None:
                    os.kill(pid, number)
                else:
                    signal.pidfd_send_signal(descriptor, number)  # type: ignore[attr-defined,unused-ignore]
        except ProcessLookupError:
            return False
        return True


@contextlib.contextmanager
def _held(pid: int) -> Iterator[int | None]:
    """Hold on to the process that has the number now (pidfd_open(2)); None where that is absent."""
    try:
        descriptor: int = os.pidfd_open(pid)  # type: ignore[attr-defined,unused-ignore]
    except (AttributeError, OSError):
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _linux_mark(pid: int) -> str | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return f"{BOOT_ID.read_text().strip()} {fields[START_TIME]}"
    except OSError:
        return None


def _start_by_ps(pid: int) -> str | None:
    command = ["ps", "-o", "lstart=", "-p", str(pid)]
    started = subprocess.run(command, capture_output=True, text=True, env={"LC_ALL": "C"}).stdout
    return started.strip() or None
