"""The event functions, as the shims in netlify/functions/ pass their calls on."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

BODY = json.dumps({"event": "login", "user": {"id": "7", "email": "ada@example.com"}})
PATH = "/.netlify/functions/webhook/webhooks/identity"


def post(site: str, name: str, body: str = BODY, **headers: str) -> requests.Response:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    url = f"{site}/.netlify/functions/{name}"
    return requests.post(url, data=body, headers=named, timeout=10)


def told(response: requests.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    content: dict[str, Any] = response.json()
    return content


@pytest.mark.parametrize("name", ["identity-validate", "identity-signup", "identity-login"])
def test_identitys_own_request_is_passed_on(site: str, name: str) -> None:
    content = told(post(site, name, x_webhook_signature="signed"))

    assert content["event"]["path"] == PATH
    assert content["event"]["body"] == BODY
    assert content["event"]["headers"]["x-webhook-signature"] == "signed"
    assert content["identity_event"] == "request"
    assert content["netlify"]["identity"]["token"]


@pytest.mark.parametrize("kind", ["usermodified", "userdeleted"])
def test_a_typed_handler_passes_on_a_hint(site: str, kind: str) -> None:
    name = f"identity_{kind}"

    content = told(post(site, "identity-changes", x_netlify_event=name, x_webhook_signature="s"))

    assert json.loads(content["event"]["body"]) == {"event": kind, "user": {"id": "7"}}
    assert "x-webhook-signature" not in content["event"]["headers"]
    assert content["identity_event"] == "hint"


@pytest.mark.parametrize(
    ("body", "name"),
    [(BODY, "identity_login"), (BODY, ""), ("{}", "identity_userdeleted")],
)
def test_typed_handlers_take_their_own_events_only(site: str, body: str, name: str) -> None:
    assert post(site, "identity-changes", body, x_netlify_event=name).status_code == 404


def test_another_function_is_not_called_with_an_event(site: str) -> None:
    content = told(post(site, "webhook/webhooks/identity"))

    assert content["identity_event"] is None
