"""The site's functions that Netlify Identity calls (GoTrue `api/hooks.go`, `function_hooks`).

Three are called by their names (docs.netlify.com, "Functions and Identity"). The handlers of the
fourth are chosen by the header `x-netlify-event`, and get the user but not the request
(@netlify/serverless-functions-api 2.23.0). netlify/gateway.js sends all of them to one function.
"""

from __future__ import annotations

import json
from typing import Any

Event = dict[str, Any]

FUNCTION = "webhook"
PATH = "/.netlify/functions/webhook/webhooks/identity"
BY_NAME = frozenset({"identity-validate", "identity-signup", "identity-login"})
BY_HEADER = "identity-changes"
KINDS_BY_HEADER = {
    "identity_usermodified": "usermodified",
    "identity_userdeleted": "userdeleted",
}
HOOKS = {
    "validate": "identity-validate",
    "signup": "identity-signup",
    "login": "identity-login",
    "usermodified": BY_HEADER,
    "userdeleted": BY_HEADER,
}


def passed_on(name: str, event: Event) -> Event | None:
    """The event for the function behind the event function `name`; None for what is no event."""
    if name in BY_NAME:
        return event | {"path": PATH}
    kind = KINDS_BY_HEADER.get(event["headers"].get("x-netlify-event", ""))
    user_id = _user_id(event["body"])
    if name != BY_HEADER or kind is None or user_id is None:
        return None
    hint = json.dumps({"event": kind, "user": {"id": user_id}})
    headers = {"content-type": "application/json"}
    return event | {
        "path": PATH,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "body": hint,
        "isBase64Encoded": False,
    }


def form_of(name: str) -> str:
    """Return whether Identity's own request is passed on, or a hint without its signature."""
    return "request" if name in BY_NAME else "hint"


def _user_id(body: str | None) -> str | None:
    try:
        user_id = json.loads(body or "")["user"]["id"]
    except (ValueError, KeyError, TypeError):
        return None
    return user_id if isinstance(user_id, str) else None
