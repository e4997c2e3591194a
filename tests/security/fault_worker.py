"""One process that runs every function, with a network of its own to each service.

So many of these wait at the same time, each with another fault.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from local.settings import IDENTITY_PATH, LOCAL_PROJECT_ID
from tests.security.description import Operation
from tests.security.fault_proxy import (
    FaultProxy,
    read_http_answer,
    read_mysql_answer,
    to_path,
    to_port,
)
from tests.security.fault_rules import Caller
from tests.security.faults import FAULTS, Fault, Service
from tests.security.makers import bearer
from tests.security.own_functions import OwnFunctions, answered
from tests.security.people import Person
from tests.security.rules import Expected
from tests.security.services import Services
from tests.support.webhook_signing import (
    identity_event,
    signed_by_gotrue,
    signed_by_svix,
    stytch_event,
)

FAULT_BY_TITLE = {fault.title: fault for fault in FAULTS}


class Cell(NamedTuple):
    """One request under one fault."""

    operation: Operation
    caller: Caller
    face: str
    fault: str

    @property
    def title(self) -> str:
        return f"{self.operation.title}, {self.caller}, {self.face}, {self.fault}"


class Result(NamedTuple):
    """What a cell answered, after how many seconds."""

    answered: Expected
    seconds: float


class Worker:
    """The functions of this process behind its networks."""

    def __init__(self, services: Services) -> None:
        self._proxies: dict[Service, FaultProxy] = {
            "database": FaultProxy(to_path(services.database_socket), read_mysql_answer),
            "stytch": FaultProxy(_to(services.stytch_url), read_http_answer),
            "identity": FaultProxy(_to(services.identity_url), read_http_answer),
        }
        address = {name: f"127.0.0.1:{proxy.port}" for name, proxy in self._proxies.items()}
        self._functions = OwnFunctions(
            services._replace(
                database_url=f"mysql://root@{address['database']}/latchkey",
                stytch_url=f"http://{address['stytch']}",
                identity_url=f"http://{address['identity']}{IDENTITY_PATH}",
            )
        )
        self._let_stytchs_keys_be_fetched()

    def run(self, cell: Cell) -> Result:
        """Answer the cell's request while its fault lasts; the services are well before."""
        functions = self._functions
        person = self._new_person(cell)
        functions.call(functions.operations["/health"], "AWS", {})  # so that there is a connection
        path = functions.path_with_a_row(cell.operation, person)
        proxy = begin(FAULT_BY_TITLE[cell.fault], self._proxies)
        begun = time.monotonic()
        try:
            told = self._answer(cell, person, path)
        finally:
            proxy.heal()
        return Result(told, time.monotonic() - begun)

    def _answer(self, cell: Cell, person: Person | None, path: str) -> Expected:
        functions = self._functions
        if cell.caller == "provider" and person:
            headers, body = _signed_event(person)
            result = functions.send(cell.operation, cell.face, headers, None, path, body)
        else:
            headers = _headers(cell.caller, person)
            result = functions.call(cell.operation, cell.face, headers, person, path)
        return answered(result)

    def _new_person(self, cell: Cell) -> Person | None:
        if cell.caller == "nobody":
            return None
        is_of_identity = "identity" in (cell.caller, cell.operation.path.rpartition("/")[2])
        return self._functions.people.new("netlify" if is_of_identity else "stytch", "admin")

    def _let_stytchs_keys_be_fetched(self) -> None:
        person = self._functions.people.new("stytch")
        self._functions.call(self._functions.operations["/me"], "AWS", bearer(person.jwt))


def begin(fault: Fault, proxies: dict[Service, FaultProxy]) -> FaultProxy:
    """Let the fault begin; answers the network that has to be healed."""
    proxy = proxies[fault.service]
    if fault.spoil is None:
        proxy.close()
        return proxy
    proxy.spoil(fault.spoil)
    if fault.is_met_connecting:
        proxy.drop()
    return proxy


def _headers(caller: Caller, person: Person | None) -> dict[str, str]:
    if person is None:
        return {}
    return bearer(person.token if caller == "stytch token" else person.jwt)


def _signed_event(person: Person) -> tuple[dict[str, str], str]:
    """The headers and the body by which the provider says that the person has changed."""
    if person.provider == "stytch":
        body = stytch_event("UPDATE", person.id, project_id=LOCAL_PROJECT_ID)
        return signed_by_svix(body), body
    body = identity_event("login", person.id)
    return signed_by_gotrue(body), body


def _to(url: str) -> Callable[[], socket.socket]:
    return to_port(urlsplit(url).port or 0)


_worker: list[Worker] = []


def start(services: Services) -> None:
    """Make this process a worker."""
    _worker.append(Worker(services))


def run(cell: Cell) -> Result:
    return _worker[0].run(cell)
