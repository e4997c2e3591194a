"""The operating system process of one execution environment."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


class FunctionProcess:
    """Holds a started process; `exit` is done, with its return code, once it has ended."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.exit = asyncio.create_task(process.wait())

    @classmethod
    async def spawn(
        cls, command: Sequence[str], cwd: Path, variables: Mapping[str, str], output: int
    ) -> FunctionProcess:
        """Start `command` in a session of its own; it writes to the file descriptor `output`."""
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=cwd,
            env=variables,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        return cls(process)

    @property
    def running(self) -> bool:
        return not self.exit.done()

    def has_ended(self) -> bool:
        """Tell whether it has ended, where the system can say so before `exit` is told."""
        if not (self.running and sys.platform == "linux"):
            return not self.running
        seen_again = os.WEXITED | os.WNOHANG | os.WNOWAIT
        try:
            return os.waitid(os.P_PID, self._process.pid, seen_again) is not None
        except ChildProcessError:  # `exit` is being told
            return True

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    async def kill(self) -> None:
        """End the process and its children, frozen or not, and wait until it is gone."""
        self._signal(signal.SIGKILL)
        await self.exit

    def peak_memory_mb(self) -> int:
        """Return the largest resident size so far; 0 where the system has no /proc."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text()
        except OSError:
            return 0
        peaks = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(peaks[0]) // 1024 if peaks else 0

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self.running:
                os.killpg(self._process.pid, number)
