"""shared/http/bodies.py: JSON bodies, whatever bytes come."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest
from hypothesis import strategies as st

from shared.errors import FieldError, Invalid, LatchkeyError, Malformed, TooLarge
from shared.http.bodies import LARGEST_BODY, BadValue, email, one_of, read_fields, text
from tests.support.json_values import JSON_VALUES
from tests.support.properties import given
from tests.support.requests_of import request_with

STATUS = one_of("to-do", "done")
ODD_VALUES = [None, 5, 1.5, True, [], {}, ["x"], float("nan")]


def read(body, headers=None):
    request = request_with(method="POST", body=body, headers=headers)
    return asyncio.run(read_fields(request, {"title": text}, status=STATUS))


def test_the_fields_of_an_object_are_read():
    assert read(b'{"title": "Fix", "status": "done"}') == {"title": "Fix", "status": "done"}


@pytest.mark.parametrize("kind", ["application/json", "text/plain;charset=UTF-8", "image/png"])
def test_json_is_json_whatever_its_content_type_says(kind):
    assert read(b'{"title": "Fix"}', {"Content-Type": kind}) == {"title": "Fix"}


def test_json_needs_no_content_type():
    assert read(b'{"title": "Fix"}') == {"title": "Fix"}


def test_an_optional_field_that_is_missing_is_left_out():
    assert "status" not in read(b'{"title": "Fix"}')


def test_an_optional_field_that_is_null_is_wrong():
    with pytest.raises(Invalid):
        read(b'{"title": "Fix", "status": null}')


def test_fields_that_nobody_asked_for_are_ignored():
    assert read(b'{"title": "Fix", "id": 7, "assignee_id": "x"}') == {"title": "Fix"}


def test_every_bad_field_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        read(b'{"status": "gone"}')

    assert refused.value.fields == (
        FieldError("title", "The title must be a text."),
        FieldError("status", "The status must be one of: to-do, done."),
    )


def test_a_body_of_just_64_kib_is_read():
    body = b'{"title": "Fix"}'.ljust(LARGEST_BODY)

    assert (len(body), read(body)) == (65536, {"title": "Fix"})


def test_a_body_of_a_byte_more_is_too_large():
    with pytest.raises(TooLarge) as refused:
        read(b'{"title": "Fix"}'.ljust(65537))

    assert refused.value.code == "body_too_large"


def test_a_missing_body_is_told_apart():
    with pytest.raises(Malformed) as refused:
        read(b"")

    assert refused.value.code == "body_missing"


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"title=Fix",
        b'{"title": }',
        b"{'title': 'Fix'}",
        b"\xff\xfe\x00",
        b"\x00",
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b'{"title": ' + b"9" * 60_000 + b"}",
    ],
    ids=[
        "blank",
        "cut",
        "form",
        "no value",
        "quotes",
        "no text",
        "nul",
        "lists",
        "objects",
        "huge integer",
    ],
)
def test_what_is_not_json_is_malformed(body):
    with pytest.raises(Malformed) as refused:
        read(body)

    assert refused.value.code == "body_not_json"


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"5", b"null", b"true", b"NaN"])
def test_json_that_is_no_object_is_malformed(body):
    with pytest.raises(Malformed) as refused:
        read(body)

    assert refused.value.code == "body_not_object"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    with suppress(LatchkeyError):
        assert read(body)["title"]


@given(JSON_VALUES, JSON_VALUES)
def test_any_values_are_read_or_refused(title, status):
    with suppress(Invalid):
        fields = read(json.dumps({"title": title, "status": status}).encode())
        assert 1 <= len(fields["title"].encode().decode()) <= 255


@pytest.mark.parametrize("value", ODD_VALUES)
def test_a_text_is_nothing_else(value):
    with pytest.raises(BadValue):
        text(value)


def test_white_space_around_a_text_is_dropped():
    assert text(" \t Fix it \n") == "Fix it"


@pytest.mark.parametrize("value", ["", " ", "\n\t", "\u2003"])
def test_a_text_is_not_empty(value):
    with pytest.raises(BadValue):
        text(value)


def test_a_text_may_have_255_characters():
    assert text("🦊" * 255) == "🦊" * 255


def test_a_text_of_256_characters_is_too_long():
    with pytest.raises(BadValue):
        text("x" * 256)


ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"  # a flag with tags
HIDDEN = [
    "\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069",
    "\u00ad", "\u180e", "\u200b", "\u2060", "\ufeff", "\u200c", "\u200d",
    "\u034f", "\u115f", "\u17b4", "\u2028", "\u2029", "\u2061", "\u2063", "\u206a",
    "\u3164", "\uffa0", "\ufff9", "\U0001d173", "\U000e0001", "\U000e0041",
]  # fmt: skip


@pytest.mark.parametrize("character", HIDDEN)
def test_a_text_has_no_character_that_nobody_sees(character):
    with pytest.raises(BadValue):
        text(f"a{character}b")


@pytest.mark.parametrize("character", HIDDEN)
def test_an_address_has_no_character_that_nobody_sees(character):
    with pytest.raises(BadValue):
        email(f"a{character}b@example.com")


@pytest.mark.parametrize(
    "value", ["👩\u200d💻 at work", ENGLAND, "\u0601\u0661", "می\u200cخواهم", "שלום", "Zoë"]
)
def test_what_emoji_and_scripts_need_may_stay(value):
    assert text(value) == value


@pytest.mark.parametrize("address", ["\u212aate@example.com", "ada@\u212a.example"])
def test_a_letter_that_looks_like_an_ascii_one_does_not_become_it(address):
    assert email(address) == address


@pytest.mark.parametrize("character", ["\x00", "\x07", "\n", "\x7f", "\x85", "\ud800"])
def test_a_text_holds_no_control_character_and_no_half_of_a_pair(character):
    with pytest.raises(BadValue):
        text(f"a{character}b")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("ada@example.com", "ada@example.com"),
        (" Ada@Example.COM ", "ada@example.com"),
        ("zoe\u0308@example.com", "zoë@example.com"),
        ("ZOË@EXAMPLE.COM", "zoë@example.com"),
        ("o'brien+tag@mail.example.co.uk", "o'brien+tag@mail.example.co.uk"),
        ("李@例え.jp", "李@例え.jp"),
        ("x" * 64 + "@example.com", "x" * 64 + "@example.com"),
    ],
)
def test_an_address_is_normalised(written, normal):
    assert email(written) == normal


@given(st.emails())
def test_an_address_as_rfc_5322_has_it_is_normalised_once_for_all(address):
    with suppress(BadValue):
        assert email(email(address)) == email(address)


@pytest.mark.parametrize(
    "value",
    [
        *ODD_VALUES,
        "",
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada@example.",
        "ada@@example.com",
        "ada @example.com",
        "ada@exa mple.com",
        "ada@example.com, eve@example.com",
        "ada@example.com\r\nBcc: eve@example.com",
        "<ada@example.com>",
        '"ada"@example.com',
        "ada@[127.0.0.1]",
        "x" * 65 + "@example.com",
        "x@" + "y" * 249 + ".com",
    ],
)
def test_what_is_no_address_is_refused(value):
    with pytest.raises(BadValue):
        email(value)


@pytest.mark.parametrize("value", [*ODD_VALUES, "", "Done", "to-do ", "gone"])
def test_a_choice_is_one_of_the_texts_offered(value):
    with pytest.raises(BadValue):
        STATUS(value)
