"""What a request was, in a few words: taken from its event, its answer and its function's log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from local.kit.exchange import Exchange

DOORS = {"web": "Netlify", "aws": "HTTP API", "lambda": "Invoke API"}


class Facts(NamedTuple):
    """What the list of requests shows; `person` is "" where nobody was known."""

    id: str
    method: str
    target: str
    door: str
    function: str
    route: str
    status: int
    code: str
    person: str
    is_cold: bool
    arrived_at: float
    ms: float

    @property
    def path(self) -> str:
        """The path without its query, which may hold a secret."""
        return self.target.partition("?")[0]

    @property
    def status_class(self) -> str:
        return f"{self.status // 100}xx"


def facts_of(exchange: Exchange, person_of: Callable[[str], str]) -> Facts:
    """Collect them; `person_of` names the person of a principal's id."""
    call = exchange.call
    line = request_line(exchange)
    principal = line.get("principal") or ""
    invocation = call.invocation if call else None
    return Facts(
        id=exchange.id,
        method=exchange.method,
        target=exchange.target,
        door=DOORS[exchange.door.name],
        function=call.function if call else "",
        route=line.get("route") or "",
        status=exchange.status,
        code=line.get("code") or _failure(exchange),
        person=person_of(principal) if principal else "",
        is_cold=invocation is not None and invocation.cold,
        arrived_at=exchange.arrived_at,
        ms=exchange.ms,
    )


def request_line(exchange: Exchange) -> dict[str, Any]:
    """The JSON line that the function wrote of this request; empty where it wrote none."""
    invocation = exchange.call.invocation if exchange.call else None
    if invocation is None:
        return {}
    return next(_lines_about(invocation.request_id, invocation.log_lines), {})


def _lines_about(request_id: str, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if not line.startswith("{"):
            continue
        try:
            members = json.loads(line)
        except ValueError:
            continue
        if members.get("request_id") == request_id and "status" in members:
            yield members


def _failure(exchange: Exchange) -> str:
    call = exchange.call
    if call is None:
        return ""
    if call.invocation is None:
        return call.refusal or "no answer"
    return call.invocation.failure.partition(":")[0]
