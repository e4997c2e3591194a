"""Lambda events in all three shapes that Hypothesis makes: most of them valid in structure.

Most name a route that exists, with a body, a query and headers that could be meant; some have one
part replaced by anything at all. Whatever comes, an answer goes out, and it is no 500.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import hypothesis

from tests.security.event_strategies import SentEvent, sent_events
from tests.security.fault_matrix import IMPORTED_ONCE
from tests.security.makers import JWT_COOKIE, TOKEN_COOKIE
from tests.security.own_functions import OwnFunctions, answered
from tests.security.people import Person
from tests.security.services import Services

NOT_ROUTED = {"request_malformed", "route_not_found", "method_not_allowed"}


class Tried(NamedTuple):
    """How many events were sent, how many reached a route, and the ones that went wrong."""

    valid: int
    spoilt: int
    reached: int
    statuses: Counter[int]
    faults: list[str]

    @property
    def events(self) -> int:
        return self.valid + self.spoilt


def run(services: Services, number: int, seed: int, processes: int = 2) -> list[Tried]:
    """Send so many events, spread over processes."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED_ONCE)
    with ProcessPoolExecutor(processes, context) as pool:
        parts = [
            pool.submit(send_many, services, number // processes, seed + part)
            for part in range(processes)
        ]
        return [part.result() for part in parts]


def send_many(services: Services, number: int, seed: int) -> Tried:
    """Send so many events to the functions of this process."""
    functions = OwnFunctions(services)
    counts: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    faults: list[str] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=number,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(sent_events())
    def send(sent: SentEvent) -> None:
        result = _send(functions, sent)
        counts["valid" if sent.is_valid else "spoilt"] += 1
        faults.extend(f"{what}: {sent}" for what in judge(result))
        if not faults:
            status, code, _ = answered(result)
            statuses[status] += 1
            counts["reached"] += code not in NOT_ROUTED

    send()
    return Tried(counts["valid"], counts["spoilt"], counts["reached"], statuses, faults)


def judge(result: Any) -> Iterator[str]:
    """What is wrong with a result, as API Gateway and the gateway would have to read it."""
    if not isinstance(result, dict) or not isinstance(result.get("statusCode"), int):
        yield f"no result: {result!r}"
        return
    if result["statusCode"] == 500 or not 200 <= result["statusCode"] < 600:
        yield f"status {result['statusCode']}"
    if "Traceback" in json.dumps(result):
        yield "shows a traceback"


def _send(functions: OwnFunctions, sent: SentEvent) -> Any:
    """Invoke the function, with the credential in the event's headers or in the clientContext."""
    person = _person(functions, sent.credential)
    headers = sent.event.get("headers")
    if isinstance(headers, dict):
        headers.update(_headers(sent.credential, person))
    has_context = sent.shape == "Netlify" and sent.credential != "garbage"
    context = functions.client_context(person) if has_context else None
    return functions.invoke(sent.operation.function, sent.event, context)


def _person(functions: OwnFunctions, credential: str) -> Person | None:
    if credential in ("none", "garbage"):
        return None
    return functions.people.new("netlify" if credential == "identity" else "stytch", "admin")


def _headers(credential: str, person: Person | None) -> dict[str, str]:
    if person is None:
        return {"authorization": "Bearer a.b.c"} if credential == "garbage" else {}
    if credential == "cookies":
        return {"cookie": f"{JWT_COOKIE}={person.jwt}; {TOKEN_COOKIE}={person.token}"}
    token = person.token if credential == "stytch token" else person.jwt
    return {"authorization": f"Bearer {token}"}
