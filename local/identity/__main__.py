"""Netlify Identity alone, for trying its clients against it: `python -m local.identity --port 0`.

Prints its URL, serves until it is told to stop, and forgets everything then. The mails are at
`/_dev/outbox.json`, newest first.
"""

from __future__ import annotations

import argparse
import secrets
import socket
from dataclasses import asdict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from local.clock import Clock
from local.identity import IdentityConfig, create_app, seed_users
from local.outbox import Outbox
from local.store import Store

HOST = "127.0.0.1"


def main() -> None:
    options = _options()
    listener = socket.create_server((HOST, options.port))
    site_url = f"http://{HOST}:{listener.getsockname()[1]}"
    config = IdentityConfig(site_url, options.secret, autoconfirm=options.autoconfirm)
    print(f"{site_url}/.netlify/identity", flush=True)
    server = uvicorn.Server(uvicorn.Config(_site(config), log_level="warning"))
    server.run(sockets=[listener])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.identity")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--secret", default=secrets.token_hex(32), help="signs the tokens")
    parser.add_argument("--autoconfirm", action="store_true", help="sign-up needs no mail")
    return parser.parse_args()


def _site(config: IdentityConfig) -> Starlette:
    clock, store = Clock(), Store()
    outbox = Outbox(store, clock)
    seed_users(store, config, clock)

    async def mails(_request: Request) -> Response:
        return JSONResponse([asdict(mail) for mail in outbox.newest_first()])

    identity = create_app(config, store, outbox, clock)
    return Starlette(
        routes=[Mount("/.netlify/identity", identity), Route("/_dev/outbox.json", mails)]
    )


if __name__ == "__main__":
    main()
