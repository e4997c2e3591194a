"""The functions of a template, ready to be invoked: the local Lambda service."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from pathlib import Path

from local.aws import json_text
from local.aws.debugging import DebuggedEnvironment, DebuggedPool, Debugging
from local.aws.execution_environment import ExecutionEnvironment
from local.aws.pool import Pool
from local.aws.template import Function, Template
from local.kit.exchange import Call
from local.kit.invocation import (
    PAYLOAD_LIMIT,
    Invocation,
    InvokeError,
    RequestTooLarge,
    TooManyRequests,
)

# Bytes of an asynchronous request payload (Lambda quotas, since October 2025).
EVENT_PAYLOAD_LIMIT = 1024 * 1024
# One processor is left for requests that come meanwhile.
WARM_UP_PARALLELISM = max(1, (os.cpu_count() or 1) - 1)


class Functions:
    """Runs each function of `template` in processes of its own, from the files in `code_root`.

    `environment` is added to the template's variables, `log` gets a source such as `fn:create` and
    a line, `concurrency` is how many invocations of one function may run at the same time, and
    `debugging` names a function that waits for a debugger.
    """

    def __init__(
        self,
        template: Template,
        code_root: Path,
        environment: Mapping[str, str],
        log: Callable[[str, str], None],
        concurrency: int = 10,
        debugging: Debugging | None = None,
    ) -> None:
        self._template = template
        self._code_root = code_root
        self._environment = environment
        self._log = log
        self._concurrency = concurrency
        self.debugging = debugging
        self._pools: dict[str, Pool] = {}
        self._background: set[asyncio.Task[None]] = set()
        self._replaced: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Prepare every function; raises FileNotFoundError if there is no code at `code_root`."""
        if not (self._code_root / "functions").is_dir():
            raise FileNotFoundError(f"no functions in {self._code_root}")
        self._pools = {function.name: self._pool(function) for function in self._template.functions}

    def use(self, template: Template) -> None:
        """Run the functions of this template from now on; those that are as before stay warm."""
        unchanged = [
            function for function in template.functions if function in self._template.functions
        ]
        kept = {function.name: self._pools.pop(function.name) for function in unchanged}
        for pool in self._pools.values():
            _keep_until_done(self._replaced, pool.stop())
        self._pools = {
            function.name: kept.get(function.name) or self._pool(function)
            for function in template.functions
        }
        self._template = template

    def warm_up(self) -> asyncio.Task[None]:
        """Initialise one environment per function in the background, so that none starts cold."""
        return self._in_background(self._warm_up_all())

    async def stop(self) -> None:
        """End every function process; a running invocation ends with an error."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await asyncio.gather(*(pool.stop() for pool in self._pools.values()), *self._replaced)

    async def invoke(
        self, name: str, payload: bytes, client_context: str | None = None
    ) -> Invocation:
        """Run one function and wait for it; `payload` and `client_context` are JSON texts.

        Raises UnknownFunction, InvalidRequestContent, RequestTooLarge or TooManyRequests. For a
        function that fails it raises nothing: `function_error` tells.
        """
        self.check(name, payload)
        compact_context = json_text.one_line_object(client_context) if client_context else None
        short_name = self._template.function(name).name
        call = Call(short_name, payload or b"{}", compact_context).noted()
        try:
            async with self._pools[short_name].lease() as environment:
                call.invocation = await environment.invoke(call.payload, call.client_context)
        except TooManyRequests as refusal:
            call.refusal = refusal.code
            raise
        return call.invocation

    def enqueue(self, name: str, payload: bytes) -> None:
        """Run one function in the background and drop its result; a failure is in the log.

        Raises UnknownFunction, InvalidRequestContent or RequestTooLarge.
        """
        self.check(name, payload, EVENT_PAYLOAD_LIMIT)
        self._in_background(self._invoke_and_forget(name, payload))

    def check(self, name: str, payload: bytes, limit: int = PAYLOAD_LIMIT) -> None:
        """Raise what `invoke` raises for this request, without running the function."""
        self._template.function(name)
        if len(payload) > limit:
            raise RequestTooLarge(f"{len(payload)} bytes exceed the payload limit of {limit} bytes")
        if payload:
            json_text.parsed(payload, "request body")

    def is_debugged(self, name: str) -> bool:
        """Tell whether a debugger may hold this function up for as long as it likes."""
        return self.debugging is not None and self.debugging.function == name

    def _pool(self, function: Function) -> Pool:
        log = partial(self._log, f"fn:{function.name}")
        given = (function, self._code_root, self._environment, log)
        if self.debugging and self.is_debugged(function.name):
            launch = partial(DebuggedEnvironment, self.debugging.port, *given)
            return DebuggedPool(launch, self._code_root)
        return Pool(partial(ExecutionEnvironment, *given), self._code_root, self._concurrency)

    async def _warm_up_all(self) -> None:
        slots = asyncio.Semaphore(WARM_UP_PARALLELISM)
        warm: list[str] = []

        async def one(name: str, pool: Pool) -> None:
            async with contextlib.nullcontext() if isinstance(pool, DebuggedPool) else slots:
                await pool.warm_up()
            if pool.is_warm:
                warm.append(name)
                self._log("start", f"function {name} is warm ({len(warm)} of {len(self._pools)})")

        await asyncio.gather(*(one(name, pool) for name, pool in self._pools.items()))

    async def _invoke_and_forget(self, name: str, payload: bytes) -> None:
        try:
            await self.invoke(name, payload)
        except InvokeError as error:
            self._log(f"fn:{name}", f"asynchronous invocation dropped: {error}")

    def _in_background(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        return _keep_until_done(self._background, work)


def _keep_until_done(
    tasks: set[asyncio.Task[None]], work: Coroutine[None, None, None]
) -> asyncio.Task[None]:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return task
