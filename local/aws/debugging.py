"""A function under a debugger: debugpy, which speaks the Debug Adapter Protocol.

Its process goes on when a debugger has attached, and has no timeout. It is not frozen between
invocations, since a frozen process does not answer its debugger either.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from local.aws import runtime
from local.aws.execution_environment import ExecutionEnvironment
from local.aws.function_process import FunctionProcess
from local.aws.pool import Pool
from local.aws.template import Function
from local.kit.ports import is_free

# A function has to have a deadline; nobody looks at one line for so long.
NO_TIMEOUT_SECONDS = 24 * 60 * 60.0
PORT_TRIES = 250
PORT_POLL_SECONDS = 0.02


class Debugging(NamedTuple):
    """Tells which function is debugged, and where its debugger attaches on 127.0.0.1."""

    function: str
    port: int


class DebuggedEnvironment(ExecutionEnvironment):
    """An execution environment whose process waits for a debugger at `port`."""

    def __init__(
        self,
        port: int,
        function: Function,
        code_root: Path,
        variables: Mapping[str, str],
        log: Callable[[str], None],
    ) -> None:
        without_timeout = replace(function, timeout=NO_TIMEOUT_SECONDS)
        super().__init__(without_timeout, code_root, variables, log)
        self._port = port

    async def stop(self) -> None:
        """End the process, and wait until its port is free: debugpy's own process has it."""
        await super().stop()
        for _ in range(PORT_TRIES):
            if is_free(self._port):
                return
            await asyncio.sleep(PORT_POLL_SECONDS)

    def _command(self) -> list[str]:
        self._log.line(
            f"WAITING for a debugger at 127.0.0.1:{self._port}, without a timeout. In VS Code: "
            "Run and Debug, 'Attach to a function'; others: docs/debugging.md"
        )
        return runtime.debugged_command(self._function.handler, self._port)

    def _rest(self, process: FunctionProcess) -> None:
        """Leave the process running."""


class DebuggedPool(Pool):
    """Lends one environment to one caller after the other.

    A new process takes the port of the one before, so it starts when that one has gone.
    """

    def __init__(self, launch: Callable[[], ExecutionEnvironment], code_root: Path) -> None:
        super().__init__(launch, code_root, limit=1)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[ExecutionEnvironment]:
        """Lend the environment as soon as nobody else has it."""
        async with self._turn, super().lease() as environment:
            await self.all_retired()
            yield environment
