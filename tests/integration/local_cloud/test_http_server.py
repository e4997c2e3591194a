"""local/kit/http_server.py: a server closes its sockets when it is stopped, started or not."""

from __future__ import annotations

import asyncio
import socket

import pytest
from starlette.responses import PlainTextResponse

from local.kit.http_server import HttpServer


async def stop_a_server_on(listener: socket.socket, *, started: bool) -> int:
    """Stop a server; the socket's number afterwards, -1 once it is closed."""
    server = HttpServer(PlainTextResponse("hello"), [listener])
    if started:
        await server.start()
    await server.stop()
    return listener.fileno()


@pytest.mark.parametrize("started", [True, False])
def test_a_stopped_server_has_closed_its_socket(started: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert asyncio.run(stop_a_server_on(listener, started=started)) == -1
