"""What Hypothesis makes events of: routes that exist, with values that could be meant or not."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

from tests.security.description import Json, Operation, read_operations
from tests.security.makers import UNKNOWN_TOKEN
from tests.support import events
from tests.support.json_values import JSON_VALUES

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


class SentEvent(NamedTuple):
    """One event, made by a shape, and who sends it."""

    shape: str
    operation: Operation
    event: Json
    credential: str
    is_valid: bool


@st.composite
def sent_events(draw: st.DrawFn) -> SentEvent:
    """An event; one in eight has a part that is anything, or lacks one."""
    operation = draw(st.sampled_from(operations()))
    shape = draw(st.sampled_from(sorted(SHAPES)))
    query = urlencode(draw(st.dictionaries(st.sampled_from(PARAMETERS), texts(), max_size=3)))
    headers = draw(st.dictionaries(st.sampled_from(HEADERS), texts(), max_size=3))
    body = draw(bodies(operation))
    event = SHAPES[shape](operation.method, draw(paths(operation)), query, body, headers)
    is_valid = draw(st.integers(0, 7)) > 0
    if not is_valid:
        event = draw(spoilt(event))
    return SentEvent(shape, operation, event, draw(st.sampled_from(CREDENTIALS)), is_valid)


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


@cache
def operations() -> list[Operation]:
    """The operations of the description, read once."""
    return read_operations()
