"""An emulator alone, for trying its service's clients against it.

It prints its URL, serves until it is told to stop, and forgets everything then. The mails are at
`/_dev/outbox.json`, newest first.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from local.kit.clock import Clock
from local.kit.framing_check import FramingCheck
from local.kit.mount import Mount
from local.kit.outbox import Outbox
from local.kit.ports import bound_socket
from local.kit.store import Store

HOST = "127.0.0.1"

# Makes the emulator for an origin, such as `http://127.0.0.1:40123`.
Build = Callable[[str, Store, Outbox, Clock], ASGIApp]


def options_parser(module: str) -> argparse.ArgumentParser:
    """Return a parser for the command line of `python -m module`, with the option `--port`."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    return parser


def serve(build: Build, port: int, path: str = "") -> None:
    """Serve the emulator at `path` of a port."""
    listener = bound_socket(HOST, port)
    origin = f"http://{HOST}:{listener.getsockname()[1]}"
    clock, store = Clock(), Store()
    outbox = Outbox(store, clock)

    async def mails(_request: Request) -> Response:
        return JSONResponse([asdict(mail) for mail in outbox.newest_first()])

    emulator = Mount(path, build(origin, store, outbox, clock))
    app = Starlette(routes=[Route("/_dev/outbox.json", mails), emulator])
    print(origin + path, flush=True)
    uvicorn.Server(uvicorn.Config(FramingCheck(app), log_level="warning")).run(sockets=[listener])
