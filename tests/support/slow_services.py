"""A cloud whose functions have three seconds, and whose services become slow: who is told what.

`CELLS` is the whole table; `SAMPLE` is what `make test` runs of it. A row says what an operation
answers when one of its services (or, one after the other, all of them) keeps it waiting.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from local.database import choose_engine
from tests.support.clouds import FREE_PORTS, ROOT
from tests.support.running_cloud import RunningCloud
from tests.support.slow_network import (
    Pace,
    SlowNetwork,
    drip,
    hang_in_body,
    hang_in_head,
    late,
    to_path,
    to_port,
)
from tests.support.visitor import Visitor

FACES = ("Web app", "AWS HTTP API")
TIMEOUT_SECONDS = 3  # of the functions, in place of those of template.yaml
DATABASE, STYTCH, IDENTITY = "database", "stytch", "identity"
EVERYTHING = (DATABASE, STYTCH, IDENTITY)


class Cell(NamedTuple):
    """One operation, what is slow and how, and what the problem document has to say."""

    operation: str
    slow: tuple[str, ...]
    pace: Pace
    code: str
    step: str | None = None
    words: bytes = b""


class Row(NamedTuple):
    """What an operation answers when this service keeps it waiting, from those words on."""

    operation: str
    service: str
    step: str | None = None
    words: bytes = b""


ROWS = [
    Row("login", DATABASE),
    Row("login", STYTCH),
    Row("authenticate", STYTCH),
    Row("invite", IDENTITY),
    Row("invite", DATABASE),
    Row("invite", STYTCH),
    Row("logout from Stytch", STYTCH, "stytch"),
    Row("logout from Identity", IDENTITY, "identity"),
    Row("delete Stytch account", STYTCH),
    Row("delete Stytch account", DATABASE, "rows"),
    Row("delete Stytch account", STYTCH, "identity", b"DELETE /v1/users"),
    Row("delete Identity account", IDENTITY),
    Row("delete Identity account", DATABASE, "rows"),
    Row("delete Identity account", IDENTITY, "identity", b"DELETE "),
    Row("delete user", IDENTITY),
    Row("delete user", DATABASE),
    Row("delete user", STYTCH, "identity"),
    Row("delete user", DATABASE, "rows", b"DELETE FROM users"),
]
SUMS = [
    Cell("login", EVERYTHING, late, "database_unavailable"),
    Cell("invite", EVERYTHING, late, "database_unavailable"),
    Cell("delete Stytch account", EVERYTHING, late, "stytch_unavailable", "identity"),
]
PACES = (drip, hang_in_head, hang_in_body)
CELLS = SUMS + [
    Cell(row.operation, (row.service,), pace, f"{row.service}_unavailable", row.step, row.words)
    for row in ROWS
    for pace in PACES
    if (row.operation, pace) != ("logout from Identity", hang_in_body)  # its answer has no body
]
ALL = [(cell, face) for cell in CELLS for face in FACES]
SAMPLE = ALL[::11]


def title_of(case: tuple[Cell, str]) -> str:
    cell, face = case
    return f"{cell.operation}, {' and '.join(cell.slow)}, {cell.pace.__name__}, {face}"


class SlowCloud(NamedTuple):
    """The cloud, and the networks between its functions and their services."""

    running: RunningCloud
    networks: dict[str, SlowNetwork]

    def visitor(self, face: str) -> Visitor:
        visitor = Visitor(self.running.url, f"{uuid.uuid4().hex[:12]}@example.com")
        visitor.base_url = self.running.address(face)
        return visitor

    def admin(self, face: str) -> Visitor:
        visitor = Visitor(self.running.url, "ada@example.com")
        visitor.sign_in("latchkey")
        visitor.base_url = self.running.address(face)
        return visitor

    def identity_visitor(self, face: str) -> Visitor:
        visitor = Visitor(self.running.url, self.visitor(face).email)
        visitor.sign_up()
        visitor.confirm()
        visitor.sign_in()
        visitor.base_url = self.running.address(face)
        return visitor

    def stytch_visitor(self, face: str) -> Visitor:
        visitor = self.visitor(face)
        visitor.call("GET", self.landing_of(visitor))
        return visitor

    def landing_of(self, visitor: Visitor) -> str:
        """Where a new magic link leads, at the visitor's face."""
        visitor.call("POST", "/api/login", json={"email": visitor.email}).raise_for_status()
        return f"/api/authenticate?{urlsplit(visitor.inbox.newest_link(visitor.email)).query}"

    def answer(self, cell: Cell, face: str) -> requests.Response:
        """What the operation answers while the cell's services are slow; they are well before."""
        ask = OPERATIONS[cell.operation](self, face)
        for service in cell.slow:
            self.networks[service].slow_down(cell.pace, cell.words)
        try:
            return ask()
        finally:
            for network in self.networks.values():
                network.heal()


Ask = Callable[[], requests.Response]


def _login(cloud: SlowCloud, face: str) -> Ask:
    visitor = cloud.visitor(face)
    return lambda: visitor.call("POST", "/api/login", json={"email": visitor.email})


def _authenticate(cloud: SlowCloud, face: str) -> Ask:
    visitor = cloud.visitor(face)
    landing = cloud.landing_of(visitor)
    return lambda: visitor.call("GET", landing)


def _invite(cloud: SlowCloud, face: str) -> Ask:
    admin, email = cloud.admin(face), cloud.visitor(face).email
    return lambda: admin.call("POST", "/api/invite", json={"email": email})


def _log_out(sign_in: Callable[[SlowCloud, str], Visitor]) -> Callable[[SlowCloud, str], Ask]:
    def prepare(cloud: SlowCloud, face: str) -> Ask:
        visitor = sign_in(cloud, face)
        return lambda: visitor.call("POST", "/api/logout")

    return prepare


def _delete_account(
    sign_in: Callable[[SlowCloud, str], Visitor],
) -> Callable[[SlowCloud, str], Ask]:
    def prepare(cloud: SlowCloud, face: str) -> Ask:
        visitor = sign_in(cloud, face)
        visitor.call("DELETE", "/api/issues/1")  # the function has its connections then
        return lambda: visitor.call("DELETE", "/api/account")

    return prepare


def _delete_user(cloud: SlowCloud, face: str) -> Ask:
    admin, email = cloud.admin(face), cloud.visitor(face).email
    user = admin.call("POST", "/api/users", json={"email": email, "name": "Lin"}).json()
    return lambda: admin.call("DELETE", f"/api/users/{user['id']}")


OPERATIONS: dict[str, Callable[[SlowCloud, str], Ask]] = {
    "login": _login,
    "authenticate": _authenticate,
    "invite": _invite,
    "logout from Stytch": _log_out(SlowCloud.stytch_visitor),
    "logout from Identity": _log_out(SlowCloud.identity_visitor),
    "delete Stytch account": _delete_account(SlowCloud.stytch_visitor),
    "delete Identity account": _delete_account(SlowCloud.identity_visitor),
    "delete user": _delete_user,
}


@contextmanager
def slow_cloud(folder: Path, **environ: str) -> Iterator[SlowCloud]:
    """A cloud whose functions reach the database and both providers over networks of ours."""
    ports = {"PORT": str(_free_port()), "STYTCH_PORT": str(_free_port())}
    with ExitStack() as at_the_end:
        server = choose_engine(_ENVIRON, folder / "database", print)
        at_the_end.callback(server.stop)
        server.start()
        [server_socket] = parse_qs(urlsplit(server.url).query)["unix_socket"]
        networks = {
            DATABASE: SlowNetwork(to_path(server_socket)),
            STYTCH: SlowNetwork(to_port(int(ports["STYTCH_PORT"]))),
            IDENTITY: SlowNetwork(to_port(int(ports["PORT"]))),
        }
        for network in networks.values():
            at_the_end.callback(network.close)
        running = _start(folder, networks, ports | environ)
        at_the_end.callback(running.process.wait)
        at_the_end.callback(running.process.kill)
        running.wait_until_ready()
        yield SlowCloud(running, networks)


_ENVIRON = {name: os.environ[name] for name in ("PATH", "DEV_DB") if name in os.environ}


def _start(folder: Path, networks: dict[str, SlowNetwork], environ: dict[str, str]) -> RunningCloud:
    providers = [str(networks[service].port) for service in (STYTCH, IDENTITY)]
    output = folder / "output"
    database = {"DATABASE_URL": f"mysql://root@127.0.0.1:{networks[DATABASE].port}/latchkey"}
    command = [sys.executable, "-m", "tests.support.slow_cloud", str(TIMEOUT_SECONDS), *providers]
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [*command, "--state", str(folder / "state")],
            cwd=ROOT,
            env=os.environ | FREE_PORTS | environ | database,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    return RunningCloud(process, folder / "state", output)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port: int = reserved.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlowCloud]:
    with slow_cloud(tmp_path_factory.mktemp("slow")) as cloud:
        yield cloud
