"""The execution environments of one function: reused when idle, added under load, up to a limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from local.aws.errors import TooManyRequests
from local.aws.execution_environment import ExecutionEnvironment


class Pool:
    """Lends environments that run the current revision of the code, and retires the others."""

    def __init__(
        self,
        launch: Callable[[], ExecutionEnvironment],
        revision: Callable[[], int],
        limit: int,
    ) -> None:
        self._launch = launch
        self._revision = revision
        self._limit = limit
        self._idle: list[tuple[int, ExecutionEnvironment]] = []
        self._busy: set[ExecutionEnvironment] = set()
        self._retiring: set[asyncio.Task[None]] = set()
        self._warming_up = asyncio.Lock()

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[ExecutionEnvironment]:
        """Lend one environment; raises TooManyRequests when all that may exist are busy.

        A warm-up that is under way is waited for: a second start beside it would slow down both.
        """
        async with self._warming_up:
            pass
        async with self._lent() as environment:
            yield environment

    async def warm_up(self) -> None:
        """Have one environment initialised, unless one exists already."""
        async with self._warming_up:
            if not (self._idle or self._busy):
                async with self._lent() as environment:
                    await environment.warm_up()

    async def stop(self) -> None:
        """End all environments, the busy ones too; none is started any more."""
        self._limit = 0
        for environment in [*self._busy, *(idle for _, idle in self._idle)]:
            self._retire(environment)
        self._idle.clear()
        await asyncio.gather(*self._retiring)

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[ExecutionEnvironment]:
        revision = self._revision()
        environment = self._take(revision)
        self._busy.add(environment)
        try:
            yield environment
        except BaseException:
            self._retire(environment)
            raise
        else:
            self._give_back(environment, revision)
        finally:
            self._busy.discard(environment)

    def _take(self, revision: int) -> ExecutionEnvironment:
        self._retire_others_than(revision)
        if self._idle:
            return self._idle.pop()[1]
        if len(self._busy) >= self._limit:
            raise TooManyRequests("Rate Exceeded.")
        return self._launch()

    def _retire_others_than(self, revision: int) -> None:
        fresh = [entry for entry in self._idle if entry[0] == revision and entry[1].alive]
        for entry in self._idle:
            if entry not in fresh:
                self._retire(entry[1])
        self._idle = fresh

    def _give_back(self, environment: ExecutionEnvironment, revision: int) -> None:
        if environment.alive:
            self._idle.append((revision, environment))
        else:
            self._retire(environment)

    def _retire(self, environment: ExecutionEnvironment) -> None:
        task = asyncio.create_task(environment.stop())
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)
