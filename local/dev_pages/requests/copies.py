"""A request to take along: as a curl command, and as a file for `make invoke`."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

from local.dev_pages.requests.masking import plain_client_context
from local.kit.exchange import Call, Exchange

# What curl sets itself, or cannot use.
LEFT_OUT = re.compile(r"host|content-length|connection|accept-encoding|sec-.*|priority", re.I)


def as_curl(exchange: Exchange, origin: str) -> str:
    """Return the command that sends the request to `origin`, credentials and all."""
    lines = [f"curl -i {shlex.quote(origin + exchange.target)}"]
    if exchange.method != "GET":
        lines.append(f"-X {exchange.method}")
    for name, value in exchange.headers:
        if not LEFT_OUT.fullmatch(name):
            lines.append(f"-H {shlex.quote(f'{name}: {value}')}")
    if exchange.body:
        lines.append(f"--data-raw {shlex.quote(exchange.body.decode(errors='replace'))}")
    return " \\\n  ".join(lines) + "\n"


def as_event_file(call: Call) -> str:
    """Return a file in the form of those in events/, with the credentials of this request."""
    event = json.loads(call.payload)
    context = plain_client_context(call.client_context)
    document: Any = event if context is None else {"event": event, "clientContext": context}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
