"""A local cloud whose Identity is GoTrue itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import pytest
import requests

from local import netlify
from local.identity import DEMO_PASSWORD, IdentityConfig, operator_token
from local.kit.clock import Clock
from local.kit.ports import bound_socket
from tests.support import visitor
from tests.support.gotrue_server import Instance, running_gotrue
from tests.support.netlify_proxy import proxied
from tests.witnesses import gotrue

SECRET = "the secret of the Identity under test"
CLOUD = "tests.support.cloud_with_gotrue"


@contextmanager
def environment_with_gotrue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What starts such a cloud; mails are read from GoTrue's own, as long as the block runs."""
    with bound_socket("127.0.0.1", 0) as probe:
        port = probe.getsockname()[1]
    origin = f"http://localhost:{port}"
    program = gotrue.find(os.environ)
    with (
        running_gotrue(program, tmp_path_factory.mktemp("gotrue")) as server,
        proxied(origin, {}) as relay,
        pytest.MonkeyPatch.context() as patch,
    ):
        # GoTrue calls no private address (`api/helpers.go`); it takes this one for another.
        functions = urljoin(relay.replace("127.0.0.1", "0.0.0.0"), "/.netlify/functions/")
        hooks = {event: functions + name for event, name in netlify.IDENTITY_HOOKS.items()}
        config = IdentityConfig(origin, SECRET, function_hooks=hooks)
        instance = server.instance(config)
        _make_the_demo_admin(instance, config)
        patch.setattr(visitor.Inbox, "newest_link", lambda _, to: _newest_link(instance, to))
        yield {
            "module": CLOUD,
            "PORT": str(port),
            "NETLIFY_IDENTITY_SECRET": SECRET,
            "GOTRUE_SITE": json.dumps({"url": instance.url, "headers": instance.headers}),
        }


def _make_the_demo_admin(instance: Instance, config: IdentityConfig) -> None:
    """Ada, whom the emulator has from the start."""
    body = {"email": "ada@example.com", "password": DEMO_PASSWORD, "confirm": True}
    metadata = {
        "user_metadata": {"full_name": "Ada Lovelace"},
        "app_metadata": {"roles": ["admin"]},
    }
    user = _as_operator(instance, config, "POST", "/admin/users", body)
    _as_operator(instance, config, "PUT", f"/admin/users/{user['id']}", metadata)


def _as_operator(
    instance: Instance, config: IdentityConfig, method: str, path: str, body: Any
) -> dict[str, Any]:
    bearer = f"Bearer {operator_token(config, Clock())}"
    answer = requests.request(
        method,
        f"{instance.url}{path}",
        json=body,
        headers={**instance.headers, "Authorization": bearer},
        timeout=10,
    )
    assert answer.status_code == 200, answer.text
    user: dict[str, Any] = answer.json()
    return user


def _newest_link(instance: Instance, to: str) -> str:
    return next(mail.link for mail in instance.newest_mails() if mail.to == to)
