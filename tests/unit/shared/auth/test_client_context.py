"""shared/auth/client_context.py: what Netlify says of a call, however it comes."""

from __future__ import annotations

import base64
import json
from contextlib import suppress

import pytest
from hypothesis import strategies as st

from shared.auth.client_context import Identity, NetlifyContext, read_client_context
from shared.errors import Malformed
from tests.support.json_values import JSON_VALUES
from tests.support.properties import given

CONTENT = {
    "identity": {"url": "https://site.example/.netlify/identity/", "token": "operator"},
    "user": {"sub": "1", "email": "ada@example.com"},
    "site_url": "https://site.example",
}


def encoded(content):
    return {"netlify": base64.b64encode(json.dumps(content).encode()).decode()}


def test_the_user_and_the_identity_instance_are_read():
    assert read_client_context(encoded(CONTENT)) == NetlifyContext(
        identity=Identity("https://site.example/.netlify/identity", "operator"),
        user={"sub": "1", "email": "ada@example.com"},
    )


@pytest.mark.parametrize("custom", [None, {}, {"other": "x"}, {"netlify": None}])
def test_without_a_word_of_netlify_nothing_is_read(custom):
    assert read_client_context(custom) is None


def test_a_call_of_an_event_function_is_one_where_netlify_says_nothing_else_too():
    context = read_client_context({"identity_event": "hint"})

    assert context == NetlifyContext(identity=None, user=None, identity_event="hint")


def test_non_ascii_text_arrives_as_it_is():
    text = json.dumps({"user": {"name": "Zoë 🦊"}}, ensure_ascii=False).encode()

    context = read_client_context({"netlify": base64.b64encode(text).decode()})

    assert context.user == {"name": "Zoë 🦊"}


@pytest.mark.parametrize("user", [None, {}, [], "ada", 5, False])
def test_a_user_that_is_no_object_is_no_user(user):
    assert read_client_context(encoded(CONTENT | {"user": user})).user is None


@pytest.mark.parametrize(
    "identity", [None, {}, "x", [], {"url": "u"}, {"token": "t"}, {"url": 1, "token": "t"}]
)
def test_an_identity_without_url_and_token_cannot_be_operated(identity):
    assert read_client_context(encoded(CONTENT | {"identity": identity})).identity is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "%%%",
        "e30",
        "ZmFsc2U",
        "eyJhIjo",
        "🦊",
        5,
        True,
        [],
        {},
        base64.b64encode(b"{").decode(),
        base64.b64encode(b"\xff\xfe\xfd").decode(),
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b'"text"').decode(),
        base64.b64encode(b"null").decode(),
        base64.b64encode(b"[" * 100_000).decode(),
        base64.b64encode(b'{"user": ' + b"9" * 5000 + b"}").decode(),
    ],
)
def test_what_is_not_base64_of_a_json_object_is_malformed(value):
    with pytest.raises(Malformed) as refused:
        read_client_context({"netlify": value})

    assert refused.value.code == "client_context_malformed"


@pytest.mark.parametrize("custom", ["text", ["list"], 5, True])
def test_a_custom_that_is_no_object_is_malformed(custom):
    with pytest.raises(Malformed):
        read_client_context(custom)


@given(JSON_VALUES)
def test_whatever_json_comes_is_read_or_malformed(value):
    with suppress(Malformed):
        assert isinstance(read_client_context(encoded(value)), NetlifyContext)


@given(st.text())
def test_whatever_text_comes_is_read_or_malformed(text):
    with suppress(Malformed):
        assert isinstance(read_client_context({"netlify": text}), NetlifyContext)


def test_the_operators_token_is_never_shown():
    assert "operator" not in repr(read_client_context(encoded(CONTENT | {"user": None})))
