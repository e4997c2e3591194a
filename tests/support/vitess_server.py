"""A Vitess of the tests' own: one process of vtgate and tablets over a private MySQL."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pymysql

from local.database.mysql import find_mysql
from local.database.server import PrivateServer
from local.kit.deathwatch import watched
from local.kit.ports import bound_socket
from shared.settings.database_url import parse_database_url
from tests.support.vitess_layouts import Layout
from tests.support.vitess_tables import make_tables_of_vitess

NOBODY = 65534  # Vitess refuses to run as root
START_SECONDS = 60
USERS = ("app", "appdebug", "allprivs", "dba", "filtered", "repl")
CONNECTIONS = 400  # each of the tablets keeps its own
SOCKET = "socket"
LOG = "vtcombo.log"


class Vitess(NamedTuple):
    """A running one: `url` is its DATABASE_URL, by a Unix socket; `port` its port on loopback."""

    url: str
    port: int


@contextmanager
def running_vitess(program: Path, layout: Layout, *options: str) -> Iterator[Vitess]:
    """Vitess over a MySQL of its own, with the tables of the migrations, which go through vtgate.

    `options` are further ones of vtcombo. Everything ends with the block.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with (
            _private_mysql(folder / "mysql", layout) as socket,
            _vtcombo(program, folder / "vitess", layout, socket, options) as vitess,
        ):
            make_tables_of_vitess(vitess.url, layout)
            yield vitess


@contextmanager
def _private_mysql(folder: Path, layout: Layout) -> Iterator[str]:
    """The socket of a MySQL with an empty database for each shard."""
    engine = find_mysql(os.environ.get("PATH", ""))
    assert engine is not None
    serve = engine.serve
    more = [f"--max-connections={CONNECTIONS}"]
    server = PrivateServer(replace(engine, serve=lambda at: [*serve(at), *more]), folder, print)
    server.start()
    try:
        socket = parse_database_url(server.url).unix_socket
        assert socket
        with closing(pymysql.connect(unix_socket=socket, user="root")) as connection:
            for database in layout.databases:
                connection.query(f"CREATE DATABASE IF NOT EXISTS `{database}`")
        yield socket
    finally:
        server.stop()


@contextmanager
def _vtcombo(
    program: Path, folder: Path, layout: Layout, mysql_socket: str, options: tuple[str, ...]
) -> Iterator[Vitess]:
    """The process, once it answers."""
    folder.mkdir()
    layout.write_vschemas(folder / "vschemas")
    if os.getuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        program = Path(shutil.copy(program, folder))  # a home is root's alone
    with bound_socket("127.0.0.1", 0) as probe:
        port = probe.getsockname()[1]
    command = [str(program), *_options(folder, layout, mysql_socket, port), *options]
    process = _started(command, folder)
    try:
        _wait_until_it_answers(process, folder)
        database, socket = quote(layout.database, safe=""), quote(str(folder / SOCKET))
        yield Vitess(f"mysql://root@localhost/{database}?unix_socket={socket}", port)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _options(folder: Path, layout: Layout, mysql_socket: str, port: int) -> list[str]:
    return [
        f"--json-topo={layout.topology()}",
        f"--schema-dir={folder / 'vschemas'}",
        f"--db-socket={mysql_socket}",
        *[f"--db-{user}-user=root" for user in USERS],
        "--tablet-types-to-wait=primary",
        "--bind-address=127.0.0.1",
        "--mysql-auth-server-impl=none",
        f"--mysql-server-socket-path={folder / SOCKET}",
        "--mysql-server-bind-address=127.0.0.1",
        f"--mysql-server-port={port}",
    ]


def _started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / LOG).open("wb") as output:
        return subprocess.Popen(
            _ending_with_this_process(command),
            cwd=folder,
            env={"HOME": str(folder), "VTDATAROOT": str(folder), "PATH": os.environ["PATH"]},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _ending_with_this_process(command: list[str]) -> list[str]:
    """Not as root, which Vitess refuses; Linux forgets at a change of user what was watched."""
    if os.getuid() != 0:
        return watched(command, signal.SIGKILL)
    nobody = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--pdeathsig=KILL"]
    return ["setpriv", *nobody, "--", *command]


def _wait_until_it_answers(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (folder / SOCKET).exists():
        said = (folder / LOG).read_text(errors="replace")[-4000:]
        assert process.poll() is None, f"Vitess has ended:\n{said}"
        assert time.monotonic() < deadline, f"Vitess does not answer:\n{said}"
        time.sleep(0.05)
