"""shared/pages.py: keyset pages."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.database.paging import (
    LARGEST_ID,
    PageRequest,
    decode_cursor,
    encode_cursor,
    page_of,
    read_page_request,
)
from shared.errors import Malformed

IDS = st.integers(min_value=1, max_value=LARGEST_ID)


def test_a_page_has_fifty_rows_from_the_newest_on_unless_asked_otherwise():
    assert read_page_request(None, None) == PageRequest(limit=50, before_id=LARGEST_ID)


@pytest.mark.parametrize(("text", "limit"), [("1", 1), ("50", 50), ("200", 200)])
def test_a_limit_from_1_to_200_is_taken(text, limit):
    assert read_page_request(text, None).limit == limit


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "201",
        "-1",
        "+5",
        "1.5",
        "1e2",
        "5_0",
        "٣",
        "²",
        "",
        " ",
        " 5",
        "null",
        "000000001999",
        "9" * 5000,
        "000000001" + "9" * 5000,
    ],
)
def test_any_other_limit_is_malformed(text):
    with pytest.raises(Malformed) as refused:
        read_page_request(text, None)

    assert refused.value.code == "limit_invalid"


@given(IDS)
def test_a_cursor_leads_back_to_its_id(id):
    assert decode_cursor(encode_cursor(id)) == id


@given(IDS)
def test_a_cursor_can_stand_in_an_address_as_it_is(id):
    assert encode_cursor(id).replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_any_text_is_a_cursor_of_ours_or_malformed(text):
    with suppress(Malformed):
        assert encode_cursor(decode_cursor(text)) == text


def test_a_cursor_that_we_did_not_make_has_a_code_of_its_own():
    with pytest.raises(Malformed) as refused:
        decode_cursor("🦊")

    assert refused.value.code == "cursor_invalid"


@pytest.mark.parametrize(
    "id", ["0", "-1", "+1", "01", "1.0", "1e3", "1_000", "٣", " 1", "", str(LARGEST_ID + 1)]
)
def test_a_cursor_made_of_what_is_no_id_is_malformed(id):
    forged = urlsafe_b64encode(f"id:{id}".encode()).decode().rstrip("=")

    with pytest.raises(Malformed):
        decode_cursor(forged)


def test_a_cursor_with_padding_added_is_malformed():
    with pytest.raises(Malformed):
        decode_cursor(encode_cursor(1) + "=")


def test_a_cursor_of_very_many_digits_is_malformed():
    forged = urlsafe_b64encode(b"id:" + b"9" * 5000).decode().rstrip("=")

    with pytest.raises(Malformed):
        decode_cursor(forged)


def test_the_page_after_a_cursor_begins_below_its_id():
    assert read_page_request(None, encode_cursor(42)).before_id == 42


def test_the_row_too_many_becomes_the_link_to_the_next_page():
    page = page_of([{"id": 3}, {"id": 2}, {"id": 1}], limit=2)

    assert (page.rows, page.next_cursor) == ([{"id": 3}, {"id": 2}], encode_cursor(2))


def test_a_page_that_is_just_full_is_the_last():
    page = page_of([{"id": 2}, {"id": 1}], limit=2)

    assert (len(page.rows), page.next_cursor) == (2, None)


def test_a_page_without_rows_is_the_last():
    assert page_of([], limit=2).next_cursor is None
