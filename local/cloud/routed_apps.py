"""Apps that follow the files they are made of, so that a new route needs no restart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

Revision = tuple[tuple[int, int], ...]


class RoutedApps:
    """Apps that `make` makes of `files`, made anew by the first request after one has changed.

    While the files cannot be used (`unusable` names the exceptions that say so), the apps stay
    those of before, and `complain` is told why.
    """

    def __init__(
        self,
        make: Callable[[], Mapping[str, ASGIApp]],
        files: Sequence[Path],
        unusable: tuple[type[Exception], ...],
        complain: Callable[[str], None],
    ) -> None:
        self._make = make
        self._files = files
        self._unusable = unusable
        self._complain = complain
        self._revision = self._revision_of_files()
        self._apps = make()

    def apps(self) -> dict[str, ASGIApp]:
        """The apps; each stays the same object, whatever becomes of the files."""
        return {part: self._current(part) for part in self._apps}

    def _current(self, part: str) -> ASGIApp:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            self._follow_files()
            await self._apps[part](scope, receive, send)

        return app

    def _follow_files(self) -> None:
        revision = self._revision_of_files()
        if revision == self._revision:
            return
        self._revision = revision
        try:
            self._apps = self._make()
        except self._unusable as error:
            self._complain(f"the routes stay as they were: {error}")

    def _revision_of_files(self) -> Revision:
        """Their times and sizes; a file that an editor is replacing has none."""
        stamps = (file.stat() for file in self._files if file.exists())
        return tuple((status.st_mtime_ns, status.st_size) for status in stamps)
