"""A local cloud that runs as a process of its own, and what a test may ask of it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

READY_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class RunningCloud:
    """A started local cloud and where its output goes."""

    process: subprocess.Popen[bytes]
    state: Path
    output: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def text(self) -> str:
        """Everything it has printed."""
        return self.output.read_text()

    @property
    def log(self) -> str:
        """Everything it has logged, each line as it was written."""
        return (self.state / "local.log").read_text()

    @property
    def url(self) -> str:
        return self.address("Web app")

    def address(self, label: str) -> str:
        """What the banner says behind this label."""
        found = re.search(rf"^  {re.escape(label)} +(\S+)", self.text, re.MULTILINE)
        assert found, f"no {label} in:\n{self.text}"
        return found[1]

    def get(self, path: str, **request: Any) -> requests.Response:
        return requests.get(self.url + path, timeout=15, **request)

    def post(self, path: str, **request: Any) -> requests.Response:
        return requests.post(self.url + path, timeout=15, **request)

    def wait_until_ready(self) -> None:
        self.wait_for("Ctrl-C stops everything")

    def wait_for(self, text: str) -> None:
        """Until it has printed this."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while text not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text
            time.sleep(0.05)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Signal it and answer its exit status."""
        self.process.send_signal(number)
        return self.process.wait(30)

    def kill_database(self) -> None:
        """End its private database server, as a crash would."""
        for pid in self.descendants():
            command = subprocess.run(
                ["ps", "-ww", "-o", "args=", "-p", str(pid)],
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            if re.search(r"mysqld|mariadbd|seekdb", command):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def descendants(self) -> set[int]:
        """The processes that it started, and theirs."""
        listing = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
        parents = dict(map(int, line.split()) for line in listing.splitlines())
        family = {self.pid}
        for _ in range(5):
            family |= {pid for pid, parent in parents.items() if parent in family}
        return family - {self.pid}


Starter = Callable[..., RunningCloud]
