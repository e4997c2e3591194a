"""An execution environment: one function process, which serves one invocation at a time.

Between invocations the process is frozen (SIGSTOP), as Lambda freezes it: background threads stand
still and open connections grow old. Source: AWS Lambda Developer Guide, "Understanding the Lambda
execution environment lifecycle".
"""

from __future__ import annotations

import asyncio
import os
import platform
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

from local.aws import runtime
from local.aws.function_log import (
    FunctionLog,
    end_line,
    init_start_line,
    report_line,
    start_line,
)
from local.aws.function_process import FunctionProcess
from local.aws.invocation import (
    VERSION,
    Event,
    Outcome,
    exit_message,
    exited,
    function_arn,
    timed_out,
)
from local.aws.runtime_api import RuntimeApi
from local.aws.template import Function
from local.kit.clock import rfc3339
from local.kit.invocation import Invocation, Phases

# How long the module may take to import (Developer Guide, "Init phase"). Lambda starts a longer
# import again, as part of the first invocation and within its timeout. Here it goes on for that
# much longer instead: on a busy machine, a second start would be slower still.
INIT_SECONDS = 10.0


class ExecutionEnvironment:
    """Holds a process of `function`, its Runtime API and its log."""

    def __init__(
        self,
        function: Function,
        code_root: Path,
        variables: Mapping[str, str],
        log: Callable[[str], None],
    ) -> None:
        self._function = function
        self._code_root = code_root
        self._variables = variables
        self._log = FunctionLog(log)
        self._api = RuntimeApi()
        self._process: FunctionProcess | None = None
        self._peak_mb = 0
        self._in_use = asyncio.Lock()
        self._stopping = False

    @property
    def alive(self) -> bool:
        return self._process is not None and not self._process.has_ended()

    async def warm_up(self) -> None:
        """Start the process and import the handler; a failure is in the log."""
        async with self._in_use:
            await self._init(uuid.uuid4().hex)

    async def invoke(self, payload: bytes, client_context: str | None) -> Invocation:
        """Run the function once, after initialising it if this is a cold start."""
        async with self._in_use:
            return await self._invoke(str(uuid.uuid4()), payload, client_context)

    async def stop(self) -> None:
        """End the process, whatever it is doing, and free its port."""
        if self._stopping:
            return
        self._stopping = True
        if self._process is not None:
            if self._process.has_ended() and not self._in_use.locked():
                self._log.line("The process has ended; the next request starts another.")
            await self._process.kill()
        async with self._in_use:
            await self._api.stop()
            self._log.close()

    async def _invoke(
        self, request_id: str, payload: bytes, client_context: str | None
    ) -> Invocation:
        process, failure, init_ms, phases = self._process, None, None, Phases()
        if process is None:
            with phases.phase("cold start") as init:
                process, failure = await self._init(request_id)
            init_ms = init.ms
        self._log.line(start_line(request_id, VERSION))
        event = self._event(request_id, payload, client_context)
        with phases.phase("run") as run:
            outcome = failure or await self._run(process, event)
        self._log.line(end_line(request_id))
        memory_mb = self._function.memory_mb
        self._log.line(report_line(request_id, run.ms, init_ms, memory_mb, self._peak_mb))
        return Invocation(
            request_id=request_id,
            payload=outcome.payload,
            function_error=outcome.function_error,
            log_tail=self._log.take_tail(),
            phases=tuple(phases),
            log_lines=self._log.take_lines(),
            spans=self._log.take_spans(),
        )

    async def _init(self, request_id: str) -> tuple[FunctionProcess, Outcome | None]:
        """Import the handler in a new process; returns it, and the failure if there is one."""
        self._log.line(init_start_line(platform.python_version()))
        await self._api.start()
        process = self._process = await self._spawn()
        if self._stopping:
            await process.kill()
        return process, await self._settle(
            process, request_id, INIT_SECONDS + self._function.timeout
        )

    async def _spawn(self) -> FunctionProcess:
        variables = runtime.environment(
            self._function, self._code_root, self._api.address, self._variables
        )
        try:
            return await FunctionProcess.spawn(
                self._command(), self._code_root, variables, self._log.write_end
            )
        finally:
            os.close(self._log.write_end)

    def _command(self) -> list[str]:
        return runtime.command(self._function.handler)

    def _rest(self, process: FunctionProcess) -> None:
        process.freeze()

    def _event(self, request_id: str, payload: bytes, client_context: str | None) -> Event:
        deadline_ms = int((time.time() + self._function.timeout) * 1000)
        arn = function_arn(self._function.name)
        return Event(request_id, payload, client_context, deadline_ms, arn)

    async def _run(self, process: FunctionProcess, event: Event) -> Outcome:
        self._api.dispatch(event)
        process.thaw()
        outcome = await self._settle(process, event.request_id, self._function.timeout)
        return outcome or exited(event.request_id, 0)

    async def _settle(
        self, process: FunctionProcess, request_id: str, seconds: float
    ) -> Outcome | None:
        """Wait until the client asks for the next event; returns what it posted or how it ended."""
        idle = asyncio.create_task(self._api.idle.wait())
        try:
            await asyncio.wait(
                {idle, process.exit}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            idle.cancel()
        if not process.running:
            returncode = process.exit.result()
            self._log.line(exit_message(request_id, returncode))
            return self._api.outcome or exited(request_id, returncode)
        if self._api.idle.is_set():
            self._peak_mb = process.peak_memory_mb()
            self._rest(process)
            return self._api.outcome
        await process.kill()
        now = rfc3339(int(time.time()))
        self._log.line(f"{now} {request_id} Task timed out after {seconds:.2f} seconds")
        return timed_out(request_id, seconds)
