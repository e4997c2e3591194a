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
from urllib.parse import quote, urlencode

import hypothesis
from hypothesis import strategies as st

from tests.security.description import Json, Operation, read_operations
from tests.security.fault_matrix import IMPORTED_ONCE
from tests.security.makers import JWT_COOKIE, TOKEN_COOKIE, UNKNOWN_TOKEN
from tests.security.own_functions import OwnFunctions, answered
from tests.security.people import Person
from tests.security.services import Services
from tests.support import events
from tests.support.json_values import JSON_VALUES

NOT_ROUTED = {"request_malformed", "route_not_found", "method_not_allowed"}
SHAPES = {"HTTP API v2": events.http_api, "REST v1": events.rest_api, "Netlify": events.netlify}
HEADERS = [
    "accept",
    "content-type",
    "cookie",
    "host",
    "idempotency-key",
    "if-match",
    "origin",
    "sec-fetch-site",
    "x-forwarded-port",
    "x-forwarded-proto",
]
PARAMETERS = ["after", "assignee", "limit", "status", "token", "stytch_token_type"]
CREDENTIALS = ["none", "identity", "stytch jwt", "stytch token", "cookies", "garbage"]


class Sent(NamedTuple):
    """One event, made by a shape, and who sends it."""

    shape: str
    operation: Operation
    event: Json
    credential: str
    is_valid: bool


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
    def send(sent: Sent) -> None:
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


@st.composite
def sent_events(draw: st.DrawFn) -> Sent:
    """An event; one in eight has a part that is anything, or lacks one."""
    operation = draw(st.sampled_from(read_operations_once()))
    shape = draw(st.sampled_from(sorted(SHAPES)))
    query = urlencode(draw(st.dictionaries(st.sampled_from(PARAMETERS), texts(), max_size=3)))
    headers = draw(st.dictionaries(st.sampled_from(HEADERS), texts(), max_size=3))
    body = draw(bodies(operation))
    event = SHAPES[shape](operation.method, draw(paths(operation)), query, body, headers)
    is_valid = draw(st.integers(0, 7)) > 0
    if not is_valid:
        event = draw(spoilt(event))
    return Sent(shape, operation, event, draw(st.sampled_from(CREDENTIALS)), is_valid)


def texts() -> st.SearchStrategy[str]:
    meant = ["*", "me", "done", "5", "application/json", "https://x.example", '"a"', UNKNOWN_TOKEN]
    return st.sampled_from(meant) | st.text(max_size=30)


def paths(operation: Operation) -> st.SearchStrategy[str]:
    """The operation's address in each form, with an id that may be one."""
    forms = [f"/api{operation.path}", f"/.netlify/functions/{operation.function}{operation.path}"]
    prefixes = st.sampled_from(["", "", "", "/prod"])
    ids = st.integers(1, 60).map(str) | st.integers().map(str) | st.text(min_size=1, max_size=12)
    return st.builds(
        lambda prefix, form, value: (
            prefix + form.replace("{id}", quote(value, safe="", errors="replace"))
        ),
        prefixes,
        st.sampled_from(forms),
        ids,
    )


def bodies(operation: Operation) -> st.SearchStrategy[str | None]:
    """A body that fits, one with a member that may not, any JSON, or any text."""
    if operation.body is None:
        return st.none() | st.text(max_size=20)
    members = {name: values(schema) for name, schema in operation.body["properties"].items()}
    fitting = st.fixed_dictionaries(members)
    odd = st.fixed_dictionaries({name: value | JSON_VALUES for name, value in members.items()})
    return (fitting | fitting | odd | JSON_VALUES).map(json.dumps) | st.text(max_size=20)


def values(schema: Json) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("format") == "email":
        return st.emails() | st.text(min_size=1, max_size=30).map(lambda name: f"{name}@x.example")
    return st.text(min_size=1, max_size=300)


@st.composite
def spoilt(draw: st.DrawFn, event: Json) -> Json:
    """The event with one member, at the top or within one, replaced or left out."""
    names = sorted(event)
    name = draw(st.sampled_from(names))
    inner = event[name]
    if isinstance(inner, dict) and inner and draw(st.booleans()):
        return {**event, name: draw(spoilt(inner))}
    if draw(st.booleans()):
        return {other: value for other, value in event.items() if other != name}
    return {**event, name: draw(JSON_VALUES)}


def _send(functions: OwnFunctions, sent: Sent) -> Any:
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


_operations: list[Operation] = []


def read_operations_once() -> list[Operation]:
    if not _operations:
        _operations.extend(read_operations())
    return _operations
