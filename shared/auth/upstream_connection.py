"""Connections to Stytch and Identity, kept open from one request to the next.

By `http.client`: importing `requests` or `urllib3` costs more than the rest of a cold start.
"""

import http.client
import io
import select
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from shared import tls
from shared.process import kept
from shared.stopwatch import cut_after, in_time, seconds_left

UPSTREAM_CONNECT_SECONDS = 2.0
IDLE_SECONDS = 30.0  # load balancers commonly close a connection after 60 idle seconds
_LARGEST_ANSWER = 1 << 20  # bytes; what we ask for is a few kilobytes


class Origin(NamedTuple):
    scheme: str
    host: str
    port: int | None


class Message(NamedTuple):
    """A request, ready to be sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None


class Reply(NamedTuple):
    """An HTTP status, the bytes that came with it, and Retry-After."""

    status: int
    content: bytes
    retry_after: str | None


def exchange(origin: Origin, message: Message, answer_seconds: float) -> Reply:
    """Send a request over the open connection to this origin, or over a new one.

    Raises OSError or http.client.HTTPException when no connection can be made within 2 s, or no
    whole answer comes within `answer_seconds` (or what the invocation has left). A request is sent
    again only if the connection broke before all of it was sent, so that nobody has acted on it.
    """
    connection = _open_connections().pop(origin, None)
    if connection is None or not (connection.is_usable() and connection.takes(message)):
        connection = UpstreamConnection(_connected(origin))
        connection.send(message)
    try:
        reply = connection.reply(answer_seconds)
    except BaseException:
        connection.close()
        raise
    if connection.is_open:
        _open_connections()[origin] = connection
    return reply


class UpstreamConnection:
    """A connection to one origin. It closes itself when nothing refers to it any more."""

    def __init__(self, connected: http.client.HTTPConnection) -> None:
        self._http = connected
        self._used_at = 0.0

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    @property
    def is_open(self) -> bool:
        return self._http.sock is not None

    def is_usable(self) -> bool:
        """Idle for at most 30 s, and nothing to read: data now means that the server hung up."""
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            return False
        readable, _, _ = select.select([self._http.sock], [], [], 0)
        return not readable

    def takes(self, message: Message) -> bool:
        """Send a request; False when the connection broke before all of it was sent."""
        with suppress(ConnectionError):
            self.send(message)
            return True
        return False

    def send(self, message: Message) -> None:
        """Send a request."""
        self._http.request(message.method, message.target, message.body, dict(message.headers))

    def reply(self, answer_seconds: float) -> Reply:
        """Read the whole answer; the connection stays open if the server leaves it open."""
        seconds = seconds_left(answer_seconds)
        sock = self._http.sock
        sock.settimeout(seconds)
        with cut_after(seconds, lambda: sock), self._http.getresponse() as response:
            content = response.read(_LARGEST_ANSWER)
        if not _is_whole(response, content):
            raise http.client.IncompleteRead(content)
        self._used_at = time.monotonic()
        return Reply(response.status, content, response.getheader("Retry-After"))


@kept
def _open_connections() -> dict[Origin, UpstreamConnection]:
    return {}


class _WholeResponse(http.client.HTTPResponse):
    """A response whose head has come to its end: http.client takes one that was cut for whole."""

    fp: Any

    def begin(self) -> None:
        source = self.fp
        self.fp = _WholeLines(source)
        try:
            super().begin()
        finally:
            self.fp = self.fp and source  # None where garbage came, and the source was closed


class _WholeLines:
    """The lines of a stream; raises ConnectionError when it ends where a line is expected."""

    def __init__(self, source: io.BufferedIOBase) -> None:
        self._source = source

    def readline(self, limit: int) -> bytes:
        line = self._source.readline(limit)
        if not line:
            raise ConnectionError("the answer was cut in its head")
        return line

    def close(self) -> None:
        self._source.close()


def _is_whole(response: http.client.HTTPResponse, content: bytes) -> bool:
    """`http.client` does not report a body that is too short."""
    ends_with_connection = response.length is None and not response.chunked
    return bool(content) if ends_with_connection else not response.length


def _connected(origin: Origin) -> http.client.HTTPConnection:
    """Connects within 2 s: looking up the name, all its addresses, and TLS."""
    connection = _unconnected(origin)
    connection.response_class = _WholeResponse
    try:
        in_time(connection.connect, UPSTREAM_CONNECT_SECONDS)
    except BaseException:
        connection.close()
        raise
    return connection


def _unconnected(origin: Origin) -> http.client.HTTPConnection:
    seconds = seconds_left(UPSTREAM_CONNECT_SECONDS)
    if origin.scheme == "https":
        return http.client.HTTPSConnection(
            origin.host, origin.port, timeout=seconds, context=tls.context()
        )
    return http.client.HTTPConnection(origin.host, origin.port, timeout=seconds)
