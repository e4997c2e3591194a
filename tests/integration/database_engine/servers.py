"""Servers of the local cloud's database as seen from outside: by their URL and in the kernel."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pymysql

from local.database.short_path import remove_short_path, short_path

Row = tuple[object, ...]

START_AND_WAIT = """
import sys
import time
from pathlib import Path
from local.database import choose_engine
environ = {"DEV_DB": sys.argv[1], "PATH": sys.argv[3]}
database = choose_engine(environ, Path(sys.argv[2]), print)
database.start()
print(database.url, flush=True)
time.sleep(600)
"""


def environ(engine: str) -> dict[str, str]:
    """An environment that asks for this engine."""
    return {"DEV_DB": engine, "PATH": os.environ["PATH"]}


def query(url: str, statement: str) -> list[Row]:
    """The rows that one statement answers, asked over the server's socket."""
    parts = urlsplit(url)
    connection = pymysql.connect(
        unix_socket=parse_qs(parts.query)["unix_socket"][0],
        user=parts.username,
        database=parts.path.lstrip("/"),
        ssl_disabled=True,
        autocommit=True,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@contextmanager
def starting_process(engine: str, state_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """Another Python process that starts the database, prints its URL, and keeps it."""
    with subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT, engine, str(state_dir), os.environ["PATH"]],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            for folder in (state_dir / "database").iterdir():
                remove_short_path(folder)


@contextmanager
def other_process(engine: str, state_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """Another Python process that has started the database and keeps it."""
    with starting_process(engine, state_dir) as process:
        read_url(process)
        yield process


def read_url(process: subprocess.Popen[str]) -> str:
    """What a starting process prints once its database is up."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def server_pids(state_dir: Path) -> list[int]:
    """The processes whose command line names the folder of an engine in `state_dir`."""
    folders = [short_path(folder) for folder in (state_dir / "database").iterdir()]
    commands = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=", "-o", "command="], capture_output=True, text=True
    )
    lines = [line.split(maxsplit=1) for line in commands.stdout.splitlines()]
    return [int(line[0]) for line in lines if any(f"={folder}/" in line[-1] for folder in folders)]


def servers_after(seconds: float, state_dir: Path) -> list[int]:
    """The servers that are left when the time is up, or [] as soon as there is none."""
    deadline = time.monotonic() + seconds
    while (pids := server_pids(state_dir)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return pids


def listening_inodes() -> set[str]:
    """The kernel's numbers of all TCP sockets that listen (proc(5): state 0A)."""
    tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    entries = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
    return {entry[9] for entry in entries if entry[3] == "0A"}


def socket_inodes(pid: int) -> set[str]:
    """The kernel's numbers of all sockets that a process has open."""
    links = [os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir()]
    return {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}
