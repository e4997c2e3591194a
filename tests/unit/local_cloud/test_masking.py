"""local/dev_pages/requests/masking.py: nothing that a page shows lets anybody in."""

from __future__ import annotations

import base64
import json

import pytest

from local.dev_pages.requests.masking import (
    masked,
    masked_header,
    masked_text,
    plain_client_context,
)

SECRET = "WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "event",
    [
        {"headers": {"authorization": f"Bearer {SECRET}"}},
        {"headers": {"cookie": f"stytch_session={SECRET}; theme=dark"}},
        {"headers": {"Authorization": SECRET}},
        {"multiValueHeaders": {"authorization": [f"Bearer {SECRET}"]}},
        {"cookies": [f"stytch_session={SECRET}"]},
        {"queryStringParameters": {"token": SECRET}},
        {"rawUrl": f"http://localhost/api/authenticate?token={SECRET}&a=1"},
        {"rawQuery": f"token={SECRET}"},
        {"rawQueryString": f"a=1&token={SECRET}"},
        {"path": f"/api/authenticate?token={SECRET}"},
        {"body": json.dumps({"email": "a@example.com", "password": SECRET})},
        {"body": json.dumps({"users": [{"session_jwt": SECRET}]})},
        {"body": json.dumps({"code_verifier": SECRET})},
        {"identity": {"token": SECRET}},
    ],
)
def test_secret_in_an_event_is_masked(event) -> None:
    assert SECRET not in json.dumps(masked(event))


@pytest.mark.parametrize("text", [JWT, f"a line with {JWT} in it", json.dumps({"note": JWT})])
def test_jwt_is_masked_wherever_it_stands(text: str) -> None:
    assert JWT not in masked_text(text)


def test_mask_tells_how_long_the_secret_is() -> None:
    assert masked({"password": "latchkey"}) == {"password": "(masked, 8 characters)"}


def test_scheme_of_a_credential_stays() -> None:
    assert masked_header("Authorization", "Bearer abc") == "Bearer (masked, 3 characters)"


def test_names_of_cookies_stay() -> None:
    shown = masked_header("cookie", "stytch_session=abc; theme=dark")

    assert shown == "stytch_session=(masked, 3 characters); theme=(masked, 4 characters)"


def test_attributes_of_a_cookie_that_is_set_stay() -> None:
    shown = masked_header("set-cookie", "stytch_session=abc; Path=/; HttpOnly")

    assert shown == "stytch_session=(masked, 3 characters); Path=/; HttpOnly"


@pytest.mark.parametrize(
    "value",
    [
        {"title": "Oil the hinges", "status": "to-do"},
        {"stytch_token_type": "magic_links"},
        {"session_duration_minutes": 60},
        {"rawPath": "/api/issues?limit=2"},
        [1, None, True],
    ],
)
def test_what_is_no_secret_stays(value) -> None:
    assert masked(value) == value


def test_client_context_is_shown_without_its_base64() -> None:
    inner = {"site_url": "http://localhost"}
    encoded = base64.b64encode(json.dumps(inner).encode()).decode()

    assert plain_client_context(json.dumps({"custom": {"netlify": encoded}})) == inner


def test_client_context_of_another_form_is_shown_as_it_is() -> None:
    assert plain_client_context('{"custom": {}}') == {"unreadable": '{"custom": {}}'}
