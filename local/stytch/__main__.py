"""The Stytch emulator alone, for trying Stytch's clients against it: `python -m local.stytch`.

Prints its URL, serves until it is told to stop, and forgets everything then. The mails are at
`/_dev/outbox.json`, newest first.
"""

from __future__ import annotations

import argparse
import socket
from dataclasses import asdict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from local.clock import Clock
from local.outbox import Outbox
from local.store import Store
from local.stytch import StytchConfig, create_app

HOST = "127.0.0.1"


def main() -> None:
    options = _options()
    listener = socket.create_server((HOST, options.port))
    config = StytchConfig(
        project_id=options.project_id,
        secret=options.secret,
        redirect_urls=tuple(options.redirect_url),
        base_url=f"http://{HOST}:{listener.getsockname()[1]}",
    )
    print(config.base_url, flush=True)
    server = uvicorn.Server(uvicorn.Config(_site(config), log_level="warning"))
    server.run(sockets=[listener])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.stytch")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--project-id", default="project-test-00000000-0000-4000-8000-000000000000")
    parser.add_argument("--secret", default="secret-test-local")
    parser.add_argument(
        "--redirect-url",
        nargs="+",
        default=["http://localhost:3000/authenticate"],
        help="where links may lead; the first is the default",
    )
    return parser.parse_args()


def _site(config: StytchConfig) -> Starlette:
    clock, store = Clock(), Store()
    outbox = Outbox(store, clock)

    async def mails(_request: Request) -> Response:
        return JSONResponse([asdict(mail) for mail in outbox.newest_first()])

    stytch = create_app(config, store, outbox, clock)
    return Starlette(routes=[Route("/_dev/outbox.json", mails), Mount("", stytch)])


if __name__ == "__main__":
    main()
