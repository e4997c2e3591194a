"""Requests that Schemathesis makes of docs/openapi.yaml: fitting ones, and ones that do not fit.

No answer may be a 500 or show how the code works inside, and each must be as the description says:
its status, its content type, its headers, and the form of its body.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import hypothesis
import schemathesis
from requests import Response
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.security.description import ROOT
from tests.security.makers import Make, good
from tests.security.site import Site

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CALLERS: dict[str, Make] = {
    "identity": good("netlify"),
    "identity admin": good("netlify", "admin"),
    "stytch": good("stytch", how="cookies"),
    "stytch admin": good("stytch", "admin"),
}
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
INNER_WORKINGS = ("Traceback", 'File "/', "pymysql", "SELECT ", "INSERT INTO")


class Fault(NamedTuple):
    """An answer that is not as it should be, and the request that got it."""

    request: str
    what: str


class Tried(NamedTuple):
    """The statuses that an operation's requests got, and what was wrong with the answers."""

    operation: str
    statuses: Counter[int]
    faults: list[Fault]

    @property
    def cases(self) -> int:
        return self.statuses.total()


def run(site: Site, cases_each: int, seed: int) -> Iterator[Tried]:
    """So many requests for each operation, in each mode, at both faces and by each caller."""
    description = schemathesis.openapi.from_path(str(ROOT / "docs/openapi.yaml"))
    for found in description.get_all_operations():
        if isinstance(found, Err):
            raise found.err()
        operation = found.ok()
        sender = Sender(site, random.Random(seed))
        for mode in MODES:
            _send_many(operation, mode, sender, cases_each, seed)
        name = f"{operation.method.upper()} {operation.path}"
        yield Tried(name, sender.statuses, sender.faults)


class Sender:
    """Sends requests by turns at both faces and by each caller, and judges the answers."""

    def __init__(self, site: Site, chance: random.Random) -> None:
        self._site = site
        self._chance = chance
        self.statuses: Counter[int] = Counter()
        self.faults: list[Fault] = []

    def send(self, case: Any) -> None:
        """Send one request, with a credential made for it."""
        if self.statuses.total() % 25 == 0:
            self._site.forget_tries()
        self._use_a_row_that_exists(case)
        face = self._chance.choice(list(self._site.faces.values()))
        make = self._chance.choice(list(CALLERS.values()))
        headers = make(self._site.people).headers
        response = case.call(base_url=f"{face}/api", headers=headers, allow_redirects=False)
        self.statuses[response.status_code] += 1
        for what in judge(case, response):
            self.faults.append(Fault(case.as_curl_command(), what))

    def _use_a_row_that_exists(self, case: Any) -> None:
        """In every other request, so that it goes all the way."""
        collection = case.operation.path.rpartition("/{")[0]
        if case.path_parameters and self._chance.random() < 0.5:
            case.path_parameters["id"] = self._site.new_row(collection)


def judge(case: Any, response: Any) -> Iterator[str]:
    """What is wrong with an answer."""
    try:
        case.validate_response(response, checks=CHECKS)
    except (Failure, FailureGroup) as failure:
        yield str(failure)
    yield from (f"shows {text!r}" for text in INNER_WORKINGS if text in _text(response))


def _send_many(operation: Any, mode: GenerationMode, sender: Sender, cases: int, seed: int) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=cases,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        sender.send(case)

    with suppress(hypothesis.errors.Unsatisfiable):  # nothing about the request could be wrong
        send()


def _text(response: Response) -> str:
    return response.text or ""
