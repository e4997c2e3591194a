"""Events as the providers sign them, and as others would forge them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt

from tests.support.configuration import PROJECT_ID

STYTCH_SECRET = "whsec_bG9jYWwtc3R5dGNoLXdlYmhvb2stc2VjcmV0"
OTHER_STYTCH_SECRET = "whsec_YW5vdGhlciBzZWNyZXQgb2YgdGhlIHNhbWUgc2l6ZQ=="
IDENTITY_SECRET = "local-identity-webhook-secret-for-loopback"
OTHER_IDENTITY_SECRET = "another secret that is as long as it has to be"
STYTCH_USER = "user-test-11111111-1111-4111-8111-111111111111"
IDENTITY_USER = "3f0c1d52-6f0e-4c0a-9d5c-2b1e8a7f6d43"

Headers = dict[str, str]


def stytch_event(action: str, user_id: str = STYTCH_USER, **changes: Any) -> str:
    """The body of an event of Stytch."""
    event = {
        "action": action,
        "event_id": "webhook-event-test-00000000-0000-0000-0000-000000000000",
        "id": user_id,
        "object_type": "user",
        "project_id": PROJECT_ID,
        "source": "DASHBOARD",
        "timestamp": "2026-11-21T06:47:49.555247073Z",
        "vertical": "CONSUMER",
    }
    return json.dumps(event | changes)


def identity_event(kind: str, user_id: str = IDENTITY_USER, **user: Any) -> str:
    """The body of an event of Identity."""
    nil = "00000000-0000-0000-0000-000000000000"
    return json.dumps({"event": kind, "instance_id": nil, "user": {"id": user_id} | user})


def signed_by_svix(body: str, secret: str = STYTCH_SECRET, age: float = 0) -> Headers:
    """Svix's headers for a body that was signed `age` seconds ago."""
    timestamp = str(int(time.time() - age))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"msg_1.{timestamp}.{body}".encode()
    digest = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {"svix-id": "msg_1", "svix-timestamp": timestamp, "svix-signature": f"v1,{digest}"}


def signed_by_gotrue(
    body: str, secret: str = IDENTITY_SECRET, age: float = 0, **changes: Any
) -> Headers:
    """GoTrue's header for a body that was signed `age` seconds ago; None takes a claim out."""
    claims = {
        "iat": int(time.time() - age),
        "iss": "gotrue",
        "sub": "00000000-0000-0000-0000-000000000000",
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
    }
    kept = {name: value for name, value in (claims | changes).items() if value is not None}
    return {"x-webhook-signature": jwt.encode(kept, secret, algorithm="HS256")}
