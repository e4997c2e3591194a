"""Starts a command that ends with the process that started it, even after `kill -9`.

    python -m local.kit.deathwatch [--signal SIGTERM] [--parent PID] -- command [argument ...]

On Linux the kernel watches the parent: `PR_SET_PDEATHSIG` (prctl(2)) is set and the command then
replaces this process, so pid, pipes and exit status are the command's own. Elsewhere this process
stays between the two, passes signals on and polls for the parent.

The kernel watches the *thread* that started the command: start commands from the main thread.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
POLL_SECONDS = 0.2


def watched(command: Sequence[str], death_signal: signal.Signals) -> list[str]:
    """Return the argument list that runs `command` so that it ends with the calling process.

    The interpreter runs isolated and without site packages, from any working directory, since only
    the standard library is needed to start the command.
    """
    options = ["--signal", death_signal.name, "--parent", str(os.getpid())]
    return [sys.executable, "-I", "-S", __file__, *options, "--", *command]


def main(arguments: Sequence[str]) -> int:
    """Become the command (Linux), or wait for it and return its exit status (elsewhere)."""
    options = _parse(arguments)
    parent = options.parent or os.getppid()
    death_signal = signal.Signals[options.signal]
    if sys.platform == "linux":
        _ask_kernel_to_watch(death_signal)
        if os.getppid() != parent:  # it died before the kernel was asked
            return 1
        return _become(options.command)
    return supervise(options.command, death_signal, parent)


def supervise(command: Sequence[str], death_signal: signal.Signals, parent: int) -> int:
    """Run `command` until it ends or `parent` does; returns its exit status."""
    received: list[int] = []

    def receive(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, receive)
    child = subprocess.Popen(command)
    while child.poll() is None:
        if os.getppid() != parent:
            child.send_signal(death_signal)
            return child.wait()
        while received:
            child.send_signal(received.pop(0))
        time.sleep(POLL_SECONDS)
    return child.returncode


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    names = [number.name for number in signal.Signals]
    parser = argparse.ArgumentParser(prog="python -m local.kit.deathwatch")
    parser.add_argument("--signal", choices=names, default="SIGTERM", metavar="SIGNAL")
    parser.add_argument("--parent", type=int, metavar="PID")
    parser.add_argument("command", nargs="+")
    return parser.parse_args(arguments)


def _ask_kernel_to_watch(death_signal: signal.Signals) -> None:
    import ctypes  # only here: not every platform's Python has it

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) was refused")


def _become(command: Sequence[str]) -> int:
    try:
        os.execvp(command[0], list(command))  # noqa: S606  signals and status are its own
    except OSError as error:
        print(f"cannot start {command[0]}: {error.strerror}", file=sys.stderr)
        return 127


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
