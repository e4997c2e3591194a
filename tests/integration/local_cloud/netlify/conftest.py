"""A small site with functions of its own, served by the Netlify face on a free port."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from local import identity, netlify
from local.aws import Functions, load_template
from local.kit.clock import Clock
from local.kit.http_server import HttpServer
from local.kit.outbox import Outbox
from local.kit.ports import Listener, claim_ports
from local.kit.store import Store

ROOT = Path(__file__).parents[4]
SECRET = "a-secret-of-this-test-for-loopback-only"

# `get` tells what it was given, `create` answers with the result it was sent.
HANDLERS = {
    "get": """
import base64, json
def handler(event, context):
    netlify = json.loads(base64.b64decode(context.client_context.custom["netlify"]))
    return {"statusCode": 200, "body": json.dumps({"event": event, "netlify": netlify})}
""",
    "create": """
import json
def handler(event, context):
    return json.loads(event["body"])
""",
    "update": """
def handler(event, context):
    raise ValueError("a wrong value")
""",
    "delete": """
import time
def handler(event, context):
    time.sleep(30)
""",
    "login": """
def handler(event, context):
    return {"statusCode": 200, "body": "login"}
""",
    "invite": """
def handler(event, context):
    return {"statusCode": 200, "body": "invite"}
""",
    "webhook": """
import base64, json
def handler(event, context):
    custom = context.client_context.custom
    netlify = json.loads(base64.b64decode(custom["netlify"]))
    told = {"event": event, "netlify": netlify, "identity_event": custom.get("identity_event")}
    return {"statusCode": 200, "body": json.dumps(told)}
""",
    "authenticate": """
def handler(event, context):
    return {"statusCode": 200, "body": event["path"]}
""",
}
# Beside the product's own rules: one of each other kind that Netlify knows.
MORE_REDIRECTS = """
[[redirects]]
from = "/profile"
to = "/docs/"
status = 302

[[redirects]]
from = "/docs/old.html"
to = "/docs/"
status = 302
force = true

[[redirects]]
from = "/moved/*"
to = "/profile/:splat"

[[redirects]]
from = "/outside"
to = "https://example.com/there?own=1"
status = 307

[[redirects]]
from = "/app/*"
to = "/index.html"
status = 200

[[redirects]]
from = "/hidden"
to = "/docs/"
status = 404
"""
FUNCTION = """
  {name}:
    Type: AWS::Serverless::Function
    Properties: {{Handler: functions.{name}.handler, Timeout: 2}}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout: the product's own netlify.toml, a few pages, and the functions above."""
    root = tmp_path_factory.mktemp("site")
    (root / "netlify.toml").write_text((ROOT / "netlify.toml").read_text() + MORE_REDIRECTS)
    (root / "public" / "docs").mkdir(parents=True)
    (root / "public" / "index.html").write_text("home")
    (root / "public" / "profile.html").write_text("profile")
    (root / "public" / "404.html").write_text("lost")
    (root / "public" / "docs" / "index.html").write_text("docs")
    (root / "public" / "docs" / "old.html").write_text("old")
    (root / "functions").mkdir()
    for name, code in HANDLERS.items():
        (root / "functions" / f"{name}.py").write_text(code)
    functions = "".join(FUNCTION.format(name=name) for name in HANDLERS)
    (root / "template.yaml").write_text(f"Resources:{functions}")
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Iterator[str]:
    """The origin of the running site, such as `http://127.0.0.1:40123`."""
    listener = claim_ports({"web": 0})["web"]
    loop = asyncio.new_event_loop()
    stopped = asyncio.Event()
    running = threading.Event()
    serving = threading.Thread(
        target=loop.run_until_complete, args=(_serve(root, listener, running, stopped),)
    )
    serving.start()
    assert running.wait(30)
    yield f"http://127.0.0.1:{listener.port}"
    loop.call_soon_threadsafe(stopped.set)
    serving.join()
    loop.close()


@pytest.fixture(scope="module")
def bearer(site: str) -> str:
    """Grace's access token."""
    form = {"grant_type": "password", "username": "grace@example.com", "password": "latchkey"}
    token = requests.post(f"{site}/.netlify/identity/token", data=form, timeout=5).json()
    return f"Bearer {token['access_token']}"


async def _serve(
    root: Path, listener: Listener, running: threading.Event, stopped: asyncio.Event
) -> None:
    config = identity.IdentityConfig(site_url="http://localhost", secret=SECRET)
    clock = Clock()
    store = Store()
    identity.seed_users(store, config, clock)
    template = load_template(root / "template.yaml")
    functions = Functions(template, root, {}, lambda _part, _line: None, concurrency=1)
    app = netlify.create_app(
        netlify.load_site_config(root / "netlify.toml"),
        functions,
        frozenset(function.name for function in template.functions),
        netlify.ClientContextBuilder(
            site_url="http://localhost",
            identity=netlify.SiteIdentity(
                url="http://localhost/.netlify/identity",
                operator_token=lambda: identity.operator_token(config, clock),
                user_claims=lambda header: identity.user_claims(header, config, clock),
            ),
        ),
        [
            Mount(
                "/.netlify/identity",
                identity.create_app(config, store, Outbox(store, clock), clock),
            ),
            Mount("/_dev", PlainTextResponse("dev pages")),
        ],
    )
    server = HttpServer(app, listener.sockets)
    await functions.start()
    await server.start()
    running.set()
    await stopped.wait()
    await server.stop()
    await functions.stop()
    store.close()
