"""Requests that led to a function, kept with all that happened to them, to be looked at later.

`RecordExchanges` stands around the app of a port. Whoever calls a function on the way notes the
call in the exchange of its own task (`Call.noted`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local.kit.invocation import Invocation, now_ms
from local.kit.request_log import UNLOGGED_AGENT

MOST_BYTES = 256 * 1024  # of a body, that are kept
MOST_PAYLOAD_BYTES = 4 * MOST_BYTES  # an event has the body as text, and the headers twice

Headers = list[tuple[str, str]]


@dataclass
class Call:
    """A function's call: what it was given, and its invocation, or why there was none."""

    function: str
    payload: bytes
    client_context: str | None
    asked_at: float = field(default_factory=now_ms)
    invocation: Invocation | None = None
    refusal: str | None = None

    def noted(self) -> Call:
        """Return this call, which now belongs to the exchange that is going on, if there is one."""
        exchange = _current.get()
        if exchange is not None:
            exchange.call = self
        return self

    def let_go_of_much(self) -> None:
        """Drop an event or a result that is too large to be kept."""
        if len(self.payload) > MOST_PAYLOAD_BYTES:
            self.payload = b""
        if self.invocation and len(self.invocation.payload) > MOST_PAYLOAD_BYTES:
            self.invocation = replace(self.invocation, payload=b"")


@dataclass
class Exchange:
    """A request and its answer; times in milliseconds since 1970, bodies up to MOST_BYTES."""

    door: RecordExchanges
    scope: Scope = field(repr=False)
    id: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    arrived_at: float = field(default_factory=now_ms)
    answered_at: float = 0.0
    body: bytearray = field(default_factory=bytearray, repr=False)
    status: int = 0
    answer_headers: Headers = field(default_factory=list, repr=False)
    answer_body: bytearray = field(default_factory=bytearray, repr=False)
    body_size: int = 0
    answer_size: int = 0
    call: Call | None = None

    @property
    def method(self) -> str:
        return str(self.scope["method"])

    @property
    def target(self) -> str:
        """The path with its query, as it was sent."""
        path, query = self.scope["raw_path"], self.scope["query_string"]
        return str(path + (b"?" + query if query else b""), "latin-1")

    @property
    def headers(self) -> Headers:
        return _texts(self.scope["headers"])

    @property
    def ms(self) -> float:
        return self.answered_at - self.arrived_at

    @property
    def can_be_repeated(self) -> bool:
        return self.body_size == len(self.body)


_current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


def current_exchange() -> Exchange | None:
    """Return the exchange that the running task belongs to."""
    return _current.get()


class RecordExchanges:
    """Passes requests on to `app`, and gives those that led to a function to `record`.

    `name` is the port's part (`web`, `aws`, `lambda`). Health checks are left out.
    """

    def __init__(self, app: ASGIApp, name: str, record: Callable[[Exchange], None]) -> None:
        self._app = app
        self.name = name
        self._record = record

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (b"user-agent", UNLOGGED_AGENT) in scope["headers"]:
            await self._app(scope, receive, send)
        else:
            await self._recorded(Exchange(self, _copy(scope)), scope, receive, send)

    async def again(self, exchange: Exchange) -> Exchange:
        """Send a request a second time, with the same headers and body; returns what came of it."""
        body = bytes(exchange.body)
        repeated = Exchange(self, _copy(exchange.scope))

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(_: Message) -> None:
            """Nobody waits for this answer: it is in the exchange."""

        await self._recorded(repeated, _copy(exchange.scope), receive, send)
        return repeated

    async def _recorded(
        self, exchange: Exchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        async def noting_body() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                exchange.body_size += _keep(exchange.body, message)
            return message

        async def noting_answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                exchange.answer_headers = _texts(message.get("headers", ()))
            elif message["type"] == "http.response.body":
                exchange.answer_size += _keep(exchange.answer_body, message)
            await send(message)

        token = _current.set(exchange)
        try:
            await self._app(scope, noting_body, noting_answer)
        finally:
            _current.reset(token)
            exchange.answered_at = now_ms()
            if exchange.call is not None:
                exchange.call.let_go_of_much()
                self._record(exchange)


def _keep(kept: bytearray, message: Message) -> int:
    """Keep what fits of a message's body; returns how long that body is."""
    body: bytes = message.get("body", b"")
    kept += body[: MOST_BYTES - len(kept)]
    return len(body)


def _copy(scope: Scope) -> Scope:
    """What the request is, without what apps add to the scope on the way."""
    names = ("type", "asgi", "http_version", "method", "scheme", "path", "raw_path", "query_string")
    places = ("root_path", "headers", "client", "server")
    return {name: scope[name] for name in (*names, *places) if name in scope}


def _texts(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
