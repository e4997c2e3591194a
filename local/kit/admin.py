"""`/_admin`: controls that a real service does not have, for tests; no credentials needed.

Every emulator has those of COMMON_CONTROLS, and may add its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Protocol, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.kit.clock import Clock, rfc3339
from local.kit.faults import CONTROLS_PATH, KINDS, Fault, Faults
from local.kit.fields import Fields
from local.kit.json_body import parse_object

TEN_YEARS = 10 * 365 * 24 * 3600
LONGEST_DELAY_SECONDS = 3600
MOST_REQUESTS = 1_000_000
ERROR_STATUSES = frozenset(status.value for status in HTTPStatus if status >= 400)
STATUS_OF_KIND: Mapping[str | None, int] = {"too_many_requests": 429, "internal_server_error": 500}


class Emulated(Protocol):
    """Stands for an emulator's state, which its application keeps in `app.state.emulator`."""

    @property
    def clock(self) -> Clock: ...

    @property
    def faults(self) -> Faults: ...


@dataclass(frozen=True)
class Control:
    """Describes a control below `/_admin`; its description is the endpoint's docstring."""

    method: str
    path: str
    endpoint: Callable[[Request], Awaitable[Response]]
    arguments: Mapping[str, str]


def control_routes(controls: Sequence[Control]) -> list[Route]:
    """Return the controls' routes, and that of `GET /_admin`, which lists them."""

    async def list_controls(request: Request) -> Response:
        """List the controls."""
        own_url = str(request.url.replace(query=""))
        return JSONResponse(
            {
                "controls": [
                    {
                        "method": control.method,
                        "url": own_url + control.path,
                        "arguments": control.arguments,
                        "description": control.endpoint.__doc__,
                    }
                    for control in every_control
                ]
            }
        )

    every_control = [Control("GET", "", list_controls, {}), *controls]
    return [
        Route(CONTROLS_PATH + control.path, control.endpoint, methods=[control.method])
        for control in every_control
    ]


async def read_fields(request: Request) -> Fields:
    """Read a control's arguments; raises InvalidBody."""
    raw = await request.body()
    return Fields(parse_object(raw) if raw else {})


async def advance_clock(request: Request) -> Response:
    """Move the local cloud's time forwards."""
    fields = await read_fields(request)
    seconds = fields.optional_number("advance_seconds")
    if seconds is None or not 0 <= seconds <= TEN_YEARS:
        raise fields.invalid("advance_seconds", "must be from 0 to ten years")
    clock = _emulated(request).clock
    clock.advance(seconds)
    return JSONResponse({"now": rfc3339(clock.now())})


async def list_faults(request: Request) -> Response:
    """List the faults that are still to come."""
    return JSONResponse({"faults": [asdict(fault) for fault in _emulated(request).faults.all()]})


async def plan_fault(request: Request) -> Response:
    """Let the next requests fail: an error status, HTML, broken JSON, a delay, no answer."""
    _emulated(request).faults.add(read_fault(await read_fields(request)))
    return Response(status_code=204)


async def forget_faults(request: Request) -> Response:
    """Let nothing fail any more."""
    _emulated(request).faults.clear()
    return Response(status_code=204)


COMMON_CONTROLS = (
    Control("POST", "/clock", advance_clock, {"advance_seconds": "number"}),
    Control("GET", "/faults", list_faults, {}),
    Control(
        "POST",
        "/faults",
        plan_fault,
        {
            "path": "string, an endpoint and what lies below it; all of them when absent",
            "kind": " | ".join(KINDS),
            "status": "integer, an error status in place of a kind",
            "count": "integer, how many requests; 1 when absent",
            "delay_seconds": "number, how long to wait first; 1 for the kind delay, else 0",
        },
    ),
    Control("DELETE", "/faults", forget_faults, {}),
)


def read_fault(fields: Fields) -> Fault:
    """Read the body of `POST /_admin/faults`; raises InvalidField.

    It has either `kind` or `status`; `delay_seconds` alone is the kind `delay`.
    """
    kind, status = fields.optional_text("kind"), fields.optional_integer("status")
    delay_seconds = fields.optional_number("delay_seconds")
    count = fields.optional_integer("count")
    if kind is None and status is None and delay_seconds is not None:
        kind = "delay"
    if (kind is None) == (status is None):
        raise fields.invalid("kind", "or status is required, and not both")
    if kind not in (None, *KINDS):
        raise fields.invalid("kind", f"must be one of {', '.join(KINDS)}")
    if status not in (None, *ERROR_STATUSES):
        raise fields.invalid("status", "must be one of HTTP's from 400 to 599")
    if delay_seconds is None:
        delay_seconds = 1 if kind == "delay" else 0
    return Fault(
        path=_path(fields),
        kind=kind,
        status=STATUS_OF_KIND.get(kind, status),
        count=int(_within(fields, "count", 1 if count is None else count, 1, MOST_REQUESTS)),
        delay_seconds=_within(fields, "delay_seconds", delay_seconds, 0, LONGEST_DELAY_SECONDS),
    )


def _path(fields: Fields) -> str:
    path = fields.text("path") or "/"
    if not path.startswith("/") or path.startswith(CONTROLS_PATH):
        raise fields.invalid("path", f"must begin with / and not with {CONTROLS_PATH}")
    return path


def _within(fields: Fields, name: str, value: float, lowest: int, highest: int) -> float:
    if not lowest <= value <= highest:
        raise fields.invalid(name, f"must be from {lowest} to {highest}")
    return value


def _emulated(request: Request) -> Emulated:
    return cast("Emulated", request.app.state.emulator)
