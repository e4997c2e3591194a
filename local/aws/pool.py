"""The execution environments of one function: reused when idle, added under load, up to a limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from local.aws.execution_environment import ExecutionEnvironment
from local.kit.invocation import TooManyRequests

SOURCE_FOLDERS = ("functions", "shared")


class Pool:
    """Lends environments that run the current revision of the code, and retires the others."""

    def __init__(
        self,
        launch: Callable[[], ExecutionEnvironment],
        code_root: Path,
        limit: int,
    ) -> None:
        self._launch = launch
        self._code_root = code_root
        self._limit = limit
        self._idle: list[tuple[int, ExecutionEnvironment]] = []
        self._busy: set[ExecutionEnvironment] = set()
        self._retiring: set[asyncio.Task[None]] = set()
        self._warming_up = asyncio.Lock()

    @property
    def is_warm(self) -> bool:
        """Whether an environment has been initialised, be it lent or not."""
        environments = [*self._busy, *(environment for _, environment in self._idle)]
        return any(environment.alive for environment in environments)

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[ExecutionEnvironment]:
        """Lend one environment; raises TooManyRequests when all that may exist are busy.

        It waits for a warm-up that is running: a second start beside it would slow down both.
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
        """End all environments, the busy ones too, and start no more."""
        self._limit = 0
        for environment in [*self._busy, *(idle for _, idle in self._idle)]:
            self._retire(environment)
        self._idle.clear()
        await self.all_retired()

    async def all_retired(self) -> None:
        """Wait until the processes of the environments that are no longer lent have ended."""
        await asyncio.gather(*self._retiring)

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[ExecutionEnvironment]:
        revision = source_revision(self._code_root)
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


def source_revision(code_root: Path) -> int:
    """Return a number that changes whenever a Python file that functions are made of does."""
    files = (file for folder in SOURCE_FOLDERS for file in (code_root / folder).rglob("*.py"))
    stamps = []
    for file in files:
        try:
            status = file.stat()
        except FileNotFoundError:  # an editor is replacing it
            continue
        stamps.append((str(file), status.st_mtime_ns, status.st_size))
    return hash(tuple(sorted(stamps)))
