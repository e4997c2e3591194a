"""Which database the local cloud uses: the one that is set, else the closest to PlanetScale's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from local.database.engine import Engine
from local.database.mariadb import find_mariadb
from local.database.mysql import find_mysql
from local.database.protocol import Database, DatabaseUnavailable, EngineFailed, WriteLine
from local.database.seekdb import find_seekdb
from local.database.server import PrivateServer

HOW_TO_INSTALL = """\
No MySQL-compatible database was found. Install one, or set DATABASE_URL:
  Debian, Ubuntu   sudo apt install mariadb-server-core mariadb-client-core
  Fedora           sudo dnf install mariadb-server
  Alpine           sudo apk add mariadb mariadb-client
  macOS            brew install mysql"""


FINDERS: Mapping[str, Callable[[str], Engine | None]] = {
    "mysql": find_mysql,
    "mariadb": find_mariadb,
    "seekdb": find_seekdb,
}


def choose_engine(environ: Mapping[str, str], state_dir: Path, log: WriteLine) -> Database:
    """Return the database that `environ` names (DATABASE_URL, then DEV_DB), or the best one here.

    A private server keeps everything under `state_dir`. Raises DatabaseUnavailable when there is
    none; nothing is started yet.
    """
    if url := environ.get("DATABASE_URL"):
        return ExternalDatabase(url)
    search_path = environ.get("PATH", "")
    if name := environ.get("DEV_DB"):
        return PrivateServer(_named_engine(name, search_path), state_dir, log)
    found = [engine for find in FINDERS.values() if (engine := find(search_path))]
    if not found:
        raise DatabaseUnavailable(HOW_TO_INSTALL)
    return FirstThatStarts([PrivateServer(engine, state_dir, log) for engine in found], log)


class ExternalDatabase:
    """Stands for the server that DATABASE_URL names, which is neither started nor stopped."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def engine(self) -> str:
        return f"DATABASE_URL ({urlsplit(self.url).hostname or 'unix socket'})"

    def start(self) -> None:
        """Do nothing: it runs already, or its first user sees that it does not."""

    def has_ended(self) -> bool:
        return False

    def restart(self) -> None:
        """Do nothing."""

    def kill(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""


class FirstThatStarts:
    """Tries candidates in order of preference; stands for the first one that starts."""

    def __init__(self, candidates: Sequence[Database], log: WriteLine) -> None:
        self._candidates = candidates
        self._log = log
        self._chosen = candidates[0]

    @property
    def engine(self) -> str:
        return self._chosen.engine

    @property
    def url(self) -> str:
        return self._chosen.url

    def start(self) -> None:
        failures = []
        for candidate in self._candidates:
            try:
                candidate.start()
            except EngineFailed as failure:
                self._log(str(failure))
                failures.append(str(failure))
            else:
                self._chosen = candidate
                return
        raise DatabaseUnavailable("\n".join([*failures, HOW_TO_INSTALL]))

    def has_ended(self) -> bool:
        return self._chosen.has_ended()

    def restart(self) -> None:
        self._chosen.restart()

    def kill(self) -> None:
        self._chosen.kill()

    def stop(self) -> None:
        self._chosen.stop()


def _named_engine(name: str, search_path: str) -> Engine:
    if name not in FINDERS:
        raise DatabaseUnavailable(f"DEV_DB={name} is not one of {', '.join(FINDERS)}.")
    engine = FINDERS[name](search_path)
    if engine is None:
        raise DatabaseUnavailable(f"DEV_DB={name}, but that is not installed.\n{HOW_TO_INSTALL}")
    return engine
