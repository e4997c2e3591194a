"""Whatever is sent, the answer is Stytch's, and never a 500."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.stytch.under_test import only_emulator

pytestmark = only_emulator("hundreds of random requests")

ROUTES = [
    ("POST", "/v1/magic_links/email/login_or_create"),
    ("POST", "/v1/magic_links/email/send"),
    ("POST", "/v1/magic_links/email/invite"),
    ("POST", "/v1/magic_links/email/revoke_invite"),
    ("POST", "/v1/magic_links/authenticate"),
    ("POST", "/v1/sessions/authenticate"),
    ("POST", "/v1/sessions/revoke"),
    ("POST", "/v1/users/search"),
    ("PUT", "/v1/users/crm-42"),
]
ARGUMENTS = [
    "email",
    "user_id",
    "token",
    "session_token",
    "session_jwt",
    "session_id",
    "session_duration_minutes",
    "session_custom_claims",
    "signup_magic_link_url",
    "signup_expiration_minutes",
    "code_challenge",
    "code_verifier",
    "attributes",
    "options",
    "name",
    "roles",
    "trusted_metadata",
    "external_id",
    "query",
    "limit",
    "cursor",
]
PLAUSIBLE = st.sampled_from(
    [
        "ada@example.com",
        "A" * 43 + "=",
        "A" * 44,
        "a.b.c",
        "crm-42",
        {"operator": "OR", "operands": [{"filter_name": "email_id", "filter_value": [None]}]},
        {"first_name": "Ada", "ip_address": "192.0.2.1"},
    ]
)
NUMBER = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SCALAR = st.none() | st.booleans() | NUMBER | st.text()
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | PLAUSIBLE,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
BODIES = st.dictionaries(st.sampled_from(ARGUMENTS), JSON, max_size=6)

# One emulator serves all examples of a test: what one leaves behind is part of the next.
examples = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize(("method", "path"), ROUTES)
@examples
@given(body=BODIES)
def test_any_arguments(emulator, method: str, path: str, body: dict[str, Any]):
    reply = emulator.call(method, path, json=body)

    assert reply.status_code == reply.json()["status_code"]
    assert reply.status_code < 500


@examples
@given(body=st.binary())
def test_any_bytes(emulator, body: bytes):
    reply = emulator.call("POST", "/v1/magic_links/authenticate", data=body)

    assert reply.status_code == 400


@examples
@given(path=st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_path(emulator, path: str):
    reply = emulator.call("GET", f"/v1/users/{path}")

    assert reply.json()["error_type"] in {"invalid_user_id", "user_not_found", "route_not_found"}
